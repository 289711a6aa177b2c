"""What an officer does with the queue: see it, open a card, claim, ask the reporter, close, reopen.

Permission is asked at every step. One card per tip and chat is edited in place; it folds to its number at closing.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain import errors
from bot.domain.campaign.periods import city_day
from bot.domain.conversation import Purpose
from bot.domain.deadlines import Deadlines
from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.outgoing import Send, Urgency
from bot.domain.places import Gazetteer, UnitCode
from bot.domain.roles import Role, sees
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Exchange, Line
from bot.domain.screens.citizen import NewMessage
from bot.domain.screens.officer import Prompt, Queue, QueueLine
from bot.domain.tip import WORDS_LIMIT, Event, Tip
from bot.ports import AuditRow, TipContent, UnitOfWork
from bot.services.commands.base import OnTip
from bot.services.commands.officer import (
    Ask,
    CancelPrompt,
    Claim,
    CloseTip,
    FoldTip,
    Lock,
    OpenTip,
    ReopenTip,
    ShowQueue,
)
from bot.services.officer.cards import Cards, card_name
from bot.services.session import ChatSession, language_of

QUEUE_PAGE = 8
"""Tips on one page of the queue."""


@dataclass(frozen=True, slots=True)
class Triage:
    """The officer's work on tips, without verdicts."""

    places: Gazetteer
    deadlines: Deadlines
    cards: Cards
    feedback_delay: timedelta

    # --- finding a tip --------------------------------------------------------------------------------------------

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
        await self.show(session, tip)
        return True

    # --- the card -------------------------------------------------------------------------------------------------

    async def show(
        self, session: ChatSession, tip: Tip, *, fresh: bool = False, folded: bool = False, page: int = 0
    ) -> None:
        """Show a tip's card."""
        screen = await self.cards.build(session.uow, tip, reader=session.me.number, folded=folded, page=page)
        await session.card(card_name(tip.number), screen, fresh=fresh)

    async def show_after(self, session: ChatSession, tip: Tip) -> None:
        """Show the card after a change: in place for a button, anew at the end of the chat for a command."""
        await self.show(session, tip, fresh=session.command.callback is None, folded=not tip.is_open)

    async def open(self, session: ChatSession, command: OpenTip) -> None:
        """Open a card at the end of the chat, or turn its pages where it is."""
        uow = session.uow
        tip, _ = await self.reach(session, command.tip)
        await uow.audit.append(_row(Event.OPENED, session.me.number, tip))
        await self.show(session, tip, fresh=command.page is None, page=command.page or 0)

    async def fold(self, session: ChatSession, command: FoldTip) -> None:
        """Fold a card to its number."""
        tip, _ = await self.reach(session, command.tip)
        await self.show(session, tip, folded=True)

    async def lock(self, session: ChatSession, _: Lock) -> None:
        """Fold every card of the chat."""
        await session.fold_cards()
        await session.say(Line(key="locked"), wipes=True)

    # --- the queue ------------------------------------------------------------------------------------------------

    async def queue(self, session: ChatSession, command: ShowQueue) -> None:
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
        await session.card("queue", screen, fresh=command.callback is None)

    def _line(self, session: ChatSession, tip: Tip) -> QueueLine:
        return QueueLine(
            tip=tip.number,
            category=tip.category,
            urgent=tip.urgent,
            status=tip.status,
            hours_left=self.deadlines.hours_left(tip, now=session.uow.now),
            is_mine=tip.claimer == session.me.number,
        )

    # --- moves ----------------------------------------------------------------------------------------------------

    async def claim(self, session: ChatSession, command: Claim) -> None:
        """Claim a tip. Raises AlreadyClaimed."""
        tip, _ = await self.reach(session, command.tip)
        if tip.claimer != session.me.number and await self.is_stale(session, command, tip):
            return
        changed, event = tip.claim(session.me.number)
        await self.save(session, changed, event)
        await self.show_after(session, changed)

    async def ask(self, session: ChatSession, command: Ask) -> None:
        """Ask the reporter within an open dialogue. Raises NoReplyRoute."""
        uow = session.uow
        tip, _ = await self.reach(session, command.tip)
        route = await uow.tips.route(tip.number)
        if route is None:
            raise errors.NoReplyRoute(number=tip.number)
        changed, event = tip.ask(session.me.number)
        if not command.text:
            session.listen_for(Purpose.QUESTION, tip=tip.number)
            await session.say(Prompt(purpose="question", tip=tip.number))
            return
        content = await uow.tips.content(tip.number) or TipContent(words="")
        if len(content.words) + sum(len(each.text) for each in content.exchanges) + len(command.text) > WORDS_LIMIT:
            raise errors.TipFull
        exchanges = (*content.exchanges, Exchange(by="officer", text=command.text))
        await uow.tips.set_content(tip.number, replace(content, exchanges=exchanges))
        await self.save(session, changed, event)
        await self._tell_reporter(uow, tip.number)
        await self.show_after(session, changed)

    async def close(self, session: ChatSession, command: CloseTip) -> None:
        """End the work on a tip; the card folds, and the reporter hears of it later. Raises VerdictMissing."""
        uow = session.uow
        tip, _ = await self.reach(session, command.tip)
        if await self.is_stale(session, command, tip):
            return
        changed, event = tip.close(on=city_day(uow.now))
        await self.save(session, changed, event)
        await self.tell_reporter_done(uow, changed)
        await self.show_after(session, changed)

    async def reopen(self, session: ChatSession, command: ReopenTip) -> None:
        """Take a closed tip up again."""
        tip, _ = await self.reach(session, command.tip)
        if await self.is_stale(session, command, tip):
            return
        changed, event = tip.reopen()
        await self.save(session, changed, event)
        await self.show_after(session, changed)

    async def cancel_prompt(self, session: ChatSession, _: CancelPrompt) -> None:
        """Stop waiting for the text that was asked for."""
        session.remember(listening=None)
        await session.replace(Line(key="prompt-cancelled"))

    async def save(self, session: ChatSession, tip: Tip, event: Event) -> None:
        """Store a changed tip with its line in the audit log."""
        await session.uow.tips.save(tip)
        await session.uow.audit.append(_row(event, session.me.number, tip))

    # --- the reporter ---------------------------------------------------------------------------------------------

    async def _tell_reporter(self, uow: UnitOfWork, number: TipNumber) -> None:
        route = await uow.tips.route(number)
        conversation = await uow.conversations.get(route) if route is not None else None
        handle = conversation.handle_of(number) if conversation else None
        if conversation is None or handle is None:
            raise errors.NoReplyRoute(number=number)
        await uow.outbox.put(
            Send(
                chat=conversation.chat,
                language=conversation.language,
                urgency=Urgency.REPLY,
                screen=NewMessage(handle=handle),
                traced=True,
                tip=number,
            )
        )

    async def tell_reporter_done(self, uow: UnitOfWork, tip: Tip) -> None:
        """Queue the plain message that a tip was looked at, later than the fact, and only if it is still so then."""
        route = await uow.tips.route(tip.number)
        if route is None:
            return
        done: AnyScreen = Line(key="own-done")
        await uow.outbox.put(
            Send(
                chat=route,
                language=await language_of(uow, route),
                urgency=Urgency.DIGEST,
                screen=done,
                traced=True,
                tip=tip.number,
                version=tip.version,
            ),
            due=uow.now + self.feedback_delay,
        )


def _row(event: Event, officer: OfficerNumber, tip: Tip) -> AuditRow:
    return AuditRow(action=event, officer=officer, subject=f"tip {tip.number}", unit=tip.unit)
