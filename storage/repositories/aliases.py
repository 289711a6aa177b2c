"""Aliases: names of places that were added."""

from collections.abc import Mapping

from bot.domain.ids import OfficerNumber
from bot.domain.places import UnitCode
from storage.connection import Connection

_ADD_ALIAS = """
    INSERT INTO alias (name, unit, officer)
    VALUES ($1, $2, $3)
    ON CONFLICT (name) DO UPDATE SET unit = excluded.unit, officer = excluded.officer
"""
_ALIASES = "SELECT name, unit FROM alias ORDER BY name"


class AliasRepository:
    """Implements `bot.ports.Aliases`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, *, name: str, unit: UnitCode, officer: OfficerNumber | None) -> None:
        """Store a name."""
        await self._connection.run(_ADD_ALIAS, name, unit, officer)

    async def all(self) -> Mapping[str, UnitCode]:
        """Give every added name."""
        return {row["name"]: UnitCode(row["unit"]) for row in await self._connection.rows(_ALIASES)}
