"""Words written without the spaces between them: "phuongninhkieu" is read as "phuong ninh kieu".

A glued word is cut into known names, known short words and syllables that Vietnamese can have, at the least cost. It is
taken apart only where a name comes out; anything else ("facebook") stays as it is.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product

from bot.domain.matching.lexicon import Lexicon, LexiconEntry
from bot.domain.text.folding import SPACE, Words, toneless

_LONGEST_SYLLABLE = 7
_LEAST_GLUED = 4
_LONGEST_NAME = 24
_MOST_LETTERS = 400  # of glued words in one text: a sentence without spaces, no more
_NAME_COST, _KNOWN_COST, _SYLLABLE_COST, _LETTER_COST = 1.0, 1.5, 2.0, 6.0
_KNOWN = """
    phuong xa quan huyen thi tran p q x h f tt tp tx o tai gan cu moi thanh pho tinh ap khu vuc duong cho
    cau co nguoi"""
_ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_VOWELS = """
    a ai ao au ay e eo eu i ia ie ieu iu o oa oai oao oay oe oeo oi oo u ua uay uai ue uo uoi uou ui uu uy uya uye uyu
    y ye yeu"""
_CODAS = "c ch m n ng nh p t"


@cache
def _known() -> frozenset[str]:
    return frozenset(_KNOWN.split())


@cache
def _syllables() -> frozenset[str]:
    return frozenset(
        "".join(parts) for parts in product(("", *_ONSETS.split()), _VOWELS.split(), ("", *_CODAS.split()))
    )


def unglue(words: Words, lexicon: Lexicon) -> tuple[Words, frozenset[int]]:
    """Take glued words apart where a name of ours comes out; give the words, and which of them were glued."""
    budget = _MOST_LETTERS
    syllables = _syllables()
    cuts: dict[int, tuple[str, ...]] = {}
    for at, key in enumerate(words.keys):
        if len(key) <= _LONGEST_SYLLABLE and (len(key) < _LEAST_GLUED or key in syllables):
            continue
        if (budget := budget - len(key)) >= 0 and (parts := _cut(key, lexicon)):
            name = lexicon.entries.get(parts)
            if name is None or _has_marks_of(words.written[at], name):
                cuts[at] = parts
    return _rebuilt(words, cuts) if cuts else (words, frozenset())


def _has_marks_of(written: str, name: LexiconEntry) -> bool:
    """Say whether a glued name carries the hats and horns of the name, or none: "Phưlộc" is no "Phú Lộc"."""
    return written.isascii() or toneless(written) in {toneless("".join(marks)) for marks in name.marks}


def _cut(key: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """Cut one glued word at the least cost, or not at all when no name is inside."""
    best: list[tuple[float, int, tuple[str, ...]]] = [
        (0.0, 0, ())
    ]  # cost so far, where the last piece starts, its words
    for end in range(1, len(key) + 1):
        best.append(min(_pieces(key, end, best, lexicon)))
    parts: list[str] = []
    has_name = False
    end = len(key)
    while end:
        _, start, piece = best[end]
        has_name = has_name or len(piece) > 1
        parts[:0] = piece
        end = start
    return tuple(parts) if has_name else None


def _pieces(
    key: str, end: int, best: list[tuple[float, int, tuple[str, ...]]], lexicon: Lexicon
) -> Iterator[tuple[float, int, tuple[str, ...]]]:
    for start in range(max(0, end - _LONGEST_NAME), end):
        piece = key[start:end]
        if name := lexicon.joined.get(piece):
            yield best[start][0] + _NAME_COST, start, name
        if end - start <= _LONGEST_SYLLABLE:
            yield best[start][0] + _cost(piece), start, (piece,)


def _cost(piece: str) -> float:
    if piece in _known():
        return _KNOWN_COST
    return _SYLLABLE_COST if piece in _syllables() and len(piece) > 1 else _LETTER_COST * len(piece)


def _rebuilt(words: Words, cuts: dict[int, tuple[str, ...]]) -> tuple[Words, frozenset[int]]:
    written: list[str] = []
    keys: list[str] = []
    gaps: list[int] = []
    glued: set[int] = set()
    for at, key in enumerate(words.keys):
        parts = cuts.get(at)
        if parts is None:
            written.append(words.written[at])
            keys.append(key)
            gaps.append(words.gaps[at])
            continue
        glued.update(range(len(keys), len(keys) + len(parts)))
        written += parts
        keys += parts
        gaps += [words.gaps[at], *[SPACE] * (len(parts) - 1)]
    return Words(tuple(written), tuple(keys), tuple(gaps)), frozenset(glued)
