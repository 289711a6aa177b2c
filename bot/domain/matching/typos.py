"""Names that are not spelled as they should be: a letter wrong, a first word cut to its letter, initials alone.

Comparing letter by letter is dear, so it is done only where a name is expected: after a type word ("phường"), and, when
the text has no other place, after a word like "ở", on capital letters, and in texts of a few words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.matching.cues import TYPE_WORD, TYPES, Cue, cues_before
from bot.domain.matching.lexicon import Lexicon, LexiconEntry
from bot.domain.matching.spotting import Spot
from bot.domain.text.folding import JOINER, SPACE, Words, fold, plain_tone

_TYPE_ENDS = """
    phuong p f ph phg xa x tran tt t quan q huyen h tx tp pho"""
_MOST_PLACES = 8
"""Places in one text where letters are compared."""
_SHORT_TEXT = 8
_LONGEST = 4
_LEAST_LETTERS, _LEAST_LETTERS_TYPED = 7, 4
_LONG_NAME = 9
_MOST_RIVALS = 6
_EXPECTING = frozenset({Cue.AT, Cue.OFFICE, Cue.NEAR, Cue.HAMLET, Cue.BUILDING})
_AFTER_NAMES = """
    co o tai va la thi de cho con day dang bi vo ra vao hay nay do toi em bay gio moi cu thuoc quan huyen tinh cua"""
"""Words that follow a name and are no part of a longer one."""


def spot_misspelled(words: Words, spots: list[Spot], lexicon: Lexicon) -> list[Spot]:
    """Find names that are cut short or misspelled, and give doubted names the rivals they may be."""
    alike = {spot.start: spot.end for spot in spots if _is_alike(words, spot)}
    known = [spot for spot in spots if spot.start not in alike and (spot.entry.is_ours or spot.entry.is_elsewhere)]
    found = [doubted for spot in known if (doubted := _with_rivals(words, spot, lexicon))]
    covered = {at for spot in known for at in range(spot.start, spot.end)}
    reader = _Reader(words, lexicon, covered, alike)
    for at, is_district in _after_types(words, covered):
        pool = lexicon.district_spellings if is_district else lexicon.spellings
        found += reader.nearest(at, pool, _LEAST_LETTERS_TYPED) or reader.cut_short(at, is_district=is_district)
    found += reader.first_letters()
    if not any(spot.entry.is_place or spot.entry.districts for spot in (*found, *known)):
        for at in _expected(words, covered):
            found += reader.nearest(at, lexicon.spellings, _LEAST_LETTERS)
    return found


def _is_alike(words: Words, spot: Spot) -> bool:
    """Say whether words are a name elsewhere that must not stand in the way of a misspelled one of ours."""
    entry = spot.entry
    if entry.is_ours:
        return False
    return entry.is_look_alike or (entry.is_elsewhere and bool(cues_before(words, spot.start)[0] & TYPES))


def _with_rivals(words: Words, spot: Spot, lexicon: Lexicon) -> Spot | None:
    """Doubt a name that may be the start of a longer, misspelled one, or that carries the marks of another."""
    rivals: list[LexiconEntry] = []
    if spot.end < len(words.keys) and words.gaps[spot.end] <= JOINER:
        following = fold(words.written[spot.end])
        is_name = words.written[spot.end][0].isupper() or following not in _AFTER_NAMES.split()
        longer = lexicon.longer.get(spot.entry.keys, ()) if is_name else ()
        rivals += [each for each in longer if OSA.distance(following, each.keys[-1], score_cutoff=1) <= 1]
    if spot.entry.is_place and (spot.wrong or _has_other_type(words, spot)):
        text = fold(" ".join(words.written[spot.start : spot.end]))
        near = process.extract(text, lexicon.spellings.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
        rivals += [lexicon.spellings[name] for name, distance, _ in near if distance]
    return replace(spot, rivals=(*spot.rivals, *rivals[:_MOST_RIVALS])) if rivals else None


def _has_other_type(words: Words, spot: Spot) -> bool:
    """Say whether the type word before a name is none that a place of that name has or had."""
    typed = {TYPE_WORD[cue] for cue in cues_before(words, spot.start)[0] if cue in TYPES}
    return bool(typed) and typed.isdisjoint({sense.type_word or next(iter(typed)) for sense in spot.entry.senses})


def _after_types(words: Words, covered: set[int]) -> Iterator[tuple[int, bool]]:
    """Give the words after a type word where no name is known, and whether the type is a district's."""
    left = _MOST_PLACES
    ends = frozenset(_TYPE_ENDS.split())
    for at in range(1, len(words.keys)):
        if words.keys[at - 1] not in ends or at in covered or words.gaps[at] > JOINER:
            continue
        cues = cues_before(words, at)[0]
        if cues & {*TYPES, Cue.DISTRICT}:
            yield at, Cue.DISTRICT in cues
            left -= 1
            if not left:
                return


def _expected(words: Words, covered: set[int]) -> Iterator[int]:
    """Give the words where a name may start in a text that has none."""
    size = len(words.keys)
    left = _MOST_PLACES
    for at in range(size):
        if at in covered:
            continue
        is_titled = words.written[at][0].isupper() and at + 1 < size and words.written[at + 1][0].isupper()
        if size <= _SHORT_TEXT or is_titled or cues_before(words, at)[0] & _EXPECTING:
            yield at
            left -= 1
            if not left:
                return


