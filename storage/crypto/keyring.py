"""The keys in their folder: a monthly epoch key for what is live, a yearly one for what the yearly review needs.

The folder lies outside the database's, has its own backup with its own expiry, and is the only place of these keys.
"""

import os
import re
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.settings import typed
from storage.errors import KeyFolderError, KeysMissingError

KEY_BYTES = 32
_FIRST_MONTH = 100_000
"""Epochs are written yyyymm, years yyyy: whatever is below this is a year."""
_NAME = re.compile(r"epoch-\d{4}-(0[1-9]|1[0-2])\.key|year-\d{4}\.key")


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """The keys of the live epochs (202611) and years (2026)."""

    keys: Mapping[int, bytes]

    @property
    def epoch(self) -> int:
        """The newest monthly epoch: what is written now is sealed under it."""
        return max(filter(_is_month, self.keys))

    @property
    def year(self) -> int:
        """The newest year that has a key."""
        return max(epoch for epoch in self.keys if not _is_month(epoch))

    @property
    def epochs(self) -> tuple[int, ...]:
        """The live monthly epochs, newest first."""
        return tuple(sorted(filter(_is_month, self.keys), reverse=True))

    @classmethod
    def create(cls, folder: Path, *, now: datetime) -> "KeyRing":
        """Make the first keys. Raises KeyFolderError when they are there already, or cannot be written.

        A creation that was cut short is finished: a key that is there is never replaced.
        """
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            kept = [_epoch_of(path) for path in _key_files(folder)]
            has_month, has_year = any(map(_is_month, kept)), not all(map(_is_month, kept))
            if has_month and has_year:
                raise KeyFolderError(f"There are keys in {folder} already. Nothing was changed.")
            folder.chmod(0o700)
            if not has_month:
                _write(folder / f"epoch-{now:%Y-%m}.key", secrets.token_bytes(KEY_BYTES))
            if not has_year:
                _write(folder / f"year-{now:%Y}.key", secrets.token_bytes(KEY_BYTES))
            _sync(folder)
        except OSError as error:
            raise KeyFolderError(f"No keys can be written to {folder}: {error.strerror}.") from error
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> "KeyRing":
        """Read the keys. Raises KeyFolderError with what to do when they are missing, damaged or open to others."""
        try:
            if not folder.is_dir():
                raise KeysMissingError(f"There is no key folder {folder}. Make one with: {typed('keys --create')}")
            _must_be_closed(folder, 0o700)
            found = {_epoch_of(path): _read(path) for path in _key_files(folder)}
        except OSError as error:
            raise KeyFolderError(f"The keys in {folder} cannot be read: {error.strerror}.") from error
        if not any(map(_is_month, found)) or all(map(_is_month, found)):
            raise KeysMissingError(
                f"{folder} lacks a monthly or a yearly key. If there were some, restore them from their backup. "
                f"For a new database, make the first ones with: {typed('keys --create')}"
            )
        return cls(found)


def _is_month(epoch: int) -> bool:
    return epoch >= _FIRST_MONTH


def _key_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.key") if path.name.startswith(("epoch-", "year-")))


def _epoch_of(path: Path) -> int:
    if not _NAME.fullmatch(path.name):
        raise KeyFolderError(f"{path} has a name that says no month or year, like epoch-2026-11.key or year-2026.key.")
    return int(path.stem.partition("-")[2].replace("-", ""))


def _read(path: Path) -> bytes:
    _must_be_closed(path, 0o600)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise KeyFolderError(f"{path} is damaged: {len(key)} bytes instead of {KEY_BYTES}. Restore it from its backup.")
    return key


def _must_be_closed(path: Path, mode: int) -> None:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyFolderError(f"{path} is open to others. Close it with: chmod {mode:o} {path}")


def _write(path: Path, key: bytes) -> None:
    """Write a key so that it is whole or not there, whenever the power fails, and replaces none."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    path.hardlink_to(draft)
    draft.unlink()


def _sync(folder: Path) -> None:
    """Make the names last: a database whose keys are gone with the power is lost."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
