"""Cases, decisions, evidence and outcomes in dictionaries."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.campaign.cases import Case, Decision, Outcome
from bot.domain.ids import CaseNumber, ChatId, DecisionNumber, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.tip import Tip, Verdict
from tests.memory.state import MemoryRepository


class MemoryCases(MemoryRepository):
    """Implements `bot.ports.Cases`."""

    async def open(self, *, unit: UnitCode, on: date) -> Case:
        case = Case(number=CaseNumber(self._s.next("case")), unit=unit, opened_on=on)
        self._s.cases[case.number] = case
        return case

    async def get(self, number: CaseNumber) -> Case | None:
        return self._s.cases.get(number)

    async def recent(self, unit: UnitCode, *, limit: int) -> Sequence[Case]:
        return [case for case in reversed(self._s.cases.values()) if case.unit == unit][:limit]

    async def decide(
        self,
        *,
        tip: Tip,
        verdict: Verdict,
        case: CaseNumber | None,
        unit: UnitCode,
        day: date,
        officer: OfficerNumber,
        reporter: ChatId | None,
        evidence: str | None,
    ) -> Decision:
        number = DecisionNumber(self._s.next("decision"))
        source = f"{case}|{reporter}".encode() if case in self._s.cases and reporter is not None else None
        decision = Decision(
            number=number,
            tip=tip.number,
            verdict=verdict,
            case=case,
            unit=unit,
            channel=tip.channel,
            category=tip.category,
            day=day,
            officer=officer,
            source=source,
        )
        self._s.decisions[number] = decision
        if evidence is not None:
            self._s.evidence[number] = evidence
        return decision

    async def decisions(self, case: CaseNumber) -> Sequence[Decision]:
        return [each for each in self._s.decisions.values() if each.case == case]

    async def current_decision(self, tip: TipNumber) -> Decision | None:
        return next((each for each in self._s.decisions.values() if each.tip == tip and each.stands), None)

    async def withdraw(self, number: DecisionNumber, *, on: date) -> None:
        decision = self._s.decisions.get(number)
        if decision is not None and decision.stands:
            self._s.decisions[number] = replace(decision, withdrawn_on=on)

    async def evidence(self, number: DecisionNumber) -> str | None:
        return self._s.evidence.get(number)

    async def record_outcome(self, outcome: Outcome) -> None:
        self._s.outcomes[self._s.next("outcome")] = outcome

    async def outcomes(self, case: CaseNumber) -> tuple[int, int, int]:
        mine = [each for each in self._s.outcomes.values() if each.case == case]
        return sum(e.cases for e in mine), sum(e.persons for e in mine), sum(e.fugitives for e in mine)

    async def all_decisions(self) -> Sequence[Decision]:
        return list(self._s.decisions.values())

    async def all_outcomes(self) -> Sequence[Outcome]:
        return list(self._s.outcomes.values())

    async def withdrawn_between(self, first: date, last: date) -> Sequence[Decision]:
        return [
            each
            for each in self._s.decisions.values()
            if each.withdrawn_on is not None
            and first <= each.withdrawn_on <= last
            and each.day < first
            and each.verdict is Verdict.VALUABLE
        ]
