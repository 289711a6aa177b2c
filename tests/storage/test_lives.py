"""How long everything lives: the list, the schema and what citizens are told say the same."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.texts import Texts
from bot.domain.conversation import Language
from bot.domain.retention import DELETABLE_FOR, KEPT, LIVES, ROUTE_LIVES, WITHOUT_END, WORDS_LIVE
from storage.crypto.sealed_columns import SealedColumn
from storage.sqlite.migrate import schema
from tests.storage.test_sealed_columns import TABLE, commented

ROOT = Path(__file__).parents[2]
SPAN = re.compile(r"(?:dies|forgotten) (?:after )?(\d+) (days|h)\b")
UNIT = {"days": timedelta(days=1), "h": timedelta(hours=1)}
NAMED_LIKE_A_LIFE = re.compile(r"_?[A-Z_]*(LIVES?|LASTS|DELETABLE_FOR)$")
COLUMNS = {
    (table, column)
    for table, body in TABLE.findall(schema()[1])
    for column in re.findall(r"^    (\w+) +[A-Z]+\b(?! KEY)", body, re.MULTILINE)
}
TABLES = {table for table, _ in COLUMNS}
WHOLE = {life.table for life in LIVES if not life.columns}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_has_its_end_or_a_reason(table: str) -> None:
    """Whoever adds a table says when its rows die, or why they are kept; what still lacks an end is named."""
    assert (table in WHOLE) + (table in KEPT) + (table in WITHOUT_END) == 1


def test_the_list_names_nothing_that_is_not_in_the_schema() -> None:
    """A table that is gone would be said to be looked after."""
    dying = {(life.table, column) for life in LIVES for column in life.columns}
    endless = {tuple(name.split(".")) for name in WITHOUT_END if "." in name}
    assert dying | endless <= COLUMNS
    assert WHOLE | set(KEPT) | {name for name in WITHOUT_END if "." not in name} == TABLES
    assert {table for table, _ in dying | endless} <= set(KEPT), "a column dies of rows that are kept"


@pytest.mark.parametrize("column", SealedColumn, ids=lambda column: column.name)
def test_nothing_sealed_is_kept_for_ever_without_being_named(column: SealedColumn) -> None:
    """What is worth sealing is worth forgetting."""
    dies = any(life.table == column.table and (not life.columns or column.column in life.columns) for life in LIVES)
    assert dies + (column.table in WITHOUT_END) + (f"{column.table}.{column.column}" in WITHOUT_END) == 1


def test_the_schema_says_the_same_spans() -> None:
    """Whoever reads the schema alone must not be told another number."""
    said = {
        (table, column): int(found[1]) * UNIT[found[2]]
        for table, column, comment in commented()
        if (found := SPAN.search(comment))
    }
    assert len(said) == 4
    for (table, column), lasts in said.items():
        assert [
            life.lasts for life in LIVES if life.table == table and (not life.columns or column in life.columns)
        ] == [lasts], (table, column)


@pytest.mark.parametrize("language", Language)
def test_citizens_are_told_the_spans_as_they_are(language: Language) -> None:
    """A promise of how long words are kept is one that we must keep."""
    texts = Texts.load()
    privacy = texts.text(language, "page-privacy")
    assert [int(each) for each in re.findall(r"\d+", privacy)] == [ROUTE_LIVES.days, WORDS_LIVE.days]
    hours = DELETABLE_FOR // timedelta(hours=1)
    assert [int(each) for each in re.findall(r"\d+", texts.text(language, "wiped"))] == [hours]


def test_life_spans_are_written_in_one_place() -> None:
    """A second list would be the one that somebody forgets."""
    found = {
        (path.relative_to(ROOT).as_posix(), target.id)
        for room in ("bot/domain", "bot/services", "bot/delivery", "storage")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.parse(path.read_text()).body
        for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
        if isinstance(target, ast.Name) and NAMED_LIKE_A_LIFE.match(target.id)
    }
    assert {path for path, _ in found} == {"bot/domain/retention.py"}
