"""How SQLite finds rows: screens take the same time at ten million tips as at ten thousand."""

import importlib
import pkgutil
import re
import sqlite3
from collections.abc import Iterator

import pytest

import storage
from storage.sqlite.migrate import schema

READ_WHOLE = {
    "activities._ACTIVITIES",  # recounting
    "alerts._FORGET",  # a year of warnings, by the hour
    "aliases._ALIASES",  # loaded at the start
    "audit._FIRST",  # the first row of the primary key, and no more
    "audit._LAST",  # the last one
    "cases._EVERY_OUTCOME",  # recounting
    "cases._EVERY_WITHOUT_CASE",
    "cases._FORGET_SOURCES",  # cases of live words, by the hour
    "data_keys.ALL",  # a handful, at the start
    "officers._ACTIVE",  # some hundred people
    "officers._EVERYONE",
    "officers._FORGET",
    "officers._FORGET_EXPIRED",
    "officers._WITH_ROLE",
    "outbox._PARKED",  # what waits for a person, when a chat is wiped
    "outbox._WAITING",  # what waits, for the operator
    "reminders._ALL",  # what is still to happen, at the start and when a chat is wiped
    "reminders._READERS",  # news of the last minute or hour
    "rollups._EVERY_CATEGORY",  # recounting
    "rollups._EVERY_DAY",
    "rollups._EVERY_MONTH",
    "tips._EVERY",
    "updates._FORGET_PARKED",  # what waits for a person
    "updates._PARKED",
    "tips._HOLDING",  # the open ones, when nobody is at the city
    "tips._UNCLAIMED",  # the open ones, when officers come or go
}
"""Statements that may read a table whole, and why."""


def statements() -> Iterator[tuple[str, str]]:
    """Name every SQL statement of the storage."""
    for found in pkgutil.walk_packages(storage.__path__, "storage."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            for sql in value if isinstance(value, tuple) else (value,):
                if isinstance(sql, str) and re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE)\s", sql):
                    yield f"{found.name.rpartition('.')[2]}.{name}", sql


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    """Give a database of the present schema."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema()[1])
    yield connection
    connection.close()


def test_every_statement_fits_the_schema_and_only_named_ones_read_a_table_whole(empty: sqlite3.Connection) -> None:
    """A missing index is not seen in a demo; it is seen after a year."""
    names = set()
    for name, sql in statements():
        names.add(name)
        values = {str(number): 1 for number in range(1, 40)}
        plan = [row[3] for row in empty.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
        if name not in READ_WHOLE:
            assert not [line for line in plan if line.startswith("SCAN")], name
    assert len(names) > 60
    assert names >= READ_WHOLE


def test_the_sql_keeps_to_what_both_engines_understand() -> None:
    """The same text will run on PostgreSQL."""
    for name, sql in statements():
        assert "?" not in sql, name
        assert not re.search(r"\bIN \(\$|\bOR (REPLACE|IGNORE)\b|\bstrftime\b|\bjulianday\b|\browid\b", sql), name
        assert not re.search(r"\b(max|min)\([^)]*,", sql, re.IGNORECASE), name
        numbers = sorted({int(each) for each in re.findall(r"\$(\d+)", sql)})
        assert numbers == list(range(1, len(numbers) + 1)), name
        for total in re.finditer(r"(?<!CAST\()(?<!COALESCE\()\b(SUM|AVG)\(", sql):
            assert sql[: total.start()].rstrip().endswith("("), name
