"""A clock that stands still and ids that count."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.domain.ids import Handle, ReceiptCode, ReminderNumber

START = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
"""A Monday, 09:20 in the city."""


@dataclass
class FixedClock:
    """A clock that moves when told to."""

    moment: datetime = START

    def now(self) -> datetime:
        """Give the moment."""
        return self.moment

    def advance(self, **span: float) -> None:
        """Let time go on."""
        self.moment += timedelta(**span)


@dataclass
class CountingIds:
    """Ids one after the other."""

    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def receipt_code(self) -> ReceiptCode:
        """Make a code."""
        return ReceiptCode(f"{next(self.numbers):016d}")

    def handle(self) -> Handle:
        """Make a handle."""
        return Handle(f"h{next(self.numbers):07d}")

    def invite_token(self) -> str:
        """Make a token."""
        return f"token{next(self.numbers):017d}"

    def reminder_number(self) -> ReminderNumber:
        """Make a number."""
        return ReminderNumber(next(self.numbers))

    def delay(self, least: timedelta, most: timedelta) -> timedelta:
        """Draw the middle."""
        return (least + most) / 2
