"""What the guides name is there: files, modules, commands, settings. An old map misleads."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.main import app
from bot.domain.text.command_words import find
from bot.settings import Settings
from tests.architecture.test_budget import TO_COME

ROOT = Path(__file__).parents[2]
GUIDES = [
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "deploy/README.md")),
]
"""The changelog and the decisions tell of the past, and may name what is gone."""

_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)#:]+)\)")
_PATH = re.compile(r"(?<![\w./-])(?:bot|storage|tests|docs|deploy|requirements|decisions|\.ci)/[\w./-]*")
_FILE = re.compile(r"(?<![\w./*-])\w[\w.-]*\.(?:py|sql|md|toml|ftl|js|css|html|json)\b(?![/\w])")
_MODULE = re.compile(r"(?<![\w./-])(?:bot|storage|tests)(?:\.\w+)+")
_SETTING = re.compile(r"NGUONTIN_(\w+)")
_TYPED = re.compile(r"/([a-z]+)(?: [^/]*)?")
_OPERATOR = re.compile(r"(?:python -m bot|^ *nguontin|`nguontin) ([a-z]+)", re.MULTILINE)
_TARGET = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)
_COMMAND_TABLE = re.compile(r"^\| command \|.*\n\|[-|]+\n((?:\|.*\n?)+)", re.MULTILINE)


def _spans(text: str) -> list[str]:
    """Give what stands in backticks within a line."""
    return _SPAN.findall(_FENCED.sub("", text))


def _code(text: str) -> str:
    """Give what is written as code."""
    return "\n".join([*_FENCED.findall(text), *_spans(text)])


def _operators(text: str) -> Iterator[str]:
    yield from _OPERATOR.findall(text)
    for rows in _COMMAND_TABLE.findall(text):
        for row in rows.splitlines():
            yield from (span.split()[0] for span in _SPAN.findall(row.split("|")[1]))


def _is_there(path: str, guide: Path) -> bool:
    if path in TO_COME or any((folder / path).exists() for folder in (ROOT, guide.parent)):
        return True
    return "/" not in path and any(found for top in ("bot", "storage", "tests") for found in (ROOT / top).rglob(path))


def _is_module(name: str) -> bool:
    """Tell whether it is a module or package, or something that a module speaks of."""
    path = ROOT / name.replace(".", "/")
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    above = path.parent / "__init__.py" if path.parent.is_dir() else path.parent.with_suffix(".py")
    return above.is_file() and re.search(rf"\b{path.name}\b", above.read_text(encoding="utf-8")) is not None


def missing(text: str, guide: Path) -> list[str]:
    """List what a guide names and the project does not have."""
    code = _code(text)
    paths = {path.rstrip(".") for path in (*_PATH.findall(code), *_FILE.findall(code), *_LINK.findall(text))}
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = {each.name or getattr(each.callback, "__name__", "") for each in app.registered_commands}
    typed = {match[1] for span in _spans(text) if (match := _TYPED.fullmatch(span))}
    return [
        *(f"file {path}" for path in sorted(paths) if not _is_there(path, guide)),
        *(f"module {name}" for name in sorted(set(_MODULE.findall(code))) if not _is_module(name)),
        *(f"setting NGUONTIN_{name}" for name in _SETTING.findall(text) if name.lower() not in Settings.model_fields),
        *(f"command /{word}" for word in sorted(typed) if word != "start" and find(word) is None),
        *(f"command line {word}" for word in sorted(set(_operators(text)) - commands)),
        *(f"make {word}" for word in sorted(set(_TARGET.findall(text)) - targets)),
    ]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_guide_names_is_there(guide: Path) -> None:
    """Whoever follows a guide must arrive."""
    found = missing(guide.read_text(encoding="utf-8"), guide)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("see `bot/domain/tips.py`", "file bot/domain/tips.py"),
        ("see `storage/migrations/`", "file storage/migrations/"),
        ("see [there](moved.md)", "file moved.md"),
        ("`submission.py` writes", "file submission.py"),
        ("`python -m bot.gazetteer.make`", "module bot.gazetteer.make"),
        ("set `NGUONTIN_COLOUR`", "setting NGUONTIN_COLOUR"),
        ("type `/anxiety 5`", "command /anxiety"),
        ("```sh\n.venv/bin/python -m bot reveal\n```", "command line reveal"),
        ("| command | does |\n|---|---|\n| `run`, `reveal --all` | x |\n", "command line reveal"),
        ("`nguontin reveal`", "command line reveal"),
        ("```sh\nmake tea\n```", "make tea"),
    ],
)
def test_the_reader_notices_what_is_not_there(text: str, what: str) -> None:
    """A reader that overlooks a kind lets it grow old."""
    assert missing(text, ROOT / "docs" / "words.md") == [what]


def test_the_reader_finds_what_is_there() -> None:
    """In every form in which a guide says it."""
    text = """
    `bot/domain/tip.py`, `bot/locales/`, `tip.py`, `bot.domain.roles.holder`, `/xoa`, `/ketqua 1042 vu 1`, `/start`,
    `make prove`, `python -m bot recount`,
    `nguontin check`, NGUONTIN_DATA, [words](words.md), `/etc/nguontin/settings.env`
    """
    assert missing(text, ROOT / "docs" / "metrics.md") == []
