"""The queue: the open tips an officer works on, most pressing first."""

from dataclasses import dataclass

from bot.domain.conversation import QUEUE_CARD
from bot.domain.deadlines import Deadlines
from bot.domain.places import Gazetteer
from bot.domain.roles import Role
from bot.domain.screens.officer import HeldElsewhere, Queue, QueueLine
from bot.domain.tip import Tip
from bot.services.commands.officer import ShowQueue
from bot.services.officer.tip_access import TipAccess
from bot.services.session import ChatSession

QUEUE_PAGE = 8
"""Tips on one page of the queue."""


@dataclass(frozen=True, slots=True)
class UnitQueue:
    """Shows the queue of a unit."""

    places: Gazetteer
    deadlines: Deadlines
    access: TipAccess

    async def show(self, session: ChatSession, command: ShowQueue) -> None:
        """Show the open tips of the officer's unit, for a commander those of the units below too.

        A commander also sees which tips of the own place others hold, and who, but none of their content.
        """
        uow = session.uow
        below = session.me.role is Role.COMMANDER
        total = await uow.tips.count_open_for(session.me.unit, below=below)
        pages = max(1, -(-total // QUEUE_PAGE))
        page = min(max(command.page, 0), pages - 1)
        tips = await uow.tips.open_for(session.me.unit, below=below, limit=QUEUE_PAGE, offset=page * QUEUE_PAGE)
        screen = Queue(
            unit=self.places.units[session.me.unit].full_name,
            lines=tuple([self._line(session, tip) for tip in tips if await self.access.may_read(session, tip)]),
            elsewhere=await self._elsewhere(session) if below and page == 0 else (),
            page=page,
            pages=pages,
            total=total,
        )
        await session.card(QUEUE_CARD, screen, fresh=command.callback is None)

    async def _elsewhere(self, session: ChatSession) -> tuple[HeldElsewhere, ...]:
        held = await session.uow.tips.held_elsewhere(session.me.unit, limit=QUEUE_PAGE)
        return tuple(
            HeldElsewhere(tip=tip.number, unit=self.places.units[tip.held_by].full_name, claimer=tip.claimer)
            for tip in held
            if tip.claimer is not None and tip.held_by not in self.places.subtree(session.me.unit)
        )

    def _line(self, session: ChatSession, tip: Tip) -> QueueLine:
        return QueueLine(
            tip=tip.number,
            category=tip.category,
            urgent=tip.urgent,
            status=tip.status,
            hours_left=self.deadlines.hours_left(tip, now=session.uow.now),
            is_mine=tip.claimer == session.me.number,
        )
