"""Digests queued, in a dictionary."""

from bot.domain.campaign.periods import Period
from bot.domain.places import UnitCode
from tests.memory.state import MemoryRepository


class MemoryDigests(MemoryRepository):
    """Implements `bot.ports.Digests`."""

    async def queue_once(self, unit: UnitCode, week: Period) -> bool:
        if (unit, week.name) in self._s.digests:
            return False
        self._s.digests[unit, week.name] = True
        return True
