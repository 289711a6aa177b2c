"""How decisions reach the books: every change of a case writes the difference between its credits before and after."""

from collections import Counter
from datetime import date

from bot.domain.cases import Decision
from bot.domain.ids import CaseNumber, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.stats import Entry, credits_of, difference, verdict_entries
from bot.domain.tip import Tip, Verdict
from bot.ports import UnitOfWork


async def record_decision(
    uow: UnitOfWork,
    *,
    tip: Tip,
    verdict: Verdict,
    unit: UnitCode,
    officer: OfficerNumber,
    on: date,
    case: CaseNumber | None = None,
    evidence: str | None = None,
) -> Decision:
    """Store a decision and what it changes in the sums, in one go."""
    before = await _credits(uow, case)
    reporter = await uow.tips.route(tip.number) if verdict is Verdict.VALUABLE else None
    decision = await uow.cases.decide(
        tip=tip,
        verdict=verdict,
        case=case,
        unit=unit,
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
    standing = await uow.cases.standing(tip)
    if standing is None:
        return None
    before = await _credits(uow, standing.case)
    await uow.cases.withdraw(standing.number, on=on)
    if standing.case is None:
        taken_back = verdict_entries(standing)
        taken_back = difference(taken_back, Counter())
    else:
        taken_back = difference(before, await _credits(uow, standing.case))
    await uow.rollups.add(taken_back)
    return standing


async def _credits(uow: UnitOfWork, case: CaseNumber | None) -> Counter[Entry]:
    return credits_of(await uow.cases.decisions(case) if case is not None else ())
