"""The reader: how what only reads is run, beside everything else."""

from typing import Protocol, TypeVar

from bot.ports.executor import Keyed, UseCase

_C = TypeVar("_C", bound=Keyed)
_R = TypeVar("_R")


class Reader(Protocol):
    """Runs use cases that only read, on a connection of their own: no use case of the executor waits for them.

    For checks, recounts and exports, of which each may read everything. Screens are built by what also writes.
    """

    async def read(self, use_case: UseCase[_C, _R], command: _C) -> _R:
        """Run one use case over what was committed when it began to read: it sees one moment, however long it takes.

        While it reads, the write-ahead log cannot be emptied, so what may take long is asked for in parts.
        Raises StorageUnavailableError when something cannot be read, or was to be written; ForeignAwaitError; or what
        the use case raised.
        """
        ...
