"""The reader beside the writer of one database: neither waits for the other, and nothing is changed by looking."""

import asyncio
from pathlib import Path

import pytest

import storage
from bot.ports import Chore, UnitOfWork
from storage import SqliteReader
from storage.errors import FileUnusableError, NewerSchemaError, OlderSchemaError
from storage.sqlite.migrate import schema
from tests.contract.asking import BOT, do
from tests.contract.samples import add_tip
from tests.memory.fakes import CountingIds, FixedClock
from tests.storage.opening import database, look, open_storage


def reader_of(folder: Path) -> SqliteReader:
    """Open the database of a folder for reading."""
    clock, ids = FixedClock(), CountingIds()
    return storage.open_reader(database(folder), keys=folder / "keys", bot_id=BOT, clock=clock, ids=ids)


async def test_use_cases_are_stored_while_somebody_reads_and_the_reading_stays_at_its_moment(tmp_path: Path) -> None:
    """A check of a million tips takes a minute, and no receipt may come a minute late for it."""
    loop = asyncio.get_running_loop()
    async with open_storage(tmp_path) as executor:
        for _ in range(3):
            await do(executor, add_tip)

        async def read(uow: UnitOfWork, _: Chore) -> int:
            seen = 0
            async for _tip in uow.tips.every():
                seen += 1
                # The reading stands still here, half done, until a use case has been stored: were it to wait, for ever.
                asyncio.run_coroutine_threadsafe(do(executor, add_tip), loop).result(20)
            return seen

        assert await reader_of(tmp_path).read(read, Chore()) == 3
        assert look(tmp_path, "SELECT COUNT(*) FROM tip") == [(6,)]


async def test_the_log_of_writes_can_be_emptied_between_two_readings(tmp_path: Path) -> None:
    """It holds what was deleted: a reader that stays open would keep it."""

    async def read(uow: UnitOfWork, _: Chore) -> int:
        return len(await uow.officers.everyone())

    async with open_storage(tmp_path) as executor:
        await do(executor, add_tip)
        reader = reader_of(tmp_path)
        await reader.read(read, Chore())
        assert look(tmp_path, "PRAGMA wal_checkpoint(TRUNCATE)") == [(0, 0, 0)]


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [(1, NewerSchemaError, "Run the newer program"), (-1, OlderSchemaError, "until 1.0 there is no upgrade")],
)
async def test_a_database_of_another_schema_is_refused_and_left_as_it_is(
    tmp_path: Path, change: int, error: type[Exception], sentence: str
) -> None:
    """A newer program's check, typed beside the bot that still runs, must not change what that bot works on."""
    async with open_storage(tmp_path):
        pass
    number = schema()[0] + change
    look(tmp_path, f"PRAGMA user_version = {number}")
    before = database(tmp_path).read_bytes()
    with pytest.raises(error, match=sentence):
        reader_of(tmp_path)
    assert database(tmp_path).read_bytes() == before


async def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    """A wrong folder of data would get an empty database, and be called whole."""
    storage.make_keys(tmp_path / "keys", now=FixedClock().now())
    with pytest.raises(FileUnusableError, match="no database yet"):
        reader_of(tmp_path)
    assert not database(tmp_path).parent.exists()
