"""A batch of raw updates: whose each one is, in which order they must be dealt with, and how far all are dealt with."""

from collections.abc import Mapping, Sequence
from typing import Any

Raw = Mapping[str, Any]


def number_of(raw: object) -> int | None:
    """Read an update's id; None when there is none, so that the update can be neither kept nor confirmed."""
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def chat_of(raw: Raw) -> int | None:
    """Find the chat an update belongs to, or the person where there is no chat, however malformed the rest is."""
    for part in raw.values():
        if not isinstance(part, Mapping):
            continue
        message = part.get("message")
        for owner in (
            part.get("chat"),
            message.get("chat") if isinstance(message, Mapping) else None,
            part.get("from"),
        ):
            number = owner.get("id") if isinstance(owner, Mapping) else None
            if isinstance(number, int):
                return number
    return None


def queues_of(batch: Sequence[object], *, done: frozenset[int] | set[int] = frozenset()) -> list[list[tuple[int, Raw]]]:
    """Part a batch into one queue a chat, in order of the ids, without what is dealt with or has no id."""
    numbered = {number: raw for raw in batch if (number := number_of(raw)) is not None and isinstance(raw, Mapping)}
    queues: dict[tuple[str, int], list[tuple[int, Raw]]] = {}
    for number, raw in sorted(numbered.items(), key=lambda each: each[0]):
        if number in done:
            continue
        chat = chat_of(raw)
        queues.setdefault(("update", number) if chat is None else ("chat", chat), []).append((number, raw))
    return list(queues.values())


def confirmed_to(batch: Sequence[object], *, done: frozenset[int] | set[int], offset: int) -> int:
    """Give the offset that confirms every update up to the first one that is not dealt with, and none after it."""
    for number in sorted(number for raw in batch if (number := number_of(raw)) is not None):
        if number not in done:
            return number
        offset = number + 1
    return offset
