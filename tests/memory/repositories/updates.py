"""Updates that were settled, and those that were set aside, in dictionaries."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.ids import ChatId, UpdateKey
from bot.ports.repositories.updates import is_of
from tests.memory.state import MemoryRepository, State


class MemoryUpdates:
    """Implements `bot.ports.Updates`."""

    def __init__(self, state: State, now: datetime) -> None:
        self._s = state
        self._now = now

    async def settle(self, key: UpdateKey) -> bool:
        is_known = key in self._s.updates and key not in self._s.parked
        self._s.updates.setdefault(key, self._now)
        self._s.parked.pop(key, None)
        return not is_known

    async def forget_before(self, hour: datetime) -> None:
        for key in [key for key, at in self._s.updates.items() if at < hour]:
            del self._s.updates[key]


class MemoryParkedUpdates(MemoryRepository):
    """Implements `bot.ports.ParkedUpdates`."""

    async def add(self, key: UpdateKey, *, raw: str, reason: str) -> None:
        if key not in self._s.updates:
            self._s.parked.setdefault(key, raw)

    async def all(self) -> Sequence[tuple[UpdateKey, str]]:
        return sorted(self._s.parked.items(), key=lambda each: (each[0].bot, each[0].update))

    async def get(self, key: UpdateKey) -> str | None:
        return self._s.parked.get(key)

    async def forget(self, chat: ChatId) -> None:
        for key in [key for key, raw in self._s.parked.items() if is_of(raw, chat)]:
            del self._s.parked[key]
