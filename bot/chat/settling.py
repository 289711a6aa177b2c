"""How intake knows that an update was dealt with: the handler layer says so, and silence is not consent.

An update may be acknowledged only when its unit of work was committed, or when its kind is ignored on purpose. An
application that finds no handler, or a handler that returns early, says nothing; intake then keeps the update.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Sign:
    """The positive sign for one update."""

    __slots__ = ("is_settled",)

    def __init__(self) -> None:
        self.is_settled = False


_current: ContextVar[Sign | None] = ContextVar("settling", default=None)


def settle() -> None:
    """Say that the update in hand is dealt with: call it after `await work.run(...)` returned, or to ignore a kind."""
    sign = _current.get()
    if sign is not None:
        sign.is_settled = True


@contextmanager
def awaiting_sign() -> Iterator[Sign]:
    """Open the scope of one update; the sign given by `settle` within it, in whatever task, is read off the result."""
    sign = Sign()
    token = _current.set(sign)
    try:
        yield sign
    finally:
        _current.reset(token)
