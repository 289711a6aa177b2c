"""What the operator is told when the disk is full, a page is destroyed, or a second bot is started: one sentence."""

import asyncio
import os
import shutil
import sqlite3
import sys
from asyncio.subprocess import PIPE
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from bot.cli.stage import TOKEN, Stage, StageError
from bot.ports import AuditRow
from tests.contract.asking import do
from tests.e2e.stories import FAST, PATIENCE
from tests.memory.fakes import FixedClock
from tests.storage.opening import database, open_storage
from tests.storage.test_damage import PAGE, fill_all, overwrite, pages_of

pytestmark = pytest.mark.slow

_LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
runpy.run_module("bot", run_name="__main__")
"""
"""Runs a command whose files cannot grow beyond a size: its writes then fail as on a full disk."""


@dataclass(frozen=True)
class Finished:
    """How a command ended."""

    code: int | None
    out: str
    err: str


def environment(folder: Path) -> dict[str, str]:
    """Give the settings of a bot whose books lie in a folder; nobody answers at its Bot API server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NGUONTIN_")}
    return {
        **kept,
        "PYTHONUTF8": "1",
        "NGUONTIN_TOKEN": TOKEN,
        "NGUONTIN_API_URL": "http://127.0.0.1:9",
        "NGUONTIN_DATA": str(folder / "data"),
        "NGUONTIN_KEYS": str(folder / "keys"),
    }


async def command(folder: Path, *arguments: str, room: int | None = None) -> Finished:
    """Run a command to its end, perhaps where files can grow no more."""
    placement = ("-m", "bot") if room is None else ("-c", _LIMITED, str(room))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *placement, *arguments, env=environment(folder), stdout=PIPE, stderr=PIPE
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
    return Finished(process.returncode, out.decode(), err.decode())


@pytest.fixture(autouse=True)
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files cannot grow, the measuring of coverage cannot write either, and would say so among the rest."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose database has rows in its tables."""
    folder = tmp_path_factory.mktemp("filled")
    asyncio.run(fill_all(folder))
    return folder


@pytest.fixture
def books(filled: Path, tmp_path: Path) -> Path:
    """A copy of it, which nobody uses."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    return tmp_path


# --- a full disk ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "room"), [(name, room) for name in ("run", "check", "recount") for room in (0, PAGE)])
async def test_on_a_full_disk_a_command_ends_with_a_sentence(books: Path, name: str, room: int) -> None:
    """At three in the morning a traceback says nothing, and free room is all that is needed."""
    ended = await command(books, name, room=room)
    assert ended.code not in {0, None}, ended
    assert "Traceback" not in ended.err + ended.out
    assert len(ended.err.strip().splitlines()) == 1, ended.err
    assert "đĩa đầy" in ended.err
    assert (await command(books, "check")).code == 0


async def test_a_disk_that_fills_up_beside_a_running_bot_is_named_too(books: Path) -> None:
    """The file can be opened, and what is written to it fails; closing it must not hide that behind an error."""
    neighbour = sqlite3.connect(database(books))
    try:
        neighbour.execute("SELECT COUNT(*) FROM tip").fetchone()
        ended = await command(books, "check", room=0)
    finally:
        neighbour.close()
    assert ended.code == 1
    assert len(ended.err.strip().splitlines()) == 1, ended.err
    assert "đĩa đầy" in ended.err


# --- a destroyed page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["tip", "data_key"])
async def test_a_check_of_a_damaged_database_says_where_to_go_from_there(books: Path, table: str) -> None:
    """In the real process: one sentence, that it is damage, and that a copy is what helps."""
    overwrite(database(books), pages_of(books, table)[0], bytes(PAGE))
    ended = await command(books, "check")
    assert ended.code not in {0, None}
    assert f"bị hỏng ở bảng {table}" in ended.err
    assert "bản sao" in ended.err
    assert len(ended.err.strip().splitlines()) == 1
    assert "nguyên vẹn" not in ended.out


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("UPDATE tip SET route = x'01' WHERE route IS NOT NULL", "ở bảng tip"),
        ("UPDATE decision SET evidence = x'01' WHERE evidence IS NOT NULL", "ở bảng decision"),
        ("INSERT INTO audit VALUES (9999, 9999999999999, 'a', NULL, '', NULL, x'00')", "ĐỨT tại dòng 9999"),
        ("PRAGMA user_version = 2", "until 1.0 there is no upgrade"),
    ],
)
def test_what_is_wrong_is_said_and_is_no_success(
    books: Path, monkeypatch: pytest.MonkeyPatch, spoil: str, words: str
) -> None:
    """A script that asks whether the books are in order looks at the exit status; a person, for what to do."""
    ended = operate(books, monkeypatch, "check", spoil=spoil)
    assert ended.exit_code == 1
    assert words in ended.output
    assert "nguyên vẹn" not in ended.output


def operate(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str, spoil: str) -> Result:
    """Change the file as no use case does, and run a command in this process."""
    for name, value in environment(folder).items():
        monkeypatch.setenv(name, value)
    connection = sqlite3.connect(database(folder), isolation_level=None)
    connection.execute(spoil)
    connection.close()
    return CliRunner().invoke(app, arguments)


def test_a_clock_behind_the_books_is_said(books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a clock that runs slow, or ran fast, what people were promised comes late or too early."""

    async def write_in_the_future() -> None:
        clock = FixedClock()
        clock.advance(days=30_000)
        async with open_storage(books, clock=clock) as executor:
            await do(executor, lambda uow: uow.audit.append(AuditRow(action="tip.opened")))

    asyncio.run(write_in_the_future())
    ended = operate(books, monkeypatch, "check", spoil="ANALYZE")
    assert ended.exit_code == 1
    assert "Giờ của máy này chậm" in ended.output


