"""The only daily writer of the sums: whatever counts is written through here, in the same unit of work.

Rows that count are stored here together with what they add, so that neither can be forgotten; a change of a case writes
the difference between its credits before and after. What a row adds is said in `bot.domain.stats`, for the recount too.
"""

from collections import Counter
from datetime import date

from bot.domain.campaign.activities import Activity
from bot.domain.campaign.cases import Decision, Outcome
from bot.domain.ids import CaseNumber, OfficerNumber, TipNumber
from bot.domain.stats import (
    Entry,
    activity_entries,
    credits_of,
    difference,
    outcome_entries,
    tip_entries,
    verdict_entries,
)
from bot.domain.tip import Tip, Verdict
from bot.ports import UnitOfWork


async def received(uow: UnitOfWork, tip: Tip) -> None:
    """Count a tip that was stored just now, by whichever channel it came."""
    await uow.rollups.add(tip_entries(tip))


async def withdrawn(uow: UnitOfWork, before: Tip, after: Tip, *, on: date) -> None:
    """Count a tip that its reporter withdraws; a verdict on it is withdrawn too."""
    await withdraw_decision(uow, before.number, on=on)
    await uow.rollups.add(difference(tip_entries(before), tip_entries(after)))


async def record_decision(
    uow: UnitOfWork,
    *,
    tip: Tip,
    verdict: Verdict,
    officer: OfficerNumber,
    on: date,
    case: CaseNumber | None = None,
    evidence: str | None = None,
) -> Decision:
    """Store a decision and what it changes in the sums of the tip's place, whoever worked on it."""
    before = await _credits(uow, case)
    reporter = await uow.tips.route(tip.number) if verdict is Verdict.VALUABLE else None
    decision = await uow.cases.decide(
        tip=tip,
        verdict=verdict,
        case=case,
        unit=tip.unit,
        day=on,
        officer=officer,
        reporter=reporter,
        evidence=evidence,
    )
    if case is None:
        await uow.rollups.add(verdict_entries(decision))
    else:
        await uow.rollups.add(difference(before, await _credits(uow, case)))
    return decision


async def withdraw_decision(uow: UnitOfWork, tip: TipNumber, *, on: date) -> Decision | None:
    """Withdraw a tip's standing decision, if it has one; what it counted is taken back on the day it was given."""
    current = await uow.cases.current_decision(tip)
    if current is None:
        return None
    before = await _credits(uow, current.case)
    await uow.cases.withdraw(current.number, on=on)
    if current.case is None:
        taken_back = difference(verdict_entries(current), Counter())
    else:
        taken_back = difference(before, await _credits(uow, current.case))
    await uow.rollups.add(taken_back)
    return current


async def record_outcome(uow: UnitOfWork, outcome: Outcome) -> None:
    """Store what a case led to, and count it."""
    await uow.cases.record_outcome(outcome)
    await uow.rollups.add(outcome_entries(outcome))


async def record_activity(uow: UnitOfWork, activity: Activity) -> None:
    """Store an activity, and count it."""
    await uow.activities.add(activity)
    await uow.rollups.add(activity_entries(activity))


async def _credits(uow: UnitOfWork, case: CaseNumber | None) -> Counter[Entry]:
    return credits_of(await uow.cases.decisions(case) if case is not None else ())
