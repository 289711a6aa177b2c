"""Counting anew: what the rows say, beside the sums that are kept; the proof of every figure, and its mending."""

from dataclasses import dataclass

from bot.domain.campaign.sums import Sums, Tally
from bot.domain.errors import SumsMended
from bot.domain.stats import activity_entries, decision_entries, outcome_entries, tip_entries
from bot.ports import AuditRow, Chore, UnitOfWork

MENDED = "sums.mended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount(Chore):
    """Count everything anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a recount found."""

    off: Sums
    """What the kept sums lack; negative where they have too much."""
    mends: int
    """How often sums had been mended by then."""

    @property
    def differences(self) -> int:
        """Count the sums that are off."""
        return sum(map(len, self.off.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend(Chore):
    """Add what a recount found missing."""

    counted: Counted


async def count_anew(uow: UnitOfWork, _: Recount) -> Counted:
    """Count everything anew from the rows, at one moment, and compare every sum of days, months and categories.

    Reads all there is: for a reader, beside which others write.
    """
    tally = Tally()
    async for unit, cell, number in uow.rollups.every():
        tally.add_to(unit, cell, -number)
    async for tip in uow.tips.every():
        tally.add(tip_entries(tip))
    async for decisions in uow.cases.every_decided():
        tally.add(decision_entries(decisions))
    async for outcome in uow.cases.every_outcome():
        tally.add(outcome_entries(outcome))
    async for activity in uow.activities.every():
        tally.add(activity_entries(activity))
    return Counted(off=tally.without_zeros(), mends=await uow.rollups.mended())


async def mend(uow: UnitOfWork, command: Mend) -> None:
    """Add to the sums what they lacked: what was counted since stays as it is. Raises SumsMended."""
    counted = command.counted
    if not await uow.rollups.mend(counted.off, after=counted.mends):
        raise SumsMended
    await uow.audit.append(AuditRow(action=MENDED, subject=f"sums {counted.differences}"))
