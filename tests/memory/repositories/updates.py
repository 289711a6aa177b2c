"""Updates that were settled, and those that were set aside, in dictionaries."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.campaign.periods import hour_of
from bot.domain.ids import ChatId, UpdateKey
from bot.ports import ParkedUpdate
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

    async def add(self, key: UpdateKey, *, chat: ChatId | None, raw: str) -> None:
        if key not in self._s.updates:
            self._s.parked.setdefault(key, (ParkedUpdate(key=key, chat=chat, raw=raw), hour_of(self._now)))

    async def forget_before(self, hour: datetime, *, limit: int) -> int:
        dying = [key for key, (_, at) in self._s.parked.items() if at < hour][:limit]
        for key in dying:
            del self._s.parked[key]
        return len(dying)

    async def note_failure(self, key: UpdateKey, *, reason: str) -> int:
        if key not in self._s.parked:
            return 0
        row, at = self._s.parked[key]
        self._s.parked[key] = (replace(row, tries=row.tries + 1), at)
        return row.tries + 1

    async def all(self) -> Sequence[ParkedUpdate]:
        return sorted((row for row, _ in self._s.parked.values()), key=lambda row: (row.key.bot, row.key.update))

    async def get(self, key: UpdateKey) -> ParkedUpdate | None:
        return self._s.parked[key][0] if key in self._s.parked else None

    async def drop(self, key: UpdateKey) -> None:
        self._s.parked.pop(key, None)

    async def forget(self, chat: ChatId) -> None:
        self._keep(lambda row, _: row.chat != chat or not row.tries)

    def _keep(self, lives: Callable[[ParkedUpdate, datetime], bool]) -> None:
        self._s.parked = {key: each for key, each in self._s.parked.items() if lives(*each)}