def test_a_recount_names_sums_of_every_kind_and_mends_them(books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Months and years are read from rows of their own."""
    operate(books, monkeypatch, "recount", "--mend", spoil="DELETE FROM counter WHERE name = 'mend'")
    spoilt = "INSERT INTO rollup_category VALUES ('1999-01', '31135', 'drugs', 'received_bot', 3)"
    ended = operate(books, monkeypatch, "recount", spoil=spoilt)
    assert ended.exit_code == 1
    assert "1999-01 31135 received_bot drugs: -3" in ended.output
    assert operate(books, monkeypatch, "recount", "--mend", spoil="ANALYZE").exit_code == 0
    assert "Khớp" in operate(books, monkeypatch, "recount", spoil="ANALYZE").output


def test_a_file_that_another_program_keeps_to_itself_is_said(books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever copies or mends the file with a tool of their own."""
    assert operate(books, monkeypatch, "check", spoil="ANALYZE").exit_code == 0
    other = sqlite3.connect(database(books), isolation_level=None)
    try:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        ended = CliRunner().invoke(app, ["check"])
    finally:
        other.close()
    assert ended.exit_code == 1
    assert "Một chương trình khác" in ended.output


# --- a second bot -----------------------------------------------------------------------------------------------------


async def test_a_second_bot_on_one_database_is_refused_and_nobody_else(tmp_path: Path) -> None:
    """Two bots would take each other's updates away; the operator's commands belong beside a running one."""
    async with Stage(tmp_path / "stage", settings=FAST) as stage:
        lan = await stage.client.person("Lan", title="Lan")
        await lan.say("/trogiup")
        await lan.wait_for("như kể với hàng xóm", timeout=PATIENCE)
        with pytest.raises(StageError, match="đang chạy") as refused:
            await stage.operate("run")
        assert "Traceback" not in str(refused.value)
        for arguments in (("check",), ("recount",), ("invite", "--role", "admin"), ("digest",)):
            await stage.operate(*arguments)
        await lan.say("/riengtu")
        await lan.wait_for("Công an không biết", timeout=PATIENCE)


async def test_a_bot_that_was_killed_stands_in_nobodys_way(tmp_path: Path) -> None:
    """What must be cleared away by hand after a power cut would keep a city's bot down."""
    async with Stage(tmp_path / "stage", settings=FAST) as stage:
        lan = await stage.client.person("Lan", title="Lan")
        await lan.say("/trogiup")
        await lan.wait_for("như kể với hàng xóm", timeout=PATIENCE)
        await stage.kill_bot()
        await stage.start_bot()
        await lan.say("/riengtu")
        await lan.wait_for("Công an không biết", timeout=PATIENCE)
