"""Activities in a dictionary."""

from collections.abc import Sequence

from bot.domain.campaign.activities import Activity
from tests.memory.state import MemoryRepository


class MemoryActivities(MemoryRepository):
    """Implements `bot.ports.Activities`."""

    async def add(self, activity: Activity) -> None:
        self._s.activities[self._s.next("activity")] = activity

    async def all(self) -> Sequence[Activity]:
        return list(self._s.activities.values())
