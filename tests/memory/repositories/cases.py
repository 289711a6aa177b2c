"""Cases, decisions, evidence and outcomes in dictionaries."""

from collections.abc import AsyncIterator, Sequence
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
        source = self._source(case, tip.number, reporter) if case is not None else None
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

    def _source(self, case: CaseNumber, tip: TipNumber, reporter: ChatId | None) -> int | None:
        decided = [each for each in self._s.decisions.values() if each.case == case]
        for decision in decided:
            if decision.tip == tip and decision.source is not None:
                return decision.source
        if reporter is None or case not in self._s.cases:
            return None
        following = max((each.source or 0 for each in decided), default=0) + 1
        return self._s.sources.setdefault((case, reporter), following)

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

    async def every_decided(self) -> AsyncIterator[Sequence[Decision]]:
        for case in sorted({each.case for each in self._s.decisions.values() if each.case is not None}):
            yield await self.decisions(case)
        for decision in self._s.decisions.values():
            if decision.case is None:
                yield (decision,)

    async def every_outcome(self) -> AsyncIterator[Outcome]:
        for outcome in self._s.outcomes.values():
            yield outcome

    async def forget_sources(self, *, limit: int) -> int:
        alive = {each.case for each in self._s.decisions.values() if each.tip in self._s.contents}
        dying = [(case, reporter) for case, reporter in self._s.sources if case not in alive]
        for each in dying:
            del self._s.sources[each]
        return len(dying)

    async def forget_evidence(self, before: date, *, limit: int) -> int:
        dying = [number for number in self._s.evidence if self._s.decisions[number].day < before][:limit]
        for number in dying:
            del self._s.evidence[number]
        return len(dying)

    async def withdrawn_between(self, first: date, last: date) -> Sequence[Decision]:
        return [
            each
            for each in self._s.decisions.values()
            if each.withdrawn_on is not None
            and first <= each.withdrawn_on <= last
            and each.day < first
            and each.verdict is Verdict.VALUABLE
        ]
