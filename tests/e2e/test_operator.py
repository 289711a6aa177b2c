"""The operator at the command line: every mistake gets a sentence and an exit status, without Telegram too."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from storage import make_keys

pytestmark = pytest.mark.slow

TOKEN = "4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105 - opens nothing
UNREACHABLE = "http://127.0.0.1:9"
"""Nothing listens there."""


async def nguontin(folder: Path, *arguments: str, **settings: str) -> tuple[int, str]:
    """Run a command in a folder of its own; give its exit status and all it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NGUONTIN_")}
    given = {
        "NGUONTIN_TOKEN": TOKEN,
        "NGUONTIN_API_URL": UNREACHABLE,
        "NGUONTIN_DATA": str(folder / "data"),
        "NGUONTIN_KEYS": str(folder / "keys"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONUTF8": "1",
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        env={**kept, **{name: value for name, value in given.items() if value}},
        cwd=folder,
        stdout=PIPE,
        stderr=STDOUT,
    )
    output, _ = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode or 0, output.decode()


def names_in(folder: Path) -> list[str]:
    """Name what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with keys."""
    make_keys(tmp_path / "keys", database=tmp_path / "data" / "nguontin.db", now=datetime.now(UTC))
    return tmp_path


@pytest_asyncio.fixture
async def city(folder: Path) -> Path:
    """A folder with keys and a database."""
    assert (await nguontin(folder, "invite", "--role", "admin"))[0] == 0
    return folder


async def test_an_invitation_needs_no_telegram(city: Path) -> None:
    """It is blocked at times; the invited person then types what the link would have said."""
    code, said = await nguontin(city, "invite", "--role", "admin")
    assert code == 0
    assert "/start i" in said
    assert "t.me" not in said
    assert "không trả lời" in said


async def test_an_invitation_tells_a_refused_token_from_silence(folder: Path) -> None:
    """The one is mended in the settings, the other by waiting."""
    sandbox = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.sandbox", "--port", "0", "--token", "1:another"), stdout=PIPE
    )
    assert sandbox.stdout is not None
    try:
        url = json.loads(await asyncio.wait_for(sandbox.stdout.readline(), 60))["url"]
        code, said = await nguontin(folder, "invite", "--role", "admin", NGUONTIN_API_URL=url)
    finally:
        sandbox.terminate()
        await sandbox.wait()
    assert code == 0
    assert "không nhận NGUONTIN_TOKEN" in said
    assert "không trả lời" not in said
    assert "/start i" in said


@pytest.mark.parametrize("role", ["officer", "commander"])
async def test_whoever_works_in_a_unit_is_invited_into_one_by_name(folder: Path, role: str) -> None:
    """Left out, it would be the whole city, and every tip that nobody else holds."""
    code, said = await nguontin(folder, "invite", "--role", role)
    assert code == 1
    assert "--unit 31135" in said
    assert "/start i" not in said
    for unit in ("31135", "92"):
        assert (await nguontin(folder, "invite", "--role", role, "--unit", unit))[0] == 0


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("NGUONTIN_TOKEN", "", "@BotFather"),
        ("NGUONTIN_TOKEN", "abc", "NGUONTIN_TOKEN is wrong"),
        ("NGUONTIN_API_URL", "telegram", "NGUONTIN_API_URL is wrong"),
        ("NGUONTIN_PROVINCE", "00", "NGUONTIN_PROVINCE is wrong"),
        ("NGUONTIN_PROVINCE", "92.police", "NGUONTIN_PROVINCE is wrong"),
        ("NGUONTIN_ALIASES", "/nowhere.toml", "NGUONTIN_ALIASES cannot be used"),
        ("NGUONTIN_LOG_LEVEL", "loud", "NGUONTIN_LOG_LEVEL is wrong"),
        ("NGUONTIN_PROXY", "127.0.0.1:1080", "NGUONTIN_PROXY is wrong"),
        ("NGUONTIN_PROXY", "ftp://127.0.0.1:21", "NGUONTIN_PROXY is wrong"),
        ("NGUONTIN_FEEDBACK_HOURS", "soon", "NGUONTIN_FEEDBACK_HOURS is wrong"),
        ("NGUONTIN_URGENT_MINUTES", "0", "NGUONTIN_URGENT_MINUTES is wrong"),
        ("NGUONTIN_DATA", "/dev/null/data", "cannot be used as the database"),
        ("NGUONTIN_KEYS", "/dev/null/keys", "keys --create"),
        ("NGUONTIN_POLICE_NUMBER", "113<b>", "NGUONTIN_POLICE_NUMBER is wrong"),
        ("NGUONTIN_FEEDBACK_HOUR", "12", "NGUONTIN_FEEDBACK_HOURS meant"),
        ("NGUONTIN_ENV_FILE", "/nowhere.env", "/nowhere.env cannot be read"),
    ],
)
async def test_a_wrong_setting_is_a_sentence(folder: Path, name: str, value: str, words: str) -> None:
    """The operator reads it at three in the morning: what is wrong, and what it should be."""
    code, said = await nguontin(folder, "check", **{name: value})
    assert code == 1
    assert words in said
    assert "Traceback" not in said


