"""The budget: what the project may grow to. One number a line; raising one needs a file in `docs/decisions/`.

What is long is read by nobody, and a stranger should find the file for any behaviour at the first guess. So sizes have
ceilings, and a thing that comes in is paid for by one that goes out.
"""

import ast
import importlib
import math
import pkgutil
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import bot.services.commands
from bot.services.commands.base import Command
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = 90
"""Lines of a printed page, a longer line counted as often as it fills `WIDTH` characters."""
WIDTH = 130
SPINE = (
    "storage/sqlite/schema.sql",
    "bot/domain/tip.py",
    "bot/domain/unsent.py",
    "bot/services/text_meaning.py",
    "bot/services/dispatch.py",
    "bot/services/session.py",
    "bot/domain/roles.py",
    "bot/domain/stats.py",
    "bot/services/counting.py",
    "bot/intake/handling.py",
    "storage/sqlite/group.py",
    "bot/delivery/pump.py",
)
"""What a stranger reads, in this order, to know the bot; everything else is a leaf."""
TO_COME = frozenset({"bot/domain/unsent.py"})
"""Files of the spine that are not written yet. One that is there may not be named here."""
GUIDES_OF_THEIR_OWN = frozenset({"docs/architecture.md", "docs/threat-model.md"})
"""Guides that have a line of their own in the budget."""

Sizes = Mapping[str, int]
"""What was measured, by its name; the size of a whole has an empty name."""


def _code(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _together(paths: list[Path]) -> Sizes:
    return {"": sum(map(_lines, paths))}


def _each(paths: list[Path]) -> Sizes:
    return {_name(path): _lines(path) for path in paths}


def _printed(path: Path) -> int:
    return sum(max(1, math.ceil(len(line) / WIDTH)) for line in path.read_text(encoding="utf-8").splitlines())


def _functions() -> Iterator[tuple[str, int]]:
    for path in _code("bot", "storage"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{_name(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def _files_a_folder() -> Sizes:
    return Counter(_name(path.parent) for path in _code("bot", "storage") if path.name != "__init__.py")


def _tables() -> Sizes:
    schema = (ROOT / "storage" / "sqlite" / "schema.sql").read_text(encoding="utf-8")
    return {"": len(re.findall(r"^CREATE TABLE ", schema, re.MULTILINE))}


def _below(kind: type[Command]) -> Iterator[type[Command]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _commands() -> Sizes:
    for module in pkgutil.iter_modules(bot.services.commands.__path__, "bot.services.commands."):
        importlib.import_module(module.name)
    named = {f"{each.__module__}.{each.__qualname__}" for each in _below(Command)}  # a class with slots is made twice
    return {"": len({name for name in named if name.startswith("bot.")})}


def _words() -> Sizes:
    text = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return {"": len(rows) - len(["the heading", "the rule below it"])}


def _project() -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return read


def _core() -> Sizes:
    return {"": len(_project()["dependencies"])}


def _with_extras() -> Sizes:
    project = _project()
    extras = project.get("optional-dependencies", {}).values()
    return {"": len(project["dependencies"]) + sum(map(len, extras))}


def _guides() -> Sizes:
    paths = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "deploy" / "README.md"]
    return {_name(path): _printed(path) for path in paths if _name(path) not in GUIDES_OF_THEIR_OWN}


def _spine() -> Sizes:
    return _together([ROOT / name for name in SPINE if (ROOT / name).is_file()])


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the budget."""

    thing: str
    ceiling: int
    how: str
    measure: Callable[[], Sizes]


def _of(name: str) -> Callable[[], Sizes]:
    return lambda: {name: _printed(ROOT / name)}


BUDGET = (
    Line("Python of bot and storage", 26_000, "lines", lambda: _together(_code("bot", "storage"))),
    Line("Python of the tests", 26_000, "lines", lambda: _together(_code("tests"))),
    Line(
        "scripts and styles of pages",
        2_000,
        "lines of *.js and *.css",
        lambda: _together([*(ROOT / "bot").rglob("*.js"), *(ROOT / "bot").rglob("*.css")]),
    ),
    Line("a Python file", 350, "lines, of bot and storage", lambda: _each(_code("bot", "storage"))),
    Line("a function", 50, "lines from `def` to its end, of bot and storage", lambda: dict(_functions())),
    Line("a folder", 12, "Python files beside __init__.py, of bot and storage", _files_a_folder),
    Line("tables", 32, "CREATE TABLE in the schema", _tables),
    Line("settings", 28, "fields of bot.settings.Settings", lambda: {"": len(Settings.model_fields)}),
    Line("command classes", 70, "below Command, in bot", _commands),
    Line("words", 45, "rows of docs/words.md", _words),
    Line("dependencies", 16, "direct, to run", _core),
    Line("dependencies with extras", 21, "direct, to run", _with_extras),
    Line("the README", 100, "lines as printed", _of("README.md")),
    Line("the threat model", 120, "lines as printed", _of("docs/threat-model.md")),
    Line("the map", PAGE * 3 // 2, "lines of docs/architecture.md as printed", _of("docs/architecture.md")),
    Line("a guide", PAGE, "lines of docs/*.md or deploy/README.md as printed", _guides),
    Line("the spine", 2_400, "lines of the files of SPINE together", _spine),
)


@pytest.mark.parametrize("line", BUDGET, ids=lambda line: line.thing)
def test_nothing_outgrows_the_budget(line: Line) -> None:
    """Split, shorten or take something out; a higher ceiling is a decision of its own."""
    sizes = line.measure()
    above = [f"{name or line.thing}: {size}" for name, size in sizes.items() if size > line.ceiling]
    assert not above, f"at most {line.ceiling} ({line.how}), but " + ", ".join(above)


@pytest.mark.parametrize("line", BUDGET, ids=lambda line: line.thing)
def test_everything_in_the_budget_is_measured(line: Line) -> None:
    """A measure that finds nothing, because something moved, keeps nothing small."""
    assert sum(line.measure().values()) > 0


@pytest.mark.parametrize("name", SPINE)
def test_the_spine_is_all_there(name: str) -> None:
    """The map says to read these files; what is still to be written is named, and no longer than that."""
    assert (ROOT / name).is_file() is (name not in TO_COME)


def test_the_map_leads_along_the_spine() -> None:
    """In reading order, so that a stranger can begin at the top."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1] for line in text.splitlines() if re.match(r"\d+\. `", line)]
    assert rows == list(SPINE)
