"""What a tip was worth: giving a verdict, with evidence for a valuable source, and taking it back."""

from dataclasses import dataclass

from bot.domain import errors
from bot.domain.campaign.cases import check_evidence
from bot.domain.campaign.periods import city_day
from bot.domain.conversation import Purpose, tip_card
from bot.domain.screens.officer import CardAction, ConfirmVerdict, Prompt
from bot.domain.text.command_words import CommandWord
from bot.domain.tip import Tip, Verdict
from bot.services.commands.officer import Judge, JudgeValuable, TakeBack
from bot.services.counting import record_decision, withdraw_decision
from bot.services.notices import Notices
from bot.services.officer.cards import TipCards
from bot.services.officer.cases import TipCases, read_case
from bot.services.officer.tip_access import TipAccess
from bot.services.session import ChatSession


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The officer's judgement of tips."""

    access: TipAccess
    cards: TipCards
    cases: TipCases
    notices: Notices

    async def judge_valuable(self, session: ChatSession, command: JudgeValuable) -> None:
        """Record a valuable source. Raises EvidenceTooShort, AlreadyJudged, NoSuchCase."""
        uow = session.uow
        tip = await self.access.reach(session, command.tip)
        if await self.access.is_stale(session, command, tip):
            return
        today = city_day(uow.now)
        changed, event = tip.judge(Verdict.VALUABLE, by=session.me.number, on=today)
        chosen, note = command.case, command.evidence
        if chosen == "choose" and (named := read_case(note)):
            chosen, note = named
        if not note:
            await self._ask_for_evidence(session, tip, command)
            return
        check_evidence(note)
        if isinstance(chosen, str):
            case = await self.cases.open(uow, tip.unit)
        else:
            case = await self.cases.must_be_usable(session, chosen, tip)
        await record_decision(
            uow,
            tip=changed,
            verdict=Verdict.VALUABLE,
            officer=session.me.number,
            on=today,
            case=case,
            evidence=note,
        )
        changed = await self.access.save(session, changed, event)
        await self.cards.show_after(session, changed)

    async def _ask_for_evidence(self, session: ChatSession, tip: Tip, command: JudgeValuable) -> None:
        if command.case == "choose" and await self.cases.offer(session, tip):
            return
        case = None if isinstance(command.case, str) else command.case
        if case is not None:
            await self.cases.must_be_usable(session, case, tip)
        session.listen_for(Purpose.EVIDENCE, tip=tip.number, case=case)
        if command.callback is not None:
            await self.cards.show(session, tip)
        await session.say(Prompt(purpose="evidence", tip=tip.number))

    async def judge(self, session: ChatSession, command: Judge) -> None:
        """Give a verdict that closes the tip."""
        uow = session.uow
        tip = await self.access.reach(session, command.tip)
        if await self.access.is_stale(session, command, tip):
            return
        today = city_day(uow.now)
        changed, event = tip.judge(command.verdict, by=session.me.number, on=today)
        if command.verdict is Verdict.DUPLICATE:
            await self._must_be_another(session, command)
        elif not command.is_sure:
            screen = ConfirmVerdict(tip=tip.number, version=tip.version, what=CardAction(command.verdict.value))
            await session.card(tip_card(tip.number), screen)
            return
        await record_decision(uow, tip=changed, verdict=command.verdict, officer=session.me.number, on=today)
        changed = await self.access.save(session, changed, event)
        await self.notices.promise_done(uow, changed)
        await self.cards.show_after(session, changed)

    async def _must_be_another(self, session: ChatSession, command: Judge) -> None:
        if command.duplicate_of is None or command.duplicate_of == command.tip:
            raise errors.NotUnderstood(form=CommandWord.DUPLICATE.form_about(command.tip))
        await self.access.reach(session, command.duplicate_of)

    async def take_back(self, session: ChatSession, command: TakeBack) -> None:
        """Take a verdict back: what it counted goes, on the day it was given."""
        uow = session.uow
        tip = await self.access.reach(session, command.tip)
        if await self.access.is_stale(session, command, tip):
            return
        changed, event = tip.take_back_verdict(session.me.number)
        if not command.is_sure:
            screen = ConfirmVerdict(tip=tip.number, version=tip.version, what=CardAction.TAKE_BACK)
            await session.card(tip_card(tip.number), screen, fresh=command.callback is None)
            return
        await withdraw_decision(uow, tip.number, on=city_day(uow.now))
        changed = await self.access.save(session, changed, event)
        await self.cards.show_after(session, changed)
