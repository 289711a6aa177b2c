"""Updates: those that were settled, and those that were set aside."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.ids import ChatId, UpdateKey


class Updates(Protocol):
    """Keys of updates that were dealt with."""

    async def settle(self, key: UpdateKey) -> bool:
        """Store an update's key, called by the engine in the savepoint of its use case; False when it was known.

        An update that was set aside leaves at the same moment. While it is aside its key is not known, whatever else
        was stored of it: it has had no effect.
        """
        ...

    async def forget_before(self, hour: datetime, *, limit: int) -> int:
        """Forget a few keys of updates dealt with before a whole hour, which come no more; give how many."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedUpdate:
    """An update that was set aside."""

    key: UpdateKey
    chat: ChatId | None = field(repr=False)
    """Whose it is; None when that cannot be read."""
    raw: str = field(repr=False)
    """The whole update, as JSON."""
    tries: int = 0
    """How often it failed since; 0: it waits for its turn."""


class ParkedUpdates(Protocol):
    """Updates that wait, sealed whole: for their turn, or because they could not be handled."""

    async def add(self, key: UpdateKey, *, chat: ChatId | None, raw: str) -> None:
        """Set an update aside. Nothing happens when it is aside, or was dealt with.

        Not to be called under the update's own key: its next try would be a repeat.
        """
        ...

    async def note_failure(self, key: UpdateKey, *, reason: str) -> int:
        """Count a failure of one that is aside; `reason` is an error's class name. 0 when it is aside no more."""
        ...

    async def all(self) -> Sequence[ParkedUpdate]:
        """Give the updates set aside, oldest first."""
        ...

    async def get(self, key: UpdateKey) -> ParkedUpdate | None:
        """Find one that is aside; None when it was dealt with, or does not open."""
        ...

    async def drop(self, key: UpdateKey) -> None:
        """Let one go that has no effect which would take it along."""
        ...

    async def forget(self, chat: ChatId) -> None:
        """Destroy what has failed of a chat, when it is wiped.

        What only waits for its turn was written after whatever wipes the chat, and stays: a chat's updates keep order.
        """
        ...

    async def forget_before(self, hour: datetime, *, limit: int) -> int:
        """Forget a few updates set aside before a whole hour: nothing has helped them; give how many."""
        ...
