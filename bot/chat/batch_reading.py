"""A batch of updates that JSON cannot read as a whole: parted into its pieces, so that one bad one costs no other.

Nested too deep or holding a number too long, one update would hide all that come with it, at every try.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

_HEAD: Final = re.compile(r'\s{0,9}+\{\s{0,9}+"ok"\s{0,9}+:\s{0,9}+true\s{0,9}+,\s{0,9}+"result"\s{0,9}+:\s{0,9}+\[')
_SIGN: Final = re.compile(r'\\.|["{}\[\]]', re.DOTALL)
"""What begins or ends something, and what is escaped within a string."""


def read_pieces(answer: str) -> list[Any] | None:
    """Read the list that an answer holds, what cannot be read as its text; None when it holds no list of objects."""
    head = _HEAD.match(answer)
    return [_read(piece) for piece in _pieces(answer, head.end())] if head else None


def _pieces(answer: str, start: int) -> Iterator[str]:
    depth, begin, is_string = 0, start, False
    for sign in _SIGN.finditer(answer, start):
        if sign[0] == '"':
            is_string = not is_string
        elif is_string or sign[0].startswith("\\"):
            continue
        elif sign[0] in "{[":
            begin = begin if depth else sign.start()
            depth += 1
        elif depth == 0:
            return
        else:
            depth -= 1
            if depth == 0:
                yield answer[begin : sign.end()]


def _read(piece: str) -> Any:
    try:
        return json.loads(piece)
    except (ValueError, RecursionError):
        return piece
