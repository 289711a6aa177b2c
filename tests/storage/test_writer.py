"""The writer when the engine, a neighbour or a caller misbehaves; on real SQLite, where transactions can be lost."""

import asyncio
import logging
import sqlite3
from pathlib import Path
from typing import Any

import pytest

import storage.sqlite.writer
from bot.domain.ids import OfficerNumber
from bot.domain.outgoing import Urgency
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.ports import HandedOver, LostTrack, StorageUnavailableError, Trouble, UnitOfWork
from storage import SqliteWriter
from storage.sqlite.driver import EngineFailedError, UnitOfWorkOverError
from tests.contract.asking import Asked, do
from tests.contract.repositories.test_outbox import message
from tests.storage.opening import database, open_storage

WARD = UnitCode("31135")


async def write(uow: UnitOfWork, name: str) -> None:
    """Write something."""
    await uow.aliases.add(name=name, unit=WARD, officer=None)


async def fill_disk(executor: SqliteWriter) -> None:
    """Let the file grow no more: SQLite then fails as it does on a full disk."""
    ((pages,),) = await executor._connection.execute_fetchall("PRAGMA page_count")
    await executor._connection.execute_fetchall(f"PRAGMA max_page_count = {pages}")


async def free_disk(executor: SqliteWriter) -> None:
    """Let it grow again."""
    await executor._connection.execute_fetchall("PRAGMA max_page_count = 1000000")


async def names(executor: SqliteWriter) -> set[str]:
    """Look at what was written."""
    return set(await do(executor, lambda uow: uow.aliases.all()))


async def too_big(uow: UnitOfWork) -> None:
    """Write what a full disk does not take."""
    await write(uow, "x" * 200_000)


async def test_nobody_after_a_lost_transaction_is_stored_by_himself(tmp_path: Path) -> None:
    """A savepoint outside a transaction begins one, and its release commits it: stored, but told it was not."""

    async def swallow(uow: UnitOfWork) -> None:
        try:
            await too_big(uow)
        except EngineFailedError:
            await write(uow, "trộm")

    async with open_storage(tmp_path) as executor:
        await do(executor, lambda uow: write(uow, "trước"))
        await fill_disk(executor)
        results = await asyncio.gather(
            do(executor, lambda uow: write(uow, "đầu"), update=1),
            do(executor, swallow, update=2),
            do(executor, lambda uow: write(uow, "sau"), update=3),
            return_exceptions=True,
        )
        assert [type(each) for each in results] == [StorageUnavailableError] * 3
        await free_disk(executor)
        assert await names(executor) == {"trước"}


async def test_an_engine_failure_that_a_use_case_swallows_gives_up_the_group(tmp_path: Path) -> None:
    """Part of what it did is missing: it may not be acknowledged as if it were whole."""

    async def swallow(uow: UnitOfWork) -> None:
        await write(uow, "nửa")
        executor._connection._conn.execute("PRAGMA query_only = ON")
        try:
            await write(uow, "nửa kia")
        except EngineFailedError:
            return

    async with open_storage(tmp_path) as executor:
        with pytest.raises(StorageUnavailableError):
            await do(executor, swallow)
        await executor._connection.execute_fetchall("PRAGMA query_only = OFF")
        assert await names(executor) == set()


async def test_every_member_gets_an_error_of_its_own_with_the_cause(tmp_path: Path) -> None:
    """One error raised in many tasks collects all their tracebacks."""
    async with open_storage(tmp_path) as executor:
        await fill_disk(executor)
        results: Any = await asyncio.gather(do(executor, too_big), do(executor, too_big), return_exceptions=True)
        assert results[0] is not results[1]
        assert results[0].trouble is results[1].trouble is Trouble.UNWRITABLE
        assert isinstance(results[0].__cause__, EngineFailedError)


async def test_a_commit_that_fails_acknowledges_none(tmp_path: Path) -> None:
    """Until COMMIT returns, nothing has happened and nothing is handed over; whoever sends looks into the tables."""
    async with open_storage(tmp_path) as executor:
        raw = executor._connection._conn

        async def sabotage(uow: UnitOfWork) -> None:
            await write(uow, "một")
            raw.execute("PRAGMA defer_foreign_keys = ON")
            raw.execute("CREATE TABLE child (parent BIGINT REFERENCES officer (number))")
            raw.execute("INSERT INTO child VALUES (77)")

        heard: list[HandedOver] = []
        executor.hand_over_to(heard.extend)
        results = await asyncio.gather(
            do(executor, sabotage, update=1),
            do(executor, lambda uow: uow.outbox.put(message("hai", Urgency.REPLY)), update=2),
            return_exceptions=True,
        )
        assert all(isinstance(each, StorageUnavailableError) for each in results)
        assert heard == [LostTrack()]
        assert await names(executor) == set()


