"""A recount finds every stored sum that is off, and mends it without touching what was counted since."""

from datetime import timedelta
from functools import partial

import pytest

from bot.domain.campaign.activities import Activity, ActivityKind
from bot.domain.campaign.cases import Outcome
from bot.domain.campaign.sums import Cell, SumKind, Sums
from bot.domain.ids import CaseNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.tip import Tip, Verdict
from bot.ports import Executor, Reader, Refused, UnitOfWork
from bot.services import counting
from bot.services.background.retention import expire
from bot.services.campaign.recount import Counted, Mend, Recount, count_anew, mend
from tests.contract.asking import do, listed
from tests.contract.engines import Engines
from tests.contract.samples import HUNG, OTHER, TODAY, WARD, add_tip, add_units

NOWHERE = UnitCode("nowhere")
FOREIGN = (
    (NOWHERE, Cell(SumKind.DAY, "2026-11-23", "received_bot")),
    (WARD, Cell(SumKind.DAY, "no day", "spam")),
    (OTHER, Cell(SumKind.MONTH, "1999-01", "people")),
    (WARD, Cell(SumKind.CATEGORY, "2026-11", "received_bot", "no kind")),
    (WARD, Cell(SumKind.CATEGORY, "2026-11", "no indicator", "drugs")),
)
"""Sums that no row of ours stands behind, some that nothing of ours could have written."""


async def judge(uow: UnitOfWork, tip: Tip, case: CaseNumber | None) -> None:
    """Find a tip valuable in a case, or spam."""
    verdict = Verdict.VALUABLE if case is not None else Verdict.SPAM
    await counting.record_decision(uow, tip=tip, verdict=verdict, officer=HUNG, on=TODAY, case=case)


async def live(uow: UnitOfWork) -> None:
    """Let happen some of everything that counts."""
    tip = await add_tip(uow)
    await counting.received(uow, tip)
    case = await uow.cases.open(unit=WARD, on=TODAY)
    await judge(uow, tip, case.number)
    other = await add_tip(uow, unit=OTHER)
    await counting.received(uow, other)
    await judge(uow, other, None)
    outcome = Outcome(case=case.number, tip=tip.number, unit=WARD, day=TODAY + timedelta(days=9), officer=HUNG, cases=2)
    await counting.record_outcome(uow, outcome)
    activity = Activity(unit=WARD, day=TODAY, kind=ActivityKind.OUTREACH, number=120, officer=HUNG)
    await counting.record_activity(uow, activity)


async def corrupt(executor: Executor, off: Sums) -> None:
    """Change sums as no use case does."""
    await do(executor, lambda uow: _corrupt(uow, off))


async def _corrupt(uow: UnitOfWork, off: Sums) -> None:
    assert await uow.rollups.mend(off, after=await uow.rollups.mended())


async def off(reader: Reader) -> Counted:
    """Count anew."""
    return await reader.read(count_anew, Recount())


async def test_every_sum_that_is_off_is_named_and_mended(engines: Engines) -> None:
    """Months and years are read from other rows than days: each kind of row must be true by itself."""
    async with engines.open_with_reader() as (executor, reader):
        await do(executor, add_units)
        await do(executor, live)
        kept = [(unit, cell) for unit, cell, _ in await do(executor, lambda uow: listed(uow.rollups.every()))]
        assert {cell.kind for _, cell in kept} == set(SumKind)
        assert (await off(reader)).off == {}
        for number, (unit, cell) in enumerate([*kept, *FOREIGN], start=2):
            await corrupt(executor, {unit: {cell: number}})
            found = await off(reader)
            assert found.off == {unit: {cell: -number}}
            await executor.run(mend, Mend(counted=found))
            assert (await off(reader)).off == {}


async def test_what_is_counted_while_somebody_counts_anew_stays_right(engines: Engines) -> None:
    """A recount of ten years takes a while, and nobody stops working meanwhile."""
    async with engines.open_with_reader() as (executor, reader):
        await do(executor, add_units)
        await do(executor, live)
        for unit, cell in FOREIGN:
            await corrupt(executor, {unit: {cell: 5}})
        found = await off(reader)
        await do(executor, live)
        await do(executor, lambda uow: counting.withdraw_decision(uow, TipNumber(1), on=TODAY))
        assert found.differences == len(FOREIGN)
        await executor.run(mend, Mend(counted=found))
        assert (await off(reader)).off == {}


async def test_two_who_found_the_same_do_not_both_mend_it(engines: Engines) -> None:
    """The second would be told what was added, and add it again."""
    async with engines.open_with_reader() as (executor, reader):
        await do(executor, add_units)
        unit, cell = FOREIGN[0]
        await corrupt(executor, {unit: {cell: 5}})
        first, second = await off(reader), await off(reader)
        await executor.run(mend, Mend(counted=first))
        refused = await executor.run(mend, Mend(counted=second))
        assert isinstance(refused, Refused)
        assert refused.refusal.key == "operator-sums-mended"
        assert (await off(reader)).off == {}


async def close_two_of_lan(uow: UnitOfWork) -> list[Tip]:
    """Find two tips of one reporter valuable in one case, and close them."""
    await add_units(uow)
    case = await uow.cases.open(unit=WARD, on=TODAY)
    tips = [await add_tip(uow) for _ in range(2)]
    for tip in tips:
        await counting.received(uow, tip)
        await judge(uow, tip, case.number)
        for closed in (judged := tip.judge(Verdict.VALUABLE, by=HUNG, on=TODAY)[0], judged.close(on=TODAY)[0]):
            await uow.tips.save(closed)
    return tips


async def judge_again(uow: UnitOfWork, tip: Tip) -> None:
    """Take a verdict back, and give it again."""
    taken_back = await counting.withdraw_decision(uow, tip.number, on=TODAY)
    assert taken_back is not None
    await judge(uow, tip, taken_back.case)


@pytest.mark.parametrize("days", [8, 91])
async def test_the_end_of_routes_and_tags_changes_no_figure_and_counts_nobody_twice(
    engines: Engines, days: int
) -> None:
    """A verdict taken back and given again after its reporter's route has died is the same source's, not a new one."""

    async def valuable(uow: UnitOfWork) -> set[tuple[UnitCode, Cell, int]]:
        return {each for each in await listed(uow.rollups.every()) if each[1].indicator == "valuable_bot"}

    async with engines.open_with_reader() as (executor, reader):
        tips = await do(executor, close_two_of_lan)
        before = await do(executor, valuable)
        assert {number for _, _, number in before} == {1}
        engines.clock.advance(days=days)
        await expire(executor)
        assert await do(executor, lambda uow: uow.tips.route(tips[0].number)) is None
        for tip in tips:
            await do(executor, partial(judge_again, tip=tip))
            assert await do(executor, valuable) == before
            assert (await off(reader)).off == {}
