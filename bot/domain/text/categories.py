"""The kinds of matters people report, and what their words suggest: a kind, danger now, and whom to call.

The words are data, kept beside the place data; here is only how they are read: whole words, never parts of words, and
never one word by its letters alone ("chay" is "cháy" and "chạy"). Where marks are missing, two words that stand
together tell what they are ("chay nha"). A suggestion is only that: the person and the officer may say otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.text.folding import COMMA, Words, plain_tone, split_words


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


_ALWAYS = 9  # weight of a danger that nothing takes back
_CLEAR = 3  # weight of a phrase that leaves little doubt
_HINT = 1  # weight of a word that only points somewhere
_NEARBY = 8  # words between a danger and the word that says it is now
_SHOUT = 3  # words in a line that is shouted
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
    """Danger now by themselves, whatever else is said: who was locked in yesterday still is."""
    alone: tuple[str, ...] = ()
    """Danger now by themselves, where their clause does not tell of the past or of a play."""
    now: tuple[str, ...] = ()
    """Danger now beside a word that says so, where their clause does not tell of the past or of a play."""


class DangerData(BaseModel):
    """How danger now is told from danger past."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    now: tuple[str, ...] = ()
    """Say that what is told in their line happens now."""
    present: tuple[str, ...] = ()
    """Say so too, and turn away from what was before: a clause starts with them."""
    call: tuple[str, ...] = ()
    """Ask somebody to come, for whatever was said in the lines around."""
    past: tuple[str, ...] = ()
    unreal: tuple[str, ...] = ()
    """Say that a clause tells of a play, a lesson or a drill."""
    nothing: tuple[str, ...] = ()
    """Phrases that hold a word of danger and mean none."""
    services: Mapping[Service, DangerWords] = Field(default_factory=dict)


class VocabularyData(BaseModel):
    """The whole vocabulary as written in the data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    categories: Mapping[Category, CategoryWords]
    danger: DangerData = DangerData()
    nothing: tuple[str, ...] = ()
    """Phrases that hold a word of a kind or of danger and mean neither: "mất điện" is no theft."""


@dataclass(frozen=True, slots=True, eq=False)
class _Phrase:
    keys: tuple[str, ...]
    marked: tuple[str, ...]
    is_exact: bool
    """Whether each word must be written as it is here."""
    needs_marked_text: bool
    """Whether it counts only in a text that is written with marks; for exact words that have none themselves."""
    meaning: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class _Seen:
    at: int
    phrase: _Phrase

    @property
    def end(self) -> int:
        """The first word after it."""
        return self.at + len(self.phrase.keys)


@dataclass(frozen=True, slots=True)
class _Marks:
    """How much of a text is written with marks."""

    some: bool
    most: bool
    """Whoever writes so leaves no word of a phrase without its marks: "uống thuốc sau" is not "sâu"."""

    @classmethod
    def of(cls, lines: Iterable[Words]) -> Self:
        count = marked = 0
        for line in lines:
            count += len(line.written)
            marked += len(line.written) - sum(map(str.isascii, line.written))
        return cls(some=marked * 6 > count, most=marked * 2 > count)


@dataclass(slots=True)
class _PhraseBook:
    """Phrases word by word: those that end here, the heaviest last, and what may follow."""

    here: list[_Phrase] = field(default_factory=list)
    next: "dict[str, _PhraseBook]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Reads kinds and danger from words."""

    _kinds: _PhraseBook
    _dangers: _PhraseBook
    _nothing: _PhraseBook
    _harmless: _PhraseBook

    @classmethod
    def of(cls, data: VocabularyData) -> Self:
        """Index the phrases of a vocabulary."""
        kinds = (
            _phrase(text, kind.value, weight)
            for kind, words in data.categories.items()
            for weight, texts in ((_CLEAR, words.clear), (_HINT, words.hint))
            for text in texts
        )
        return cls(
            _kinds=_book(kinds),
            _dangers=_book(_dangers_of(data.danger)),
            _nothing=_book(_phrase(text, _NOTHING) for text in data.nothing),
            _harmless=_book(_phrase(text, _NOTHING) for text in data.danger.nothing),
        )

    def suggest(self, text: str) -> Suggestion:
        """Suggest a kind, and say whether someone seems to be in danger now and whom to call."""
        lines = [_Line(split_words(line), is_shout="!" in line) for line in text.split("\n")]
        marks = _Marks.of(line.words for line in lines)
        kinds: list[_Seen] = []
        dangers: list[list[_Seen]] = []
        for line in lines:
            hidden = _hidden(self._nothing, line.words, marks)
            kinds += _longest(self._kinds, hidden, line.words, marks)
            hidden |= _hidden(self._harmless, line.words, marks)
            dangers.append(list(_longest(self._dangers, hidden, line.words, marks)))
        service = _danger(lines, dangers) if any(dangers) else None
        return Suggestion(category=_kind(kinds), urgent=service is not None, emergency=service)


@dataclass(frozen=True, slots=True)
class _Line:
    words: Words
    is_shout: bool


_NOW, _PRESENT, _CALL, _PAST, _NOTHING = "now", "present", "call", "past", "nothing"