@dataclass(slots=True)
class _Reader:
    """Reads misspelled names at given words, and remembers which words are read."""

    words: Words
    lexicon: Lexicon
    covered: set[int]
    alike: Mapping[int, int]
    """Where names elsewhere start and end that are like one of ours."""

    def nearest(self, at: int, pool: Mapping[str, LexiconEntry], least: int) -> list[Spot]:
        """Read the name whose letters are nearest."""
        words = self.words
        best: tuple[float, int, list[tuple[str, int]]] | None = None
        is_typed = least == _LEAST_LETTERS_TYPED
        for end in self._ends(at, is_typed=is_typed):
            text = fold(" ".join(words.written[at:end]))
            if len(text) < least:
                continue
            most = 2 if is_typed and len(text) >= _LONG_NAME else 1
            near = process.extract(text, pool.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
            if near and (best is None or near[0][1] / len(text) < best[0]):
                best = near[0][1] / len(text), end, [(name, int(distance)) for name, distance, _ in near]
        if best is None:
            return []
        _, end, near_names = best
        edits = near_names[0][1]
        entries = _ordered(near_names, pool, words.written[at:end])
        return self._taken(Spot(at, end, entries[0], rivals=tuple(entries[1:_MOST_RIVALS]), edits=max(edits, 1)))

    def cut_short(self, at: int, *, is_district: bool) -> list[Spot]:
        """Read initials after a type word ("p. XK"), or a first word cut to its letters ("q. C.Răng", "p.điền")."""
        words, letters = self.words, self.words.keys[at]
        stands_alone = (
            at + 1 == len(words.keys) or words.gaps[at + 1] > SPACE or words.keys[at + 1] in _TYPE_ENDS.split()
        )
        if stands_alone and (words.written[at].isupper() or not set(letters) & set("aeiouy")):
            entries = _fitting(self.lexicon.initials.get(letters, ()), is_district=is_district)
            if entries:
                spot = Spot(at, at + 1, entries[0], rivals=entries[1:_MOST_RIVALS], is_abbreviated=True)
                return self._taken(spot)
        return self._first_letter(at, is_district=is_district) or self._first_letter(at - 1, is_district=is_district)

    def first_letters(self) -> list[Spot]:
        """Read names whose first word is cut to its letters, anywhere: "N.Kiều"."""
        words = self.words
        found: list[Spot] = []
        for at in range(len(words.keys) - 1):
            if len(words.keys[at]) > _MOST_FIRST_LETTERS or self.covered & {at, at + 1}:
                continue
            if words.gaps[at + 1] == JOINER or words.written[at][0].isupper():
                found += self._first_letter(at, is_district=False)
        return found

    def _first_letter(self, at: int, *, is_district: bool) -> list[Spot]:
        words, letters = self.words, self.words.keys[at]
        if len(letters) > _MOST_FIRST_LETTERS or not letters.isalpha() or at + 1 >= len(words.keys):
            return []
        if words.keys[at + 1] not in self.lexicon.seconds:
            return []
        for end in range(min(at + _LONGEST, len(words.keys)), at + 1, -1):
            if max(words.gaps[at + 1 : end]) > JOINER:
                continue
            tails = self.lexicon.tails.get(words.keys[at + 1 : end], ())
            entries = _fitting((e for e in tails if e.keys[0].startswith(letters)), is_district=is_district)
            if entries:
                return self._taken(Spot(at, end, entries[0], rivals=entries[1:_MOST_RIVALS], is_abbreviated=True))
        return []

    def _ends(self, at: int, *, is_typed: bool) -> Iterator[int]:
        """Give the ends of the runs of words that start at a word and belong together.

        After a type word they may run over a shorter name: "xã Thaạnh Thới An" is not Thới An.
        """
        for end in range(at + 1, min(at + _LONGEST, len(self.words.keys)) + 1):
            if (end - 1 in self.covered and not is_typed) or (end - 1 > at and self.words.gaps[end - 1] > JOINER):
                return
            yield end

    def _taken(self, spot: Spot) -> list[Spot]:
        if spot.start in self.alike:
            spot = replace(spot, end=max(spot.end, self.alike[spot.start]), is_doubtful=True)
        self.covered.update(range(spot.start, spot.end))
        return [spot]


_MOST_FIRST_LETTERS = 2


def _ordered(
    near: list[tuple[str, int]], pool: Mapping[str, LexiconEntry], written: tuple[str, ...]
) -> list[LexiconEntry]:
    """Order the nearest names by the letters that differ, then by the marks."""
    marked = " ".join(plain_tone(word) for word in written)
    least = near[0][1]
    ranked = sorted(
        (distance, min(OSA.distance(marked, " ".join(marks)) for marks in pool[name].marks), name)
        for name, distance in near
        if distance <= least + 1
    )
    return [pool[name] for _, _, name in ranked]


def _fitting(entries: Iterable[LexiconEntry], *, is_district: bool) -> tuple[LexiconEntry, ...]:
    return tuple(entry for entry in entries if (entry.districts if is_district else entry.is_place))
