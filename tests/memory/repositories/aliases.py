"""Names of places that were added, in a dictionary."""

from collections.abc import Mapping

from bot.domain.ids import (
    OfficerNumber,
)
from bot.domain.places import UnitCode
from tests.memory.state import MemoryRepository


class MemoryAliases(MemoryRepository):
    """Implements `bot.ports.Aliases`."""

    async def add(self, *, name: str, unit: UnitCode, officer: OfficerNumber | None) -> None:
        self._s.aliases[name] = unit

    async def all(self) -> Mapping[str, UnitCode]:
        return dict(sorted(self._s.aliases.items()))
