"""One suite, every engine: the fixture `work` is each of them in turn."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import storage
from bot.domain.errors import Refusal
from bot.ports import AuditRow, Keyed, UnitOfWork, Work
from tests.memory.fakes import CountingIds, FixedClock
from tests.memory.work import MemoryWork

BOT = 4242


async def note_refusal(uow: UnitOfWork, command: Keyed, refusal: Refusal) -> None:
    """Leave a trace of a refusal, as the real one leaves a message."""
    await uow.audit.append(AuditRow(action="refused", subject=refusal.key))


@pytest.fixture
def clock() -> FixedClock:
    """The time of the test."""
    return FixedClock()


@pytest.fixture(params=["memory", "sqlite"])
async def work(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> AsyncIterator[Work]:
    """An empty engine."""
    ids = CountingIds()
    if request.param == "memory":
        yield MemoryWork(clock=clock, ids=ids, on_refusal=note_refusal)
        return
    storage.make_keys(tmp_path / "keys", now=clock.now())
    async with storage.open_books(
        tmp_path / "data" / "books.db",
        keys=tmp_path / "keys",
        bot_id=BOT,
        clock=clock,
        ids=ids,
        on_refusal=note_refusal,
    ) as opened:
        yield opened
