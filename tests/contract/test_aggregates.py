"""Where an aggregate is found: in files of one name, on every side."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def aggregates(folder: str, *, prefix: str = "") -> set[str]:
    """Name the files of a folder and of the folders in it, without what their names begin with."""
    found = (path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob(f"{prefix}*.py"))
    return {str(path.with_name(path.name.removeprefix(prefix))) for path in found if path.name != "__init__.py"}


def test_an_aggregate_has_a_file_of_one_name_in_every_room() -> None:
    """Whoever changes one must not search for what is promised, how it is stored, and how it is tried out."""
    promised = aggregates("bot/ports/repositories")
    assert aggregates("storage/repositories") == promised
    assert aggregates("tests/memory/repositories") == promised
    assert aggregates("tests/contract/repositories", prefix="test_") == promised
