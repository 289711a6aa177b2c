"""Warnings given."""

from datetime import date
from typing import Protocol


class Alerts(Protocol):
    """Warnings that must not be repeated."""

    async def once(self, kind: str, subject: str, day: date) -> bool:
        """Claim a warning for the day; False when it was given before."""
        ...

    async def forget_before(self, day: date, *, limit: int) -> int:
        """Forget a few warnings of days before one, and give how many."""
        ...
