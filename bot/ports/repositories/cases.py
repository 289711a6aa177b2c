"""Cases with their decisions, evidence and outcomes."""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Protocol

from bot.domain.campaign.cases import Case, Decision, Outcome
from bot.domain.ids import CaseNumber, ChatId, DecisionNumber, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.tip import Tip, Verdict


class Cases(Protocol):
    """Cases, their decisions, evidence and outcomes."""

    async def open(self, *, unit: UnitCode, on: date) -> Case:
        """Open a case under the next number."""
        ...

    async def get(self, number: CaseNumber) -> Case | None:
        """Find a case."""
        ...

    async def recent(self, unit: UnitCode, *, limit: int) -> Sequence[Case]:
        """List a unit's newest cases, newest first."""
        ...

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
        """Record a decision; its reporter becomes a number that says only "the same one within this case".

        A tip keeps the number it had in the case, also when its route has died since; otherwise whoever is known by the
        case's tags keeps theirs, and anybody else gets the next. Without a reporter there is none.
        """
        ...

    async def decisions(self, case: CaseNumber) -> Sequence[Decision]:
        """List a case's decisions, withdrawn ones too, in the order they were made."""
        ...

    async def current_decision(self, tip: TipNumber) -> Decision | None:
        """Find the standing decision about a tip."""
        ...

    async def withdraw(self, number: DecisionNumber, *, on: date) -> None:
        """Withdraw a standing decision."""
        ...

    async def evidence(self, number: DecisionNumber) -> str | None:
        """Unseal the evidence note of a decision."""
        ...

    async def record_outcome(self, outcome: Outcome) -> None:
        """Store an outcome record."""
        ...

    async def outcomes(self, case: CaseNumber) -> tuple[int, int, int]:
        """Sum a case's outcomes: cases solved, persons, fugitives."""
        ...

    def every_decided(self) -> AsyncIterator[Sequence[Decision]]:
        """Give the decisions of each case together, and each without a case alone, as they are read: for recounting."""
        ...

    def every_outcome(self) -> AsyncIterator[Outcome]:
        """Give every outcome record as it is read, for recounting."""
        ...

    async def forget_sources(self, *, limit: int) -> int:
        """Forget who is who in cases of whose tips none has words left, a few cases; give how many tags died.

        The decisions keep their sources' numbers, so that no figure changes.
        """
        ...

    async def forget_evidence(self, before: date, *, limit: int) -> int:
        """Destroy a few evidence notes of decisions before a day; give how many."""
        ...

    async def withdrawn_between(self, first: date, last: date) -> Sequence[Decision]:
        """List valuable decisions of earlier days (before `first`) that were withdrawn within the span."""
        ...
