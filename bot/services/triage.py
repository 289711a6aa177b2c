"""What an officer does with the queue: see it, open a card, claim, ask the reporter, close, reopen.

Permission is asked at every step. One card per tip and chat is edited in place; it folds to its number at closing.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain import errors
from bot.domain.conversation import Purpose
from bot.domain.deadlines import Deadlines
from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.outgoing import How, Outgoing, Urgency
from bot.domain.periods import city_day
from bot.domain.places import Gazetteer, UnitCode
from bot.domain.roles import Action, Role, sees
from bot.domain.screens import AnyScreen, Exchange, Line, NewMessage, Prompt, Queue, QueueLine
from bot.domain.tip import WORDS_LIMIT, Event, Tip
from bot.ports import AuditRow, TipContent, UnitOfWork
from bot.services.cards import Cards, card_name
from bot.services.commands import (
    Ask,
    CancelPrompt,
    Claim,
    CloseTip,
    FoldTip,
    Lock,
    OnTip,
    OpenTip,
    ReopenTip,
    ShowQueue,
)
from bot.services.dialogue import Dialogue, language_of

PAGE = 8
"""Tips on one page of the queue."""


@dataclass(frozen=True, slots=True)
class Triage:
    """The officer's work on tips, without verdicts."""

    places: Gazetteer
    deadlines: Deadlines
    cards: Cards
    feedback_delay: timedelta

    # --- finding a tip --------------------------------------------------------------------------------------------

    async def reach(self, talk: Dialogue, number: TipNumber) -> tuple[Tip, UnitCode]:
        """Find a tip the officer may see, with the unit that holds it. Raises NoSuchTip."""
        tip = await talk.uow.tips.get(number)
        if tip is None:
            raise errors.NoSuchTip(number=number)
        held_by = await talk.uow.units.holder(tip.unit)
        if not sees(talk.me, unit=tip.unit, held_by=held_by, places=self.places):
            raise errors.NoSuchTip(number=number)
        return tip, held_by

    async def is_stale(self, talk: Dialogue, command: OnTip, tip: Tip) -> bool:
        """Show the card anew when a button was pressed on an older one: the officer must see what changed."""
        if command.version is None or command.version == tip.version:
            return False
        talk.popup("card-changed")
        await self.show(talk, tip)
        return True

    # --- the card -------------------------------------------------------------------------------------------------

    async def show(self, talk: Dialogue, tip: Tip, *, fresh: bool = False, folded: bool = False, page: int = 0) -> None:
        """Show a tip's card."""
        screen = await self.cards.build(talk.uow, tip, reader=talk.me.number, folded=folded, page=page)
        await talk.card(card_name(tip.number), screen, fresh=fresh)

    async def show_after(self, talk: Dialogue, tip: Tip) -> None:
        """Show the card after a change: in place for a button, anew at the end of the chat for a command."""
        await self.show(talk, tip, fresh=talk.command.callback is None, folded=not tip.is_open)

    async def open(self, uow: UnitOfWork, command: OpenTip) -> None:
        """Open a card at the end of the chat, or turn its pages where it is."""
        async with await Dialogue.with_officer(uow, command, Action.TRIAGE) as talk:
            tip, _ = await self.reach(talk, command.tip)
            await uow.audit.append(_row(Event.OPENED, talk.me.number, tip))
            await self.show(talk, tip, fresh=command.page is None, page=command.page or 0)

    async def fold(self, uow: UnitOfWork, command: FoldTip) -> None:
        """Fold a card to its number."""
        async with await Dialogue.with_officer(uow, command, Action.TRIAGE) as talk:
            tip, _ = await self.reach(talk, command.tip)
            await self.show(talk, tip, folded=True)

    async def lock(self, uow: UnitOfWork, command: Lock) -> None:
        """Fold every card of the chat."""
        async with await Dialogue.with_officer(uow, command, None) as talk:
            await talk.fold_cards()
            await talk.say(Line(key="locked"), wipes=True)

    # --- the queue ------------------------------------------------------------------------------------------------

    async def queue(self, uow: UnitOfWork, command: ShowQueue) -> None:
        """Show the open tips of the officer's unit, for a commander those of the units below too."""
        async with await Dialogue.with_officer(uow, command, Action.TRIAGE) as talk:
            below = talk.me.role is Role.COMMANDER
            total = await uow.tips.count_open_for(talk.me.unit, below=below)
            pages = max(1, -(-total // PAGE))
            page = min(max(command.page, 0), pages - 1)
            tips = await uow.tips.open_for(talk.me.unit, below=below, limit=PAGE, offset=page * PAGE)
            screen = Queue(
                unit=self.places.units[talk.me.unit].full_name,
                lines=tuple(self._line(talk, tip) for tip in tips),
                page=page,
                pages=pages,
                total=total,
            )
            await talk.card("queue", screen, fresh=command.callback is None)

    def _line(self, talk: Dialogue, tip: Tip) -> QueueLine:
        return QueueLine(
            tip=tip.number,
            category=tip.category,
            urgent=tip.urgent,
            status=tip.status,
            hours_left=self.deadlines.hours_left(tip, now=talk.uow.now),
            is_mine=tip.claimer == talk.me.number,
        )

    # --- moves ----------------------------------------------------------------------------------------------------

    async def claim(self, uow: UnitOfWork, command: Claim) -> None:
        """Claim a tip. Raises AlreadyClaimed."""
        async with await Dialogue.with_officer(uow, command, Action.TRIAGE) as talk:
            tip, _ = await self.reach(talk, command.tip)
            if tip.claimer != talk.me.number and await self.is_stale(talk, command, tip):
                return
            changed, event = tip.claim(talk.me.number)
            await self.save(talk, changed, event)
            await self.show_after(talk, changed)

    async def ask(self, uow: UnitOfWork, command: Ask) -> None:
        """Ask the reporter, or ask for the question."""
        async with await Dialogue.with_officer(uow, command, Action.TRIAGE) as talk:
            await self.ask_in(talk, command)

    async def ask_in(self, talk: Dialogue, command: Ask) -> None:
        """Ask the reporter within an open dialogue. Raises NoReplyRoute."""
        uow = talk.uow
        tip, _ = await self.reach(talk, command.tip)
        route = await uow.tips.route(tip.number)
        if route is None:
            raise errors.NoReplyRoute(number=tip.number)
        changed, event = tip.ask(talk.me.number)
        if not command.text:
            talk.listen_for(Purpose.QUESTION, tip=tip.number)
            await talk.say(Prompt(purpose="question", tip=tip.number))
            return
        content = await uow.tips.content(tip.number) or TipContent(words="")
        if len(content.words) + sum(len(each.text) for each in content.exchanges) + len(command.text) > WORDS_LIMIT:
            raise errors.TipFull
        exchanges = (*content.exchanges, Exchange(by="officer", text=command.text))
        await uow.tips.set_content(tip.number, replace(content, exchanges=exchanges))
        await self.save(talk, changed, event)
        await self._tell_reporter(uow, tip.number)
        await self.show_after(talk, changed)

    async def close(self, uow: UnitOfWork, command: CloseTip) -> None:
        """End the work on a tip; the card folds, and the reporter hears of it later. Raises VerdictMissing."""
        async with await Dialogue.with_officer(uow, command, Action.TRIAGE) as talk:
            tip, _ = await self.reach(talk, command.tip)
            if await self.is_stale(talk, command, tip):
                return
            changed, event = tip.close(on=city_day(uow.now))
            await self.save(talk, changed, event)
            await self.tell_reporter_done(uow, changed)
            await self.show_after(talk, changed)

    async def reopen(self, uow: UnitOfWork, command: ReopenTip) -> None:
        """Take a closed tip up again."""
        async with await Dialogue.with_officer(uow, command, Action.TRIAGE) as talk:
            tip, _ = await self.reach(talk, command.tip)
            if await self.is_stale(talk, command, tip):
                return
            changed, event = tip.reopen()
            await self.save(talk, changed, event)
            await self.show_after(talk, changed)

    async def cancel_prompt(self, uow: UnitOfWork, command: CancelPrompt) -> None:
        """Stop waiting for the text that was asked for."""
        async with await Dialogue.open(uow, command) as talk:
            talk.remember(listening=None)
            await talk.replace(Line(key="prompt-cancelled"))

    async def save(self, talk: Dialogue, tip: Tip, event: Event) -> None:
        """Store a changed tip with its line in the audit log."""
        await talk.uow.tips.save(tip)
        await talk.uow.audit.append(_row(event, talk.me.number, tip))

    # --- the reporter ---------------------------------------------------------------------------------------------

    async def _tell_reporter(self, uow: UnitOfWork, number: TipNumber) -> None:
        route = await uow.tips.route(number)
        conversation = await uow.conversations.get(route) if route is not None else None
        handle = conversation.handle_of(number) if conversation else None
        if conversation is None or handle is None:
            raise errors.NoReplyRoute(number=number)
        await uow.outbox.put(
            Outgoing(
                chat=conversation.chat,
                language=conversation.language,
                urgency=Urgency.REPLY,
                how=How.SEND,
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
            Outgoing(
                chat=route,
                language=await language_of(uow, route),
                urgency=Urgency.DIGEST,
                how=How.SEND,
                screen=done,
                traced=True,
                tip=tip.number,
                version=tip.version,
            ),
            due=uow.now + self.feedback_delay,
        )


def _row(event: Event, officer: OfficerNumber, tip: Tip) -> AuditRow:
    return AuditRow(action=event, officer=officer, subject=f"tip {tip.number}", unit=tip.unit)
