"""Every engine, opened empty as often as a test wants."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import storage
from bot.domain.errors import Refusal
from bot.ports import AuditRow, Executor, Keyed, OnRefusal, Reader, UnitOfWork
from tests.contract.asking import BOT
from tests.memory.executor import MemoryExecutor, MemoryReader
from tests.memory.fakes import CountingIds, FixedClock


async def note_refusal(uow: UnitOfWork, command: Keyed, refusal: Refusal) -> None:
    """Leave a trace of a refusal, as the real one leaves a message."""
    await uow.audit.append(AuditRow(action="refused", subject=refusal.key))


@dataclass(frozen=True)
class Engines:
    """Opens one kind of engine: "memory" or "sqlite"."""

    kind: str
    folder: Path
    clock: FixedClock

    @asynccontextmanager
    async def open(self, *, on_refusal: OnRefusal = note_refusal) -> AsyncIterator[Executor]:
        """Open an empty one."""
        async with self.open_with_reader(on_refusal=on_refusal) as (executor, _):
            yield executor

    @asynccontextmanager
    async def open_with_reader(self, *, on_refusal: OnRefusal = note_refusal) -> AsyncIterator[tuple[Executor, Reader]]:
        """Open an empty one, with what reads it beside the executor."""
        clock, ids = self.clock, CountingIds()
        if self.kind == "memory":
            memory = MemoryExecutor(clock=clock, ids=ids, on_refusal=on_refusal)
            yield memory, MemoryReader(memory)
            return
        folder = Path(mkdtemp(dir=self.folder))
        path, keys = folder / "data" / "nguontin.db", folder / "keys"
        storage.make_keys(keys, now=clock.now())
        async with storage.open_storage(
            path, keys=keys, bot_id=BOT, clock=clock, ids=ids, on_refusal=on_refusal
        ) as opened:
            yield opened, storage.open_reader(path, keys=keys, bot_id=BOT, clock=clock, ids=ids)
