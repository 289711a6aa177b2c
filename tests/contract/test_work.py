"""What running a use case means on every engine."""

import asyncio
from typing import Any

import pytest

from bot.domain.errors import NoSuchTip
from bot.domain.ids import ChatId, TipNumber
from bot.domain.places import UnitCode
from bot.ports import REPEATED, ForeignAwaitError, Refused, UnitOfWork, Work
from tests.contract.asking import do


async def alias(uow: UnitOfWork, name: str) -> None:
    """Write something that can be seen."""
    await uow.aliases.add(name=name, unit=UnitCode("31135"), officer=None)


async def names(work: Work) -> set[str]:
    """Look at what was written."""
    return set(await do(work, lambda uow: uow.aliases.all()))


async def test_a_use_case_gives_its_result_after_it_was_stored(work: Work) -> None:
    """The caller acknowledges what it is given."""

    async def job(uow: UnitOfWork) -> str:
        await alias(uow, "chợ")
        return "done"

    assert await do(work, job) == "done"
    assert await names(work) == {"chợ"}


async def test_a_repeated_update_does_nothing(work: Work) -> None:
    """Telegram repeats what it thinks was not heard."""
    await do(work, lambda uow: alias(uow, "một"), update=7)
    assert await do(work, lambda uow: alias(uow, "hai"), update=7) is REPEATED
    assert await names(work) == {"một"}


async def test_a_failure_is_rolled_back_alone_and_its_update_may_come_again(work: Work) -> None:
    """A bug may delay a tip; it may not lose one."""

    async def fail(uow: UnitOfWork) -> None:
        await alias(uow, "hỏng")
        raise ZeroDivisionError

    results = await asyncio.gather(
        do(work, lambda uow: alias(uow, "trước"), update=1),
        do(work, fail, update=2),
        do(work, lambda uow: alias(uow, "sau"), update=3),
        return_exceptions=True,
    )
    assert isinstance(results[1], ZeroDivisionError)
    assert await names(work) == {"trước", "sau"}
    await do(work, lambda uow: alias(uow, "lại"), update=2)
    assert "lại" in await names(work)


async def test_a_refusal_is_rolled_back_answered_and_settled(work: Work) -> None:
    """The person is told once, and the update is not tried again."""

    async def refuse(uow: UnitOfWork) -> None:
        await alias(uow, "không")
        raise NoSuchTip(number=5)

    answer = await do(work, refuse, update=9)
    assert isinstance(answer, Refused)
    assert answer.refusal.values == {"number": 5}
    assert await names(work) == set()
    assert await do(work, refuse, update=9) is REPEATED


@pytest.mark.parametrize("foreign", [lambda: asyncio.sleep(0), lambda: asyncio.sleep(0.001)])
async def test_a_use_case_that_awaits_anything_else_is_refused(work: Work, foreign: Any) -> None:
    """No network in a transaction: enforced, not asked."""

    async def stray(uow: UnitOfWork) -> None:
        await alias(uow, "mạng")
        await foreign()

    with pytest.raises((ForeignAwaitError, RuntimeError)):
        await do(work, stray, update=4)
    assert await names(work) == set()
    await do(work, lambda uow: alias(uow, "sau"), update=4)
    assert await names(work) == {"sau"}


async def test_many_callers_at_once_see_each_other_in_order(work: Work) -> None:
    """Numbers that people say to each other have neither gaps nor twins."""

    async def open_case(uow: UnitOfWork) -> int:
        return (await uow.cases.open(unit=UnitCode("31135"), on=uow.now.date())).number

    numbers = await asyncio.gather(*(do(work, open_case) for _ in range(300)))
    assert sorted(numbers) == list(range(1, 301))


async def test_a_cancelled_caller_does_not_break_its_neighbours(work: Work) -> None:
    """A caller that went away must not take a group with it."""

    async def late(uow: UnitOfWork) -> None:
        await uow.tips.set_route(TipNumber(1), ChatId(1))

    tasks = [asyncio.create_task(do(work, lambda uow, n=n: alias(uow, f"{n}"))) for n in range(20)]  # type: ignore[misc]  # n is bound on purpose
    await asyncio.sleep(0)
    tasks[3].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(isinstance(each, BaseException) for each in results) <= 1
    assert {f"{n}" for n in range(20) if n != 3} <= await names(work)
    await do(work, late)
