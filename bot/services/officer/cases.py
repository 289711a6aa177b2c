"""The case a tip was used in: which one it is, and what came of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import errors
from bot.domain.campaign.cases import Outcome
from bot.domain.campaign.periods import city_day
from bot.domain.conversation import Purpose, tip_card
from bot.domain.ids import CaseNumber
from bot.domain.places import UnitCode
from bot.domain.screens.officer import CaseChoice, Prompt
from bot.domain.text.amounts import read_amounts
from bot.domain.text.command_words import CommandWord
from bot.domain.tip import Tip
from bot.ports import AuditRow, UnitOfWork
from bot.services.commands.officer import RecordOutcome
from bot.services.counting import record_outcome
from bot.services.officer.cards import TipCards
from bot.services.officer.tip_access import TipAccess
from bot.services.session import ChatSession

RECENT_CASES = 6
"""Cases offered by button when a tip was valuable; others are named by number in the command."""
MOST_OUTCOMES = 1_000
"""More cases or persons than one record can mean: a typing slip."""

_IN_CASE = re.compile(
    r"(?:vụ|vu|case)\s{0,9}+(?:số\s{0,9}+)?#?(\d{1,9})\s{0,3}[:,]\s*+(?!\d)(.*)", re.IGNORECASE | re.DOTALL
)
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


def read_case(note: str) -> tuple[CaseNumber, str] | None:
    """Read a case and the note behind it: "vụ 3: đã bắt quả tang"; None for a note that names no case.

    A number that goes on behind the colon or comma is no case's: "vụ 1,5 triệu", "vụ 2:30 sáng".
    """
    named = _IN_CASE.fullmatch(note)
    return (CaseNumber(int(named[1])), named[2]) if named else None


@dataclass(frozen=True, slots=True)
class TipCases:
    """Chooses the case of a tip, and records what came of it."""

    access: TipAccess
    cards: TipCards

    async def offer(self, session: ChatSession, tip: Tip) -> bool:
        """Show the recent cases of the tip's place to choose from; False when there is none."""
        recent = await session.uow.cases.recent(tip.unit, limit=RECENT_CASES)
        if not recent:
            return False
        screen = CaseChoice(tip=tip.number, version=tip.version, cases=tuple(case.number for case in recent))
        await session.card(tip_card(tip.number), screen, fresh=session.command.callback is None)
        return True

    async def must_be_usable(self, session: ChatSession, number: CaseNumber, tip: Tip) -> CaseNumber:
        """Find a case of the tip's place, or one that has a tip the officer may read. Raises NoSuchCase."""
        case = await session.uow.cases.get(number)
        if case is None or not (case.unit == tip.unit or await self._reads_one_of(session, number)):
            raise errors.NoSuchCase(number=number)
        return case.number

    async def _reads_one_of(self, session: ChatSession, case: CaseNumber) -> bool:
        for decision in await session.uow.cases.decisions(case):
            other = await session.uow.tips.get(decision.tip)
            if other is not None and await self.access.may_read(session, other):
                return True
        return False

    async def open(self, uow: UnitOfWork, unit: UnitCode) -> CaseNumber:
        """Open a new case of a place."""
        return (await uow.cases.open(unit=unit, on=city_day(uow.now))).number

    async def enter_outcome(self, session: ChatSession, command: RecordOutcome) -> None:
        """Record outcomes; a slip is mended by a negative number, never below zero."""
        uow = session.uow
        tip = await self.access.reach(session, command.tip)
        current = await uow.cases.current_decision(tip.number)
        if current is None or current.case is None:
            raise errors.ValuableFirst(number=tip.number)
        if not command.text:
            session.listen_for(Purpose.OUTCOME, tip=tip.number)
            await session.say(Prompt(purpose="outcome", tip=tip.number))
            return
        numbers = read_outcome(command.text)
        sums = dict(zip(("cases", "persons", "fugitives"), await uow.cases.outcomes(current.case), strict=True))
        if any(sums[what] + number < 0 for what, number in numbers.items()):
            raise errors.NumberOutOfRange(most=MOST_OUTCOMES)
        outcome = Outcome(
            case=current.case,
            tip=tip.number,
            unit=tip.unit,
            day=city_day(uow.now),
            officer=session.me.number,
            cases=numbers.get("cases", 0),
            persons=numbers.get("persons", 0),
            fugitives=numbers.get("fugitives", 0),
        )
        await record_outcome(uow, outcome)
        await uow.audit.append(
            AuditRow(action="case.outcome", officer=session.me.number, subject=f"case {current.case}", unit=tip.unit)
        )
        now = {what: number + numbers.get(what, 0) for what, number in sums.items()}
        await session.line("outcome-recorded", case=current.case, **now)
        await self.cards.show_after(session, tip)
