"""How intake knows that an update was dealt with: the handler layer says what became of it; silence is not consent.

An update may be acknowledged only when its unit of work was committed, or when its kind is ignored on purpose. An
application that finds no handler, or a handler that returns early, says nothing; intake then keeps the update.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.ports import Handled


class Acknowledgement:
    """The positive sign for one update."""

    __slots__ = ("handled", "is_late")

    def __init__(self, *, is_late: bool) -> None:
        self.handled: Handled | None = None
        self.is_late = is_late
        """The update failed before, and newer ones of its chat may have been handled since."""


_current: ContextVar[Acknowledgement | None] = ContextVar("acknowledgement", default=None)


def acknowledge(handled: Handled = Handled.DONE) -> None:
    """Say what became of the update in hand: after `await work.run(...)` returned, or to ignore a kind."""
    sign = _current.get()
    if sign is not None:
        sign.handled = handled


def is_late() -> bool:
    """Say whether the update in hand comes later than it was meant."""
    sign = _current.get()
    return sign is not None and sign.is_late


@contextmanager
def awaiting_acknowledgement(*, is_late: bool = False) -> Iterator[Acknowledgement]:
    """Open the scope of one update: what `acknowledge` says within it, in whatever task, is read off the result."""
    sign = Acknowledgement(is_late=is_late)
    token = _current.set(sign)
    try:
        yield sign
    finally:
        _current.reset(token)
