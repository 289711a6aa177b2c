"""The executor: how a use case is run, once and durably."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar, runtime_checkable

from bot.domain.errors import Refusal
from bot.domain.ids import UpdateKey
from bot.ports.unit_of_work import UnitOfWork


@runtime_checkable
class Keyed(Protocol):
    """A command that came with an update: running it twice must do nothing the second time."""

    @property
    def key(self) -> UpdateKey | None:
        """Which update asked for this; None for what the program asks of itself."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """What the program or its operator asks of itself: no update brought it, and no chat is answered."""

    @property
    def key(self) -> None:
        """No update asked for this."""
        return


class Repeated:
    """What `run` gives back for an update that was dealt with before."""


REPEATED = Repeated()


@dataclass(frozen=True, slots=True)
class Refused:
    """What `run` gives back for a refusal: it was answered and the update is settled."""

    refusal: Refusal


class Handled(StrEnum):
    """What became of an update whose handling came back without an error."""

    DONE = "done"
    """It has its effect, or was refused with an answer."""
    REPEATED = "repeated"
    """It had been dealt with before: nothing happened."""
    IGNORED = "ignored"
    """It is of a kind that asks for nothing: nothing was stored of it, not even its key."""


class Trouble(StrEnum):
    """Why the storage is unavailable, by what the operator has to do about it."""

    UNWRITABLE = "unwritable"
    """No room on the disk, a failing disk, or no right to write; also whatever has no kind of its own."""
    DAMAGED = "damaged"
    BUSY = "busy"
    """Another process writes, and for long."""
    RUNNING = "running"
    """Another bot runs on the same database."""


class StorageUnavailableError(Exception):
    """The engine could not commit: nothing of the group was stored, and none of it may be acknowledged."""

    def __init__(self, trouble: Trouble = Trouble.UNWRITABLE, *, tables: Sequence[str] = ()) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.tables = tuple(tables)
        """Where damage was found, as far as that is known."""


def reason_of(error: BaseException) -> str:
    """Name an error for a log: the trouble of a storage that is unavailable, else the error's class."""
    return error.trouble.value if isinstance(error, StorageUnavailableError) else type(error).__name__


class ForeignAwaitError(Exception):
    """A use case awaited something that is not its own unit of work: it was rolled back."""


_C = TypeVar("_C", bound=Keyed)
_R = TypeVar("_R")

UseCase = Callable[[UnitOfWork, _C], Awaitable[_R]]
OnRefusal = Callable[[UnitOfWork, Keyed, Refusal], Awaitable[None]]
"""Writes the answer to a refused command; runs after the refused use case was rolled back."""


class Executor(Protocol):
    """Runs use cases, each in its own savepoint of a group's transaction, and answers after the commit."""

    async def run(self, use_case: UseCase[_C, _R], command: _C) -> _R | Repeated | Refused:
        """Run one use case durably.

        Returns its result, `REPEATED` when the command's update was dealt with before (nothing happens), or `Refused`.
        Raises StorageUnavailableError when the group could not be committed, ForeignAwaitError, or what the use case
        raised (rolled back alone, update not settled).
        """
        ...
