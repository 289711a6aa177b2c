"""Digests: which were queued."""

from bot.domain.campaign.periods import Period
from bot.domain.places import UnitCode
from storage.connection import Connection

_QUEUE_DIGEST = "INSERT INTO digest (unit, week) VALUES ($1, $2) ON CONFLICT (unit, week) DO NOTHING"


class DigestRepository:
    """Implements `bot.ports.Digests`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def queue_once(self, unit: UnitCode, week: Period) -> bool:
        """Claim the digest of a unit and week."""
        return await self._connection.run(_QUEUE_DIGEST, unit, week.name) == 1
