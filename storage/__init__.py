"""Where everything is kept: `open_storage` opens the database of one bot and gives what runs use cases on it.

`open_reader` gives what only reads, beside it.
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import datetime
from pathlib import Path

import aiosqlite

from bot.ports import Clock, Ids, OnRefusal
from storage.crypto import data_keys
from storage.crypto.keyring import KeyRing
from storage.crypto.vault import Vault
from storage.errors import (
    FileUnusableError,
    KeyFolderError,
    KeysMissingError,
    NewerSchemaError,
    OlderSchemaError,
    SealBrokenError,
    StorageError,
    WrongKeyError,
    saying_what_is_wrong,
)
from storage.sqlite.driver import open_sqlite, open_to_read
from storage.sqlite.integrity import broken_seals, examine_file, must_be_writable
from storage.sqlite.migrate import migrate, must_be_present
from storage.sqlite.reader import SqliteReader
from storage.sqlite.run_lock import run_alone
from storage.sqlite.writer import SqliteWriter

__all__ = [
    "FileUnusableError",
    "KeyFolderError",
    "KeyRing",
    "NewerSchemaError",
    "OlderSchemaError",
    "SealBrokenError",
    "SqliteReader",
    "SqliteWriter",
    "StorageError",
    "WrongKeyError",
    "broken_seals",
    "examine_file",
    "make_keys",
    "must_be_writable",
    "open_reader",
    "open_storage",
    "run_alone",
]

_RESTORE = (
    "There is a database already, {database}, and only the keys it was written with can open it. "
    "Restore the key folder from its backup; do not make new keys."
)


def make_keys(folder: Path, *, now: datetime, database: Path | None = None) -> KeyRing:
    """Make the first keys in a folder. Raises KeyFolderError when there are some, or a database that needs others."""
    if database is not None and database.exists():
        raise KeyFolderError(_RESTORE.format(database=database))
    return KeyRing.create(folder, now=now)


def _load_keys(folder: Path, *, database: Path) -> KeyRing:
    try:
        return KeyRing.load(folder)
    except KeysMissingError as error:
        if database.exists():
            raise KeysMissingError(f"{_RESTORE.format(database=database)} ({folder})") from error
        raise


def _must_be_there(path: Path) -> None:
    """Raise FileUnusableError for a database that was never made, or lies elsewhere."""
    with saying_what_is_wrong(path):
        try:
            is_there = path.stat().st_size > 0
        except FileNotFoundError:
            is_there = False
        if not is_there:
            raise FileUnusableError(
                f"There is no database yet at {path}: the bot makes it when it first runs. "
                "If there should be one, NGUONTIN_DATA names another folder, or it must be restored from its backup."
            )


@asynccontextmanager
async def open_storage(
    path: Path,
    *,
    keys: Path,
    bot_id: int,
    clock: Clock,
    ids: Ids,
    on_refusal: OnRefusal,
    may_make: bool = True,
    is_alone: bool = False,
) -> AsyncIterator[SqliteWriter]:
    """Open a bot's database for use cases until the block ends; made, where that is allowed and there is none.

    Args:
        path: The file.
        keys: The folder of the keys.
        bot_id: Whose updates and chats these are.
        clock: Tells each use case the time.
        ids: Makes codes, tokens and the like.
        on_refusal: Answers a refused command.
        may_make: Whether one that is not there may be made.
        is_alone: Whether no other process can have it open (`run_alone`): only then an older one is brought to the
            present schema, and data keys that nothing needs any more are forgotten.

    Raises:
        StorageError: Keys, database and program do not fit together; the text says what to do.
        StorageUnavailableError: The file cannot be opened.
    """
    ring = _load_keys(keys, database=path)
    if not may_make:
        _must_be_there(path)
    migrate(path, may_change=is_alone)
    with saying_what_is_wrong(path):
        connection = await open_sqlite(path)
    try:
        with saying_what_is_wrong(path):
            if is_alone:
                await _forget_data_keys(connection, ring)
            vault = Vault(ring, await _open_data_keys(connection, ring))
        executor = SqliteWriter(connection, vault=vault, bot_id=bot_id, clock=clock, ids=ids, on_refusal=on_refusal)
        try:
            yield executor
        finally:
            await executor.close()
            with suppress(sqlite3.Error):  # a disk that is full says so by what was asked of it; the next end folds it
                await connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        await connection.close()


def open_reader(path: Path, *, keys: Path, bot_id: int, clock: Clock, ids: Ids) -> SqliteReader:
    """Open a bot's database for reading alone, beside whoever uses it; nothing is written to it, nor waited for.

    Raises StorageError when keys, database and program do not fit together, or there is none;
    StorageUnavailableError when the file cannot be read.
    """
    ring = _load_keys(keys, database=path)
    _must_be_there(path)
    with saying_what_is_wrong(path), closing(open_to_read(path)) as connection:
        must_be_present(path, connection)
        vault = Vault(ring, data_keys.opened(connection.execute(data_keys.ALL), ring))
    return SqliteReader(path, vault, bot_id, clock, ids)


async def _open_data_keys(connection: aiosqlite.Connection, ring: KeyRing) -> dict[data_keys.Name, bytes]:
    """Unwrap the data keys, and make those that the present month and year lack."""
    known = data_keys.opened(await connection.execute_fetchall(data_keys.ALL), ring)
    missing = [name for name in data_keys.names(ring) if name not in known]
    for epoch, purpose in missing:
        wrapped = data_keys.make((epoch, purpose), ring)
        await connection.execute_fetchall(data_keys.ADD, {"1": epoch, "2": purpose, "3": wrapped})
    if missing:  # another process may have made them first
        known = data_keys.opened(await connection.execute_fetchall(data_keys.ALL), ring)
    return known


async def _forget_data_keys(connection: aiosqlite.Connection, ring: KeyRing) -> None:
    """Forget the data keys of other months and years with which nothing is sealed any more."""
    for row in await connection.execute_fetchall(data_keys.ALL):
        name = (row["epoch"], row["purpose"])
        if name in data_keys.names(ring) or name[0] not in ring.keys:
            continue
        for sql, beginning in data_keys.needing(name):
            if list(await connection.execute_fetchall(sql, {"1": beginning})):
                break
        else:
            await connection.execute_fetchall(data_keys.FORGET, {"1": name[0], "2": name[1]})
