"""Only counting writes what counts: a figure written elsewhere is one that the recount may not find again."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COUNTING, RECOUNT = "bot/services/counting.py", "bot/services/campaign/recount.py"
WRITERS = {
    "rollups.add": {COUNTING},
    "rollups.mend": {RECOUNT},
    "cases.decide": {COUNTING},
    "cases.withdraw": {COUNTING},
    "cases.record_outcome": {COUNTING},
    "activities.add": {COUNTING},
}
EVERYTHING = {"every", "every_decided", "every_outcome"}
"""Methods that walk through all there is."""


def named(tree: ast.AST) -> Iterator[str]:
    """Name every method of something of something's: "rollups.add" for `uow.rollups.add`, called or handed on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            yield f"{node.value.attr}.{node.attr}"


@pytest.mark.parametrize("method", WRITERS)
def test_what_counts_is_written_in_one_place(method: str) -> None:
    """A row stored without its sums, or sums without a row, would make a figure that nobody can defend."""
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "bot").rglob("*.py")
        if method in named(ast.parse(path.read_text()))
    }
    assert found == WRITERS[method]


def test_only_a_recount_reads_everything() -> None:
    """A screen that walked through every tip would be slower with each year, and the writer with it."""
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "bot").rglob("*.py")
        if {name.partition(".")[2] for name in named(ast.parse(path.read_text()))} & EVERYTHING
    }
    assert found == {RECOUNT}
