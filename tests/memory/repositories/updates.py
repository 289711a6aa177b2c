"""Updates that were settled, and those that were set aside, in dictionaries."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.campaign.periods import hour_of
from bot.domain.ids import UpdateKey
from tests.memory.state import State


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

    async def forget_before(self, hour: datetime, *, limit: int) -> int:
        dying = [key for key, at in self._s.updates.items() if at < hour][:limit]
        for key in dying:
            del self._s.updates[key]
        return len(dying)


class MemoryParkedUpdates:
    """Implements `bot.ports.ParkedUpdates`."""

    def __init__(self, state: State, now: datetime) -> None:
        self._s = state
        self._now = now

    async def add(self, key: UpdateKey, *, raw: str, reason: str) -> None:
        if key not in self._s.updates and key not in self._s.parked:
            self._s.parked[key] = raw
            self._s.parked_at[key] = hour_of(self._now)

    async def forget_before(self, hour: datetime, *, limit: int) -> int:
        dying = [key for key in self._s.parked if self._s.parked_at[key] < hour][:limit]
        for key in dying:
            del self._s.parked[key]
        return len(dying)

    async def all(self) -> Sequence[tuple[UpdateKey, str]]:
        return sorted(self._s.parked.items(), key=lambda each: (each[0].bot, each[0].update))

    async def get(self, key: UpdateKey) -> str | None:
        return self._s.parked.get(key)
