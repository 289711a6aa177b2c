"""Bringing a file to the present schema, or saying why that cannot be."""

import sqlite3
from pathlib import Path

import pytest

from bot.ports import StorageUnavailableError, Trouble
from storage.errors import FileUnusableError, NewerSchemaError
from storage.sqlite.migrate import migrate, steps
from tests.contract.asking import do
from tests.contract.test_books import add_tip
from tests.storage.opening import database, look, open_storage

LATER = [(2, "CREATE TABLE later (x INTEGER);"), (3, "ALTER TABLE later ADD COLUMN y INTEGER;")]


def schema(path: Path) -> list[tuple[object, ...]]:
    """Read what a file is made of."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
    finally:
        connection.close()


def test_the_steps_are_numbered_without_gaps() -> None:
    """A file's version says exactly which steps it has had."""
    assert [number for number, _ in steps()] == list(range(1, len(steps()) + 1))


def test_a_new_file_equals_one_that_came_the_whole_way(tmp_path: Path) -> None:
    """Whoever begins today and whoever began years ago have the same books."""
    todo = [*steps(), *LATER]
    migrate(tmp_path / "new.db", todo)
    for known in range(1, len(todo) + 1):
        migrate(tmp_path / "old.db", todo[:known])
    assert schema(tmp_path / "new.db") == schema(tmp_path / "old.db")


def test_a_file_that_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    """Each start runs this."""
    for _ in range(2):
        migrate(tmp_path / "books.db")
    assert not [path for path in tmp_path.iterdir() if "before" in path.name]


async def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """With the copy beside it, and the older program still able to work."""
    async with open_storage(tmp_path) as executor:
        await do(executor, add_tip)
    before = schema(database(tmp_path))
    with pytest.raises(FileUnusableError, match="nowhere"):
        migrate(database(tmp_path), [*steps(), (2, "CREATE TABLE half (x INTEGER); DROP TABLE nowhere;")])
    assert schema(database(tmp_path)) == before
    copy = sqlite3.connect(database(tmp_path).with_name("nguontin.db.before-2"))
    assert copy.execute("SELECT COUNT(*) FROM tip").fetchone() == (1,)
    copy.close()
    async with open_storage(tmp_path) as executor:
        assert len(await do(executor, lambda uow: uow.tips.rows())) == 1


async def test_a_newer_file_is_refused_and_not_touched(tmp_path: Path) -> None:
    """An old program would write what the new one does not expect."""
    async with open_storage(tmp_path):
        pass
    look(tmp_path, "PRAGMA user_version = 99")
    before = database(tmp_path).read_bytes()
    with pytest.raises(NewerSchemaError, match="restore a backup"):
        migrate(database(tmp_path))
    assert database(tmp_path).read_bytes() == before


def test_what_is_no_database_gets_a_sentence(tmp_path: Path) -> None:
    """A wrong path must not be a stack trace, and above all not be written over."""
    path = tmp_path / "letter.txt"
    path.write_text("Kính gửi Ban Chỉ đạo 138" * 100)
    with pytest.raises(StorageUnavailableError) as refused:
        migrate(path)
    assert refused.value.trouble is Trouble.DAMAGED
    assert path.read_text().startswith("Kính gửi")
    with pytest.raises(FileUnusableError, match="cannot be used"):
        migrate(path / "books.db")


async def test_a_file_that_others_could_read_is_closed(tmp_path: Path) -> None:
    """A restored backup often comes with whatever mode the tool had."""
    async with open_storage(tmp_path):
        pass
    database(tmp_path).chmod(0o644)
    async with open_storage(tmp_path):
        modes = {path.name: path.stat().st_mode & 0o077 for path in database(tmp_path).parent.glob("*.db*")}
    assert {name: mode for name, mode in modes.items() if mode and not name.endswith(".lock")} == {}
