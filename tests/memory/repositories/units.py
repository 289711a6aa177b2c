"""The units' tree in a dictionary."""

from collections.abc import Mapping

from bot.domain.places import UnitCode
from tests.memory.state import MemoryRepository


class MemoryUnits(MemoryRepository):
    """Implements `bot.ports.Units`."""

    async def sync(self, parents: Mapping[UnitCode, UnitCode | None], *, old_city: frozenset[UnitCode]) -> None:
        self._s.parents.clear()
        self._s.parents.update(parents)
