"""What the program may not make up for itself: the time, and ids."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.ids import Handle, ReceiptCode, ReminderNumber


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""
        ...


class Ids(Protocol):
    """Makes what must not be guessed, and what must only be unique."""

    def receipt_code(self) -> ReceiptCode:
        """Make sixteen random decimal digits (53 bits)."""
        ...

    def handle(self) -> Handle:
        """Make an opaque name of 8 characters of A-Z a-z 0-9 _ - (48 bits)."""
        ...

    def invite_token(self) -> str:
        """Make a token of 22 characters of A-Z a-z 0-9 _ - (128 bits)."""
        ...

    def reminder_number(self) -> ReminderNumber:
        """Make a random number of 63 bits."""
        ...

    def delay(self, least: timedelta, most: timedelta) -> timedelta:
        """Draw how long to wait, from `least` to `most`."""
        ...
