"""Messages out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import ChatId, OutboxId
from bot.domain.outgoing import Outgoing


@dataclass(frozen=True, slots=True)
class Leased:
    """An outbox row in this process's hands."""

    id: OutboxId
    attempts: int
    """How often it was tried before."""
    outgoing: Outgoing


class Outbox(Protocol):
    """Messages out, sealed, written with the decision that causes them."""

    async def put(self, outgoing: Outgoing, *, due: datetime | None = None) -> None:
        """Queue a message, due now unless said otherwise."""
        ...

    async def lease(self, *, limit: int, until: datetime) -> Sequence[Leased]:
        """Take due rows that are in nobody's hands, by urgency and age."""
        ...

    async def drop(self, row: OutboxId) -> None:
        """Forget a row that was sent or is not wanted any more."""
        ...

    async def retry(self, row: OutboxId, *, due: datetime) -> None:
        """Put a row back for later and count the attempt."""
        ...

    async def park(self, row: OutboxId, *, reason: str) -> None:
        """Set a row aside that cannot be sent now: it is kept, and not tried by itself."""
        ...

    async def release_all(self) -> None:
        """Take every row out of all hands: called when the one active process starts."""
        ...

    async def next_due(self) -> datetime | None:
        """Tell when the earliest free row is due."""
        ...

    async def forget(self, chat: ChatId) -> None:
        """Forget the rows of a chat that were set aside."""
        ...

    async def waiting(self) -> Mapping[str, int]:
        """Count rows by state: "due", "leased", "parked"."""
        ...
