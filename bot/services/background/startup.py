"""What the program does before anything else: the unit table, whose work each tip is, and the names of places."""

from dataclasses import dataclass

from bot.domain.places import Gazetteer
from bot.ports import Chore, UnitOfWork
from bot.services.officer.whose_work import WhoseWork
from bot.services.places.live_finder import LivePlaceFinder


@dataclass(frozen=True, slots=True)
class Startup:
    """Brings what is stored in step with the place data, and the finder in step with what is stored."""

    places: Gazetteer
    whose_work: WhoseWork
    live_finder: LivePlaceFinder

    async def begin(self, uow: UnitOfWork, command: Chore) -> None:
        """Make the unit table equal to the place data, and let tips follow the people."""
        units = self.places.units
        await uow.units.sync(
            {code: unit.parent for code, unit in units.items()},
            old_city=frozenset(code for code, unit in units.items() if unit.old_city),
        )
        await self.whose_work.follow_staff(uow)
        await self.learn(uow, command)

    async def learn(self, uow: UnitOfWork, _: Chore) -> None:
        """Learn names of places that an operator's command has added, then and ever after."""
        await self.live_finder.refresh(uow)
