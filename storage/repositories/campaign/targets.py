"""Targets: the number each unit aims at in a year."""

from collections.abc import Mapping

from bot.domain.places import UnitCode
from bot.domain.stats import Headline
from storage.connection import Connection

_SET_TARGET = """
    INSERT INTO target (unit, year, line, value)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (unit, year, line) DO UPDATE SET value = excluded.value
"""
_TARGETS = "SELECT line, value FROM target WHERE unit = $1 AND year = $2"


class TargetRepository:
    """Implements `bot.ports.Targets`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def set(self, *, unit: UnitCode, year: int, line: Headline, value: int) -> None:
        """Set or change a target."""
        await self._connection.run(_SET_TARGET, unit, year, line.value, value)

    async def of(self, unit: UnitCode, year: int) -> Mapping[Headline, int]:
        """Give a unit's targets of a year."""
        return {Headline(row["line"]): row["value"] for row in await self._connection.rows(_TARGETS, unit, year)}
