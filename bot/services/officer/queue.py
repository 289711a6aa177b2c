"""The queue: the open tips an officer works on, most pressing first."""

from dataclasses import dataclass

from bot.domain.conversation import QUEUE_CARD
from bot.domain.deadlines import Deadlines
from bot.domain.places import Gazetteer
from bot.domain.roles import Role
from bot.domain.screens.officer import Queue, QueueLine
from bot.domain.tip import Tip
from bot.services.commands.officer import ShowQueue
from bot.services.session import ChatSession

QUEUE_PAGE = 8
"""Tips on one page of the queue."""


@dataclass(frozen=True, slots=True)
class UnitQueue:
    """Shows the queue of a unit."""

    places: Gazetteer
    deadlines: Deadlines

    async def show(self, session: ChatSession, command: ShowQueue) -> None:
        """Show the open tips of the officer's unit, for a commander those of the units below too."""
        uow = session.uow
        below = session.me.role is Role.COMMANDER
        total = await uow.tips.count_open_for(session.me.unit, below=below)
        pages = max(1, -(-total // QUEUE_PAGE))
        page = min(max(command.page, 0), pages - 1)
        tips = await uow.tips.open_for(session.me.unit, below=below, limit=QUEUE_PAGE, offset=page * QUEUE_PAGE)
        screen = Queue(
            unit=self.places.units[session.me.unit].full_name,
            lines=tuple(self._line(session, tip) for tip in tips),
            page=page,
            pages=pages,
            total=total,
        )
        await session.card(QUEUE_CARD, screen, fresh=command.callback is None)

    def _line(self, session: ChatSession, tip: Tip) -> QueueLine:
        return QueueLine(
            tip=tip.number,
            category=tip.category,
            urgent=tip.urgent,
            status=tip.status,
            hours_left=self.deadlines.hours_left(tip, now=session.uow.now),
            is_mine=tip.claimer == session.me.number,
        )