def _dangers_of(data: DangerData) -> Iterator[_Phrase]:
    told = ((_NOW, data.now), (_PRESENT, data.present), (_CALL, data.call), (_PAST, (*data.past, *data.unreal)))
    for meaning, texts in told:
        yield from (_phrase(text, meaning) for text in texts)
    for service, words in data.services.items():
        for weight, texts in ((_ALWAYS, words.always), (_CLEAR, words.alone), (_HINT, words.now)):
            yield from (_phrase(text, service.value, weight) for text in texts)


def _phrase(text: str, meaning: str, weight: int = 0) -> _Phrase:
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
    root = _PhraseBook()
    for phrase in sorted(phrases, key=lambda each: each.weight):
        page = root
        for key in phrase.keys:
            page = page.next.setdefault(key, _PhraseBook())
        page.here.append(phrase)
    return root


def _hidden(nothing: _PhraseBook, words: Words, marks: _Marks) -> dict[int, _Seen]:
    """Say which words belong to a phrase that means nothing."""
    hidden: dict[int, _Seen] = {}
    for seen in _longest(nothing, {}, words, marks):
        hidden |= dict.fromkeys(range(seen.at, seen.end), seen)
    return hidden


def _longest(book: _PhraseBook, hidden: Mapping[int, _Seen], words: Words, marks: _Marks) -> Iterator[_Seen]:
    """Give the longest phrase at each word, save those that share a word with a phrase that means nothing."""
    first = book.next
    for at, key in enumerate(words.keys):
        if key in first:
            for phrase in reversed(_from(book, words.keys, at)):
                if _stands(phrase, words, at, marks) and not (hidden and _is_hidden(phrase, at, hidden)):
                    yield _Seen(at, phrase)
                    break


def _from(book: _PhraseBook, keys: tuple[str, ...], at: int) -> list[_Phrase]:
    """Give the phrases with the letters of the words from here on: the longer the later, the heavier the later."""
    found: list[_Phrase] = []
    page = book.next.get(keys[at])
    while page:
        found += page.here
        at += 1
        page = page.next.get(keys[at]) if at < len(keys) else None
    return found


def _is_hidden(phrase: _Phrase, at: int, hidden: Mapping[int, _Seen]) -> bool:
    """A phrase is stronger than what means nothing only when it is longer and does not start inside it."""
    size = len(phrase.keys)
    over = (hidden[word] for word in range(at, at + size) if word in hidden)
    return any(each.at < at or len(each.phrase.keys) >= size for each in over)


def _stands(phrase: _Phrase, words: Words, at: int, marks: _Marks) -> bool:
    if phrase.needs_marked_text and not marks.some:
        return False
    written = words.written[at : at + len(phrase.keys)]
    is_bare = False
    for word, mark in zip(written, phrase.marked, strict=True):
        if word.isascii() and not phrase.is_exact:
            is_bare |= not mark.isascii()
        elif plain_tone(word) != mark:
            return False
    return not (is_bare and marks.most) or all(map(str.isascii, written))


def _kind(seen: Iterable[_Seen]) -> Category | None:
    """Choose the kind with the most weight; words of several kinds at one weight fall to the first of `Category`."""
    weights: defaultdict[str, int] = defaultdict(int)
    for each in {seen_once.phrase for seen_once in seen}:
        weights[each.meaning] += each.weight
    if not weights:
        return None
    return max(Category, key=lambda kind: weights[kind.value])


def _danger(lines: list[_Line], dangers: list[list[_Seen]]) -> Service | None:
    found: set[str] = set()
    called = _called(lines, dangers)
    for line, seen, is_called in zip(lines, dangers, called, strict=True):
        if seen:
            found |= _dangers_in(line, seen, is_called=is_called)
    return next((service for service in _PRECEDENCE if service.value in found), None)


def _called(lines: list[_Line], dangers: list[list[_Seen]]) -> list[bool]:
    """Say for each line whether somebody is asked to come, in it or in a line beside it."""
    calls = [any(each.phrase.meaning == _CALL for each in seen) for seen in dangers]
    return [any(calls[max(at - 1, 0) : at + 2]) for at in range(len(lines))]


def _dangers_in(line: _Line, seen: list[_Seen], *, is_called: bool) -> set[str]:
    size = len(line.words.keys)
    if is_called or (line.is_shout and size <= _SHOUT):
        near = set(range(size))
    else:
        now = (each.at for each in seen if each.phrase.meaning in {_NOW, _PRESENT})
        near = {at + step for at in now for step in range(-_NEARBY, _NEARBY + 1)}
    clauses = _clauses(line.words, seen) if any(each.phrase.meaning == _PAST for each in seen) else [0] * size
    past = {clauses[each.at] for each in seen if each.phrase.meaning == _PAST}
    return {
        each.phrase.meaning
        for each in seen
        if each.phrase.weight == _ALWAYS
        or (clauses[each.at] not in past and (each.phrase.weight == _CLEAR or (each.phrase.weight and each.at in near)))
    }


def _clauses(words: Words, seen: list[_Seen]) -> list[int]:
    """Number the clause of each word; what follows "hôm qua," is still told of yesterday."""
    starts = {each.at for each in seen if each.phrase.meaning == _PRESENT}
    told = {each.end for each in seen if each.phrase.meaning == _PAST}
    ends = {at for at, gap in enumerate(words.gaps) if gap >= COMMA and at not in told}
    return list(accumulate(at in starts or at in ends for at in range(len(words.gaps))))
