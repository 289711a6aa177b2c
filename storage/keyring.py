"""The keys in their folder: a monthly epoch key for what is live, a yearly one for what the yearly review needs.

The folder lies outside the database's, has its own backup with its own expiry, and is the only place of these keys.
"""

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.errors import KeyFolderError

KEY_BYTES = 32
_FIRST_MONTH = 100_000
"""Epochs are written yyyymm, years yyyy: whatever is below this is a year."""


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """The keys of the live epochs (202611) and years (2026)."""

    keys: Mapping[int, bytes]

    @property
    def epoch(self) -> int:
        """The newest monthly epoch: what is written now is sealed under it."""
        return max(epoch for epoch in self.keys if epoch >= _FIRST_MONTH)

    @property
    def year(self) -> int:
        """The newest year that has a key."""
        return max(year for year in self.keys if year < _FIRST_MONTH)

    @property
    def epochs(self) -> tuple[int, ...]:
        """The live monthly epochs, newest first."""
        return tuple(sorted((epoch for epoch in self.keys if epoch >= _FIRST_MONTH), reverse=True))

    @classmethod
    def create(cls, folder: Path, *, now: datetime) -> "KeyRing":
        """Make the first keys. Raises KeyFolderError when there are keys already."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if _key_files(folder):
            raise KeyFolderError(f"There are keys in {folder} already. Nothing was changed.")
        for name in (f"epoch-{now:%Y-%m}.key", f"year-{now:%Y}.key"):
            _write(folder / name, secrets.token_bytes(KEY_BYTES))
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> "KeyRing":
        """Read the keys. Raises KeyFolderError with what to do when they are missing, damaged or open to others."""
        if not folder.is_dir():
            raise KeyFolderError(f"There is no key folder {folder}. Make one with: python -m bot keys --create")
        found: dict[int, bytes] = {}
        for path in _key_files(folder):
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                raise KeyFolderError(f"{path} can be read by others. Close it with: chmod 600 {path}")
            key = path.read_bytes()
            if len(key) != KEY_BYTES:
                raise KeyFolderError(
                    f"{path} is damaged: {len(key)} bytes instead of {KEY_BYTES}. Restore it from its backup."
                )
            found[_number(path)] = key
        has_month = any(each >= _FIRST_MONTH for each in found)
        has_year = any(each < _FIRST_MONTH for each in found)
        if not (has_month and has_year):
            raise KeyFolderError(
                f"{folder} lacks a monthly or a yearly key. Make the first ones with: python -m bot keys --create"
            )
        return cls(found)


def _key_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.key") if path.name.startswith(("epoch-", "year-")))


def _number(path: Path) -> int:
    digits = path.stem.partition("-")[2].replace("-", "")
    if not digits.isdigit():
        raise KeyFolderError(f"{path} has a name that says no month or year.")
    return int(digits)


def _write(path: Path, key: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
