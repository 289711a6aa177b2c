"""The units as the database knows them."""

from collections.abc import Mapping
from typing import Protocol

from bot.domain.places import UnitCode


class Units(Protocol):
    """The units as the database knows them: their tree, and who holds whose queue."""

    async def sync(
        self,
        parents: Mapping[UnitCode, UnitCode | None],
        *,
        old_city: frozenset[UnitCode],
        secluded: frozenset[UnitCode],
    ) -> None:
        """Make the unit table equal to the gazetteer; holders of known units stay.

        Tips of a secluded unit are seen in no queue but its own: it is below nobody.
        """
        ...

    async def holder(self, unit: UnitCode) -> UnitCode:
        """Tell which unit works on a unit's tips."""
        ...

    async def set_holders(self, holders: Mapping[UnitCode, UnitCode]) -> None:
        """Store who holds whose queue."""
        ...
