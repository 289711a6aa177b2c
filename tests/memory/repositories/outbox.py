"""Messages out in a dictionary."""

from collections.abc import Mapping, MutableSequence, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.campaign.periods import hour_of
from bot.domain.ids import ChatId, OutboxId
from bot.domain.outgoing import Outgoing
from bot.ports import HandedOver, OutboxRow, QueuedRow
from tests.memory.state import State


class MemoryOutbox:
    """Implements `bot.ports.Outbox`."""

    def __init__(self, state: State, now: datetime, queued: MutableSequence[HandedOver]) -> None:
        self._s = state
        self._now = now
        self._queued = queued

    async def put(self, outgoing: Outgoing) -> None:
        seq = OutboxId(self._s.next("outbox"))
        self._s.outbox[seq] = OutboxRow(seq, 0, outgoing)
        self._queued.append(QueuedRow(seq, outgoing))

    async def after(self, seq: OutboxId, *, limit: int) -> Sequence[OutboxRow]:
        return [row for number, row in sorted(self._s.outbox.items()) if number > seq][:limit]

    async def get(self, seq: OutboxId) -> OutboxRow | None:
        return self._s.outbox.get(seq)

    async def drop(self, seq: OutboxId) -> None:
        self._s.outbox.pop(seq, None)

    async def count_attempt(self, seq: OutboxId) -> None:
        self._change(seq, attempt=1)

    async def park(self, seq: OutboxId, *, reason: str) -> None:
        self._change(seq, attempt=1, parked_hour=hour_of(self._now), reason=reason)

    async def take_back(self, seq: OutboxId) -> None:
        self._change(seq, parked_hour=None, reason=None)

    async def forget_parked(self, before_hour: datetime, *, limit: int) -> int:
        rows = self._s.outbox.items()
        dying = [seq for seq, row in rows if row.parked_hour is not None and row.parked_hour < before_hour][:limit]
        for seq in dying:
            del self._s.outbox[seq]
        return len(dying)

    async def forget(self, chat: ChatId) -> None:
        for seq, row in list(self._s.outbox.items()):
            if row.parked_hour is not None and row.outgoing is not None and row.outgoing.chat == chat:
                del self._s.outbox[seq]

    async def waiting(self) -> Mapping[str, int]:
        parked = sum(row.parked_hour is not None for row in self._s.outbox.values())
        return {"due": len(self._s.outbox) - parked, "parked": parked}

    def _change(self, seq: OutboxId, *, attempt: int = 0, **changes: datetime | str | None) -> None:
        row = self._s.outbox.get(seq)
        if row is not None:
            self._s.outbox[seq] = replace(row, attempts=row.attempts + attempt, **changes)  # type: ignore[arg-type]  # as named
