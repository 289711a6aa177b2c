"""Whether every page of the file can be read and fits the others; no row is opened, and nobody is held up."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.ports import StorageUnavailableError, Trouble
from storage.errors import saying_what_is_wrong
from storage.sqlite.driver import BUSY_SECONDS


def examine_file(path: Path) -> None:
    """Read a database whole, tables and indexes, beside whoever uses it. One that is not there yet is in order.

    Raises StorageUnavailableError: damaged, or not readable now.
    """
    if not path.exists():
        return
    with (
        saying_what_is_wrong(path),
        closing(sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)) as connection,
    ):
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        found = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if found != [("ok",)]:
        raise StorageUnavailableError(Trouble.DAMAGED)
