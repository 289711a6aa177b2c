"""How intake knows that an update was dealt with: the handler layer says so, and silence is not consent.

An update may be acknowledged only when its unit of work was committed, or when its kind is ignored on purpose. An
application that finds no handler, or a handler that returns early, says nothing; intake then keeps the update.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Acknowledgement:
    """The positive sign for one update."""

    __slots__ = ("is_acknowledged",)

    def __init__(self) -> None:
        self.is_acknowledged = False


_current: ContextVar[Acknowledgement | None] = ContextVar("settling", default=None)


def acknowledge() -> None:
    """Say that the update in hand is dealt with: call it after `await work.run(...)` returned, or to ignore a kind."""
    sign = _current.get()
    if sign is not None:
        sign.is_acknowledged = True


@contextmanager
def awaiting_acknowledgement() -> Iterator[Acknowledgement]:
    """Open the scope of one update: what `acknowledge` says within it, in whatever task, is read off the result."""
    sign = Acknowledgement()
    token = _current.set(sign)
    try:
        yield sign
    finally:
        _current.reset(token)
