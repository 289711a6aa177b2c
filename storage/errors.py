"""What can be wrong with the keys or the file: a sentence that says what to do, or a kind that has one in the texts."""

import errno
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.ports import StorageUnavailableError, Trouble

_BY_ENGINE: Final[Mapping[int, Trouble]] = {
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_FULL: Trouble.UNWRITABLE,
    sqlite3.SQLITE_IOERR: Trouble.UNWRITABLE,
    sqlite3.SQLITE_READONLY: Trouble.UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: Trouble.UNWRITABLE,
}
_UNWRITABLE: Final = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM}
)


class StorageError(Exception):
    """The database cannot be opened as it is; the text says what to do."""


class KeyFolderError(StorageError):
    """The folder of the keys is missing, empty, or open to others."""


class KeysMissingError(KeyFolderError):
    """There are no keys where they should be: they were never made, or they are gone."""


class WrongKeyError(StorageError):
    """The database was sealed with keys that are not in the folder."""


class FileUnusableError(StorageError):
    """The path cannot be used for a database, or the file could not be brought to the present schema."""


class OlderSchemaError(StorageError):
    """The database was written by a version of the program that this one cannot take over from."""


class NewerSchemaError(StorageError):
    """The database was written by a newer version of the program."""


class SealBrokenError(Exception):
    """A sealed value does not open: it was changed, moved to another row, or sealed with another key."""


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Read off an error, or what caused it, which kind of trouble the engine or the disk has; None: neither has."""
    while error is not None:
        if isinstance(error, sqlite3.Error):
            return _BY_ENGINE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if isinstance(error, OSError):
            return Trouble.UNWRITABLE if error.errno in _UNWRITABLE else None
        error = error.__cause__
    return None


@contextmanager
def saying_what_is_wrong(path: Path) -> Iterator[None]:
    """Turn what the engine or the disk raises into StorageUnavailableError or, for the rest, FileUnusableError."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        trouble = trouble_of(error)
        if trouble is not None:
            raise StorageUnavailableError(trouble) from error
        raise FileUnusableError(f"{path} cannot be used as the database: {error}.") from error
