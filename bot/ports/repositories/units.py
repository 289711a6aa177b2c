"""The units as the database knows them."""

from collections.abc import Mapping
from typing import Protocol

from bot.domain.places import UnitCode


class Units(Protocol):
    """The units as the database knows them: their tree."""

    async def sync(self, parents: Mapping[UnitCode, UnitCode | None], *, old_city: frozenset[UnitCode]) -> None:
        """Make the unit table equal to the gazetteer."""
        ...
