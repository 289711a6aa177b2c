"""The single writer: use cases wait in a queue and are run in groups, each in a savepoint, then committed together.

Every member is answered after the commit. Two use cases never interleave: savepoints are a stack, and a neighbour's
roll-back would take a released one with it. A group's failure is every member's failure.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import aiosqlite

from bot.domain.errors import Refusal
from bot.ports import (
    REPEATED,
    Clock,
    Ids,
    Keyed,
    OnRefusal,
    Refused,
    Repeated,
    StorageUnavailableError,
    UnitOfWork,
    UseCase,
)
from storage.sqlite import EngineFailedError, Gate, drive, is_fatal
from storage.unit_of_work import Books
from storage.vault import Vault

C = TypeVar("C", bound=Keyed)
R = TypeVar("R")

GROUP = 128
"""The most members one transaction has."""
WRITES_FOR = 0.1
"""Seconds of writing without a pause, after which other processes get a turn."""
PAUSE = 0.01
"""Seconds of that turn: without it a second process was never seen to get the write lock."""


@dataclass(slots=True)
class _Member:
    use_case: UseCase[Any, Any]
    command: Keyed
    answer: asyncio.Future[Any]


@dataclass(slots=True)
class _Outcome:
    value: Any = None
    error: BaseException | None = None


class SqliteWork:
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
        self._vault = vault
        self._bot_id = bot_id
        self._clock = clock
        self._ids = ids
        self._on_refusal = on_refusal
        self._waiting: deque[_Member] = deque()
        self._arrived = asyncio.Event()
        self._is_closing = False
        self._writer = asyncio.create_task(self._write(), name="storage-writer")

    async def run(self, use_case: UseCase[C, R], command: C) -> R | Repeated | Refused:
        """Run one use case durably; see `bot.ports.Work`."""
        if self._is_closing:
            raise StorageUnavailableError("the storage is closed")
        member = _Member(use_case, command, asyncio.get_running_loop().create_future())
        self._waiting.append(member)
        self._arrived.set()
        return cast("R | Repeated | Refused", await member.answer)

    async def close(self) -> None:
        """Finish what waits, then stop."""
        self._is_closing = True
        self._arrived.set()
        await self._writer

    # --- on the event loop ----------------------------------------------------------------------------------------

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        writing_since = loop.time()
        while True:
            if not self._waiting:
                if self._is_closing:
                    return
                self._arrived.clear()
                await self._arrived.wait()
                writing_since = loop.time()
                continue
            group = [self._waiting.popleft() for _ in range(min(GROUP, len(self._waiting)))]
            try:
                # One hop to the database's thread for the whole group; protected in aiosqlite, hence its exact pin.
                outcomes = await self._connection._execute(self._run_group, group)  # type: ignore[no-untyped-call]  # noqa: SLF001
            except Exception as error:  # noqa: BLE001 - whatever ended the group is every member's answer
                outcomes = [_Outcome(error=error)] * len(group)
            for member, outcome in zip(group, outcomes, strict=True):
                _answer(member, outcome)
            if loop.time() - writing_since > WRITES_FOR:
                await asyncio.sleep(PAUSE)
                writing_since = loop.time()

    # --- on the database's thread ---------------------------------------------------------------------------------

    def _run_group(self, group: list[_Member]) -> list[_Outcome]:
        raw: sqlite3.Connection = self._connection._conn  # noqa: SLF001 - the same protected door
        try:
            raw.execute("BEGIN IMMEDIATE")
            outcomes = [self._run_member(raw, member) for member in group]
            raw.execute("COMMIT")
        except BaseException as error:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error | EngineFailedError):
                raise StorageUnavailableError from error
            raise
        return outcomes

    def _run_member(self, raw: sqlite3.Connection, member: _Member) -> _Outcome:
        try:
            return _Outcome(self._in_savepoint(raw, member, lambda books: _ask(member, books)))
        except Refusal as refusal:
            return self._answer_refusal(raw, member, refusal)
        except EngineFailedError:
            raise
        except sqlite3.Error as error:
            if is_fatal(error) or not raw.in_transaction:
                raise
            return _Outcome(error=error)
        except Exception as error:  # noqa: BLE001 - a use case's own failure is its caller's alone
            return _Outcome(error=error)

    def _answer_refusal(self, raw: sqlite3.Connection, member: _Member, refusal: Refusal) -> _Outcome:
        async def answer(books: UnitOfWork) -> Refused:
            await self._on_refusal(books, member.command, refusal)
            return Refused(refusal)

        try:
            return _Outcome(self._in_savepoint(raw, member, answer))
        except (EngineFailedError, sqlite3.OperationalError):
            raise
        except Exception as error:  # noqa: BLE001 - the answer's own failure
            return _Outcome(error=error)

    def _in_savepoint(
        self, raw: sqlite3.Connection, member: _Member, job: Callable[[UnitOfWork], Coroutine[Any, Any, Any]]
    ) -> Any:
        gate = Gate(raw)
        books = Books(gate, vault=self._vault, bot_id=self._bot_id, now=self._clock.now(), ids=self._ids)
        raw.execute("SAVEPOINT member")
        try:
            key = member.command.key
            if key is not None and not drive(books.updates.settle(key)):
                value: Any = REPEATED
            else:
                value = drive(job(books))
        except BaseException:
            if raw.in_transaction:
                raw.execute("ROLLBACK TO member")
                raw.execute("RELEASE member")
            raise
        finally:
            gate.is_open = False
        raw.execute("RELEASE member")
        return value


async def _ask(member: _Member, books: UnitOfWork) -> Any:
    return await member.use_case(books, member.command)


def _answer(member: _Member, outcome: _Outcome) -> None:
    if member.answer.done():  # its caller was cancelled; the work is committed all the same
        return
    if outcome.error is not None:
        member.answer.set_exception(outcome.error)
    else:
        member.answer.set_result(outcome.value)
