"""What is at rest, whatever tables the schema has: every value in clear, and every sealed one opened with the keys."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from storage import KeyRing
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault, unwrap


class Cell(NamedTuple):
    """A value in clear, or an envelope."""

    table: str
    column: str
    value: object


def tables(database: Path) -> dict[str, list[str]]:
    """Name every table, with its columns."""
    with _reading(database) as books:
        names = [name for (name,) in books.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            table: [name for (name,) in books.execute("SELECT name FROM pragma_table_info(?)", (table,))]
            for table in names
        }


def cells(database: Path) -> set[Cell]:
    """Give every value that is stored."""
    found: set[Cell] = set()
    with _reading(database) as books:
        for table, columns in tables(database).items():
            for row in books.execute(f"SELECT * FROM {table}"):  # noqa: S608 - a name of the schema
                found.update(Cell(table, *each) for each in zip(columns, row, strict=True) if each[1] is not None)
    return found


def opened(database: Path, keys: Path) -> Iterator[tuple[str, str]]:
    """Open everything sealed, as a thief with the keys would; gives the table and the text."""
    ring = KeyRing.load(keys)
    with _reading(database) as books:
        data_keys = {
            (epoch, purpose): unwrap(wrapped, by=ring.keys[epoch], epoch=epoch, purpose=purpose)
            for epoch, purpose, wrapped in books.execute("SELECT epoch, purpose, wrapped FROM data_key")
        }
        vault = Vault(ring, data_keys)
        for each in SealedColumn:
            sql = f"SELECT {each.column}, {', '.join(each.binds)} FROM {each.table}"  # noqa: S608 - names of ours
            for sealed, *row in books.execute(f"{sql} WHERE {each.column} IS NOT NULL"):
                yield each.table, vault.open(sealed, each, *row)


class _reading:  # noqa: N801 - used as a statement
    """The file, to be read only."""

    def __init__(self, database: Path) -> None:
        self._books = sqlite3.connect(f"file:{database}?mode=ro", uri=True)

    def __enter__(self) -> sqlite3.Connection:
        return self._books

    def __exit__(self, *_: object) -> None:
        self._books.close()
