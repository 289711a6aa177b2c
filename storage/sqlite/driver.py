"""The SQLite engine: how the file is opened, how statements are bound, and how a use case is run to its end.

Storage methods are `async def` but never suspend here, so a use case can be run to its end with one `send` on the
database's own thread. If it suspends, it awaited something that is not the database, and is refused.
"""

import sqlite3
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, LiteralString, TypeVar

import aiosqlite

from bot.ports import ForeignAwaitError
from storage.connection import SqlRow, SqlValue

_T = TypeVar("_T")

BUSY_SECONDS = 5
"""How long a process waits for another one's write lock."""

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16384",
)
_NAMES = tuple(str(number) for number in range(1, 64))
_FATAL = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_NOTADB,
    }
)
"""Errors that say something about the engine, not about one use case."""


class EngineFailedError(Exception):
    """The engine failed under a use case: the whole group must be given up."""


class UnitOfWorkOverError(Exception):
    """A unit of work was used after its use case had ended."""


async def open_sqlite(path: Path) -> aiosqlite.Connection:
    """Open the file for work, with full durability. Raises sqlite3.Error."""
    connection = await aiosqlite.connect(path, isolation_level=None, timeout=BUSY_SECONDS, cached_statements=512)
    try:
        connection.row_factory = sqlite3.Row
        for pragma in _PRAGMAS:
            await connection.execute_fetchall(pragma)
    except BaseException:
        await connection.close()
        raise
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open the file for reading alone: what is asked of this connection changes nothing. Raises sqlite3.Error."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        for pragma in ("PRAGMA query_only = ON", "PRAGMA trusted_schema = OFF", "PRAGMA temp_store = MEMORY"):
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def truncate_wal(raw: sqlite3.Connection) -> None:
    """Empty the write-ahead log, which still holds what was deleted; not now when another process uses the file."""
    raw.execute("PRAGMA busy_timeout = 0")
    with suppress(sqlite3.Error):
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.execute("PRAGMA busy_timeout = 5000")  # BUSY_SECONDS; a pragma takes no parameters


def _is_fatal(error: sqlite3.Error) -> bool:
    """Say whether an error is the engine's, so that nothing of the group may be acknowledged."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and (code & 0xFF) in _FATAL


class ScopedConnection:
    """The connection as one use case may use it: only while it is being run."""

    __slots__ = ("_failure", "_is_open", "_raw")

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self._is_open = True
        self._failure: sqlite3.Error | None = None

    def close(self) -> None:
        """End every use. Raises EngineFailedError when the engine failed, even if the use case looked away."""
        self._is_open = False
        if self._failure is not None:
            raise EngineFailedError from self._failure

    async def rows(self, sql: LiteralString, *values: SqlValue) -> Sequence[SqlRow]:
        """Run a statement and give its rows."""
        try:
            return self._execute(sql, values).fetchall()
        except sqlite3.Error as error:
            self._judge(error)
            raise

    async def stream(self, sql: LiteralString, *values: SqlValue) -> AsyncIterator[SqlRow]:
        """Run a statement and give its rows one by one."""
        try:
            for row in self._execute(sql, values):
                if not self._is_open:
                    raise UnitOfWorkOverError
                yield row
        except sqlite3.Error as error:
            self._judge(error)
            raise

    async def row(self, sql: LiteralString, *values: SqlValue) -> SqlRow | None:
        """Run a statement and give its first row."""
        try:
            cursor = self._execute(sql, values)
            found: SqlRow | None = cursor.fetchone()
            cursor.close()  # a statement with rows left would hold up the commit
        except sqlite3.Error as error:
            self._judge(error)
            raise
        return found

    async def run(self, sql: LiteralString, *values: SqlValue) -> int:
        """Run a statement and give how many rows it changed."""
        try:
            return self._execute(sql, values).rowcount
        except sqlite3.Error as error:
            self._judge(error)
            raise

    def _execute(self, sql: str, values: tuple[SqlValue, ...]) -> sqlite3.Cursor:
        if not self._is_open:
            raise UnitOfWorkOverError
        return self._raw.execute(sql, dict(zip(_NAMES, values, strict=False)))

    def _judge(self, error: sqlite3.Error) -> None:
        if _is_fatal(error) or not self._raw.in_transaction:
            self._is_open = False
            self._failure = error
            raise EngineFailedError from error


def run_to_completion(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine to its end at once. Raises ForeignAwaitError when it suspends."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        value: _T = end.value
        return value
    try:
        coroutine.close()
    except Exception as error:  # whatever it did about being closed, it had awaited something foreign first
        raise ForeignAwaitError from error
    raise ForeignAwaitError
