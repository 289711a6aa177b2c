"""Messages out in a dictionary."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.ids import ChatId, OutboxId
from bot.domain.outgoing import Outgoing
from bot.ports import Ids, Leased
from tests.memory.state import OutboxRow, State


class MemoryOutbox:
    """Implements `bot.ports.Outbox`."""

    def __init__(self, state: State, now: datetime, ids: Ids) -> None:
        self._s = state
        self._now = now
        self._ids = ids

    async def put(self, outgoing: Outgoing, *, due: datetime | None = None) -> None:
        self._s.outbox[self._ids.outbox_id(self._now)] = OutboxRow(outgoing, due or self._now)

    async def lease(self, *, limit: int, until: datetime) -> Sequence[Leased]:
        free = [
            (row.outgoing.urgency, number)
            for number, row in self._s.outbox.items()
            if not row.is_leased and row.parked is None and row.due <= self._now
        ]
        leased = []
        for _, number in sorted(free)[:limit]:
            row = self._s.outbox[number]
            self._s.outbox[number] = replace(row, is_leased=True)
            leased.append(Leased(number, row.attempts, row.outgoing))
        return leased

    async def drop(self, row: OutboxId) -> None:
        self._s.outbox.pop(row, None)

    async def retry(self, row: OutboxId, *, due: datetime) -> None:
        kept = self._s.outbox.get(row)
        if kept is not None:
            self._s.outbox[row] = replace(kept, is_leased=False, due=due, attempts=kept.attempts + 1)

    async def park(self, row: OutboxId, *, reason: str) -> None:
        kept = self._s.outbox.get(row)
        if kept is not None:
            self._s.outbox[row] = replace(kept, is_leased=False, parked=reason, attempts=kept.attempts + 1)

    async def release_all(self) -> None:
        for number, row in self._s.outbox.items():
            self._s.outbox[number] = replace(row, is_leased=False)

    async def forget(self, chat: ChatId) -> None:
        for number, row in list(self._s.outbox.items()):
            if row.parked is not None and row.outgoing.chat == chat:
                del self._s.outbox[number]

    async def next_due(self) -> datetime | None:
        return min((row.due for row in self._s.outbox.values() if not row.is_leased and not row.parked), default=None)

    async def waiting(self) -> Mapping[str, int]:
        rows = self._s.outbox.values()
        return {
            "due": sum(not row.parked and not row.is_leased for row in rows),
            "leased": sum(not row.parked and row.is_leased for row in rows),
            "parked": sum(row.parked is not None for row in rows),
        }
