"""The audit log in a dictionary."""

from datetime import datetime

from bot.domain.campaign.periods import hour_of
from bot.ports import AuditLink, AuditRow
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

    async def follow(self, link: AuditLink, *, limit: int) -> AuditLink:
        last = min(len(self._s.audit), link.number + limit)
        hours = [hour for hour, _ in self._s.audit.values()][:last]
        return AuditLink(last, hour=max(hours, default=None), is_end=last < link.number + limit)
