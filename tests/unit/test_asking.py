"""What an officer may write to a citizen, by a table of sentences."""

from pathlib import Path

from bot.domain.text.asking import objectionable
from bot.domain.text.folding import fold

_LINES = Path(__file__).with_name("officers_words.txt").read_text(encoding="utf-8").splitlines()
REFUSED = [line[2:] for line in _LINES if line.startswith("- ")]
PASSING = [line[2:] for line in _LINES if line.startswith("+ ")]


def test_whoever_asks_who_or_where_the_citizen_is_is_refused_and_whoever_asks_about_others_is_not() -> None:
    """The table says which is which; a question that is refused without need is a crime that goes on."""
    assert [sentence for sentence in REFUSED if objectionable(sentence) is None] == []
    assert [sentence for sentence in PASSING if objectionable(sentence) is not None] == []


def test_few_are_misread_without_their_marks() -> None:
    """Then "ông" and "ổng", "mày" and "mấy" are one word; what cannot be told apart is asked again."""
    assert len([each for each in REFUSED if objectionable(fold(each)) is None]) <= len(REFUSED) // 100
    assert len([each for each in PASSING if objectionable(fold(each)) is not None]) <= len(PASSING) // 30


def test_the_officer_is_told_which_words() -> None:
    """A refusal that names nothing is tried again word by word."""
    for sentence in REFUSED:
        found = objectionable(f"Cảm ơn bạn đã báo tin. {sentence}")
        assert found is not None
        assert found.words
        assert found.words in sentence.casefold()
