"""Cases, decisions, evidence and outcomes, on every engine."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.campaign.cases import Outcome
from bot.domain.campaign.periods import week_of
from bot.domain.ids import CaseNumber, TipNumber
from bot.domain.text.categories import Category
from bot.domain.tip import Tip, Verdict
from bot.ports import Executor, UnitOfWork
from tests.contract.asking import do, listed
from tests.contract.samples import HUNG, LAN, MAI, OTHER, TODAY, WARD, add_tip


async def test_the_same_reporter_is_known_within_a_case_and_nowhere_else(executor: Executor) -> None:
    """One credit per reporter per case, without saying who."""

    async def decide(uow: UnitOfWork) -> None:
        one = await uow.cases.open(unit=WARD, on=TODAY)
        two = await uow.cases.open(unit=WARD, on=TODAY)
        for case, reporter in ((one, LAN), (one, LAN), (one, MAI), (one, None), (two, LAN)):
            await uow.cases.decide(
                tip=await add_tip(uow),
                verdict=Verdict.VALUABLE,
                case=case.number,
                unit=WARD,
                day=TODAY,
                officer=HUNG,
                reporter=reporter,
                evidence="đã xác minh tại chỗ",
            )

    await do(executor, decide)
    first = [each.source for each in await do(executor, lambda uow: uow.cases.decisions(CaseNumber(1)))]
    second = [each.source for each in await do(executor, lambda uow: uow.cases.decisions(CaseNumber(2)))]
    assert first[0] == first[1] != first[2]
    assert first[3] is None
    assert second == [1]
    assert [case.number for case in await do(executor, lambda uow: uow.cases.recent(WARD, limit=5))] == [2, 1]
    assert await do(executor, lambda uow: uow.cases.recent(OTHER, limit=5)) == []


async def test_a_decision_stands_until_it_is_withdrawn(executor: Executor) -> None:
    """And an earlier day's withdrawal is this week's correction."""

    async def decide(uow: UnitOfWork) -> Tip:
        tip = await add_tip(uow)
        case = await uow.cases.open(unit=WARD, on=TODAY)
        await uow.cases.decide(
            tip=tip,
            verdict=Verdict.VALUABLE,
            case=case.number,
            unit=WARD,
            day=TODAY,
            officer=HUNG,
            reporter=LAN,
            evidence="đã dùng vào vụ án",
        )
        return tip

    tip = await do(executor, decide)
    standing = await do(executor, lambda uow: uow.cases.current_decision(tip.number))
    assert (standing.verdict, standing.day, standing.category) == (Verdict.VALUABLE, TODAY, Category.DRUGS)
    assert await do(executor, lambda uow: uow.cases.evidence(standing.number)) == "đã dùng vào vụ án"
    later = TODAY + timedelta(days=7)
    await do(executor, lambda uow: uow.cases.withdraw(standing.number, on=later))
    assert await do(executor, lambda uow: uow.cases.current_decision(tip.number)) is None
    week = week_of(later)
    found = await do(executor, lambda uow: uow.cases.withdrawn_between(week.first, week.last))
    assert [each.number for each in found] == [standing.number]
    assert list(await do(executor, lambda uow: uow.cases.withdrawn_between(TODAY, later))) == []
    assert [each.withdrawn_on for each in await do(executor, lambda uow: uow.cases.decisions(CaseNumber(1)))] == [later]


async def test_outcomes_of_a_case_add_up(executor: Executor) -> None:
    """A slip is mended by a negative record."""
    outcome = Outcome(case=CaseNumber(1), tip=TipNumber(1), unit=WARD, day=TODAY, officer=HUNG, cases=1, persons=3)
    await do(executor, lambda uow: uow.cases.record_outcome(outcome))
    await do(executor, lambda uow: uow.cases.record_outcome(replace(outcome, cases=0, persons=-1, fugitives=2)))
    assert await do(executor, lambda uow: uow.cases.outcomes(CaseNumber(1))) == (1, 2, 2)
    assert await do(executor, lambda uow: uow.cases.outcomes(CaseNumber(2))) == (0, 0, 0)
    assert len(await do(executor, lambda uow: listed(uow.cases.every_outcome()))) == 2
