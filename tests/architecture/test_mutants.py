"""The table of mutants follows the code, and its runner tells a noticed mutant from one that nobody notices."""

import dataclasses
from pathlib import Path

import pytest

from tests.mutants.named import NAMED, MissingTextError, Named
from tests.mutants.running import ROOT, UnsoundTestsError, run

TOY = Named("plus is minus", "bot.toy", "a + b", "a - b", ("tests/test_toy.py",))


@pytest.mark.parametrize("mutant", NAMED, ids=lambda mutant: mutant.name)
def test_a_named_mutant_changes_the_code_as_it_is(mutant: Named) -> None:
    """A change that finds nothing to change is never noticed, and says that all is well."""
    source = (ROOT / mutant.path).read_text()
    changed = mutant.applied_to(source)
    assert changed != source
    compile(changed, mutant.module, "exec")
    assert all((ROOT / each).is_file() for each in mutant.tests)


def test_names_are_told_apart() -> None:
    """A survivor is known by its name."""
    assert len({mutant.name for mutant in NAMED}) == len(NAMED)


def toy_tree(folder: Path, *, checks: str) -> Path:
    """Make a small tree with one function and one test."""
    for name in ("bot", "tests"):
        (folder / name).mkdir(parents=True)
    (folder / "bot" / "toy.py").write_text("def add(a, b):\n    return a + b\n")
    (folder / "tests" / "test_toy.py").write_text(f"from bot.toy import add\n\ndef test_add():\n    assert {checks}\n")
    (folder / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\npythonpath = ["."]\nmarkers = ["slow", "prove"]\nasyncio_mode = "auto"\n'
    )
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(("checks", "is_killed"), [("add(1, 2) == 3", True), ("add(1, 0) == 1", False)])
def test_a_mutant_is_killed_by_a_test_that_looks_and_survives_one_that_does_not(
    checks: str, tmp_path: Path, *, is_killed: bool
) -> None:
    """And the tree it was tried on is as it was."""
    root = toy_tree(tmp_path / "tree", checks=checks)
    before = (root / "bot" / "toy.py").read_text()
    assert [each.is_killed for each in run([TOY], tmp_path / "copies", root=root)] == [is_killed]
    assert (root / "bot" / "toy.py").read_text() == before


@pytest.mark.slow
def test_tests_that_fail_without_a_mutant_say_nothing_about_mutants(tmp_path: Path) -> None:
    """Everything would look noticed."""
    root = toy_tree(tmp_path / "tree", checks="add(1, 2) == 4")
    with pytest.raises(UnsoundTestsError, match="without any mutant"):
        run([TOY], tmp_path / "copies", root=root)


def test_a_text_that_is_gone_is_an_error_and_no_verdict(tmp_path: Path) -> None:
    """Whoever moves the code moves the mutant."""
    root = toy_tree(tmp_path / "tree", checks="True")
    for old in ("a * b", "a"):
        with pytest.raises(MissingTextError, match="plus is minus"):
            run([dataclasses.replace(TOY, old=old)], tmp_path / "copies", root=root)
