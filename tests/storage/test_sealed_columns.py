"""The list of sealed columns, compared with the schema: neither may say what the other does not."""

import re
import sqlite3
from collections.abc import Iterator

from storage.crypto.sealed_columns import SealedColumn
from storage.sqlite.migrate import schema

TABLE = re.compile(r"CREATE TABLE (\w+) \((.*?)\n\)", re.DOTALL)
COLUMN = re.compile(r"^ +(\w+) +(?:[A-Z]+)\b[^\n]*?-- ([^\n]*)$", re.MULTILINE)


def commented() -> Iterator[tuple[str, str, str]]:
    """Name every column that the schema explains: table, column, comment."""
    for table, columns in TABLE.findall(schema()[1]):
        for column, comment in COLUMN.findall(columns):
            yield table, column, comment


def test_a_column_that_the_schema_calls_sealed_is_in_the_list_and_the_other_way_round() -> None:
    """A sealed column that is missing here would be forgotten when keys change, and nobody could open it again."""
    sealed = {(table, column): comment for table, column, comment in commented() if comment.startswith("sealed")}
    assert set(sealed) == {(each.table, each.column) for each in SealedColumn}
    for each in SealedColumn:
        assert ("under the year" in sealed[each.table, each.column]) == (each.span == "year"), each


def test_a_seal_binds_the_whole_key_of_its_row() -> None:
    """Bound to less, the words of one row could be put under another's key; and each row says which key opens it."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema()[1])
    for each in SealedColumn:
        columns = connection.execute("SELECT name, type, pk FROM pragma_table_info(?)", (each.table,)).fetchall()
        kinds = {name: kind for name, kind, _ in columns}
        assert {name for name, _, place in columns if place} <= set(each.binds) <= set(kinds), each
        assert kinds[each.column] == "BLOB", each
        assert "epoch" in kinds, each
    connection.close()


def test_a_place_names_table_column_and_row() -> None:
    """What has been sealed opens at these names only: to change one is to lose what lies under it."""
    assert SealedColumn.TIP_ROUTE.at(1042) == b"tip|route|1042"
    assert SealedColumn.CONVERSATION.at(b"\x0a\xff") == b"conversation|body|0aff"
    assert SealedColumn.PARKED_UPDATE.at(4242, 17) == b"parked_update|raw|4242|17"
    assert len({each.at(*range(len(each.binds))) for each in SealedColumn}) == len(SealedColumn)
