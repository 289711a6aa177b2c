"""The single writer on real SQLite: full disks, other processes, and units of work that are over."""

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import aiosqlite
import pytest

from bot.domain.places import UnitCode
from bot.ports import StorageUnavailableError, UnitOfWork
from storage.sqlite.driver import UnitOfWorkOverError
from tests.contract.asking import Asked, do
from tests.storage.opening import database, look, open_storage


async def write(uow: UnitOfWork, name: str) -> None:
    """Write something."""
    await uow.aliases.add(name=name, unit=UnitCode("31135"), officer=None)


def test_the_protected_door_of_aiosqlite_is_still_there() -> None:
    """The writer reaches the database's thread through it: a new version must be looked at."""
    assert callable(aiosqlite.Connection._execute)


async def test_a_full_disk_fails_the_whole_group_and_acknowledges_none(tmp_path: Path) -> None:
    """The engine drops the transaction: whoever was released before the full page is gone too."""
    async with open_storage(tmp_path) as executor:
        await do(executor, lambda uow: write(uow, "trước"))
        pages = await executor._connection.execute_fetchall("PRAGMA page_count")
        await executor._connection.execute_fetchall(f"PRAGMA max_page_count = {next(iter(pages))[0] + 1}")
        small = [do(executor, lambda uow, n=n: write(uow, f"nhỏ {n}"), update=n) for n in range(5)]  # type: ignore[misc]  # n is bound on purpose
        big = do(executor, lambda uow: write(uow, "x" * 200_000), update=99)
        results = await asyncio.gather(*small, big, return_exceptions=True)
        assert all(isinstance(each, StorageUnavailableError) for each in results), results
        await executor._connection.execute_fetchall("PRAGMA max_page_count = 1000000")
        assert set(await do(executor, lambda uow: uow.aliases.all())) == {"trước"}
        await do(executor, lambda uow: write(uow, "sau"), update=99)
        assert set(await do(executor, lambda uow: uow.aliases.all())) == {"trước", "sau"}


async def test_a_use_case_that_swallows_a_full_disk_cannot_write_on_outside_the_transaction(tmp_path: Path) -> None:
    """After the engine gave up, statements would commit one by one."""
    async with open_storage(tmp_path) as executor:
        pages = await executor._connection.execute_fetchall("PRAGMA page_count")
        await executor._connection.execute_fetchall(f"PRAGMA max_page_count = {next(iter(pages))[0]}")

        async def swallow(uow: UnitOfWork) -> None:
            try:
                await write(uow, "x" * 200_000)
            except Exception:  # noqa: BLE001 - the very thing that must not help
                await write(uow, "trộm")

        with pytest.raises(StorageUnavailableError):
            await do(executor, swallow)
        await executor._connection.execute_fetchall("PRAGMA max_page_count = 1000000")
        assert await do(executor, lambda uow: uow.aliases.all()) == {}


async def test_a_unit_of_work_is_dead_after_its_use_case(tmp_path: Path) -> None:
    """A leaked one would write into a neighbour's savepoint."""
    leaked: list[UnitOfWork] = []

    async def leak(uow: UnitOfWork) -> None:
        leaked.append(uow)

    async def misuse(uow: UnitOfWork) -> None:
        await write(leaked[0], "lạc")

    async with open_storage(tmp_path) as executor:
        await do(executor, leak)
        with pytest.raises(UnitOfWorkOverError):
            await do(executor, misuse)
        assert await do(executor, lambda uow: uow.aliases.all()) == {}


async def test_two_use_cases_never_interleave(tmp_path: Path) -> None:
    """Savepoints are a stack: a neighbour's roll-back would take a released update with it."""
    running: list[int] = []

    async def alone(uow: UnitOfWork, number: int) -> None:
        assert running == []
        running.append(number)
        await write(uow, f"{number}")
        await uow.aliases.all()
        running.pop()
        if number % 3 == 0:
            raise ZeroDivisionError

    async with open_storage(tmp_path) as executor:
        jobs = [do(executor, lambda uow, n=n: alone(uow, n), update=n) for n in range(1, 200)]  # type: ignore[misc]  # n is bound on purpose
        results = await asyncio.gather(*jobs, return_exceptions=True)
        running.clear()
        assert sum(isinstance(each, ZeroDivisionError) for each in results) == 66
        kept = set(await do(executor, lambda uow: uow.aliases.all()))
        assert kept == {f"{n}" for n in range(1, 200) if n % 3}


@pytest.mark.slow
async def test_another_process_gets_its_turn(tmp_path: Path) -> None:
    """The operator's commands write while the bot works."""
    async with open_storage(tmp_path) as executor:
        other = (
            "import sqlite3, sys\n"
            "c = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)\n"
            "for n in range(20):\n"
            "    c.execute('BEGIN IMMEDIATE')\n"
            "    c.execute('INSERT INTO alert VALUES (?, ?, ?)', ('other', str(n), 'x'))\n"
            "    c.execute('COMMIT')\n"
        )
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", other, str(database(tmp_path)))
        number = 0
        while process.returncode is None and number < 200_000:
            await asyncio.gather(*(do(executor, lambda uow, n=number + i: write(uow, f"{n % 50}")) for i in range(50)))  # type: ignore[misc]  # n is bound on purpose
            number += 50
        assert await process.wait() == 0
    assert look(tmp_path, "SELECT COUNT(*) FROM alert") == [(20,)]


async def test_a_busy_database_fails_the_group_and_works_again_later(tmp_path: Path) -> None:
    """Nothing may be acknowledged while another process holds the file."""
    async with open_storage(tmp_path) as executor:
        await executor._connection.execute_fetchall("PRAGMA busy_timeout = 50")
        holder = sqlite3.connect(database(tmp_path), isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailableError):
            await do(executor, lambda uow: write(uow, "một"), update=1)
        holder.execute("ROLLBACK")
        holder.close()
        await do(executor, lambda uow: write(uow, "hai"), update=1)
        assert set(await do(executor, lambda uow: uow.aliases.all())) == {"hai"}


async def test_closing_finishes_what_waits_and_refuses_what_comes_after(tmp_path: Path) -> None:
    """A stop must not lose what was handed in."""
    async with open_storage(tmp_path) as executor:
        jobs = [asyncio.create_task(do(executor, lambda uow, n=n: write(uow, f"{n}"))) for n in range(300)]  # type: ignore[misc]  # n is bound on purpose
        await asyncio.sleep(0)
    await asyncio.gather(*jobs)
    with pytest.raises(StorageUnavailableError):
        await executor.run(_nothing, Asked())
    assert look(tmp_path, "SELECT COUNT(*) FROM alias") == [(300,)]


async def _nothing(uow: UnitOfWork, _: Asked) -> None:
    """Do nothing."""


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    """SIGKILL in the middle of many groups: every printed number is in the file."""
    script = Path(__file__).with_name("writer.py")
    process = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(400)]
    process.kill()
    told += process.stdout.read().split()
    process.stdout.close()
    process.wait()
    kept = {str(row[0]) for row in look(tmp_path, "SELECT name FROM alias")}
    complete = {line for line in told[:-1] if line}
    assert len(complete) >= 399
    assert complete <= kept