async def test_a_file_named_env_in_another_encoding_is_a_sentence(tmp_path: Path) -> None:
    """As some editors on Windows write it."""
    (tmp_path / ".env").write_text(f"NGUONTIN_TOKEN={TOKEN}\n", encoding="utf-16")
    code, said = await nguontin(tmp_path, "check", NGUONTIN_TOKEN="")
    assert code == 1
    assert "UTF-8" in said
    assert "Traceback" not in said


async def test_a_token_may_lie_in_the_folder_of_credentials(tmp_path: Path) -> None:
    """Then it stands in no environment and in no argument."""
    folder = tmp_path / "credentials"
    folder.mkdir()
    (folder / "NGUONTIN_TOKEN").write_text(f"{TOKEN}\n")
    credentials = {"NGUONTIN_TOKEN": "", "CREDENTIALS_DIRECTORY": str(folder)}
    assert (await nguontin(tmp_path, "keys", "--create", **credentials))[0] == 0


@pytest.mark.parametrize("command", [["check"], ["recount"], ["confirm", "1"], ["digest"]])
async def test_without_a_database_nothing_is_made_and_nothing_is_well(folder: Path, command: list[str]) -> None:
    """A wrong folder of data would get an empty database, and be called whole."""
    code, said = await nguontin(folder, *command)
    assert code == 1
    assert f"no database yet at {folder / 'data' / 'nguontin.db'}" in said
    assert names_in(folder) == ["keys"]


async def test_lost_keys_are_never_answered_with_new_ones(city: Path) -> None:
    """New keys open nothing: with them in place the old ones are missed too late."""
    for path in (city / "keys").iterdir():
        path.rename(city / path.name)
    for folder_is_there in (True, False):
        if not folder_is_there:
            (city / "keys").rmdir()
        code, said = await nguontin(city, "check")
        assert code == 1
        assert "do not make new keys" in said
        code, said = await nguontin(city, "keys", "--create")
        assert code == 1
        assert "do not make new keys" in said


async def test_a_taken_port_is_a_sentence(tmp_path: Path) -> None:
    """The demo of yesterday may still be running."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = await nguontin(tmp_path, "demo", "--port", str(taken.getsockname()[1]))
    assert code == 1
    assert "taken" in said
    assert "Traceback" not in said


async def test_a_demo_whose_bot_ends_shows_its_last_lines(tmp_path: Path) -> None:
    """Its folder goes with it: a path to the log would lead nowhere."""
    demo = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--port", "0"),
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"},
        cwd=tmp_path,
        stdout=PIPE,
        stderr=STDOUT,
    )
    assert demo.stdout is not None
    try:
        while b"http://" not in await asyncio.wait_for(demo.stdout.readline(), 60):
            pass
        await asyncio.to_thread(_end_the_bot_of, demo.pid)
        said, _ = await asyncio.wait_for(demo.communicate(), 60)
    finally:
        if demo.returncode is None:
            demo.kill()
    assert demo.returncode == 1
    assert "Bot đã tự dừng" in said.decode()
    assert "ready" in said.decode()


def _end_the_bot_of(parent: int) -> None:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            above = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            arguments = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # it has ended meanwhile
        if above == parent and b"run" in arguments:
            os.kill(int(process.name), signal.SIGTERM)


async def test_the_version_is_told(tmp_path: Path) -> None:
    """Without settings."""
    code, said = await nguontin(tmp_path, "--version", NGUONTIN_TOKEN="")
    assert code == 0
    assert said.startswith("nguontin 0.")
