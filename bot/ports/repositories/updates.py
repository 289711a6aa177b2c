"""Updates: those that were settled, and those that were set aside."""

import json
from collections.abc import Mapping, Sequence
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

    async def forget_before(self, hour: datetime) -> None:
        """Forget the keys of updates dealt with before a whole hour: Telegram no longer repeats those."""
        ...


class ParkedUpdates(Protocol):
    """Updates that could not be handled, sealed whole, so that nothing is lost."""

    async def add(self, key: UpdateKey, *, raw: str, reason: str) -> None:
        """Set an update aside; `reason` is an error's class name. Nothing happens when it is aside, or was dealt with.

        Not to be called under the update's own key: its next try would be a repeat.
        """
        ...

    async def all(self) -> Sequence[tuple[UpdateKey, str]]:
        """Give the updates set aside, oldest first, as JSON."""
        ...

    async def get(self, key: UpdateKey) -> str | None:
        """Find one that is aside, as JSON; None when it was dealt with, or does not open."""
        ...

    async def forget(self, chat: ChatId) -> None:
        """Forget what is aside of a chat: `is_of` says what that is."""
        ...


def is_of(raw: str, chat: ChatId) -> bool:
    """Say whether an update belongs to a chat or comes from its person, however malformed the rest is."""
    update = json.loads(raw)
    parts = [each for each in update.values() if isinstance(each, Mapping)] if isinstance(update, Mapping) else []
    owners = [each.get(name) for each in parts for name in ("chat", "from")]
    return any(isinstance(each, Mapping) and each.get("id") == chat for each in owners)
