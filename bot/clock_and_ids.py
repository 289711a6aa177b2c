"""What the machine gives: the time, and ids from its source of chance."""

import secrets
from datetime import UTC, datetime, timedelta

from bot.domain.ids import Handle, OutboxId, ReceiptCode, ReminderNumber, first_outbox_id

_FINEST = timedelta(microseconds=1)


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the present moment in UTC."""
        return datetime.now(UTC)


class SystemIds:
    """Ids from the operating system's source of chance."""

    def __init__(self) -> None:
        self._last = OutboxId(0)
        self._offset = secrets.randbits(19)  # two processes that write in one millisecond do not meet

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

    def outbox_id(self, now: datetime) -> OutboxId:
        """Make a row id of 62 bits: milliseconds, then a number of this process; each is greater than the last."""
        self._last = OutboxId(max(self._last + 1, first_outbox_id(now) | self._offset))
        return self._last
