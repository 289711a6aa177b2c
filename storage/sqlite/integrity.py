"""Whether the file is whole: every page, every seal, and room to write. Nobody is held up by the looking."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from bot.ports import StorageUnavailableError, Trouble
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault
from storage.errors import SealBrokenError, saying_what_is_wrong
from storage.sqlite.driver import open_to_read

_ROOM: Final = 65_536
"""Bytes that must find room beside the database: a few pages of its log."""
_ROWS: Final = 500
"""How many rows are opened in one reading; between two the write-ahead log can be emptied."""


def examine_file(path: Path) -> None:
    """Read a database whole, tables and indexes, page by page. One that is not there yet is in order.

    Raises StorageUnavailableError: damaged, with the tables where that can be told, or not readable now.
    """
    if not path.exists():
        return
    with saying_what_is_wrong(path), closing(open_to_read(path)) as connection:
        if _is_whole(connection, "PRAGMA integrity_check(1)"):
            return
        tables = [row["name"] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        damaged = [name for name in tables if not _is_whole(connection, f"PRAGMA integrity_check({name})")]
    raise StorageUnavailableError(Trouble.DAMAGED, tables=damaged)


def _is_whole(connection: sqlite3.Connection, check: str) -> bool:
    try:
        return [tuple(row) for row in connection.execute(check)] == [("ok",)]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
            return False
        raise


def broken_seals(path: Path, vault: Vault) -> Mapping[str, int]:
    """Open every seal of every sealed column, a few rows at a time; count those of each table that do not open.

    Raises StorageUnavailableError when a row cannot be read.
    """
    found: dict[str, int] = {}
    with saying_what_is_wrong(path), closing(open_to_read(path)) as connection:
        for column in SealedColumn:
            if broken := sum(not _opens(row, column, vault) for row in _sealed_rows(connection, column)):
                found[column.table] = found.get(column.table, 0) + broken
    return found


def _opens(row: sqlite3.Row, column: SealedColumn, vault: Vault) -> bool:
    try:
        vault.open(row[column.column], column, *(row[name] for name in column.binds))
    except SealBrokenError:
        return False
    return True


def _sealed_rows(connection: sqlite3.Connection, column: SealedColumn) -> Iterator[sqlite3.Row]:
    """Give the rows that have a value in a sealed column, by their key."""
    table = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (column.table,))
    key = [row["name"] for row in table]
    names, places = ", ".join(key), ", ".join("?" for _ in key)
    wanted = ", ".join(dict.fromkeys((*key, *column.binds, column.column)))
    first = f"SELECT {wanted} FROM {column.table} WHERE {column.column} IS NOT NULL"  # noqa: S608 - names of ours
    ordered = f"ORDER BY {names} LIMIT {_ROWS}"
    rows = connection.execute(f"{first} {ordered}").fetchall()
    while rows:
        yield from rows
        last = [rows[-1][name] for name in key]
        rows = connection.execute(f"{first} AND ({names}) > ({places}) {ordered}", last).fetchall()


def must_be_writable(path: Path) -> None:
    """Raise StorageUnavailableError or FileUnusableError where the bot could not write its database."""
    with saying_what_is_wrong(path):
        path.open("r+b").close()
        with TemporaryFile(dir=path.parent, buffering=0) as file:
            file.write(bytes(_ROOM))
