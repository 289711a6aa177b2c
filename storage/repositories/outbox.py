"""The outbox: sealed messages out, written with the decision that causes them, leased by the one that sends."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from bot.domain.ids import ChatId, OutboxId
from bot.domain.outgoing import Outgoing
from bot.ports import Ids, Leased
from storage.connection import Connection
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault
from storage.errors import SealBrokenError
from storage.times import from_ms, to_ms

_OUTGOING: TypeAdapter[Outgoing] = TypeAdapter(Outgoing)

_PUT = """
    INSERT INTO outbox (id, urgency, due, attempts, leased_until, epoch, body)
    VALUES ($1, $2, $3, 0, 0, $4, $5)
"""
_LEASE = """
    UPDATE outbox
    SET leased_until = $2
    WHERE id IN (
        SELECT id
        FROM outbox
        WHERE parked IS NULL AND leased_until = 0 AND due <= $1
        ORDER BY urgency, id
        LIMIT $3
    )
    RETURNING id, urgency, attempts, body
"""
_DROP = "DELETE FROM outbox WHERE id = $1"
_RETRY = "UPDATE outbox SET leased_until = 0, due = $2, attempts = outbox.attempts + 1 WHERE id = $1"
_PARK = "UPDATE outbox SET leased_until = 0, parked = $2, attempts = outbox.attempts + 1 WHERE id = $1"
_PARKED = "SELECT id, body FROM outbox WHERE parked IS NOT NULL"
_RELEASE = "UPDATE outbox SET leased_until = 0 WHERE leased_until <> 0"
_NEXT = "SELECT MIN(due) AS due FROM outbox WHERE parked IS NULL AND leased_until = 0"
_WAITING = """
    SELECT
        CAST(COALESCE(SUM(CASE WHEN parked IS NULL AND leased_until = 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS due,
        CAST(COALESCE(SUM(CASE WHEN parked IS NULL AND leased_until <> 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS leased,
        CAST(COALESCE(SUM(CASE WHEN parked IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS parked
    FROM outbox
"""


class OutboxRepository:
    """Implements `bot.ports.Outbox`."""

    __slots__ = ("_connection", "_ids", "_now", "_vault")

    def __init__(self, connection: Connection, vault: Vault, now: datetime, ids: Ids) -> None:
        self._connection = connection
        self._vault = vault
        self._now = now
        self._ids = ids

    async def put(self, outgoing: Outgoing, *, due: datetime | None = None) -> None:
        """Queue a message."""
        row = self._ids.outbox_id(self._now)
        body = self._vault.seal(outgoing.model_dump_json(), SealedColumn.OUTBOX, row)
        await self._connection.run(_PUT, row, int(outgoing.urgency), to_ms(due or self._now), self._vault.epoch, body)

    async def lease(self, *, limit: int, until: datetime) -> Sequence[Leased]:
        """Take due rows that are in nobody's hands, by urgency and age."""
        rows = await self._connection.rows(_LEASE, to_ms(self._now), to_ms(until), limit)
        leased = []
        for row in sorted(rows, key=lambda each: (each["urgency"], each["id"])):
            number = OutboxId(row["id"])
            try:
                text = self._vault.open(row["body"], SealedColumn.OUTBOX, number)
                outgoing = _OUTGOING.validate_json(text)
            except (SealBrokenError, ValidationError) as error:  # damaged, or written by another version
                await self.park(number, reason=type(error).__name__)
                continue
            leased.append(Leased(number, row["attempts"], outgoing))
        return leased

    async def drop(self, row: OutboxId) -> None:
        """Forget a row."""
        await self._connection.run(_DROP, row)

    async def retry(self, row: OutboxId, *, due: datetime) -> None:
        """Put a row back for later."""
        await self._connection.run(_RETRY, row, to_ms(due))

    async def park(self, row: OutboxId, *, reason: str) -> None:
        """Set a row aside."""
        await self._connection.run(_PARK, row, reason)

    async def release_all(self) -> None:
        """Take every row out of all hands."""
        await self._connection.run(_RELEASE)

    async def forget(self, chat: ChatId) -> None:
        """Forget the rows of a chat that were set aside; one that does not open is nobody's."""
        for row in await self._connection.rows(_PARKED):
            try:
                text = self._vault.open(row["body"], SealedColumn.OUTBOX, row["id"])
                outgoing = _OUTGOING.validate_json(text)
            except (SealBrokenError, ValidationError):
                continue
            if outgoing.chat == chat:
                await self.drop(row["id"])

    async def next_due(self) -> datetime | None:
        """Tell when the earliest free row is due."""
        row = await self._connection.row(_NEXT)
        return from_ms(row["due"]) if row is not None and row["due"] is not None else None

    async def waiting(self) -> Mapping[str, int]:
        """Count rows by state."""
        row = await self._connection.row(_WAITING)
        return {name: row[name] if row is not None else 0 for name in ("due", "leased", "parked")}
