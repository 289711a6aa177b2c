"""The executor: how a use case is run, once and durably."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar, runtime_checkable

from bot.domain.errors import Refusal
from bot.domain.ids import OutboxId, ReminderNumber, UpdateKey
from bot.domain.outgoing import Outgoing
from bot.domain.reminders import Reminder
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


@dataclass(frozen=True, slots=True, repr=False)
class QueuedRow:
    """A message that was queued and is committed."""

    seq: OutboxId
    outgoing: Outgoing


@dataclass(frozen=True, slots=True, repr=False)
class StoredReminder:
    """A reminder that is committed."""

    number: ReminderNumber
    reminder: Reminder


@dataclass(frozen=True, slots=True)
class WaitingNews:
    """Officers are to be told something, in their next message or in the hourly one."""

    is_quiet: bool


@dataclass(frozen=True, slots=True)
class LostTrack:
    """Whether a group was committed is not known: what waits must be read from the tables again."""


HandedOver = QueuedRow | StoredReminder | WaitingNews | LostTrack
"""What a committed unit of work leaves to others to do, by its kind."""
OnCommit = Callable[[Sequence[HandedOver]], None]
"""Hears what was handed over, in the order of queueing. It is called on the event loop, and may not raise."""


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

    def hand_over_to(self, listener: OnCommit) -> None:
        """Let a listener hear what committed use cases queued, before their callers are answered.

        What was rolled back is not heard of. There is one listener; what was committed before it came is in the tables.
        """
        ...
