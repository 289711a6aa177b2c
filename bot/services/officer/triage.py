"""What an officer does with a tip: open and fold its card, claim it, ask the reporter, close it, reopen it.

One card per tip and chat is edited in place; it folds to its number at closing. Verdicts are in `verdicts`.
"""

from dataclasses import dataclass

from bot.domain import errors
from bot.domain.campaign.periods import city_day
from bot.domain.conversation import Purpose
from bot.domain.screens.base import Exchange, Line
from bot.domain.screens.officer import Prompt
from bot.services.commands.officer import Ask, CancelPrompt, Claim, CloseTip, FoldTip, Lock, OpenTip, ReopenTip
from bot.services.notices import Notices
from bot.services.officer.cards import TipCards
from bot.services.officer.tip_access import TipAccess
from bot.services.session import ChatSession
from bot.services.tip_changes import add_exchange, note_opening


@dataclass(frozen=True, slots=True)
class Triage:
    """The officer's work on tips, without verdicts."""

    access: TipAccess
    cards: TipCards
    notices: Notices

    async def open(self, session: ChatSession, command: OpenTip) -> None:
        """Open a card at the end of the chat, or turn its pages where it is."""
        tip = await self.access.reach(session, command.tip)
        await note_opening(session.uow, tip, by=session.me.number)
        await self.cards.show(session, tip, fresh=command.page is None, page=command.page or 0)

    async def fold(self, session: ChatSession, command: FoldTip) -> None:
        """Fold a card to its number."""
        tip = await self.access.reach(session, command.tip)
        await self.cards.show(session, tip, folded=True)

    async def claim(self, session: ChatSession, command: Claim) -> None:
        """Claim a tip. Raises AlreadyClaimed."""
        tip = await self.access.reach(session, command.tip)
        if tip.claimer != session.me.number and await self.access.is_stale(session, command, tip):
            return
        changed, event = tip.claim(session.me.number)
        changed = await self.access.save(session, changed, event)
        await self.cards.show_after(session, changed)

    async def ask(self, session: ChatSession, command: Ask) -> None:
        """Ask the reporter, who gets a sign of it minutes later.

        Raises LeadsOut, AsksWho, and NoReplyRoute, but that only for a tip that came by another way. A reporter who
        wiped the chat or stopped all replies since gets no sign; the question is stored all the same, and whoever has
        the code finds it. What the officer sees must not tell at which moment somebody cleared a phone.
        """
        uow = session.uow
        tip = await self.access.reach(session, command.tip)
        if not tip.may_be_asked:
            raise errors.NoReplyRoute(number=tip.number)
        changed, event = tip.ask(session.me.number)
        if not command.text:
            session.listen_for(Purpose.QUESTION, tip=tip.number)
            await session.say(Prompt(purpose="question", tip=tip.number))
            return
        if not await add_exchange(uow, tip.number, Exchange(by="officer", text=command.text)):
            raise errors.TipFull
        changed = await self.access.save(session, changed, event)
        await self.notices.promise_question(uow, tip.number)
        await session.line("question-on-its-way")
        await self.cards.show_after(session, changed)

    async def close(self, session: ChatSession, command: CloseTip) -> None:
        """End the work on a tip; the card folds, and the reporter hears of it later. Raises VerdictMissing."""
        uow = session.uow
        tip = await self.access.reach(session, command.tip)
        if await self.access.is_stale(session, command, tip):
            return
        changed, event = tip.close(on=city_day(uow.now))
        changed = await self.access.save(session, changed, event)
        await self.notices.promise_done(uow, changed)
        await self.cards.show_after(session, changed)

    async def reopen(self, session: ChatSession, command: ReopenTip) -> None:
        """Take a closed tip up again."""
        tip = await self.access.reach(session, command.tip)
        if await self.access.is_stale(session, command, tip):
            return
        changed, event = tip.reopen()
        changed = await self.access.save(session, changed, event)
        await self.cards.show_after(session, changed)

    async def cancel_prompt(self, session: ChatSession, _: CancelPrompt) -> None:
        """Stop waiting for the text that was asked for."""
        session.remember(listening=None)
        await session.replace(Line(key="prompt-cancelled"))

    async def lock(self, session: ChatSession, _: Lock) -> None:
        """Fold every card of the chat."""
        await session.fold_cards()
        await session.say(Line(key="locked"), wipes=True)
