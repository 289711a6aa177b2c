"""Targets in a dictionary."""

from collections.abc import Mapping

from bot.domain.places import UnitCode
from bot.domain.stats import Headline
from tests.memory.state import MemoryRepository


class MemoryTargets(MemoryRepository):
    """Implements `bot.ports.Targets`."""

    async def set(self, *, unit: UnitCode, year: int, line: Headline, value: int) -> None:
        self._s.targets[unit, year, line] = value

    async def of(self, unit: UnitCode, year: int) -> Mapping[Headline, int]:
        return {line: value for (at, when, line), value in self._s.targets.items() if (at, when) == (unit, year)}
