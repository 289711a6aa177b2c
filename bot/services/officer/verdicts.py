"""What a tip was worth, and what came of it: verdicts, evidence, outcomes, and taking a verdict back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import errors
from bot.domain.campaign.periods import city_day
from bot.domain.cases import Outcome, check_evidence
from bot.domain.conversation import Purpose
from bot.domain.ids import CaseNumber
from bot.domain.places import UnitCode
from bot.domain.screens.officer import CaseChoice, ConfirmVerdict, Prompt
from bot.domain.text.amounts import read_amounts
from bot.domain.text.command_words import CommandWord
from bot.domain.tip import Tip, Verdict
from bot.ports import AuditRow, UnitOfWork
from bot.services.commands.officer import Judge, JudgeValuable, RecordOutcome, TakeBack
from bot.services.counting import record_decision, record_outcome, withdraw_decision
from bot.services.officer.triage import Triage
from bot.services.session import ChatSession

RECENT_CASES = 6
"""Cases offered by button when a tip was valuable; others are named by number in the command."""
MOST_OUTCOMES = 1_000
"""More cases or persons than one record can mean: a typing slip."""

_IN_CASE = re.compile(r"(?:vụ|vu|case)\s{0,9}+(?:số\s{0,9}+)?#?(\d{1,9})\s{0,3}[:,]\s*+(.*)", re.IGNORECASE | re.DOTALL)
_OUTCOME_WORDS: Mapping[str, str] = {
    "vu": "cases",
    "vu an": "cases",
    "vu viec": "cases",
    "case": "cases",
    "cases": "cases",
    "bat": "persons",
    "doi tuong": "persons",
    "nguoi": "persons",
    "person": "persons",
    "persons": "persons",
    "truyna": "fugitives",
    "truy na": "fugitives",
    "fugitive": "fugitives",
    "fugitives": "fugitives",
    "doi tuong truy na": "fugitives",
}


def read_outcome(text: str) -> dict[str, int]:
    """Read "vu 1 bat 2 truyna 1" into cases, persons and fugitives; a negative number mends a slip.

    Raises NotUnderstood, NumberDoubtful or NumberOutOfRange.
    """
    found = read_amounts(text, words=_OUTCOME_WORDS, form=CommandWord.OUTCOME.form, signed=True)
    if any(abs(number) > MOST_OUTCOMES for number in found.values()):
        raise errors.NumberOutOfRange(most=MOST_OUTCOMES)
    return found


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The officer's judgement of tips."""

    triage: Triage

    async def judge_valuable(self, session: ChatSession, command: JudgeValuable) -> None:
        """Record a valuable source within an open dialogue. Raises EvidenceTooShort, AlreadyJudged, NoSuchCase."""
        uow = session.uow
        tip, held_by = await self.triage.reach(session, command.tip)
        if await self.triage.is_stale(session, command, tip):
            return
        today = city_day(uow.now)
        changed, event = tip.judge(Verdict.VALUABLE, by=session.me.number, on=today)
        chosen, note = command.case, command.evidence
        if chosen == "choose" and (named := _IN_CASE.fullmatch(note)):
            chosen, note = CaseNumber(int(named[1])), named[2]
        if not note:
            await self._ask_for_evidence(session, tip, held_by, command)
            return
        check_evidence(note)
        case = await self._case(uow, chosen, held_by)
        await record_decision(
            uow,
            tip=changed,
            verdict=Verdict.VALUABLE,
            unit=held_by,
            officer=session.me.number,
            on=today,
            case=case,
            evidence=note,
        )
        await self.triage.save(session, changed, event)
        await self.triage.show_after(session, changed)

    async def _ask_for_evidence(
        self, session: ChatSession, tip: Tip, held_by: UnitCode, command: JudgeValuable
    ) -> None:
        if command.case == "choose":
            recent = await session.uow.cases.recent(held_by, limit=RECENT_CASES)
            if recent:
                screen = CaseChoice(tip=tip.number, version=tip.version, cases=tuple(case.number for case in recent))
                await session.card(f"tip:{tip.number}", screen, fresh=command.callback is None)
                return
        if command.case not in {"choose", "new"}:
            await self._case(session.uow, command.case, held_by)
        case = None if isinstance(command.case, str) else command.case
        session.listen_for(Purpose.EVIDENCE, tip=tip.number, case=case)
        if command.callback is not None:
            await self.triage.show(session, tip)
        await session.say(Prompt(purpose="evidence", tip=tip.number))

    async def _case(self, uow: UnitOfWork, chosen: CaseNumber | str, held_by: UnitCode) -> CaseNumber:
        if isinstance(chosen, str):
            return (await uow.cases.open(unit=held_by, on=city_day(uow.now))).number
        case = await uow.cases.get(chosen)
        if case is None or case.unit != held_by:
            raise errors.NoSuchCase(number=chosen)
        return case.number

    async def judge(self, session: ChatSession, command: Judge) -> None:
        """Give a verdict that closes the tip."""
        uow = session.uow
        tip, held_by = await self.triage.reach(session, command.tip)
        if await self.triage.is_stale(session, command, tip):
            return
        today = city_day(uow.now)
        changed, event = tip.judge(command.verdict, by=session.me.number, on=today)
        if command.verdict is Verdict.DUPLICATE:
            await self._must_be_another(session, command)
        elif not command.is_sure:
            what = "spam" if command.verdict is Verdict.SPAM else "not_useful"
            await session.card(
                f"tip:{tip.number}",
                ConfirmVerdict.model_validate({"tip": tip.number, "version": tip.version, "what": what}),
            )
            return
        await record_decision(
            uow, tip=changed, verdict=command.verdict, unit=held_by, officer=session.me.number, on=today
        )
        await self.triage.save(session, changed, event)
        await self.triage.tell_reporter_done(uow, changed)
        await self.triage.show_after(session, changed)

    async def _must_be_another(self, session: ChatSession, command: Judge) -> None:
        if command.duplicate_of is None or command.duplicate_of == command.tip:
            raise errors.NotUnderstood(form=CommandWord.DUPLICATE.form_about(command.tip))
        await self.triage.reach(session, command.duplicate_of)

    async def take_back(self, session: ChatSession, command: TakeBack) -> None:
        """Take a verdict back: what it counted goes, on the day it was given."""
        uow = session.uow
        tip, _ = await self.triage.reach(session, command.tip)
        if await self.triage.is_stale(session, command, tip):
            return
        changed, event = tip.take_back_verdict()
        if not command.is_sure:
            screen = ConfirmVerdict(tip=tip.number, version=tip.version, what="take_back")
            await session.card(f"tip:{tip.number}", screen, fresh=command.callback is None)
            return
        await withdraw_decision(uow, tip.number, on=city_day(uow.now))
        await self.triage.save(session, changed, event)
        await self.triage.show_after(session, changed)

    async def record_outcome(self, session: ChatSession, command: RecordOutcome) -> None:
        """Record outcomes within an open dialogue; a slip is mended by a negative number, never below zero."""
        uow = session.uow
        tip, held_by = await self.triage.reach(session, command.tip)
        standing = await uow.cases.standing(tip.number)
        if standing is None or standing.case is None:
            raise errors.ValuableFirst(number=tip.number)
        if not command.text:
            session.listen_for(Purpose.OUTCOME, tip=tip.number)
            await session.say(Prompt(purpose="outcome", tip=tip.number))
            return
        numbers = read_outcome(command.text)
        sums = dict(zip(("cases", "persons", "fugitives"), await uow.cases.outcomes(standing.case), strict=True))
        if any(sums[what] + number < 0 for what, number in numbers.items()):
            raise errors.NumberOutOfRange(most=MOST_OUTCOMES)
        outcome = Outcome(
            case=standing.case,
            tip=tip.number,
            unit=held_by,
            day=city_day(uow.now),
            officer=session.me.number,
            cases=numbers.get("cases", 0),
            persons=numbers.get("persons", 0),
            fugitives=numbers.get("fugitives", 0),
        )
        await record_outcome(uow, outcome)
        await uow.audit.append(
            AuditRow(action="case.outcome", officer=session.me.number, subject=f"case {standing.case}", unit=held_by)
        )
        await self.triage.show_after(session, tip)
