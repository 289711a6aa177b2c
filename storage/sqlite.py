"""The SQLite engine: how the file is opened, how statements are bound, and how a use case is driven.

Storage methods are `async def` but never suspend here, so a use case can be run to its end with one `send` on the
database's own thread. If it suspends, it awaited something that is not the database, and is refused.
"""

import sqlite3
from collections.abc import Coroutine, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, LiteralString, TypeVar

import aiosqlite

from bot.ports import ForeignAwaitError, StorageUnavailableError
from storage.connection import Row, Value

T = TypeVar("T")

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


class ClosedGateError(Exception):
    """A unit of work was used after its use case had ended."""


async def open_sqlite(path: Path) -> aiosqlite.Connection:
    """Open the file for work, with full durability. Raises StorageUnavailableError."""
    connection = await aiosqlite.connect(path, isolation_level=None, timeout=BUSY_SECONDS, cached_statements=512)
    try:
        connection.row_factory = sqlite3.Row
        for pragma in _PRAGMAS:
            await connection.execute_fetchall(pragma)
    except sqlite3.Error as error:
        await connection.close()
        raise StorageUnavailableError from error
    return connection


def is_fatal(error: sqlite3.Error) -> bool:
    """Say whether an error is the engine's, so that nothing of the group may be acknowledged."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and (code & 0xFF) in _FATAL


class Gate:
    """The connection as one use case may use it: only while it is being driven."""

    __slots__ = ("_raw", "is_open")

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self.is_open = True

    def _execute(self, sql: str, values: tuple[Value, ...]) -> sqlite3.Cursor:
        if not self.is_open:
            raise ClosedGateError
        try:
            return self._raw.execute(sql, dict(zip(_NAMES, values, strict=False)))
        except sqlite3.Error as error:
            if is_fatal(error) or not self._raw.in_transaction:
                self.is_open = False
                raise EngineFailedError from error
            raise

    async def rows(self, sql: LiteralString, *values: Value) -> Sequence[Row]:
        """Run a statement and give its rows."""
        with closing(self._execute(sql, values)) as cursor:
            return cursor.fetchall()

    async def row(self, sql: LiteralString, *values: Value) -> Row | None:
        """Run a statement and give its first row."""
        with closing(self._execute(sql, values)) as cursor:
            found: Row | None = cursor.fetchone()
            return found

    async def run(self, sql: LiteralString, *values: Value) -> int:
        """Run a statement and give how many rows it changed."""
        return self._execute(sql, values).rowcount


def drive(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end at once. Raises ForeignAwaitError when it suspends."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        value: T = end.value
        return value
    try:
        coroutine.close()
    except RuntimeError as error:
        raise ForeignAwaitError from error
    raise ForeignAwaitError
