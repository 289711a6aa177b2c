"""How everyday sentences are read: by their marks, and where those are missing by words that stand together."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bot.domain.text.categories import Suggestion, Vocabulary, VocabularyData
from bot.domain.text.folding import fold
from bot.gazetteer import load_vocabulary
from tests.unit.everyday import called, sentences, told

PLAIN, TOLD, CALLED, URGENT, CALM = (
    sentences("plain"),
    told("told"),
    sentences("called"),
    sentences("urgent"),
    sentences("calm"),
)
AS_WRITTEN = [*sentences("urgent_as_written"), *sentences("urgent_with_marks")]

_WORDS = Path(__file__).parents[2] / "bot" / "gazetteer" / "words.toml"
_DATA = VocabularyData.model_validate(tomllib.loads(_WORDS.read_text(encoding="utf-8")))
_KINDS = [(phrase, kind) for kind, words in _DATA.categories.items() for phrase in (*words.clear, *words.hint)]
_DANGERS = [phrase for words in _DATA.danger.services.values() for phrase in (*words.always, *words.alone, *words.now)]
_ASIDE = [*_DATA.danger.now, *_DATA.danger.present, *_DATA.danger.call, *_DATA.danger.past, *_DATA.danger.unreal]
_EVERY = sorted({phrase for phrase, _ in _KINDS} | {*_DANGERS, *_ASIDE})
_NEUTRAL = ["em {} o day", "hom nay chi {} ve que", "bay gio ba con minh {} lam"]
_SYLLABLE = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?"
)
_REVIEWED = frozenset({"chem", "chich", "cuop", "cuu", "dang", "giut", "roi", "trom"})
"""Single words that without marks have hardly another reading; "đang", "rồi" and "cứu" alone are no danger."""


def _single() -> Iterator[str]:
    return (phrase for phrase in _EVERY if " " not in phrase)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The shipped words."""
    return load_vocabulary()


def test_one_word_without_its_marks_suggests_nothing(vocabulary: Vocabulary) -> None:
    """The letters of "cháy" are those of "chạy", of "đĩ" those of "đi": everybody writes them every day."""
    words = [bare for word in _single() if (bare := fold(word.lstrip("="))) not in _EVERY]
    texts = [sentence.format(word) for word in words for sentence in _NEUTRAL]
    assert texts
    assert [text for text in texts if vocabulary.suggest(text) != Suggestion()] == []


def test_a_single_word_without_marks_in_the_data_is_no_other_word() -> None:
    """Whoever adds "cop" adds "cọp" and "cộp": such a word asks for a text with marks, or was reviewed."""
    bare = {word for word in _single() if word.isascii() and not word.startswith("=")}
    assert {word for word in bare if _SYLLABLE.fullmatch(word)} == _REVIEWED


def _as_typed(phrases: Iterable[str], sentence: str, bare: str) -> list[str]:
    """Put phrases into a sentence; two and more words also without marks, unless the data asks for them."""
    plain = {phrase: phrase.lstrip("=") for phrase in phrases}
    without = [fold(bare.format(text)) for phrase, text in plain.items() if " " in text and text == phrase]
    return [*(sentence.format(text) for text in plain.values()), *without]


def test_every_phrase_of_a_kind_is_read(vocabulary: Vocabulary) -> None:
    """As it is written in the data; two and more words also without marks, unless the data asks for them."""
    texts = _as_typed((phrase for phrase, _ in _KINDS), "Ở đây có chuyện {}, đồng chí ạ", "{}")
    assert len(texts) > len(_KINDS)
    assert [text for text in texts if vocabulary.suggest(text).category is None] == []


def test_every_phrase_of_danger_is_read(vocabulary: Vocabulary) -> None:
    """A word of danger that nobody can write would be no word of danger."""
    texts = _as_typed(_DANGERS, "Ngay bây giờ ở đây có {}, đồng chí ơi", "ngay bây giờ {}")
    assert len(texts) > len(set(_DANGERS))
    assert [text for text in texts if not vocabulary.suggest(text).urgent] == []


def test_a_phrase_that_means_nothing_hides_the_words_in_it(vocabulary: Vocabulary) -> None:
    """The light that went out was not stolen."""
    seen = {phrase: vocabulary.suggest(f"Ở đây đang có chuyện {phrase}, đồng chí ạ") for phrase in _DATA.nothing}
    assert {phrase: each for phrase, each in seen.items() if each != Suggestion()} == {}


def test_a_phrase_that_means_no_danger_hides_the_danger_in_it(vocabulary: Vocabulary) -> None:
    """A fire engine that is washed is no fire; it may still be a matter."""
    texts = [f"Ở đây đang có chuyện {phrase}, đồng chí ạ" for phrase in _DATA.danger.nothing]
    assert [text for text in texts if vocabulary.suggest(text).urgent] == []


