"""Activities in a dictionary."""

from collections.abc import AsyncIterator

from bot.domain.campaign.activities import Activity
from tests.memory.state import MemoryRepository


class MemoryActivities(MemoryRepository):
    """Implements `bot.ports.Activities`."""

    async def add(self, activity: Activity) -> None:
        self._s.activities[self._s.next("activity")] = activity

    async def every(self) -> AsyncIterator[Activity]:
        for activity in self._s.activities.values():
            yield activity
