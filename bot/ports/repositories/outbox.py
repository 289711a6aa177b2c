"""Messages out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot.domain.ids import ChatId, OutboxId
from bot.domain.outgoing import Outgoing

BLOCKED: Final = "blocked"
"""Why a row is parked whose person takes no messages at present: it may be sent when they come back."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A row of the outbox."""

    seq: OutboxId
    attempts: int
    """How often it was tried."""
    outgoing: Outgoing | None
    """None when it cannot be read: damaged, or written by another version. It is parked then."""
    parked_hour: datetime | None = None
    """The UTC hour it was parked in."""
    reason: str | None = None
    """Why it is parked: `BLOCKED`, or an error's class name."""


class Outbox(Protocol):
    """Messages out, sealed, written with the decision that causes them. What waits is known by its number alone."""

    async def put(self, outgoing: Outgoing) -> None:
        """Queue a message, and hand it over when the use case is committed."""
        ...

    async def after(self, seq: OutboxId, *, limit: int) -> Sequence[OutboxRow]:
        """Read the rows behind a number in their order, parked ones too; fewer than `limit` are the last."""
        ...

    async def get(self, seq: OutboxId) -> OutboxRow | None:
        """Read one row."""
        ...

    async def drop(self, seq: OutboxId) -> None:
        """Forget a row that was sent or is not wanted any more."""
        ...

    async def count_attempt(self, seq: OutboxId) -> None:
        """Count an attempt after which the row is tried again."""
        ...

    async def park(self, seq: OutboxId, *, reason: str) -> None:
        """Count an attempt and set the row aside: it is kept for a while, and not tried by itself."""
        ...

    async def forget_parked(self, before_hour: datetime, *, limit: int) -> int:
        """Forget a few rows set aside before a whole hour, and give how many."""
        ...

    async def take_back(self, seq: OutboxId) -> None:
        """Let a parked row wait for its turn again."""
        ...

    async def forget(self, chat: ChatId) -> None:
        """Forget the rows of a chat that were set aside."""
        ...

    async def waiting(self) -> Mapping[str, int]:
        """Count rows by state: "due", "parked"."""
        ...
