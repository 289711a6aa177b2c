"""The campaign's activities."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.campaign.activities import Activity


class Activities(Protocol):
    """Records of the campaign's activities."""

    async def add(self, activity: Activity) -> None:
        """Store a record."""
        ...

    async def all(self) -> Sequence[Activity]:
        """Give every record, for recounting."""
        ...
