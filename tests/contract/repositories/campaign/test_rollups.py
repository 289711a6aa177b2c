"""The sums, on every engine."""

from collections import Counter
from datetime import date

from bot.domain.campaign.periods import Period, month_of, week_of, year_of
from bot.domain.campaign.sums import cells
from bot.domain.places import UnitCode
from bot.domain.stats import Entry, Indicator
from bot.domain.text.categories import Category
from bot.ports import Executor
from tests.contract.asking import do, listed
from tests.contract.samples import CITY, OTHER, SECLUDED, WARD, add_units


async def test_sums_by_day_month_and_category_agree(executor: Executor) -> None:
    """One entry is written to every sum it belongs to."""
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    entries = Counter(
        {
            Entry(WARD, sunday, Indicator.RECEIVED_BOT, Category.DRUGS): 2,
            Entry(WARD, monday, Indicator.RECEIVED_BOT, Category.THEFT): 1,
            Entry(OTHER, monday, Indicator.PEOPLE): 120,
            Entry(WARD, date(2026, 12, 1), Indicator.CASES): 4,
        }
    )
    await do(executor, lambda uow: uow.rollups.add(entries))
    taken_back = Counter({Entry(WARD, sunday, Indicator.RECEIVED_BOT, Category.DRUGS): -1})
    await do(executor, lambda uow: uow.rollups.add(taken_back))

    async def by_unit(period: Period, unit: UnitCode | None = None) -> dict[UnitCode, dict[Indicator, int]]:
        found = await do(executor, lambda uow: uow.rollups.by_unit(period, unit=unit))
        return {code: dict(figures) for code, figures in found.items() if figures}

    assert await by_unit(week_of(sunday)) == {WARD: {Indicator.RECEIVED_BOT: 1}}
    assert await by_unit(week_of(monday)) == {WARD: {Indicator.RECEIVED_BOT: 1}, OTHER: {Indicator.PEOPLE: 120}}
    assert await by_unit(month_of(monday), WARD) == {WARD: {Indicator.RECEIVED_BOT: 2}}
    assert (await by_unit(year_of(monday)))[WARD] == {Indicator.RECEIVED_BOT: 2, Indicator.CASES: 4}
    await do(executor, add_units)
    apart = Counter({Entry(SECLUDED, monday, Indicator.RECEIVED_BOT, Category.OTHER): 1})
    await do(executor, lambda uow: uow.rollups.add(apart))
    kinds = await do(executor, lambda uow: uow.rollups.by_category(month_of(monday), below=CITY))
    assert +kinds == {
        (Category.DRUGS, Indicator.RECEIVED_BOT): 1,
        (Category.THEFT, Indicator.RECEIVED_BOT): 1,
    }


async def test_what_is_missing_is_added_to_single_sums_once(executor: Executor) -> None:
    """What was counted meanwhile stays; and two who found the same missing must not both add it."""
    day = date(2026, 11, 23)
    entry = Entry(WARD, day, Indicator.RECEIVED_BOT, Category.DRUGS)
    await do(executor, lambda uow: uow.rollups.add(Counter({entry: 5})))
    of_day, of_month, of_category = cells(entry)
    off = {WARD: {of_month: 2, of_category: -1}, OTHER: {of_day: 7}}
    assert await do(executor, lambda uow: uow.rollups.mended()) == 0
    assert await do(executor, lambda uow: uow.rollups.mend(off, after=0)) is True
    assert await do(executor, lambda uow: uow.rollups.mend(off, after=0)) is False
    assert await do(executor, lambda uow: uow.rollups.mended()) == 1
    assert sorted(await do(executor, lambda uow: listed(uow.rollups.every()))) == sorted(
        [(WARD, of_day, 5), (WARD, of_month, 7), (WARD, of_category, 4), (OTHER, of_day, 7)]
    )
