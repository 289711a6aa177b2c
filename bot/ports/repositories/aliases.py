"""Names of places that were added."""

from collections.abc import Mapping
from typing import Protocol

from bot.domain.ids import OfficerNumber
from bot.domain.places import UnitCode


class Aliases(Protocol):
    """Names of places the admin added: landmarks for the ward finder."""

    async def add(self, *, name: str, unit: UnitCode, officer: OfficerNumber | None) -> None:
        """Store a name; a name known already gets the new unit."""
        ...

    async def all(self) -> Mapping[str, UnitCode]:
        """Give every added name."""
        ...
