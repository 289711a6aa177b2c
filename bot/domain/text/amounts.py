"""How many, as people type it: "1.360", "5 cuộc 600 lượt", "vu 1 bat 2". What can be meant two ways is not guessed.

A number is plain ("120", and "05" as reports write it) or in exact groups of three behind points or commas
("1.360.000", "12,000"). Its word stands before it or behind it, or both say the same ("bắt 2 đối tượng").
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from bot.domain import errors
from bot.domain.text.folding import fold

_K = TypeVar("_K", bound=str)

_WHOLE = re.compile(r"0?[0-9]|[1-9][0-9]{1,14}|[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){1,4}|(?:,[0-9]{3}){1,4})")
_TOKEN = re.compile(r"(?P<number>[-+]?\d[\d.,]*)|(?P<word>[^\W\d_]+)|(?P<gap>[\s,;:.]+)|(?P<odd>.)", re.DOTALL)
_SEPARATORS = re.compile(r"[.,]")
_BREAKS = frozenset(",;.\n")
"""What no number reaches across to its word."""
_LONGEST = 4
"""Syllables of the longest name of what is counted: "đối tượng truy nã"."""
SHOWN = 40
"""Characters of a doubtful text that are shown again."""


def read_whole(digits: str) -> int | None:
    """Read one whole number; None when it could be another."""
    return int(_SEPARATORS.sub("", digits)) if _WHOLE.fullmatch(digits) else None


def read_amounts(
    text: str, *, words: Mapping[str, _K], form: str, bare: _K | None = None, signed: bool = False
) -> dict[_K, int]:
    """Read the numbers of a text by the folded words beside them, each meaning once; a lone number means `bare`.

    Raises NumberDoubtful with what was read, or NotUnderstood; both say which form is understood.
    """
    folded = fold(text)
    clauses = [clause for clause in _clauses(folded, words, form=form, signed=signed) if clause]
    if bare is not None and len(clauses) == 1 and len(clauses[0]) == 1 and isinstance(clauses[0][0], int):
        return {bare: clauses[0][0]}
    if not any(isinstance(token, int) for clause in clauses for token in clause):
        raise errors.NotUnderstood(form=form)
    found: dict[_K, int] = {}
    for clause in clauses:
        readings = list(_readings(clause)) if len(clause) <= 3 * len(set(words.values())) else []
        if len(readings) != 1 or found.keys() & readings[0].keys():
            raise errors.NumberDoubtful(form=form, read=" ".join(folded.split())[:SHOWN])
        found |= readings[0]
    return found


def _clauses(folded: str, words: Mapping[str, _K], *, form: str, signed: bool) -> list[list[int | _K]]:
    """Split a text at its commas, points and lines into clauses of numbers and meanings."""
    clauses: list[list[int | _K]] = [[]]
    phrase: list[str] = []
    for token in _TOKEN.finditer(folded):
        kind, written = token.lastgroup, token[0]
        if kind == "odd":
            raise errors.NotUnderstood(form=form)
        if kind == "word":
            phrase.append(written)
            continue
        is_break = not _BREAKS.isdisjoint(written if kind == "gap" else written[-1:])
        if kind == "number" or is_break:
            clauses[-1] += _meanings(phrase, words, form=form)
            phrase = []
        if kind == "number":
            clauses[-1].append(_number(written.rstrip(".,"), form=form, signed=signed))
        if is_break:
            clauses.append([])
    clauses[-1] += _meanings(phrase, words, form=form)
    return clauses


def _number(token: str, *, form: str, signed: bool) -> int:
    digits = token[1:] if token.startswith("-") and signed else token
    number = read_whole(digits)
    if number is None:
        raise errors.NumberDoubtful(form=form, read=token[:SHOWN])
    return number if digits == token else -number


def _meanings(phrase: Sequence[str], words: Mapping[str, _K], *, form: str) -> list[_K]:
    """Split words between two numbers into what they mean, the longest name first; the same said twice is one."""
    found: list[_K] = []
    at = 0
    while at < len(phrase):
        end = next(
            (end for end in range(min(at + _LONGEST, len(phrase)), at, -1) if " ".join(phrase[at:end]) in words), None
        )
        if end is None:
            raise errors.NotUnderstood(form=form)
        meaning = words[" ".join(phrase[at:end])]
        if found[-1:] != [meaning]:
            found.append(meaning)
        at = end
    return found


def _readings(tokens: Sequence[int | _K]) -> Iterator[dict[_K, int]]:
    """Give every way to divide the tokens into numbers with their words, no meaning twice."""
    if not tokens:
        yield {}
    for size in (2, 3):
        found = _amount(tokens[:size], size=size)
        if found is None:
            continue
        meaning, number = found
        is_number_next = len(tokens) > size and isinstance(tokens[size - 1], int) and isinstance(tokens[size], int)
        if not is_number_next:
            yield from ({meaning: number, **rest} for rest in _readings(tokens[size:]) if meaning not in rest)


def _amount(tokens: Sequence[int | _K], *, size: int) -> tuple[_K, int] | None:
    """Read two or three tokens as one number with its word before it, behind it, or on both sides."""
    numbers = [token for token in tokens if isinstance(token, int)]
    meanings = {token for token in tokens if not isinstance(token, int)}
    if len(tokens) != size or len(numbers) != 1 or len(meanings) != 1:
        return None
    (meaning,) = meanings
    return meaning, numbers[0]
