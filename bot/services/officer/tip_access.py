"""What every use case about a tip needs: one the officer may see, in the version they saw, saved when it changed."""

from dataclasses import dataclass

from bot.domain import errors
from bot.domain.ids import TipNumber
from bot.domain.places import Gazetteer, UnitCode
from bot.domain.roles import sees
from bot.domain.tip import Event, Tip
from bot.services.commands.base import OnTip
from bot.services.officer.cards import TipCards
from bot.services.session import ChatSession
from bot.services.tip_changes import store_changed


@dataclass(frozen=True, slots=True)
class TipAccess:
    """The way to a tip and back; permission is asked at every step."""

    places: Gazetteer
    cards: TipCards

    async def reach(self, session: ChatSession, number: TipNumber) -> tuple[Tip, UnitCode]:
        """Find a tip the officer may see, with the unit that holds it. Raises NoSuchTip."""
        tip = await session.uow.tips.get(number)
        if tip is None:
            raise errors.NoSuchTip(number=number)
        held_by = await session.uow.units.holder(tip.unit)
        if not sees(session.me, unit=tip.unit, held_by=held_by, places=self.places):
            raise errors.NoSuchTip(number=number)
        return tip, held_by

    async def is_stale(self, session: ChatSession, command: OnTip, tip: Tip) -> bool:
        """Show the card anew when a button was pressed on an older one: the officer must see what changed."""
        if command.version is None or command.version == tip.version:
            return False
        session.popup("card-changed")
        await self.cards.show(session, tip)
        return True

    async def save(self, session: ChatSession, tip: Tip, event: Event) -> None:
        """Store a tip that the officer changed."""
        await store_changed(session.uow, tip, event, by=session.me.number)
