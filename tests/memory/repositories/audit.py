"""The audit log in a dictionary."""

from datetime import datetime

from bot.domain.campaign.periods import hour_of
from bot.ports import AuditRow
from tests.memory.state import MemoryRepository, State


class MemoryAudit(MemoryRepository):
    """Implements `bot.ports.Audit`; a chain of hashes is what the real one adds."""

    def __init__(self, state: State, now: datetime) -> None:
        super().__init__(state)
        self._now = now

    async def append(self, row: AuditRow) -> None:
        self._s.audit[len(self._s.audit) + 1] = (hour_of(self._now), row)

    async def began(self) -> datetime | None:
        return self._s.audit[1][0] if self._s.audit else None

    async def broken_at(self) -> int | None:
        return None
