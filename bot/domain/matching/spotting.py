"""Where the names of the lexicon stand in a text, the longest name at each word."""

from dataclasses import dataclass

from bot.domain.matching.cues import is_nearly_phuong
from bot.domain.matching.lexicon import Layer, Lexicon, LexiconEntry, Node
from bot.domain.text.folding import JOINER, SPACE, Words, plain_tone

_WARD_WORDS = frozenset({"phuong", "p", "f", "ph", "phg"})
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vii": "7"}
_SPOKEN = {
    "mot": "1", "nhat": "1", "nhut": "1", "hai": "2", "nhi": "2", "ba": "3", "tu": "4", "bon": "4", "nam": "5",
    "sau": "6", "bay": "7", "tam": "8", "muoi": "10", "01": "1", "02": "2", "03": "3", "04": "4", "05": "5", "06": "6",
    "07": "7", "08": "8", **_ROMAN,
}  # fmt: skip
_MOST_DIGITS = 2
_CROSSINGS = {"5": "nam", "6": "sau", "7": "bay"}
"""Towns named for the canals that meet there: "Ngã 7" is Ngã Bảy."""
MOST_NAMES = 20
"""Names of one text that are read; a text with more is a list, and a list is no address."""
_AFTER_NUMBERS = frozenset(
    {"tp", "thanh", "tx", "thi", "soc", "cu", "moi", "huyen", "h", "quan", "q", "tinh", "co", "thuoc", "o"}
)
_TYPES_IN_NAMES = frozenset({"phuong", "xa"})
"""Type words that, without their marks, also start names: Phương Bình, Xà Phiên."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A name at the words `start` to `end` (the last not included)."""

    start: int
    end: int
    entry: LexiconEntry
    rivals: tuple[LexiconEntry, ...] = ()
    """Other names the same words may mean: "Long Phú" where "Long Phú 1" was read."""
    edits: int = 0
    """How many letters differ from the name."""
    is_abbreviated: bool = False
    is_doubtful: bool = False
    """Words that are a name elsewhere in the country, only like one of ours."""
    is_glued: bool = False
    equal: int = 0
    """How many words carry marks, and the right ones."""
    wrong: int = 0
    """How many words carry other marks than the name."""


def spot_names(words: Words, lexicon: Lexicon, *, glued: frozenset[int] = frozenset()) -> list[Spot]:
    """Find the first names in a text, from left to right; they do not overlap."""
    spots: list[Spot] = []
    roots = lexicon.roots.next
    keys = words.keys
    at, size = 0, len(keys)
    while at < size and len(spots) < MOST_NAMES:
        node = roots.get(keys[at])
        found = _longest(words, at, node) if node is not None else None
        if found and keys[at] in _TYPES_IN_NAMES and _is_type_word(words, at, *found[:2]):
            found = None
        if found is None and at:
            found = _numbered(words, at, lexicon)
        if found is None:
            at += 1
            continue
        end, entry, rival = found
        spots.append(_spot(words, (at, end), entry, rivals=(rival,) if rival else (), glued=glued))
        at = end
    return spots


def _is_type_word(words: Words, at: int, end: int, entry: LexiconEntry) -> bool:
    """Say whether "phường Bình Thủy" was read as "Phương Bình": marks tell, or that more of a name follows."""
    written = words.written[at]
    if not written.isascii():
        return all(plain_tone(written) != marks[0] for marks in entry.marks)
    is_typed = at > 0 and words.keys[at - 1] in {"xa", "x"}
    return not is_typed and end < len(words.keys) and words.gaps[end] == SPACE


