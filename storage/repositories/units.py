"""Units as the database knows them: their tree flattened."""

from collections.abc import Mapping

from bot.domain.places import UnitCode
from storage.connection import Connection

_UNIT = """
    INSERT INTO unit (code, parent, old_city)
    VALUES ($1, $2, $3)
    ON CONFLICT (code) DO UPDATE SET parent = excluded.parent, old_city = excluded.old_city
"""
_FORGET_TREE = "DELETE FROM unit_above"
_ABOVE = "INSERT INTO unit_above (above, code) VALUES ($1, $2)"


class UnitRepository:
    """Implements `bot.ports.Units`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def sync(self, parents: Mapping[UnitCode, UnitCode | None], *, old_city: frozenset[UnitCode]) -> None:
        """Make the unit table equal to the gazetteer."""
        for code, parent in parents.items():
            await self._connection.run(_UNIT, code, parent, int(code in old_city))
        await self._connection.run(_FORGET_TREE)
        for code in parents:
            above: UnitCode | None = code
            while above is not None:
                await self._connection.run(_ABOVE, above, code)
                above = parents[above]
