"""The kinds of matters people report, and what their words suggest: a kind, danger now, and whom to call.

The words are data, kept beside the place data; here is only how they are read: whole words, never parts of words, and
never one word by its letters alone ("chay" is "cháy" and "chạy"). Where marks are missing, two words that stand
together tell what they are ("chay nha"). A suggestion is only that: the person and the officer may say otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.text.folding import Words, plain_tone, split_words


class Category(StrEnum):
    """A kind of matter; the values are stored and never change."""

    DRUGS = "drugs"
    THEFT = "theft"
    ROBBERY = "robbery"
    GAMBLING = "gambling"
    LOAN_SHARK = "loan_shark"
    FRAUD = "fraud"
    DISORDER = "disorder"
    PROSTITUTION = "prostitution"
    SMUGGLING = "smuggling"
    WANTED = "wanted"
    FIRE = "fire"
    TRAFFIC = "traffic"
    ENVIRONMENT = "environment"
    FAMILY_VIOLENCE = "family_violence"
    CYBER = "cyber"
    OTHER = "other"


class Service(StrEnum):
    """Who comes in an emergency; the numbers themselves are configuration."""

    POLICE = "police"
    FIRE = "fire"
    AMBULANCE = "ambulance"


_CLEAR = 3  # weight of a phrase that leaves little doubt
_HINT = 1  # weight of a word that only points somewhere
_NEARBY = 8  # words between a danger and the word that says it is now
_PRECEDENCE = (Service.FIRE, Service.POLICE, Service.AMBULANCE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the words of a text suggest."""

    category: Category | None = None
    urgent: bool = False
    """Someone seems to be in danger now."""
    emergency: Service | None = None
    """Whom to call first, when urgent."""


class CategoryWords(BaseModel):
    """The phrases of one kind, as written in the data. A leading "=" asks two and more words for their marks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clear: tuple[str, ...] = ()
    """Phrases that leave little doubt."""
    hint: tuple[str, ...] = ()
    """Phrases that decide only when nothing clearer is there."""


class DangerWords(BaseModel):
    """The phrases of danger that one service is called for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    always: tuple[str, ...] = ()
    """Danger now by themselves."""
    now: tuple[str, ...] = ()
    """Danger now beside a word of `DangerData.now` and with no word of `DangerData.past`."""


class DangerData(BaseModel):
    """How danger now is told from danger past."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    now: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    services: Mapping[Service, DangerWords] = Field(default_factory=dict)


class VocabularyData(BaseModel):
    """The whole vocabulary as written in the data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    categories: Mapping[Category, CategoryWords]
    danger: DangerData = DangerData()
    nothing: tuple[str, ...] = ()
    """Phrases that hold a word of a kind or of danger and mean neither: "mất điện" is no theft."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    keys: tuple[str, ...]
    marked: tuple[str, ...]
    is_exact: bool
    """Whether each word must be written as it is here."""
    needs_marked_text: bool
    """Whether it counts only in a text that is written with marks; for exact words that have none themselves."""
    meaning: str
    weight: int


@dataclass(frozen=True, slots=True)
class _Seen:
    at: int
    phrase: _Phrase


_PhraseBook = Mapping[str, tuple[_Phrase, ...]]
"""Phrases under their first word, the longest first."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Reads kinds and danger from words."""

    _kinds: _PhraseBook
    _dangers: _PhraseBook

    @classmethod
    def of(cls, data: VocabularyData) -> Self:
        """Index the phrases of a vocabulary."""
        nothing = [_phrase(text, _NOTHING, 0) for text in data.nothing]
        kinds = (
            _phrase(text, kind.value, weight)
            for kind, words in data.categories.items()
            for weight, texts in ((_CLEAR, words.clear), (_HINT, words.hint))
            for text in texts
        )
        danger = data.danger
        dangers = (
            *(_phrase(text, _NOW, 0) for text in danger.now),
            *(_phrase(text, _PAST, 0) for text in danger.past),
            *(
                _phrase(text, service.value, _CLEAR)
                for service, words in danger.services.items()
                for text in words.always
            ),
            *(_phrase(text, service.value, _HINT) for service, words in danger.services.items() for text in words.now),
        )
        return cls(_kinds=_book((*kinds, *nothing)), _dangers=_book((*dangers, *nothing)))

    def suggest(self, text: str) -> Suggestion:
        """Suggest a kind, and say whether someone seems to be in danger now and whom to call."""
        words = split_words(text)
        is_marked = sum(not word.isascii() for word in words.written) * 6 > len(words.written)
        service = _danger(list(_spot(self._dangers, words, is_marked=is_marked)))
        return Suggestion(
            category=_kind(_spot(self._kinds, words, is_marked=is_marked)),
            urgent=service is not None,
            emergency=service,
        )


_NOW, _PAST, _NOTHING = "now", "past", "nothing"


def _phrase(text: str, meaning: str, weight: int) -> _Phrase:
    words = split_words(text.removeprefix("="))
    asks_for_marks = text.startswith("=")
    return _Phrase(
        keys=words.keys,
        marked=tuple(plain_tone(word) for word in words.written),
        is_exact=asks_for_marks or len(words.keys) == 1,
        needs_marked_text=asks_for_marks and all(word.isascii() for word in words.written),
        meaning=meaning,
        weight=weight,
    )


def _book(phrases: Iterable[_Phrase]) -> _PhraseBook:
    found: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for phrase in phrases:
        found[phrase.keys[0]].append(phrase)
    return {first: tuple(sorted(each, key=lambda p: -len(p.keys))) for first, each in found.items()}


def _spot(book: _PhraseBook, words: Words, *, is_marked: bool) -> Iterator[_Seen]:
    """Give the phrases of a text, the longest one at each word, and none inside a phrase that means nothing."""
    free = 0
    for at, key in enumerate(words.keys):
        for phrase in book.get(key, ()) if at >= free else ():
            if _stands(phrase, words, at, is_marked=is_marked):
                if phrase.meaning == _NOTHING:
                    free = at + len(phrase.keys)
                else:
                    yield _Seen(at, phrase)
                break


def _stands(phrase: _Phrase, words: Words, at: int, *, is_marked: bool) -> bool:
    end = at + len(phrase.keys)
    if words.keys[at:end] != phrase.keys or (phrase.needs_marked_text and not is_marked):
        return False
    return all(
        (word.isascii() and not phrase.is_exact) or plain_tone(word) == mark
        for word, mark in zip(words.written[at:end], phrase.marked, strict=True)
    )


def _kind(seen: Iterable[_Seen]) -> Category | None:
    """Choose the kind with the most weight; words of several kinds at one weight fall to the first of `Category`."""
    weights: defaultdict[str, int] = defaultdict(int)
    for each in {seen_once.phrase for seen_once in seen}:
        weights[each.meaning] += each.weight
    if not weights:
        return None
    return max(Category, key=lambda kind: weights[kind.value])


def _danger(seen: list[_Seen]) -> Service | None:
    near_now = {each.at + step for each in seen if each.phrase.meaning == _NOW for step in range(-_NEARBY, _NEARBY + 1)}
    is_past = any(each.phrase.meaning == _PAST for each in seen)
    found = {
        each.phrase.meaning
        for each in seen
        if each.phrase.weight == _CLEAR or (each.phrase.weight == _HINT and not is_past and each.at in near_now)
    }
    return next((service for service in _PRECEDENCE if service.value in found), None)
