"""The digests that were queued."""

from typing import Protocol

from bot.domain.campaign.periods import Period
from bot.domain.places import UnitCode


class Digests(Protocol):
    """Which digests were queued."""

    async def queue_once(self, unit: UnitCode, week: Period) -> bool:
        """Claim the digest of a unit and week; False when it was queued before."""
        ...
