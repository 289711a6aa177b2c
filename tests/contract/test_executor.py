"""What running a use case means on every engine."""

import asyncio
from typing import Any

import pytest

from bot.domain.errors import NoSuchTip
from bot.domain.ids import ChatId, TipNumber
from bot.domain.places import UnitCode
from bot.ports import REPEATED, Executor, ForeignAwaitError, Refused, UnitOfWork
from tests.contract.asking import do


async def alias(uow: UnitOfWork, name: str) -> None:
    """Write something that can be seen."""
    await uow.aliases.add(name=name, unit=UnitCode("31135"), officer=None)


async def names(executor: Executor) -> set[str]:
    """Look at what was written."""
    return set(await do(executor, lambda uow: uow.aliases.all()))


async def test_a_use_case_gives_its_result_after_it_was_stored(executor: Executor) -> None:
    """The caller acknowledges what it is given."""

    async def job(uow: UnitOfWork) -> str:
        await alias(uow, "chợ")
        return "done"

    assert await do(executor, job) == "done"
    assert await names(executor) == {"chợ"}


async def test_a_repeated_update_does_nothing(executor: Executor) -> None:
    """Telegram repeats what it thinks was not heard."""
    await do(executor, lambda uow: alias(uow, "một"), update=7)
    assert await do(executor, lambda uow: alias(uow, "hai"), update=7) is REPEATED
    assert await names(executor) == {"một"}


async def test_a_failure_is_rolled_back_alone_and_its_update_may_come_again(executor: Executor) -> None:
    """A bug may delay a tip; it may not lose one."""

    async def fail(uow: UnitOfWork) -> None:
        await alias(uow, "hỏng")
        raise ZeroDivisionError

    results = await asyncio.gather(
        do(executor, lambda uow: alias(uow, "trước"), update=1),
        do(executor, fail, update=2),
        do(executor, lambda uow: alias(uow, "sau"), update=3),
        return_exceptions=True,
    )
    assert isinstance(results[1], ZeroDivisionError)
    assert await names(executor) == {"trước", "sau"}
    await do(executor, lambda uow: alias(uow, "lại"), update=2)
    assert "lại" in await names(executor)


async def test_a_refusal_is_rolled_back_answered_and_settled(executor: Executor) -> None:
    """The person is told once, and the update is not tried again."""

    async def refuse(uow: UnitOfWork) -> None:
        await alias(uow, "không")
        raise NoSuchTip(number=5)

    answer = await do(executor, refuse, update=9)
    assert isinstance(answer, Refused)
    assert answer.refusal.values == {"number": 5}
    assert await names(executor) == set()
    assert await do(executor, refuse, update=9) is REPEATED


@pytest.mark.parametrize("foreign", [lambda: asyncio.sleep(0), lambda: asyncio.sleep(0.001)])
async def test_a_use_case_that_awaits_anything_else_is_refused(executor: Executor, foreign: Any) -> None:
    """No network in a transaction: enforced, not asked."""

    async def stray(uow: UnitOfWork) -> None:
        await alias(uow, "mạng")
        await foreign()

    with pytest.raises((ForeignAwaitError, RuntimeError)):
        await do(executor, stray, update=4)
    assert await names(executor) == set()
    await do(executor, lambda uow: alias(uow, "sau"), update=4)
    assert await names(executor) == {"sau"}


async def test_many_callers_at_once_see_each_other_in_order(executor: Executor) -> None:
    """Numbers that people say to each other have neither gaps nor twins."""

    async def open_case(uow: UnitOfWork) -> int:
        return (await uow.cases.open(unit=UnitCode("31135"), on=uow.now.date())).number

    numbers = await asyncio.gather(*(do(executor, open_case) for _ in range(300)))
    assert sorted(numbers) == list(range(1, 301))


async def test_a_cancelled_caller_does_not_break_its_neighbours(executor: Executor) -> None:
    """A caller that went away must not take a group with it."""

    async def late(uow: UnitOfWork) -> None:
        await uow.tips.set_route(TipNumber(1), ChatId(1))

    tasks = [asyncio.create_task(do(executor, lambda uow, n=n: alias(uow, f"{n}"))) for n in range(20)]  # type: ignore[misc]  # n is bound on purpose
    await asyncio.sleep(0)
    tasks[3].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(isinstance(each, BaseException) for each in results) <= 1
    assert {f"{n}" for n in range(20) if n != 3} <= await names(executor)
    await do(executor, late)
