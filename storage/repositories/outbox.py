"""The outbox: sealed messages out, written with the decision that causes them, and handed over after its commit."""

from collections.abc import Mapping, MutableSequence, Sequence
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from bot.domain.campaign.periods import hour_of
from bot.domain.ids import ChatId, OutboxId
from bot.domain.outgoing import Outgoing
from bot.ports import HandedOver, OutboxRow, QueuedRow
from storage.connection import Connection, SqlRow
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault
from storage.errors import SealBrokenError
from storage.numbering import next_number
from storage.times import from_ms, to_ms

_OUTGOING: TypeAdapter[Outgoing] = TypeAdapter(Outgoing)

_PUT = """
    INSERT INTO outbox (seq, urgency, attempts, epoch, body)
    VALUES ($1, $2, 0, $3, $4)
"""
_AFTER = """
    SELECT seq, attempts, parked_hour, reason, body
    FROM outbox
    WHERE seq > $1
    ORDER BY seq
    LIMIT $2
"""
_ONE = "SELECT seq, attempts, parked_hour, reason, body FROM outbox WHERE seq = $1"
_DROP = "DELETE FROM outbox WHERE seq = $1"
_COUNT = "UPDATE outbox SET attempts = outbox.attempts + 1 WHERE seq = $1"
_PARK = """
    UPDATE outbox
    SET parked_hour = $2, reason = $3, attempts = outbox.attempts + 1
    WHERE seq = $1
"""
_TAKE_BACK = "UPDATE outbox SET parked_hour = NULL, reason = NULL WHERE seq = $1"
_PARKED = "SELECT seq, attempts, parked_hour, reason, body FROM outbox WHERE parked_hour IS NOT NULL"
_FORGET = "DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox WHERE parked_hour < $1 LIMIT $2)"
_WAITING = "SELECT COUNT(*) AS rows_kept, COUNT(parked_hour) AS rows_parked FROM outbox"


class OutboxRepository:
    """Implements `bot.ports.Outbox`."""

    __slots__ = ("_connection", "_now", "_queued", "_vault")

    def __init__(
        self, connection: Connection, vault: Vault, now: datetime, queued: MutableSequence[HandedOver]
    ) -> None:
        self._connection = connection
        self._vault = vault
        self._now = now
        self._queued = queued

    async def put(self, outgoing: Outgoing) -> None:
        """Queue a message."""
        seq = OutboxId(await next_number(self._connection, "outbox"))
        body = self._vault.seal(outgoing.model_dump_json(), SealedColumn.OUTBOX, seq)
        await self._connection.run(_PUT, seq, int(outgoing.urgency), self._vault.epoch, body)
        self._queued.append(QueuedRow(seq, outgoing))

    async def after(self, seq: OutboxId, *, limit: int) -> Sequence[OutboxRow]:
        """Read the rows behind a number."""
        return [await self._read(row) for row in await self._connection.rows(_AFTER, seq, limit)]

    async def get(self, seq: OutboxId) -> OutboxRow | None:
        """Read one row."""
        row = await self._connection.row(_ONE, seq)
        return None if row is None else await self._read(row)

    async def _read(self, row: SqlRow) -> OutboxRow:
        seq, hour, reason = OutboxId(row["seq"]), row["parked_hour"], row["reason"]
        outgoing = None
        try:
            outgoing = _OUTGOING.validate_json(self._vault.open(row["body"], SealedColumn.OUTBOX, seq))
        except (SealBrokenError, ValidationError) as error:  # damaged, or written by another version
            if hour is None:
                hour, reason = to_ms(hour_of(self._now)), type(error).__name__
                await self.park(seq, reason=reason)
        return OutboxRow(seq, row["attempts"], outgoing, None if hour is None else from_ms(hour), reason)

    async def drop(self, seq: OutboxId) -> None:
        """Forget a row."""
        await self._connection.run(_DROP, seq)

    async def count_attempt(self, seq: OutboxId) -> None:
        """Count an attempt."""
        await self._connection.run(_COUNT, seq)

    async def park(self, seq: OutboxId, *, reason: str) -> None:
        """Set a row aside."""
        await self._connection.run(_PARK, seq, to_ms(hour_of(self._now)), reason)

    async def take_back(self, seq: OutboxId) -> None:
        """Let a parked row wait again."""
        await self._connection.run(_TAKE_BACK, seq)

    async def forget_parked(self, before_hour: datetime, *, limit: int) -> int:
        """Forget a few rows set aside before an hour."""
        return await self._connection.run(_FORGET, to_ms(before_hour), limit)

    async def forget(self, chat: ChatId) -> None:
        """Forget the rows of a chat that were set aside; one that does not open is nobody's."""
        for row in [await self._read(each) for each in await self._connection.rows(_PARKED)]:
            if row.outgoing is not None and row.outgoing.chat == chat:
                await self.drop(row.seq)

    async def waiting(self) -> Mapping[str, int]:
        """Count rows by state."""
        row = await self._connection.row(_WAITING)
        kept, parked = (row["rows_kept"], row["rows_parked"]) if row is not None else (0, 0)
        return {"due": kept - parked, "parked": parked}
