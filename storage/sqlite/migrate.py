"""Bringing a database file to the present schema, with a copy made first, and refusing one from the past or the future.

Runs before the program opens the file for work. A file's schema is SQLite's own `user_version`.
"""

import re
import sqlite3
import stat
from collections.abc import Sequence
from fcntl import LOCK_EX, flock
from importlib.resources import files
from pathlib import Path

from bot.settings import typed
from storage.errors import NewerSchemaError, OlderSchemaError, saying_what_is_wrong

Step = tuple[int, str]
"""The number of a schema, and the SQL that makes it of the one before."""

_NUMBER = re.compile(r"-- Schema (\d+)\b")


def schema() -> Step:
    """Give the schema as the step that makes it of an empty file; its first line says the number."""
    sql = (files("storage.sqlite") / "schema.sql").read_text(encoding="utf-8")
    found = _NUMBER.match(sql)
    if found is None:
        raise LookupError("schema.sql does not begin with its number")
    return int(found[1]), sql


def migrate(path: Path, later: Sequence[Step] = (), *, may_change: bool = True) -> None:
    """Bring the file to the present schema: an empty one by the schema, one that has it by the steps that came later.

    An existing file that needs a step is copied first, to `<name>.before-<version>`, by SQLite's own backup. A step
    that fails leaves the file as it was before that step. Raises OlderSchemaError (also when the file may not be
    changed, as another process may use it), NewerSchemaError, FileUnusableError, or StorageUnavailableError when the
    disk is full or the file damaged.
    """
    with saying_what_is_wrong(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _migrate_alone(path, [schema(), *later], may_change=may_change)


def must_be_present(path: Path, connection: sqlite3.Connection, later: Sequence[Step] = ()) -> None:
    """Raise OlderSchemaError or NewerSchemaError for a database that has not the present schema."""
    _missing_steps(path, connection, [schema(), *later], may_change=False)


def _migrate_alone(path: Path, todo: Sequence[Step], *, may_change: bool) -> None:
    lock = path.with_name(f"{path.name}.lock")
    lock.touch(mode=0o600)
    with lock.open("w") as turn:
        flock(turn, LOCK_EX)  # the bot and an operator's command may start at the same moment; let go when closed
        _migrate(path, todo, may_change=may_change)


def _migrate(path: Path, todo: Sequence[Step], *, may_change: bool) -> None:
    path.touch(mode=0o600)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(0o600)  # as a file restored from a backup may be
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        is_empty = _version(connection) == 0
        missing = _missing_steps(path, connection, todo, may_change=may_change or is_empty)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA secure_delete = ON")
        if missing and not is_empty:
            _copy(connection, path.with_name(f"{path.name}.before-{todo[-1][0]}"))
        for number, sql in missing:
            connection.executescript(f"BEGIN IMMEDIATE; {sql} PRAGMA user_version = {number:d}; COMMIT;")
    finally:
        connection.close()


def _version(connection: sqlite3.Connection) -> int:
    connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()  # damage of the first page shows at once
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _missing_steps(path: Path, connection: sqlite3.Connection, todo: Sequence[Step], *, may_change: bool) -> list[Step]:
    """Give the steps that the file lacks. Raises OlderSchemaError or NewerSchemaError."""
    version = _version(connection)
    (first, _), (newest, _) = todo[0], todo[-1]
    if version > newest:
        raise NewerSchemaError(
            f"{path} has schema {version}, this program knows {newest}. Run the newer program, or restore a backup."
        )
    if 0 < version < first:
        raise OlderSchemaError(
            f"{path} has schema {version}, this program begins with {first}: until 1.0 there is no upgrade. "
            "Keep the file as it is, and start with a new data folder: name it in NGUONTIN_DATA."
        )
    if version < newest and not may_change:
        raise OlderSchemaError(
            f"{path} has schema {version}, this program knows {newest}, and only the bot's own start changes that. "
            f"Stop the bot that runs, start this program's with {typed('run')}, then try again."
        )
    return [step for step in todo if step[0] > version]


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    copy = sqlite3.connect(target)
    try:
        connection.backup(copy)
    finally:
        copy.close()
