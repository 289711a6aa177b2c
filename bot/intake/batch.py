"""Raw updates as they came: whose each one is, how it is written down whole, and how far a batch is dealt with."""

import json
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

from bot.domain.ids import ChatId

Raw = Mapping[str, Any] | str
"""An update as JSON gives it; its text, where JSON cannot be read: nested too deep, a number too long."""

_BIGGEST: Final = 2**62
"""Above any id; a bigger number is a mistake, and no table takes it."""
_NUMBER: Final = re.compile(r'\s{0,9}+\{\s{0,9}+"update_id"\s{0,9}+:\s{0,9}+(\d{1,18}+)\s{0,9}+[,}]')


def number_of(raw: object) -> int | None:
    """Read an update's id; None when there is none, so that the update can be neither kept nor confirmed."""
    if isinstance(raw, str):
        found = _NUMBER.match(raw)
        return _id(int(found[1])) if found else None
    return _id(raw.get("update_id")) if isinstance(raw, Mapping) else None


def chat_of(raw: Raw) -> ChatId | None:
    """Find the chat an update belongs to, or the person where there is no chat, however malformed the rest is."""
    for part in raw.values() if isinstance(raw, Mapping) else ():
        if not isinstance(part, Mapping):
            continue
        message = part.get("message")
        for owner in (
            part.get("chat"),
            message.get("chat") if isinstance(message, Mapping) else None,
            part.get("from"),
        ):
            number = owner.get("id") if isinstance(owner, Mapping) else None
            if isinstance(number, int) and _id(abs(number)) is not None:
                return ChatId(number)
    return None


def write(raw: Raw) -> str:
    """Write an update down whole."""
    return raw if isinstance(raw, str) else json.dumps(raw, separators=(",", ":"))


def read(text: str) -> Raw:
    """Read an update that was written down."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return raw if isinstance(raw, Mapping) else text


def numbered(batch: Sequence[object]) -> list[tuple[int, Raw]]:
    """Give the updates of a batch that have an id, in its order, each once."""
    found = {number: raw for raw in batch if (number := number_of(raw)) is not None and isinstance(raw, Mapping | str)}
    return sorted(found.items(), key=lambda each: each[0])


def confirmed_to(batch: Sequence[object], *, done: AbstractSet[int], offset: int) -> int:
    """Give the offset that confirms every update up to the first one that is not dealt with, and none after it."""
    for number, _ in numbered(batch):
        if number >= offset and number not in done:
            return number
        offset = max(offset, number + 1)
    return offset


def _id(number: object) -> int | None:
    is_one = isinstance(number, int) and not isinstance(number, bool) and 0 < number < _BIGGEST
    return number if isinstance(number, int) and is_one else None
