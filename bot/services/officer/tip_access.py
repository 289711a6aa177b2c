"""What every use case about a tip needs: one the officer may see, in the version they saw, saved when it changed."""

from dataclasses import dataclass

from bot.domain import errors
from bot.domain.ids import TipNumber
from bot.domain.tip import Event, Tip
from bot.services.commands.base import OnTip
from bot.services.officer.cards import TipCards
from bot.services.officer.whose_work import WhoseWork
from bot.services.session import ChatSession


@dataclass(frozen=True, slots=True)
class TipAccess:
    """The way to a tip and back; permission is asked at every step."""

    whose_work: WhoseWork
    cards: TipCards

    async def reach(self, session: ChatSession, number: TipNumber) -> Tip:
        """Find a tip the officer may read. Raises NoSuchTip."""
        tip = await session.uow.tips.get(number)
        if tip is None or not await self.may_read(session, tip):
            raise errors.NoSuchTip(number=number)
        return tip

    async def may_read(self, session: ChatSession, tip: Tip) -> bool:
        """Say whether the officer may read a tip."""
        return await self.whose_work.may_read(session.uow, session.me, session.command.actor, tip)

    async def is_stale(self, session: ChatSession, command: OnTip, tip: Tip) -> bool:
        """Show the card anew when a button was pressed on an older one: the officer must see what changed."""
        if command.version is None or command.version == tip.version:
            return False
        session.popup("card-changed")
        await self.cards.show(session, tip)
        return True

    async def save(self, session: ChatSession, tip: Tip, event: Event) -> Tip:
        """Store a tip that the officer changed, and give it as stored."""
        return await self.whose_work.store(session.uow, tip, event, by=session.me.number)
