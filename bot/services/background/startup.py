"""What the program does by itself: at its start, when a parked update is set aside, and when data must die.

How long things live is DESIGN's table "At rest"; the numbers are explained to citizens on the privacy page.
"""

from dataclasses import dataclass

from bot.domain.campaign.periods import city_day, hour_of
from bot.domain.conversation import Conversation
from bot.domain.ids import UpdateKey
from bot.domain.outgoing import Urgency
from bot.domain.places import Gazetteer
from bot.domain.retention import IDLE_CHAT_LIVES, REVOKED_LIVES, ROUTE_LIVES, UPDATE_KEYS_LIVE, WORDS_LIVE
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.ports import Chore, UnitOfWork
from bot.services.notices import Notices
from bot.services.places.live_finder import LivePlaceFinder
from bot.services.session import write_to_officer


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside(Chore):
    """Park an update that could not be handled; not under its own key, which stays free for its next try."""

    update: UpdateKey
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Upkeep:
    """The program's own chores."""

    places: Gazetteer
    notices: Notices
    live_finder: LivePlaceFinder

    async def begin(self, uow: UnitOfWork, _: Chore) -> None:
        """Make the unit table equal to the place data, and work out who holds whose queue."""
        units = self.places.units
        await uow.units.sync(
            {code: unit.parent for code, unit in units.items()},
            old_city=frozenset(code for code, unit in units.items() if unit.old_city),
            secluded=frozenset({self.places.inspectorate}),
        )
        await self.notices.reassign_queues(uow)
        await self.live_finder.refresh(uow)

    async def learn(self, uow: UnitOfWork, _: Chore) -> None:
        """Learn names of places that an operator's command has added."""
        await self.live_finder.refresh(uow)

    async def set_aside(self, uow: UnitOfWork, command: SetAside) -> None:
        """Park an update, and tell the admins once a day that something waits; never what it says."""
        await uow.parked.add(command.update, raw=command.raw, reason=command.reason)
        if await uow.alerts.once("parked", "", city_day(uow.now)):
            waiting = len(await uow.parked.all())
            for admin in await uow.officers.with_role(Role.ADMIN):
                line = Line(key="alert-parked", values={"number": waiting})
                await write_to_officer(uow, admin, line, urgency=Urgency.NOTICE)

    async def expire(self, uow: UnitOfWork, _: Chore) -> None:
        """Let die what has lived long enough: routes, words, idle chats, update keys."""
        today = city_day(uow.now)
        for number in await uow.tips.closed_before(today - ROUTE_LIVES, having="route"):
            await uow.tips.set_route(number, None)
        for number in await uow.tips.closed_before(today - WORDS_LIVE, having="content"):
            await uow.tips.set_content(number, None)
            await uow.receipts.drop(number)
        await uow.officers.forget_revoked(today - REVOKED_LIVES)
        await uow.updates.forget_before(hour_of(uow.now - UPDATE_KEYS_LIVE))
        for conversation in await uow.conversations.all():
            await self._expire(uow, conversation)

    async def _expire(self, uow: UnitOfWork, conversation: Conversation) -> None:
        if hour_of(uow.now) - conversation.touched < IDLE_CHAT_LIVES:
            return
        if await uow.officers.by_chat(conversation.chat) is not None:
            return
        for own in conversation.tips:
            tip = await uow.tips.get(own.number)
            if tip is not None and (tip.is_open or await uow.tips.route(own.number) is not None):
                return
        await uow.conversations.delete(conversation.chat)
