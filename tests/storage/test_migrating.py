"""Bringing a file to the present schema, or saying why that cannot be."""

import sqlite3
from pathlib import Path

import pytest

from bot.ports import StorageUnavailableError, Trouble
from storage.errors import FileUnusableError, NewerSchemaError, OlderSchemaError, saying_what_is_wrong
from storage.sqlite.migrate import migrate, schema
from storage.sqlite.run_lock import run_alone
from tests.contract.asking import do, listed
from tests.contract.samples import add_tip
from tests.storage.opening import database, look, open_storage

NOW = schema()[0]
LATER = [(NOW + 1, "CREATE TABLE later (x INTEGER);"), (NOW + 2, "ALTER TABLE later ADD COLUMN y INTEGER;")]


def made_of(path: Path) -> list[tuple[object, ...]]:
    """Read what a file is made of."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
    finally:
        connection.close()


def version(path: Path) -> int:
    """Read a file's number."""
    connection = sqlite3.connect(path)
    try:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
    finally:
        connection.close()
    return int(found)


def test_a_new_file_has_the_number_of_the_schema(tmp_path: Path) -> None:
    """The number says exactly what the file is made of, today and after every step to come."""
    migrate(tmp_path / "new.db")
    assert version(tmp_path / "new.db") == NOW
    migrate(tmp_path / "new.db", LATER)
    assert version(tmp_path / "new.db") == NOW + 2


def test_a_new_file_equals_one_that_came_the_whole_way(tmp_path: Path) -> None:
    """Whoever begins today and whoever began years ago have the same tables."""
    migrate(tmp_path / "new.db", LATER)
    for known in range(len(LATER) + 1):
        migrate(tmp_path / "old.db", LATER[:known])
    assert made_of(tmp_path / "new.db") == made_of(tmp_path / "old.db")


def test_only_who_is_alone_changes_a_file_that_is_there(tmp_path: Path) -> None:
    """An operator's command of a newer program, typed beside the running bot, would change the tables under it."""
    path = tmp_path / "nguontin.db"
    migrate(path, may_change=False)
    assert version(path) == NOW, "one that is not there yet is nobody's"
    with pytest.raises(OlderSchemaError, match="only the bot's own start"):
        migrate(path, LATER, may_change=False)
    assert version(path) == NOW
    assert not [each for each in tmp_path.iterdir() if "before" in each.name]
    migrate(path, LATER)
    assert version(path) == NOW + 2


def test_a_file_that_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    """Each start runs this."""
    for _ in range(2):
        migrate(tmp_path / "nguontin.db")
    assert not [path for path in tmp_path.iterdir() if "before" in path.name]


async def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """With the copy beside it, and the older program still able to work."""
    async with open_storage(tmp_path) as executor:
        await do(executor, add_tip)
    before = made_of(database(tmp_path))
    with pytest.raises(FileUnusableError, match="nowhere"):
        migrate(database(tmp_path), [(NOW + 1, "CREATE TABLE half (x INTEGER); DROP TABLE nowhere;")])
    assert made_of(database(tmp_path)) == before
    copy = sqlite3.connect(database(tmp_path).with_name(f"nguontin.db.before-{NOW + 1}"))
    assert copy.execute("SELECT COUNT(*) FROM tip").fetchone() == (1,)
    copy.close()
    async with open_storage(tmp_path) as executor:
        assert len(await do(executor, lambda uow: listed(uow.tips.every()))) == 1


async def test_a_newer_file_is_refused_and_not_touched(tmp_path: Path) -> None:
    """An old program would write what the new one does not expect."""
    async with open_storage(tmp_path):
        pass
    look(tmp_path, "PRAGMA user_version = 99")
    before = database(tmp_path).read_bytes()
    with pytest.raises(NewerSchemaError, match="restore a backup"):
        migrate(database(tmp_path))
    assert database(tmp_path).read_bytes() == before


async def test_a_file_from_before_this_schema_is_refused_and_not_touched(tmp_path: Path) -> None:
    """Its tables are other ones: statements would fail one by one, after the first tip was taken."""
    async with open_storage(tmp_path) as executor:
        await do(executor, add_tip)
    look(tmp_path, f"PRAGMA user_version = {NOW - 1}")
    before = database(tmp_path).read_bytes()
    for later in ([], LATER):
        with pytest.raises(OlderSchemaError, match="Keep the file as it is, and start with a new data folder"):
            migrate(database(tmp_path), later)
    assert database(tmp_path).read_bytes() == before
    assert [path.name for path in database(tmp_path).parent.iterdir() if "before" in path.name] == []


def test_what_is_no_database_gets_a_sentence(tmp_path: Path) -> None:
    """A wrong path must not be a stack trace, and above all not be written over."""
    path = tmp_path / "letter.txt"
    path.write_text("Kính gửi Ban Chỉ đạo 138" * 100)
    with pytest.raises(StorageUnavailableError) as refused:
        migrate(path)
    assert refused.value.trouble is Trouble.DAMAGED
    assert path.read_text().startswith("Kính gửi")
    with pytest.raises(FileUnusableError, match="cannot be used"):
        migrate(path / "nguontin.db")


async def test_a_file_that_others_could_read_is_closed(tmp_path: Path) -> None:
    """A restored backup often comes with whatever mode the tool had."""
    async with open_storage(tmp_path):
        pass
    database(tmp_path).chmod(0o644)
    with run_alone(database(tmp_path)):
        async with open_storage(tmp_path):
            modes = {path.name: path.stat().st_mode & 0o077 for path in database(tmp_path).parent.glob("*.db*")}
    assert len(modes) == len([".db", "-wal", "-shm", ".lock", ".run.lock"])
    assert not any(modes.values()), modes


def test_a_folder_that_this_user_may_not_write_is_said_to_be_one(tmp_path: Path) -> None:
    """The commonest slip of a first evening: a command run as another user than the bot's."""
    with pytest.raises(StorageUnavailableError) as refused, saying_what_is_wrong(tmp_path):
        raise PermissionError(13, "Permission denied")
    assert refused.value.trouble is Trouble.UNWRITABLE
