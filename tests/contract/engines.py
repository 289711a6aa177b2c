"""Every engine, opened empty as often as a test wants."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import storage
from bot.domain.errors import Refusal
from bot.ports import AuditRow, Executor, Keyed, OnRefusal, UnitOfWork
from tests.contract.asking import BOT
from tests.memory.executor import MemoryExecutor
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
        if self.kind == "memory":
            yield MemoryExecutor(clock=self.clock, ids=CountingIds(), on_refusal=on_refusal)
            return
        folder = Path(mkdtemp(dir=self.folder))
        storage.make_keys(folder / "keys", now=self.clock.now())
        async with storage.open_storage(
            folder / "data" / "nguontin.db",
            keys=folder / "keys",
            bot_id=BOT,
            clock=self.clock,
            ids=CountingIds(),
            on_refusal=on_refusal,
        ) as opened:
            yield opened
