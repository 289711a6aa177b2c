"""Counting anew: what the rows say, beside the sums that are kept; the proof of every figure, and its mending."""

from collections import Counter
from dataclasses import dataclass

from bot.domain.stats import Entry, count, difference
from bot.ports import Chore, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount(Chore):
    """Count everything anew, and mend the sums if asked to."""

    mend: bool


async def count_anew(uow: UnitOfWork, command: Recount) -> Counter[Entry]:
    """Count everything anew from the rows; give what the kept sums lack (or have too much of), and mend them."""
    counted = count(
        tips=await uow.tips.rows(),
        decisions=await uow.cases.all_decisions(),
        outcomes=await uow.cases.all_outcomes(),
        activities=await uow.activities.all(),
    )
    plain: Counter[Entry] = Counter()
    for entry, number in counted.items():
        plain[Entry(entry.unit, entry.day, entry.indicator)] += number
    off = difference(await uow.rollups.all(), plain)
    if command.mend:
        await uow.rollups.rebuild(counted)
    return off
