"""The campaign's activities."""

from collections.abc import AsyncIterator
from typing import Protocol

from bot.domain.campaign.activities import Activity


class Activities(Protocol):
    """Records of the campaign's activities."""

    async def add(self, activity: Activity) -> None:
        """Store a record."""
        ...

    def every(self) -> AsyncIterator[Activity]:
        """Give every record as it is read, for recounting."""
        ...
