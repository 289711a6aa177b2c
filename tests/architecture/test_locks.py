"""The requirement files: everything that is needed, pinned and hashed, and no word about where it comes from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)


def pinned(name: str) -> dict[str, str]:
    """Give the versions of a requirement file by package."""
    text = (ROOT / "requirements" / name).read_text()
    return {canonicalize_name(package): version for package, version in _PINNED.findall(text)}


def declared() -> tuple[list[Requirement], list[Requirement]]:
    """Give what the project and its development ask for."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return (
        [Requirement(each) for each in data["project"]["dependencies"]],
        [Requirement(each) for each in data["dependency-groups"]["dev"]],
    )


def test_what_is_declared_is_pinned_within_its_bounds() -> None:
    """Installed without a resolver, nothing else would notice a lock that was not made anew."""
    run, dev = declared()
    for wanted, lock in ((run, pinned("run.txt")), (run + dev, pinned("dev.txt"))):
        for each in wanted:
            assert each.specifier.contains(lock[canonicalize_name(each.name)]), each


def test_the_two_files_agree() -> None:
    """The tests try what is run."""
    run, dev = pinned("run.txt"), pinned("dev.txt")
    assert run.items() <= dev.items()


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_a_file_names_no_index_and_every_package_has_hashes(name: str) -> None:
    """It installs from wherever the machine gets its packages, and only the very bytes that were tried."""
    text = (ROOT / "requirements" / name).read_text()
    assert not re.search(r"https?://|file://|--(extra-)?index-url|--find-links", text)
    blocks = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n?", "", text).strip())
    assert len(blocks) == len(_PINNED.findall(text)) >= 30
    assert all("--hash=sha256:" in block for block in blocks)
