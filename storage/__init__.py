"""Where everything is kept: `open_storage` opens the database of one bot and gives what runs use cases on it."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import LiteralString

import aiosqlite

from bot.ports import Clock, Ids, OnRefusal
from storage.crypto.keyring import KeyRing
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault, new_data_key, unwrap, wrap
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
from storage.sqlite.driver import open_sqlite
from storage.sqlite.integrity import examine_file
from storage.sqlite.migrate import migrate
from storage.sqlite.run_lock import run_alone
from storage.sqlite.writer import SqliteWriter

__all__ = [
    "FileUnusableError",
    "KeyFolderError",
    "KeyRing",
    "NewerSchemaError",
    "OlderSchemaError",
    "SealBrokenError",
    "SqliteWriter",
    "StorageError",
    "WrongKeyError",
    "examine_file",
    "make_keys",
    "open_storage",
    "run_alone",
]

_ADD: LiteralString = """
    INSERT INTO data_key (epoch, purpose, wrapped)
    VALUES ($1, $2, $3)
    ON CONFLICT (epoch, purpose) DO NOTHING
"""
_ALL: LiteralString = "SELECT epoch, purpose, wrapped FROM data_key"
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
            path.stat()
        except FileNotFoundError:
            raise FileUnusableError(
                f"There is no database yet at {path}: the bot makes it when it first runs. "
                "If there should be one, NGUONTIN_DATA names another folder, or it must be restored from its backup."
            ) from None


@asynccontextmanager
async def open_storage(
    path: Path, *, keys: Path, bot_id: int, clock: Clock, ids: Ids, on_refusal: OnRefusal, may_make: bool = True
) -> AsyncIterator[SqliteWriter]:
    """Open a bot's database, brought to the present schema and made where that is allowed, until the block ends.

    Raises StorageError with what to do when keys and database do not fit together, StorageUnavailableError when
    the file cannot be opened.
    """
    ring = _load_keys(keys, database=path)
    if not may_make:
        _must_be_there(path)
    migrate(path)
    with saying_what_is_wrong(path):
        connection = await open_sqlite(path)
    try:
        with saying_what_is_wrong(path):
            vault = Vault(ring, await _data_keys(connection, ring))
        executor = SqliteWriter(connection, vault=vault, bot_id=bot_id, clock=clock, ids=ids, on_refusal=on_refusal)
        try:
            yield executor
        finally:
            await executor.close()
            with suppress(sqlite3.Error):  # a disk that is full says so by what was asked of it; the next end folds it
                await connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        await connection.close()


async def _data_keys(connection: aiosqlite.Connection, ring: KeyRing) -> dict[tuple[int, str], bytes]:
    """Unwrap the data keys; make those that the present month and year lack. Raises WrongKeyError."""
    wanted = dict.fromkeys(
        (ring.epoch if column.span == "month" else ring.year, column.purpose) for column in SealedColumn
    )
    known = {(row["epoch"], row["purpose"]) for row in await connection.execute_fetchall(_ALL)}
    for epoch, purpose in wanted:
        if (epoch, purpose) not in known:
            wrapped = wrap(new_data_key(), by=ring.keys[epoch], epoch=epoch, purpose=purpose)
            await connection.execute_fetchall(_ADD, {"1": epoch, "2": purpose, "3": wrapped})
    found: dict[tuple[int, str], bytes] = {}
    for row in await connection.execute_fetchall(_ALL):
        epoch, purpose = row["epoch"], row["purpose"]
        if epoch not in ring.keys:
            raise WrongKeyError(
                f"This database was sealed with the key of {epoch}, which is not in the key folder. "
                "Restore the right key folder from its backup; do not make new keys."
            )
        found[epoch, purpose] = unwrap(row["wrapped"], by=ring.keys[epoch], epoch=epoch, purpose=purpose)
    return found
