"""What the machine gives: the time, and ids from its source of chance."""

import secrets
from datetime import UTC, datetime, timedelta

from bot.domain.ids import Handle, ReceiptCode, ReminderNumber

_FINEST = timedelta(microseconds=1)


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the present moment in UTC."""
        return datetime.now(UTC)


class SystemIds:
    """Ids from the operating system's source of chance."""

    def receipt_code(self) -> ReceiptCode:
        """Make sixteen random decimal digits (53 bits)."""
        return ReceiptCode(f"{secrets.randbelow(10**16):016d}")

    def handle(self) -> Handle:
        """Make an opaque name of 8 characters (48 bits)."""
        return Handle(secrets.token_urlsafe(6))

    def invite_token(self) -> str:
        """Make a token of 22 characters (128 bits)."""
        return secrets.token_urlsafe(16)

    def reminder_number(self) -> ReminderNumber:
        """Make a random number of 63 bits."""
        return ReminderNumber(secrets.randbits(63))

    def delay(self, least: timedelta, most: timedelta) -> timedelta:
        """Draw how long to wait, to the microsecond."""
        return least + timedelta(microseconds=secrets.randbelow((most - least) // _FINEST + 1))