def test_everyday_life_is_no_matter_and_no_danger(vocabulary: Vocabulary) -> None:
    """Whoever asks the way is not told to call the fire brigade."""
    texts = [*sentences("innocent"), *PLAIN, *map(fold, PLAIN)]
    assert {text: seen for text in texts if (seen := vocabulary.suggest(text)) != Suggestion()} == {}


def test_what_is_told_suggests_its_kind(vocabulary: Vocabulary) -> None:
    """With marks and without them."""
    texts = [*told("true"), *TOLD, *((fold(text), kind) for text, kind in TOLD)]
    assert {text: seen for text, kind in texts if (seen := vocabulary.suggest(text).category) is not kind} == {}


def test_danger_now_is_read_with_and_without_marks(vocabulary: Vocabulary) -> None:
    """Whoever is in danger does not look for the marks."""
    texts = called("danger")
    assert {text: seen for text, service in texts if (seen := vocabulary.suggest(text).emergency) is not service} == {}


def test_a_call_for_help_is_urgent(vocabulary: Vocabulary) -> None:
    """Whatever the service, the officer sees it first."""
    texts = [*CALLED, *map(fold, CALLED), *URGENT, *map(fold, URGENT), *AS_WRITTEN]
    assert [text for text in texts if not vocabulary.suggest(text).urgent] == []


def test_a_text_without_marks_holds_no_word_that_asks_for_a_text_with_marks(vocabulary: Vocabulary) -> None:
    """A knife in one text, a walk, a peach and a name in the other."""
    assert vocabulary.suggest("nó đang đưa dao ra").urgent
    assert not vocabulary.suggest("no dang dua dao ra").urgent


def test_everyday_life_that_sounds_like_danger_is_not_urgent(vocabulary: Vocabulary) -> None:
    """Whoever asks about a drill, a film or a hen is not told to call anybody; it may still be a matter."""
    assert [text for text in (*CALM, *map(fold, CALM)) if vocabulary.suggest(text).urgent] == []


def test_letters_that_a_kind_shares_do_not_make_it_that_kind(vocabulary: Vocabulary) -> None:
    """A daughter who phones home is no prostitute, and chilli paste no drug."""
    assert [text for text, kind in told("not_of_kind") if vocabulary.suggest(text).category is kind] == []


@pytest.mark.parametrize("text", ["có trộm\nà nhớ rồi, ở phường Cái Khế", "co trom\na nho roi, o phuong Cai Khe"])
def test_a_word_that_says_now_speaks_of_its_own_line(vocabulary: Vocabulary, text: str) -> None:
    """Two messages are two lines: "nhớ rồi" of the second says nothing of the first."""
    assert not vocabulary.suggest(text).urgent


@pytest.mark.parametrize("text", ["có trộm\ntới liền đi", "nhanh lên\ncó ăn trộm nè"])
def test_who_asks_somebody_to_come_speaks_of_the_lines_around(vocabulary: Vocabulary, text: str) -> None:
    """People in danger write in short lines."""
    assert vocabulary.suggest(text).urgent


@pytest.mark.parametrize(
    "text",
    [
        "hôm qua, tụi nó đánh nhau rồi bỏ chạy",
        "trường học hay có đánh nhau trước cổng",
        "phường đang diễn tập cháy nhà",
    ],
)
def test_what_is_past_or_played_is_no_danger_now(vocabulary: Vocabulary, text: str) -> None:
    """Yesterday's fight is over, and a drill never was one."""
    assert not vocabulary.suggest(text).urgent


@pytest.mark.parametrize(
    "text",
    [
        "hôm qua đánh nhau, bây giờ cầm dao quay lại",
        "hom qua no cam cay toi, bay gio cam dao toi nua",
        "hôm qua nó đập đồ bây giờ nó đập phá nữa",
        "em bị nhốt từ hôm qua tới giờ",
    ],
)
def test_the_past_takes_back_only_what_its_clause_tells(vocabulary: Vocabulary, text: str) -> None:
    """The one who comes back with a knife, and the one locked in since yesterday, are in danger now."""
    assert vocabulary.suggest(text).urgent


def test_a_text_with_marks_has_no_word_of_danger_that_lost_one(vocabulary: Vocabulary) -> None:
    """After the meal is not the insecticide; a hurried text without marks may be."""
    assert not vocabulary.suggest("Bác sĩ dặn uống thuốc sau bữa cơm chiều").urgent
    assert not vocabulary.suggest("Bé đã uống thuốc sau giờ học").urgent
    assert vocabulary.suggest("no uong thuoc sau roi").urgent


@pytest.mark.parametrize("text", ["CHÁY!!!", "Cướp!", "Có trộm!"])
def test_a_shout_is_now(vocabulary: Vocabulary, text: str) -> None:
    """Nobody in danger writes "đang" after it."""
    assert vocabulary.suggest(text).urgent
