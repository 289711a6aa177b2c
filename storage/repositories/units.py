"""Units as the database knows them: their tree flattened, and who holds whose queue."""

from collections.abc import Mapping

from bot.domain.places import UnitCode
from storage.connection import Connection

_UNIT = """
    INSERT INTO unit (code, parent, holder, old_city)
    VALUES ($1, $2, $1, $3)
    ON CONFLICT (code) DO UPDATE SET parent = excluded.parent, old_city = excluded.old_city
"""
_FORGET_TREE = "DELETE FROM unit_above"
_ABOVE = "INSERT INTO unit_above (above, code) VALUES ($1, $2)"
_HOLDER = "SELECT holder FROM unit WHERE code = $1"
_SET_HOLDER = "UPDATE unit SET holder = $2 WHERE code = $1 AND holder <> $2"


class UnitRepository:
    """Implements `bot.ports.Units`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def sync(
        self,
        parents: Mapping[UnitCode, UnitCode | None],
        *,
        old_city: frozenset[UnitCode],
        secluded: frozenset[UnitCode],
    ) -> None:
        """Make the unit table equal to the gazetteer. A secluded unit is below nobody but itself."""
        for code, parent in parents.items():
            await self._connection.run(_UNIT, code, parent, int(code in old_city))
        await self._connection.run(_FORGET_TREE)
        for code in parents:
            above: UnitCode | None = code
            while above is not None:
                await self._connection.run(_ABOVE, above, code)
                above = parents[above] if code not in secluded else None

    async def holder(self, unit: UnitCode) -> UnitCode:
        """Tell which unit works on a unit's tips."""
        row = await self._connection.row(_HOLDER, unit)
        return UnitCode(row["holder"]) if row is not None else unit

    async def set_holders(self, holders: Mapping[UnitCode, UnitCode]) -> None:
        """Store who holds whose queue."""
        for code, held_by in holders.items():
            await self._connection.run(_SET_HOLDER, code, held_by)
