"""The single writer: use cases wait in a queue, run in groups on the database's thread, are answered after the commit.

Two use cases never interleave: savepoints are a stack, and a neighbour's roll-back would take a released one with it.
What happens within a group is in `storage.sqlite.group`.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import aiosqlite

from bot.ports import (
    Clock,
    HandedOver,
    Ids,
    Keyed,
    LostTrack,
    OnCommit,
    OnRefusal,
    Refused,
    Repeated,
    StorageUnavailableError,
    Trouble,
    UseCase,
)
from storage.crypto.vault import Vault
from storage.errors import trouble_of
from storage.sqlite.driver import truncate_wal
from storage.sqlite.group import GroupRunner, MemberResult

_C = TypeVar("_C", bound=Keyed)
_R = TypeVar("_R")

GROUP = 128
"""The most members one transaction has."""
WRITES_FOR = 0.1
"""Seconds of writing without a pause, after which other processes get a turn."""
PAUSE = 0.01
"""Seconds of that turn: without it a second process was never seen to get the write lock."""
TRUNCATES_EVERY = 60.0
"""Seconds after which, at a quiet moment, the write-ahead log is emptied: it holds what was deleted since."""


@dataclass(frozen=True, slots=True, repr=False)  # a library that logs its arguments must not log a command
class _Member:
    use_case: UseCase[Any, Any]
    command: Keyed
    answer: asyncio.Future[Any]


class SqliteWriter:
    """Runs use cases on one SQLite connection."""

    def __init__(
        self,
        connection: aiosqlite.Connection,
        *,
        vault: Vault,
        bot_id: int,
        clock: Clock,
        ids: Ids,
        on_refusal: OnRefusal,
    ) -> None:
        self._connection = connection
        self._runner = GroupRunner(vault, bot_id, clock, ids, on_refusal)
        self._waiting: deque[_Member] = deque()
        self._arrived = asyncio.Event()
        self._is_closing = False
        self._listener: OnCommit | None = None
        loop = asyncio.get_running_loop()
        self._writing_since = loop.time()
        self._truncated_at = loop.time()
        self._writer = asyncio.create_task(self._write(), name="storage-writer")

    async def run(self, use_case: UseCase[_C, _R], command: _C) -> _R | Repeated | Refused:
        """Run one use case durably; see `bot.ports.Executor`."""
        if self._is_closing:
            raise StorageUnavailableError
        member = _Member(use_case, command, asyncio.get_running_loop().create_future())
        self._waiting.append(member)
        self._arrived.set()
        return cast("_R | Repeated | Refused", await member.answer)

    def hand_over_to(self, listener: OnCommit) -> None:
        """Let a listener hear what committed use cases queued; see `bot.ports.Executor`."""
        self._listener = listener

    async def close(self) -> None:
        """Finish what waits, then stop."""
        self._is_closing = True
        self._arrived.set()
        await asyncio.shield(self._writer)  # whoever gives up waiting must not cut a group off

    async def _write(self) -> None:
        group: list[_Member] = []
        try:
            while await self._something_waits():
                group = [self._waiting.popleft() for _ in range(min(GROUP, len(self._waiting)))]
                for member, outcome in zip(group, await self._run(group), strict=True):
                    _answer(member, outcome)
                await self._yield_to_other_writers()
        finally:  # whatever ended the writer, nobody may wait for it forever
            self._is_closing = True
            for member in (*group, *self._waiting):
                _answer(member, _unavailable())

    async def _something_waits(self) -> bool:
        """Wait for members; False when there are none and there will be none."""
        loop = asyncio.get_running_loop()
        while not self._waiting:
            if self._is_closing:
                return False
            if loop.time() - self._truncated_at >= TRUNCATES_EVERY:
                with suppress(sqlite3.Error):
                    await self._on_database_thread(truncate_wal)
                self._truncated_at = loop.time()
                continue
            self._arrived.clear()
            idle_since = loop.time()
            await self._arrived.wait()
            if loop.time() - idle_since >= PAUSE:
                self._writing_since = loop.time()
        return True

    async def _yield_to_other_writers(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() - self._writing_since >= WRITES_FOR:
            await asyncio.sleep(PAUSE)
            self._writing_since = loop.time()

    async def _run(self, group: list[_Member]) -> list[MemberResult]:
        try:
            outcomes: list[MemberResult] = await self._on_database_thread(self._runner.run, group)
        except Exception as error:  # noqa: BLE001 - whatever ended the group is every member's answer
            self._hand_over([LostTrack()])
            return [_unavailable(error) for _ in group]
        self._hand_over([each for outcome in outcomes for each in outcome.queued])
        return outcomes

    def _hand_over(self, queued: Sequence[HandedOver]) -> None:
        if queued and self._listener is not None:
            self._listener(queued)

    async def _on_database_thread(self, job: Any, *values: Any) -> Any:
        """Run a job on the database's thread: the one door to it, protected in aiosqlite, hence its exact pin."""
        connection = self._connection
        return await connection._execute(lambda: job(connection._conn, *values))  # type: ignore[no-untyped-call]  # noqa: SLF001


def _answer(member: _Member, outcome: MemberResult) -> None:
    if member.answer.done():  # its caller was cancelled; the work is committed all the same
        return
    if outcome.error is not None:
        member.answer.set_exception(outcome.error)
    else:
        member.answer.set_result(outcome.value)


def _unavailable(cause: Exception | None = None) -> MemberResult:
    """Make a failure of a member's own: errors that are shared collect each other's tracebacks."""
    error = StorageUnavailableError(trouble_of(cause) or Trouble.UNWRITABLE)
    error.__cause__ = cause
    return MemberResult(error=error)
