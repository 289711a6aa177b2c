"""Runs mutants over copies of the tree: nothing is ever changed in place."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from tests.mutants.named import Named

ROOT = Path(__file__).parents[2]
COPIED = ("bot", "storage", "tests", "pyproject.toml")
LONGEST = 180
"""Seconds after which a mutant that hangs counts as noticed."""
PASSED, FAILED, INTERRUPTED = 0, 1, 2
"""What pytest returns; a module that cannot be imported any more interrupts it."""


class UnsoundTestsError(Exception):
    """The tests fail without any mutant, or cannot be run: nothing can be said about mutants."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mutant."""

    mutant: Named
    is_killed: bool


class Copy:
    """A copy of the tree that one mutant at a time lives in."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        for name in COPIED:
            if (root / name).is_dir():
                shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif (root / name).exists():
                shutil.copy(root / name, folder / name)

    def passes(self, tests: tuple[str, ...]) -> bool:
        """Run tests; False when one fails or hangs. Raises UnsoundTestsError when there is nothing to run."""
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
        try:
            ended = subprocess.run(
                [*command, "-m", "not prove", *tests],
                cwd=self.folder,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},  # a stale one would run instead of the mutant
                capture_output=True,
                text=True,
                check=False,
                timeout=LONGEST,
            )
        except subprocess.TimeoutExpired:
            return False
        if ended.returncode not in {PASSED, FAILED, INTERRUPTED}:
            raise UnsoundTestsError(f"{' '.join(tests)}: {ended.stdout[-2000:]}{ended.stderr[-2000:]}")
        return ended.returncode == PASSED

    def survives(self, mutant: Named) -> bool:
        """Put a mutant in, run its tests, and take it out again."""
        path = self.folder / mutant.path
        sound = path.read_text()
        path.write_text(mutant.applied_to(sound))
        try:
            return self.passes(mutant.tests)
        finally:
            path.write_text(sound)


def run(mutants: Sequence[Named], folder: Path, *, root: Path = ROOT, at_once: int = 1) -> list[Verdict]:
    """Try mutants in copies under a folder. Raises MissingTextError and UnsoundTestsError before any is tried."""
    for mutant in mutants:
        mutant.applied_to((root / mutant.path).read_text())
    copies: Queue[Copy] = Queue()
    for number in range(at_once):
        copies.put(Copy(root, folder / f"copy-{number}"))

    def must_be_sound(tests: tuple[str, ...]) -> None:
        copy = copies.get()
        try:
            if not copy.passes(tests):
                raise UnsoundTestsError(f"without any mutant a test fails in {' '.join(tests)}")
        finally:
            copies.put(copy)

    def attempt(mutant: Named) -> Verdict:
        copy = copies.get()
        try:
            return Verdict(mutant, is_killed=not copy.survives(mutant))
        finally:
            copies.put(copy)

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(must_be_sound, sorted({mutant.tests for mutant in mutants})))
        return list(pool.map(attempt, mutants))