def _longest(words: Words, at: int, node: Node) -> tuple[int, LexiconEntry, LexiconEntry | None] | None:
    keys, gaps = words.keys, words.gaps
    found: tuple[int, LexiconEntry] | None = (at + 1, node.entry) if node.entry else None
    shorter: LexiconEntry | None = None
    end = at + 1
    while end < len(keys) and gaps[end] <= JOINER:
        other = _CROSSINGS if keys[at] == "nga" else _SPOKEN
        following = node.next.get(keys[end]) or node.next.get(other.get(keys[end], ""))
        if following is None:
            break
        node = following
        end += 1
        if node.entry:
            if found is not None:
                shorter = found[1]
            if _is_particle(words, end - 1):
                continue
            found = (end, node.entry)
    if found is None:
        return None
    end, entry = found
    is_ward = any(sense.layer is not Layer.LANDMARK for sense in entry.senses)
    is_loose = is_ward and shorter is not entry and _is_loose_end(words, end)
    return end, entry, shorter if is_loose else None


def _is_particle(words: Words, at: int) -> bool:
    """Say whether a last word "a" is a particle of speech ("à", "ạ") and not the letter of a name."""
    return words.keys[at] == "a" and not words.written[at].isascii()


def _is_loose_end(words: Words, end: int) -> bool:
    """Say whether the last word may belong to what follows: "Long Phú 1 nhóm", "Trường Long a"."""
    last = words.keys[end - 1]
    if last == "a":
        return words.written[end - 1] == "a"
    is_followed = end < len(words.keys) and words.gaps[end] == SPACE and words.keys[end] not in _AFTER_NUMBERS
    return (last.isdigit() or last in _SPOKEN) and is_followed


def _numbered(words: Words, at: int, lexicon: Lexicon) -> tuple[int, LexiconEntry, None] | None:
    """Read the number of a ward: "phường 5", "P5", "phường V", and "phường năm" where the address ends."""
    key, before = words.keys[at], words.keys[at - 1]
    if key.isdigit():
        is_typed = len(key) <= _MOST_DIGITS and (before in _WARD_WORDS or is_nearly_phuong(before))
    else:
        is_typed = key in _SPOKEN and before in _WARD_WORDS
    if not is_typed or words.gaps[at] > JOINER:
        return None
    if not key.isdigit() and not _is_roman(words, at) and not _ends_address(words, at + 1):
        return None
    entry = lexicon.numbers.get(_SPOKEN.get(key, key))
    return (at + 1, entry, None) if entry else None


def _is_roman(words: Words, at: int) -> bool:
    key = words.keys[at]
    is_plain = words.keys[at - 1] == "phuong" or words.gaps[at] == JOINER or words.written[at].isupper()
    return key in _ROMAN and words.written[at].isascii() and (is_plain or len(key) > 1)


def _ends_address(words: Words, end: int) -> bool:
    return end == len(words.keys) or words.gaps[end] > JOINER or words.keys[end] in _AFTER_NUMBERS


def _spot(
    words: Words, span: tuple[int, int], entry: LexiconEntry, *, rivals: tuple[LexiconEntry, ...], glued: frozenset[int]
) -> Spot:
    start, end = span
    equal, wrong = agreement(words, span, entry)
    were_glued = {at in glued for at in range(start, end) if not words.keys[at].isdigit()}
    return Spot(
        start,
        end,
        entry,
        rivals=rivals,
        is_glued=True in were_glued,
        is_doubtful=len(were_glued) > 1,
        equal=equal,
        wrong=wrong,
    )


def agreement(words: Words, span: tuple[int, int], entry: LexiconEntry) -> tuple[int, int]:
    """Count the words whose marks are right and wrong, for the spelling of the name that fits best."""
    written = words.written[slice(*span)]
    if all(map(str.isascii, written)):
        return 0, 0
    own = [word if word.isascii() else plain_tone(word) for word in written]
    return min(
        (_compared(own, marks) for marks in entry.marks), key=lambda found: found[1] * 8 - found[0], default=(0, 0)
    )


def _compared(own: list[str], marks: tuple[str, ...]) -> tuple[int, int]:
    pairs = [(word, mark) for word, mark in zip(own, marks, strict=False) if not word.isascii() and not mark.isdigit()]
    return sum(word == mark for word, mark in pairs), sum(word != mark for word, mark in pairs)
