"""Tips, their words and their routes, on every engine."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

import pytest

from bot.domain.deadlines import Deadlines
from bot.domain.errors import ButtonStale
from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.screens.base import Exchange
from bot.domain.tip import Status, Tip, Verdict
from bot.ports import Executor, TipContent, UnitOfWork
from tests.contract.asking import do, listed
from tests.contract.samples import CITY, HUNG, MAI, OTHER, SECLUDED, TODAY, WARD, add_tip, add_units


async def test_a_tip_is_numbered_and_changed_only_over_the_version_before(executor: Executor) -> None:
    """Two officers on one card: the second must look again."""
    first = await do(executor, add_tip)
    second = await do(executor, add_tip)
    assert (first.number, second.number) == (1, 2)
    claimed, _ = first.claim(HUNG)
    await do(executor, lambda uow: uow.tips.save(claimed))
    assert await do(executor, lambda uow: uow.tips.get(first.number)) == claimed

    async def late(uow: UnitOfWork) -> None:
        with pytest.raises(ButtonStale):
            await uow.tips.save(first.claim(OfficerNumber(2))[0])

    await do(executor, late)
    assert [tip.number for tip in await do(executor, lambda uow: listed(uow.tips.every()))] == [1, 2]


async def test_words_and_route_are_kept_and_die_apart(executor: Executor) -> None:
    """A reply route dies long before the words."""
    tip = await do(executor, add_tip)
    content = TipContent(words="mới", exchanges=(Exchange(by="officer", text="mấy giờ?"),))
    await do(executor, lambda uow: uow.tips.set_content(tip.number, content))
    await do(executor, lambda uow: uow.tips.set_route(tip.number, None))
    assert await do(executor, lambda uow: uow.tips.content(tip.number)) == content
    assert await do(executor, lambda uow: uow.tips.route(tip.number)) is None
    await do(executor, lambda uow: uow.tips.set_route(tip.number, MAI))
    await do(executor, lambda uow: uow.tips.set_content(tip.number, None))
    assert await do(executor, lambda uow: uow.tips.content(tip.number)) is None
    assert await do(executor, lambda uow: uow.tips.route(tip.number)) == MAI
    assert await do(executor, lambda uow: uow.tips.route(TipNumber(99))) is None


async def test_a_queue_lists_open_tips_urgent_then_oldest(executor: Executor) -> None:
    """What presses most is on the first page."""

    async def fill(uow: UnitOfWork) -> None:
        await add_units(uow)
        await add_tip(uow, hours=3)
        await add_tip(uow, hours=1)
        await add_tip(uow, hours=5, urgent=True)
        closed, _ = (await add_tip(uow)).judge(Verdict.SPAM, by=HUNG, on=TODAY)
        await uow.tips.save(closed)
        await add_tip(uow, unit=OTHER)
        await add_tip(uow, unit=SECLUDED)

    await do(executor, fill)

    async def listed(unit: UnitCode, *, below: bool, limit: int = 10, offset: int = 0) -> list[int]:
        tips = await do(executor, lambda uow: uow.tips.open_for(unit, below=below, limit=limit, offset=offset))
        assert await do(executor, lambda uow: uow.tips.count_open_for(unit, below=below)) >= len(tips)
        return [tip.number for tip in tips]

    assert await listed(WARD, below=False) == [3, 2, 1]
    assert await listed(WARD, below=False, limit=1, offset=1) == [2]
    assert await listed(CITY, below=False) == []
    assert await listed(CITY, below=True) == [3, 5, 2, 1]
    assert await listed(SECLUDED, below=False) == [6]


async def test_what_has_died_is_no_longer_listed_for_dying(executor: Executor) -> None:
    """Retention ends."""

    async def fill(uow: UnitOfWork) -> Tip:
        closed, _ = (await add_tip(uow)).judge(Verdict.SPAM, by=HUNG, on=TODAY)
        await uow.tips.save(closed)
        await add_tip(uow)
        return closed

    tip = await do(executor, fill)
    later = TODAY + timedelta(days=1)
    whats: tuple[Literal["route", "content"], ...] = ("route", "content")
    for what in whats:
        for day, found in ((TODAY, []), (later, [tip.number])):
            closed = partial(
                lambda uow, what, day: uow.tips.closed_before(day, having=what, limit=9), what=what, day=day
            )
            assert list(await do(executor, closed)) == found
    await do(executor, lambda uow: uow.tips.set_route(tip.number, None))
    assert list(await do(executor, lambda uow: uow.tips.closed_before(later, having="route", limit=9))) == []


async def test_times_come_back_aware_and_whole(executor: Executor) -> None:
    """A naive time compared with an aware one would be a crash at midnight."""
    tip = await do(executor, lambda uow: add_tip(uow, hours=4))
    stored = await do(executor, lambda uow: uow.tips.get(tip.number))
    assert stored.received == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert stored.status is Status.NEW


async def test_what_is_overdue_is_counted_by_its_clock_without_an_end(executor: Executor) -> None:
    """Urgent, not taken on, or not settled: each has its own time, and a queue of any length is counted whole."""

    async def fill(uow: UnitOfWork) -> None:
        await add_units(uow)
        for hours in (0, -1, -23, -25, -24 * 20 - 1):
            for urgent in (False, True):
                await add_tip(uow, urgent=urgent, hours=hours)
                claimed, _ = (await add_tip(uow, urgent=urgent, hours=hours)).claim(HUNG)
                await uow.tips.save(claimed)
            missed, _ = (await add_tip(uow, urgent=True, hours=hours)).miss()
            await uow.tips.save(missed)

    async def count(uow: UnitOfWork) -> tuple[int, int]:
        open_tips = await uow.tips.open_for(CITY, below=True, limit=99, offset=0)
        expected = sum(Deadlines().due(tip) < uow.now for tip in open_tips)
        return await uow.tips.count_overdue_for(CITY, deadlines=Deadlines(), now=uow.now), expected

    await do(executor, fill)
    found, expected = await do(executor, count)
    assert 2 < found == expected < 25
