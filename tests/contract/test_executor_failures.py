"""What becomes of a use case that goes wrong in an unusual way, on every engine."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NoSuchTip
from bot.domain.ids import UpdateKey
from bot.domain.places import UnitCode
from bot.ports import REPEATED, AuditRow, Executor, ForeignAwaitError, Keyed, Refused, UnitOfWork
from tests.contract.asking import BOT, Asked, broken_at, do
from tests.contract.engines import Engines
from tests.memory.fakes import FixedClock

WARD = UnitCode("31135")


async def alias(uow: UnitOfWork, name: str) -> None:
    """Write something that can be seen."""
    await uow.aliases.add(name=name, unit=WARD, officer=None)


async def names(executor: Executor) -> set[str]:
    """Look at what was written."""
    return set(await do(executor, lambda uow: uow.aliases.all()))


async def test_a_cancelled_future_inside_a_use_case_is_its_own_misfortune(executor: Executor) -> None:
    """It does not suspend, it raises CancelledError at once: taken for the writer's own end, the bot would go deaf."""
    future = asyncio.get_running_loop().create_future()
    future.cancel()

    async def stray(uow: UnitOfWork) -> None:
        await alias(uow, "lạc")
        await future

    with pytest.raises(ForeignAwaitError):
        await do(executor, stray, update=1)
    await do(executor, lambda uow: alias(uow, "sau"), update=1)
    assert await names(executor) == {"sau"}


async def test_a_use_case_that_clings_to_life_is_refused_all_the_same(executor: Executor) -> None:
    """Whatever it does about being closed, it had awaited something foreign."""

    async def cling(uow: UnitOfWork) -> None:
        try:
            await asyncio.sleep(0)
        finally:
            await alias(uow, "trễ")
            raise ZeroDivisionError

    with pytest.raises(ForeignAwaitError):
        await do(executor, cling)
    assert await names(executor) == set()


async def test_an_error_that_is_no_exception_ends_nothing_but_its_use_case(executor: Executor) -> None:
    """The writer outlives what it runs."""

    async def stray(uow: UnitOfWork) -> None:
        await alias(uow, "lạc")
        raise GeneratorExit

    with pytest.raises(GeneratorExit):
        await do(executor, stray)
    await do(executor, lambda uow: alias(uow, "sau"))
    assert await names(executor) == {"sau"}


async def test_a_refusal_of_a_command_without_an_update_is_answered_each_time(executor: Executor) -> None:
    """What the program asks of itself may be asked again."""

    async def refuse(uow: UnitOfWork) -> None:
        raise NoSuchTip(number=5)

    for _ in range(2):
        assert isinstance(await do(executor, refuse), Refused)


async def test_an_answer_that_fails_leaves_the_update_unsettled(engines: Engines) -> None:
    """The person was not told: the update must come again."""
    is_broken = True

    async def answer(uow: UnitOfWork, command: Keyed, refusal: Exception) -> None:
        await alias(uow, "trả lời")
        if is_broken:
            raise ZeroDivisionError

    async def refuse(uow: UnitOfWork) -> None:
        await alias(uow, "không")
        raise NoSuchTip(number=5)

    async with engines.open(on_refusal=answer) as executor:
        with pytest.raises(ZeroDivisionError):
            await do(executor, refuse, update=3)
        assert await names(executor) == set()
        is_broken = False
        assert isinstance(await do(executor, refuse, update=3), Refused)
        assert await names(executor) == {"trả lời"}


async def test_the_answer_to_a_refusal_may_not_await_anything_else_either(engines: Engines) -> None:
    """A refusal is sent through the outbox like everything."""

    async def answer(uow: UnitOfWork, command: Keyed, refusal: Exception) -> None:
        await asyncio.sleep(0)

    async def refuse(uow: UnitOfWork) -> None:
        raise NoSuchTip(number=5)

    async with engines.open(on_refusal=answer) as executor:
        with pytest.raises(ForeignAwaitError):
            await do(executor, refuse, update=3)
        assert await do(executor, lambda uow: alias(uow, "lại"), update=3) is not REPEATED


async def test_an_update_belongs_to_its_bot(executor: Executor) -> None:
    """Numbers of updates are unique for each bot only."""

    async def note(uow: UnitOfWork, _: Asked) -> None:
        await uow.audit.append(AuditRow(action="x"))

    assert await executor.run(note, Asked(UpdateKey(BOT, 1))) is None
    assert await executor.run(note, Asked(UpdateKey(BOT + 1, 1))) is None
    assert await executor.run(note, Asked(UpdateKey(BOT, 1))) is REPEATED


class _Boom(Exception):
    """A bug."""


async def _fine(uow: UnitOfWork, name: str) -> None:
    await alias(uow, name)


async def _bug(uow: UnitOfWork, name: str) -> None:
    await alias(uow, name)
    raise _Boom


async def _refuse(uow: UnitOfWork, name: str) -> None:
    await alias(uow, name)
    raise NoSuchTip(number=1)


async def _stray(uow: UnitOfWork, name: str) -> None:
    await alias(uow, name)
    await asyncio.sleep(0)


KINDS: dict[str, Callable[[UnitOfWork, str], Awaitable[None]]] = {
    "fine": _fine,
    "bug": _bug,
    "refuse": _refuse,
    "stray": _stray,
}


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
@given(jobs=st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(1, 6)), max_size=25))
async def test_any_mixture_of_members_stores_exactly_what_it_acknowledged(
    kind: str, jobs: list[tuple[str, int]]
) -> None:
    """Groups, savepoints, repeats and refusals together: the law that everything else stands on."""
    with TemporaryDirectory() as folder:
        async with Engines(kind, Path(folder), FixedClock()).open() as executor:
            await _handle(executor, jobs)


async def _handle(executor: Executor, jobs: list[tuple[str, int]]) -> None:
    asked = [
        do(executor, lambda uow, k=kind, n=number: KINDS[k](uow, f"{k}-{n}"), update=number)  # type: ignore[misc]  # bound on purpose
        for kind, number in jobs
    ]
    answers: list[Any] = await asyncio.gather(*asked, return_exceptions=True)
    expected: set[str] = set()
    settled: set[int] = set()
    for (kind, number), answer in zip(jobs, answers, strict=True):
        if number in settled:
            assert answer is REPEATED
        elif kind == "fine":
            assert answer is None
            expected.add(f"{kind}-{number}")
            settled.add(number)
        elif kind == "refuse":
            assert isinstance(answer, Refused)
            settled.add(number)
        else:
            assert isinstance(answer, _Boom | ForeignAwaitError)
    assert await names(executor) == expected
    assert await do(executor, broken_at) is None
