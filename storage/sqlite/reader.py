"""The reader: a use case that only reads, run in a thread of its own on a connection of its own that cannot write."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from bot.ports import Clock, Ids, Keyed, StorageUnavailableError, Trouble, UseCase
from storage.crypto.vault import Vault
from storage.errors import saying_what_is_wrong, trouble_of
from storage.sqlite.driver import EngineFailedError, ScopedConnection, open_to_read, run_to_completion
from storage.unit_of_work import SqlUnitOfWork

_C = TypeVar("_C", bound=Keyed)
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True, repr=False)
class SqliteReader:
    """Implements `bot.ports.Reader`."""

    path: Path
    vault: Vault
    bot_id: int
    clock: Clock
    ids: Ids

    async def read(self, use_case: UseCase[_C, _R], command: _C) -> _R:
        """Run one use case over what is committed now."""
        return cast("_R", await asyncio.to_thread(self._read, use_case, command))

    def _read(self, use_case: UseCase[Any, Any], command: Keyed) -> Any:
        with saying_what_is_wrong(self.path), closing(open_to_read(self.path)) as raw:
            raw.execute("BEGIN")  # what it sees is what is there when it first reads
            scoped = ScopedConnection(raw)
            uow = SqlUnitOfWork(scoped, vault=self.vault, bot_id=self.bot_id, now=self.clock.now(), ids=self.ids)
            try:
                return run_to_completion(_ask(use_case, uow, command))
            except (EngineFailedError, sqlite3.Error) as error:
                raise StorageUnavailableError(trouble_of(error) or Trouble.UNWRITABLE) from error


async def _ask(use_case: UseCase[Any, Any], uow: SqlUnitOfWork, command: Keyed) -> Any:
    return await use_case(uow, command)
