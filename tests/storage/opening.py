"""Opening a real database in a folder of the test."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import storage
from bot.services.session import answer_refusal
from storage import SqliteWriter
from tests.contract.asking import BOT
from tests.memory.fakes import CountingIds, FixedClock


@asynccontextmanager
async def open_storage(
    folder: Path, *, clock: FixedClock | None = None, is_alone: bool = False
) -> AsyncIterator[SqliteWriter]:
    """Open the database of a folder, making keys when there are none."""
    clock = clock or FixedClock()
    keys = folder / "keys"
    if not keys.exists():
        storage.make_keys(keys, now=clock.now())
    async with storage.open_storage(
        database(folder),
        keys=keys,
        bot_id=BOT,
        clock=clock,
        ids=CountingIds(),
        on_refusal=answer_refusal,
        is_alone=is_alone,
    ) as executor:
        yield executor


def database(folder: Path) -> Path:
    """Give the file."""
    return folder / "data" / "nguontin.db"


def look(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """Read or change the file from outside."""
    connection = sqlite3.connect(database(folder), isolation_level=None)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