async def test_a_broken_rule_of_the_schema_is_its_use_cases_own_failure(tmp_path: Path) -> None:
    """A bug in one use case must not delay everybody's tips."""

    async def twice(uow: UnitOfWork) -> OfficerNumber:
        for _ in range(2):
            await uow.officers.enrol(role=Role.OFFICER, unit=WARD, chat=_chat(), person="Hùng", inviter=None)
        raise AssertionError

    async with open_storage(tmp_path) as executor:
        results: Any = await asyncio.gather(
            do(executor, lambda uow: write(uow, "trước")),
            do(executor, twice),
            do(executor, lambda uow: write(uow, "sau")),
            return_exceptions=True,
        )
        assert isinstance(results[1], sqlite3.IntegrityError)
        assert await names(executor) == {"trước", "sau"}
        assert await do(executor, lambda uow: uow.officers.everyone()) == []


async def test_a_wrong_statement_is_its_use_cases_own_failure(tmp_path: Path) -> None:
    """Only what the engine says about itself is everybody's."""

    async def stray(uow: UnitOfWork) -> None:
        executor._connection._conn.execute("SELECT * FROM nowhere")

    async with open_storage(tmp_path) as executor:
        results = await asyncio.gather(
            do(executor, stray), do(executor, lambda uow: write(uow, "sau")), return_exceptions=True
        )
        assert isinstance(results[0], sqlite3.OperationalError)
        assert await names(executor) == {"sau"}


async def test_a_coroutine_that_was_not_awaited_cannot_be_run_later(tmp_path: Path) -> None:
    """It would write into a neighbour's savepoint."""
    kept: list[Any] = []

    async def forget(uow: UnitOfWork) -> None:
        kept.append(write(uow, "lạc"))

    async def find(uow: UnitOfWork) -> None:
        await kept.pop()

    async with open_storage(tmp_path) as executor:
        await do(executor, forget)
        with pytest.raises(UnitOfWorkOverError):
            await do(executor, find)
        assert await names(executor) == set()


async def test_giving_up_on_closing_cuts_no_group_off(tmp_path: Path) -> None:
    """Whoever was handed in before is stored, or told that it was not."""
    async with open_storage(tmp_path) as executor:
        jobs = [asyncio.create_task(do(executor, lambda uow, n=n: write(uow, f"{n}"))) for n in range(300)]  # type: ignore[misc]  # n is bound on purpose
        await asyncio.sleep(0)
        closing = asyncio.create_task(executor.close())
        await asyncio.sleep(0)
        closing.cancel()
        results = await asyncio.gather(*jobs, return_exceptions=True)
        assert results == [None] * 300


async def test_a_writer_that_was_ended_leaves_nobody_waiting(tmp_path: Path) -> None:
    """A caller that waits forever is an update that is never tried again."""
    opening = open_storage(tmp_path)
    executor = await opening.__aenter__()
    jobs = [asyncio.create_task(do(executor, lambda uow, n=n: write(uow, f"{n}"))) for n in range(300)]  # type: ignore[misc]  # n is bound on purpose
    await asyncio.sleep(0)
    executor._writer.cancel()
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert {type(each) for each in results} == {StorageUnavailableError}
    with pytest.raises(StorageUnavailableError):
        await executor.run(_nothing, Asked())
    with pytest.raises(asyncio.CancelledError):
        await opening.__aexit__(None, None, None)


async def test_under_a_load_that_never_ends_another_writer_gets_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Callers that ask again at once leave the writer no idle moment: it has to make one."""
    monkeypatch.setattr(storage.sqlite.writer, "WRITES_FOR", 0.0)
    is_over = False

    async def ask_on(executor: SqliteWriter, lane: int) -> None:
        while not is_over:
            await do(executor, lambda uow: write(uow, f"{lane}"))

    async with open_storage(tmp_path) as executor:
        lanes = [asyncio.create_task(ask_on(executor, lane)) for lane in range(16)]
        for number in range(10):
            await asyncio.to_thread(_write_from_outside, database(tmp_path), f"ngoài {number}")
        is_over = True
        await asyncio.gather(*lanes)
        assert {f"ngoài {number}" for number in range(10)} < await names(executor)


def _write_from_outside(path: Path, name: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO alias (name, unit) VALUES (?, '31135')", (name,))
        connection.execute("COMMIT")
    finally:
        connection.close()


async def _nothing(uow: UnitOfWork, _: Asked) -> None:
    """Do nothing."""


async def test_the_libraries_log_no_commands(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG aiosqlite writes down what it is handed, and a command holds words and a chat."""
    caplog.set_level(logging.DEBUG)

    class Told(Asked):
        def __repr__(self) -> str:
            return "hút chích ở hẻm 5"

    async with open_storage(tmp_path) as executor:
        await executor.run(_nothing, Told())
    assert "aiosqlite" in {record.name for record in caplog.records}
    assert "hút chích" not in caplog.text


async def test_the_log_ahead_is_emptied_at_a_quiet_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was deleted would stay there, sealed, for as long as the bot is quiet."""
    monkeypatch.setattr(storage.sqlite.writer, "TRUNCATES_EVERY", 0.0)
    async with open_storage(tmp_path) as executor:
        await do(executor, lambda uow: write(uow, "một"))
        await executor.run(_nothing, Asked())
        path = database(tmp_path)
        assert path.with_name(f"{path.name}-wal").stat().st_size == 0


def _chat() -> Any:
    return 7345678912345
