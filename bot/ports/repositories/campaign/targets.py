"""The campaign's targets."""

from collections.abc import Mapping
from typing import Protocol

from bot.domain.places import UnitCode
from bot.domain.stats import Headline


class Targets(Protocol):
    """The number each unit aims at in a year."""

    async def set(self, *, unit: UnitCode, year: int, line: Headline, value: int) -> None:
        """Set or change a target."""
        ...

    async def of(self, unit: UnitCode, year: int) -> Mapping[Headline, int]:
        """Give a unit's targets of a year."""
        ...
