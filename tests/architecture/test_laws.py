"""How tests are kept: laws share one profile, and what starts processes or browsers says so."""

import re
from pathlib import Path

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


def test_no_file_has_hypothesis_settings_of_its_own() -> None:
    """A private deadline fails on a busy machine, and private numbers of examples are out of the long run's reach."""
    others = [path for path in TESTS if path != ROOT / "tests" / "conftest.py"]
    assert [name_of(path) for path in others if PRIVATE.search(path.read_text())] == [], "say it in tests/conftest.py"


def test_whatever_starts_a_process_is_marked_slow() -> None:
    """`make quick` is quick because it starts none."""
    tests = {path: path.read_text() for path in TESTS if path.name.startswith("test_") and path != Path(__file__)}
    starting = {name_of(path): source for path, source in tests.items() if STARTS_PROCESSES.search(source)}
    assert starting
    assert [name for name, source in starting.items() if not IS_SLOW.search(source)] == [], (
        "pytestmark = pytest.mark.slow"
    )
