"""What only reads, on every engine: it sees what was committed, at one moment, and cannot change it."""

import asyncio
from typing import Any

import pytest

from bot.domain.ids import ReceiptCode, TipNumber
from bot.domain.tip import Verdict
from bot.ports import Chore, ForeignAwaitError, StorageUnavailableError, UnitOfWork
from tests.contract.asking import do, listed
from tests.contract.engines import Engines
from tests.contract.samples import CITY, HUNG, LAN, TODAY, WARD, add_tip, add_units
from tests.contract.steps import look


async def everything(uow: UnitOfWork, _: Chore) -> dict[str, Any]:
    """Read all there is."""
    return await look(uow)


async def test_a_reader_sees_what_a_use_case_sees(engines: Engines) -> None:
    """A figure that a check tells must be the one that officers see."""
    async with engines.open_with_reader() as (executor, reader):
        assert await reader.read(everything, Chore()) == await do(executor, look)
        await do(executor, add_units)
        await do(executor, add_tip)
        seen = await reader.read(everything, Chore())
        assert seen == await do(executor, look)
        assert [tip.number for tip in seen["tips"]] == [1]


async def store_a_tip(uow: UnitOfWork, _: Chore) -> None:
    """Write something."""
    await add_tip(uow)


async def store_a_code(uow: UnitOfWork, _: Chore) -> None:
    """Write something sealed."""
    await uow.receipts.add(ReceiptCode("4917283650192837"), TipNumber(1))


async def warn(uow: UnitOfWork, _: Chore) -> None:
    """Write something small."""
    await uow.alerts.once("parked", "", TODAY)


@pytest.mark.parametrize("write", [store_a_tip, store_a_code, warn])
async def test_a_reader_cannot_write(engines: Engines, write: Any) -> None:
    """Beside a running bot, what it wrote would be written between two halves of somebody's use case."""
    async with engines.open_with_reader() as (executor, reader):
        before = await do(executor, look)
        with pytest.raises(StorageUnavailableError):
            await reader.read(write, Chore())
        assert await do(executor, look) == before


async def test_what_a_reading_fails_with_is_its_callers(engines: Engines) -> None:
    """And the next one reads on."""

    async def fail(uow: UnitOfWork, _: Chore) -> None:
        raise ZeroDivisionError

    async def wait(uow: UnitOfWork, _: Chore) -> None:
        await asyncio.sleep(0)

    async with engines.open_with_reader() as (executor, reader):
        await do(executor, add_tip)
        with pytest.raises(ZeroDivisionError):
            await reader.read(fail, Chore())
        with pytest.raises(ForeignAwaitError):
            await reader.read(wait, Chore())
        assert len(await reader.read(lambda uow, _: listed(uow.tips.every()), Chore())) == 1


async def test_decisions_come_by_their_case(engines: Engines) -> None:
    """The credits of a case can be told from all of its decisions only, and not all cases fit into memory."""
    async with engines.open_with_reader() as (executor, reader):
        await do(executor, decide_in_turns)
        found = await reader.read(lambda uow, _: listed(uow.cases.every_decided()), Chore())
    assert [[each.case for each in decided] for decided in found] == [[1, 1, 1], [2, 2, 2], [None]]


async def decide_in_turns(uow: UnitOfWork) -> None:
    """Decide in two cases by turns, and once in none."""
    cases = [(await uow.cases.open(unit=WARD, on=TODAY)).number for _ in range(2)]
    for case in (*cases, *cases, None, *cases):
        await uow.cases.decide(
            tip=await add_tip(uow),
            verdict=Verdict.VALUABLE if case else Verdict.SPAM,
            case=case,
            unit=CITY,
            day=TODAY,
            officer=HUNG,
            reporter=LAN,
            evidence=None,
        )
