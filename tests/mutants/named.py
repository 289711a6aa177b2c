"""Mutants with a name: each breaks a promise in one line, and has to be noticed by the tests beside it (named.toml).

The old text is looked for exactly, once, in its module. When the code moves, the runner says so instead of passing.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path


class MissingTextError(Exception):
    """The text a mutant changes is not in its module exactly once: the table has to follow the code."""


@dataclass(frozen=True, slots=True)
class Named:
    """One change and the tests that must fail with it."""

    name: str
    """What is wrong with the mutant, as a sentence says it."""
    module: str
    old: str
    new: str
    tests: tuple[str, ...]

    @property
    def path(self) -> Path:
        """Give the module's file, from the root of the tree."""
        return Path(*self.module.split(".")).with_suffix(".py")

    def applied_to(self, source: str) -> str:
        """Give the changed source. Raises MissingTextError."""
        if source.count(self.old) != 1:
            raise MissingTextError(f"{self.name}: {self.old!r} is in {self.module} {source.count(self.old)} times")
        return source.replace(self.old, self.new)


NAMED = tuple(
    Named(each["name"], each["module"], each["old"], each["new"], tuple(each["tests"]))
    for each in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["mutant"]
)
