"""How tests are kept: laws share one profile, and what starts processes or browsers says so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py") if path.name != "__init__.py")
PRIVATE = re.compile(r"\b(?:deadline|suppress_health_check|max_examples|derandomize) *=")
STARTS_PROCESSES = re.compile(
    r"^(?:import|from) (?:subprocess|playwright|bot\.cli\.stage)\b|create_subproc", re.MULTILINE
)
IS_SLOW = re.compile(r"^(?:pytestmark = .*|@)pytest\.mark\.slow\b", re.MULTILINE)


def name_of(path: Path) -> str:
    """Name a file from the root of the tree."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_no_file_has_hypothesis_settings_of_its_own(path: Path) -> None:
    """A private deadline fails on a busy machine, and private numbers of examples are out of the long run's reach."""
    if path != ROOT / "tests" / "conftest.py":
        assert PRIVATE.findall(path.read_text()) == [], "say it in tests/conftest.py for all"


@pytest.mark.parametrize("path", [each for each in TESTS if each.name.startswith("test_")], ids=name_of)
def test_whatever_starts_a_process_is_marked_slow(path: Path) -> None:
    """`make quick` is quick because it starts none."""
    source = path.read_text()
    if path != Path(__file__) and STARTS_PROCESSES.search(source):
        assert IS_SLOW.search(source), "pytestmark = pytest.mark.slow"
