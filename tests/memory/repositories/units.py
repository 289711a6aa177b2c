"""The units' tree and who holds whose queue in dictionaries."""

from collections.abc import Mapping

from bot.domain.places import UnitCode
from tests.memory.state import MemoryRepository


class MemoryUnits(MemoryRepository):
    """Implements `bot.ports.Units`."""

    async def sync(
        self,
        parents: Mapping[UnitCode, UnitCode | None],
        *,
        old_city: frozenset[UnitCode],
        secluded: frozenset[UnitCode],
    ) -> None:
        self._s.parents.clear()
        self._s.parents.update(parents)
        self._s.secluded.clear()
        self._s.secluded.update(dict.fromkeys(secluded, True))
        for code in parents:
            self._s.holders.setdefault(code, code)

    async def holder(self, unit: UnitCode) -> UnitCode:
        return self._s.holders.get(unit, unit)

    async def set_holders(self, holders: Mapping[UnitCode, UnitCode]) -> None:
        self._s.holders.update({code: held_by for code, held_by in holders.items() if code in self._s.holders})
