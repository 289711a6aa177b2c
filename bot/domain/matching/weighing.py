"""How much a name in a text speaks for each unit: every clue adds or takes a little, and says so.

The weights were set on hand-written sentences and on generated names; what matters is their order and the two bounds:
a unit is routed to from `ROUTE` on, and worth a question from `ASK` on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.domain.matching.context import Address, Age, Named, NameRole, Surroundings
from bot.domain.matching.cues import TYPE_WORD, Cue
from bot.domain.matching.lexicon import Layer, LexiconEntry, Sense
from bot.domain.places import UnitCode
from bot.domain.text.folding import BREAK, COMMA, SPACE, Words, plain_tone

ROUTE = 0.78
ASK = 0.5

_NAME = 0.62
_LANDMARK = 0.8
_MARKED, _WRONG_MARKS, _WRONG_MARKS_TYPED = 0.1, -0.25, -0.1
_TYPED, _WRONG_TYPE = 0.3, -0.08
_TITLED, _AT, _START, _TAIL, _ALONE = 0.08, 0.18, 0.08, 0.08, 0.15
_DISTRICT, _PROVINCE, _CITY = 0.25, 0.2, 0.2
_AGE = 0.1
_ORDINARY, _LONGER_NAME, _HAMLET, _BUILDING, _ORIGIN = -0.3, -0.25, -0.15, -0.12, -0.1
_EDIT, _CUT_SHORT, _GLUED = -0.12, -0.04, -0.02
_FORMER, _RANK, _RIVAL, _OTHER_MARK = -0.01, -0.01, -0.04, -0.03
_SPLIT = -0.7  # the smaller part of a split ward, while the larger has its name
_MOST = 1.1
_OTHER_TYPE = "another type word"
_MOST_OTHER_WORDS = 2


@dataclass(slots=True)
class Weighed:
    """What one name speaks for."""

    named: Named
    address: Address
    codes: dict[UnitCode, float]
    why: dict[UnitCode, str]
    is_weak: bool
    """Part of a ward, a building, somewhere near: gives way to any other name."""
    is_doubtful: bool
    """Never enough to route on."""
    is_wide: bool
    """Also the district of that name: narrowed by any other name inside it."""

    @property
    def best(self) -> float:
        """Give the highest score."""
        return max(self.codes.values(), default=0.0)


@dataclass(slots=True)
class _Scales:
    score: float
    clues: list[str] = field(default_factory=list)

    def add(self, weight: float, clue: str) -> None:
        self.score += weight
        self.clues.append(clue)


def weigh(named: Named, address: Address, around: Surroundings) -> Weighed:
    """Weigh one name of an address."""
    entry = named.spot.entry
    is_landmark = all(sense.layer is Layer.LANDMARK for sense in entry.senses)
    scales = _Scales(_LANDMARK if is_landmark else _NAME)
    _weigh_spelling(scales, named)
    _weigh_surroundings(scales, named, around, is_landmark=is_landmark)
    senses, is_conflicting = _fitting_senses(scales, named, address, around)
    if (
        entry.is_ordinary
        and not named.typed
        and not (address.districts or address.provinces or "hardly" in str(scales))
    ):
        is_proper = named.spot.equal > 1 and around.is_titled and _is_titled(around.words, named)
        scales.add(0 if is_proper else _ORDINARY, "also plain words")
    is_weak = not named.typed and bool(named.cues & {Cue.HAMLET, Cue.BUILDING, Cue.NEAR, Cue.PERSON, Cue.ORIGIN})
    is_mistyped = _OTHER_TYPE in scales.clues and not (address.districts or address.provinces)
    weighed = Weighed(
        named=named,
        address=address,
        codes={},
        why={},
        is_weak=is_weak and not is_landmark,
        is_doubtful=is_conflicting
        or is_mistyped
        or _is_bare_number(named, address, around.words)
        or _is_doubtful(named, is_landmark=is_landmark),
        is_wide=named.role is NameRole.EITHER,
    )
    if Cue.STREET in named.cues and not named.typed and not is_landmark:
        return weighed
    if Cue.PERSON in named.cues and not (address.districts or address.provinces):
        return weighed
    is_split = named.age is Age.OLD or bool(address.districts) or all(s.layer is not Layer.TODAY for s, _ in senses)
    for sense, less in senses:
        for rank, code in enumerate(sense.codes):
            score = min(scales.score, _MOST) + less + rank * (_RANK if is_split else _SPLIT)
            if score > weighed.codes.get(code, 0.0):
                weighed.codes[code] = score
                weighed.why[code] = "; ".join((sense.label, *scales.clues))
    return weighed


def _weigh_spelling(scales: _Scales, named: Named) -> None:
    spot = named.spot
    if spot.edits:
        scales.add(_EDIT * spot.edits, f"{spot.edits} letter(s) off")
    if spot.is_abbreviated:
        scales.add(_CUT_SHORT, "cut short")
    if spot.is_glued:
        scales.add(_GLUED, "no spaces")
    if spot.wrong and not spot.edits:
        scales.add(_WRONG_MARKS_TYPED if named.typed else _WRONG_MARKS, "other marks")
    elif spot.equal:
        scales.add(_MARKED, "marks agree")


def _weigh_surroundings(scales: _Scales, named: Named, around: Surroundings, *, is_landmark: bool) -> None:
    words = around.words
    if named.typed:
        scales.add(_TYPED, "type word")
    elif Cue.HAMLET in named.cues:
        scales.add(_HAMLET, "part of a ward")
    elif Cue.BUILDING in named.cues and not is_landmark:
        scales.add(_BUILDING, "a building's name")
    elif Cue.ORIGIN in named.cues:
        scales.add(_ORIGIN, "where someone comes from")
    elif named.cues & {Cue.AT, Cue.OFFICE}:
        scales.add(_AT, "a word of place before it")
    _weigh_position(scales, named, words)
    if not named.typed and _is_alone(words, named):
        scales.add(_ALONE, "hardly another word")
    if around.is_titled and not named.typed and _is_titled(words, named):
        scales.add(_TITLED, "capital letters")
        if _is_inside_longer_name(words, named):
            scales.add(_LONGER_NAME, "inside a longer name")


def _weigh_position(scales: _Scales, named: Named, words: Words) -> None:
    start = named.spot.start
    if named.cues:
        return
    if words.gaps[start] == BREAK:
        scales.add(_START, "opens a line")
    elif words.gaps[start] == COMMA and start > 1:
        scales.add(_TAIL, "after a comma")


def _is_alone(words: Words, named: Named) -> bool:
    return len(words.keys) - (named.spot.end - named.spot.start) <= _MOST_OTHER_WORDS


def _is_titled(words: Words, named: Named) -> bool:
    return all(word[0].isupper() or word[0].isdigit() for word in words.written[named.spot.start : named.spot.end])


def _is_inside_longer_name(words: Words, named: Named) -> bool:
    start, end = named.spot.start, named.spot.end
    follows = end < len(words.keys) and words.gaps[end] == SPACE and words.written[end][0].isupper()
    leads = (
        start > 1
        and words.gaps[start] == SPACE
        and words.gaps[start - 1] != BREAK
        and words.written[start - 1][0].isupper()
        and not named.cues
    )
    return leads or (follows and not _starts_known_word(words, end))


def _starts_known_word(words: Words, at: int) -> bool:
    return words.keys[at] in {
        "quan",
        "q",
        "huyen",
        "h",
        "tp",
        "thanh",
        "can",
        "tx",
        "thi",
        "tinh",
        "hau",
        "soc",
        "cu",
        "moi",
    }


def _is_bare_number(named: Named, address: Address, words: Words) -> bool:
    """Say whether "P6" stands without a town: it may be a room as well."""
    is_number = named.spot.entry.keys[0].isdigit() and words.keys[named.spot.start - 1] != "phuong"
    return is_number and not (address.districts or address.provinces)


_UNSURE = frozenset({Cue.HAMLET, Cue.BUILDING, Cue.NEAR, Cue.PERSON, Cue.ORIGIN, Cue.MOVE})


def _is_doubtful(named: Named, *, is_landmark: bool) -> bool:
    spot = named.spot
    if spot.is_doubtful or spot.edits > 1 or spot.is_abbreviated:
        return True
    if is_landmark or named.typed:
        return False
    return bool(spot.edits) or bool(named.cues & _UNSURE)


def _fitting_senses(
    scales: _Scales, named: Named, address: Address, around: Surroundings
) -> tuple[list[tuple[Sense, float]], bool]:
    """Choose the meanings that agree with the age, district, province and type the writer gives.

    The second value says whether the writer named a district or province where no place of that name is.
    """
    senses = list(_plain_senses(named.spot.entry))
    senses += [(sense, less + _RIVAL) for rival in named.spot.rivals for sense, less in _plain_senses(rival)]
    if named.age:
        layer = Layer.FORMER if named.age is Age.OLD else Layer.TODAY
        if aged := [each for each in senses if each[0].layer is layer]:
            senses = aged
            scales.add(_AGE, f"said to be {named.age.value}")
    is_conflicting = False
    districts = address.districts
    if districts:
        inside = [each for each in senses if each[0].districts & districts]
        is_conflicting = not inside
        if inside:
            senses = inside
            scales.add(_DISTRICT, "district named")
    elif around.far_districts and (inside := [each for each in senses if each[0].districts & around.far_districts]):
        senses = inside
    if address.provinces:
        inside = [each for each in senses if each[0].provinces & address.provinces]
        is_conflicting = is_conflicting or not inside
        if inside:
            senses = inside
            scales.add(_PROVINCE, "province named")
    elif address.names_city:
        scales.add(_CITY, "city named")
    if named.typed:
        senses = _of_type(scales, named, senses)
    return _fitting_marks(senses, named, around.words), is_conflicting


def _plain_senses(entry: LexiconEntry) -> Iterable[tuple[Sense, float]]:
    return ((sense, _FORMER if sense.layer is Layer.FORMER else 0.0) for sense in entry.senses)


def _of_type(scales: _Scales, named: Named, senses: list[tuple[Sense, float]]) -> list[tuple[Sense, float]]:
    words = {TYPE_WORD[named.typed] if named.typed else "", ""}
    fitting = [each for each in senses if each[0].type_word in words]
    if not fitting:
        scales.add(_WRONG_TYPE, _OTHER_TYPE)
        return senses
    layers = {each[0].layer for each in fitting}
    if Layer.TODAY in layers:
        return fitting
    near = {code for each in fitting for code in each[0].districts}
    kept = [each for each in senses if each[0].layer is Layer.TODAY and each[0].districts & near]
    return fitting + kept


def _fitting_marks(senses: list[tuple[Sense, float]], named: Named, words: Words) -> list[tuple[Sense, float]]:
    """Tell "Tân Thành" from "Tân Thạnh" where the text has the marks; without a type word that only sets the order."""
    own = [None if word.isascii() else plain_tone(word) for word in words.written[named.spot.start : named.spot.end]]
    if named.spot.edits or not any(own):
        return senses
    wrong = [
        sum(word is not None and word != mark for word, mark in zip(own, sense.marked, strict=False))
        for sense, _ in senses
    ]
    fewest = min(wrong, default=0)
    if named.typed and all(own):
        return [each for each, count in zip(senses, wrong, strict=True) if count == fewest]
    return [(sense, less + (count - fewest) * _OTHER_MARK) for (sense, less), count in zip(senses, wrong, strict=True)]
