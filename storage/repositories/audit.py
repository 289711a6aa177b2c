"""The audit log: append-only, each row carrying the hash of the one before."""

import hashlib
import json
from datetime import datetime

from bot.domain.campaign.periods import hour_of
from bot.ports import AuditLink, AuditRow
from storage.connection import Connection
from storage.times import from_ms, to_ms

_FIRST = "SELECT hour FROM audit ORDER BY number LIMIT 1"
_LAST = "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"
_APPEND = """
    INSERT INTO audit (number, hour, action, officer, subject, unit, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_NEXT = """
    SELECT number, hour, action, officer, subject, unit, hash
    FROM audit
    WHERE number > $1
    ORDER BY number
    LIMIT $2
"""
_CHAINED = ("number", "hour", "action", "officer", "subject", "unit")


class AuditRepository:
    """Implements `bot.ports.Audit`."""

    __slots__ = ("_connection", "_now")

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def append(self, row: AuditRow) -> None:
        """Add a row."""
        last = await self._connection.row(_LAST)
        number, before = (last["number"] + 1, last["hash"]) if last is not None else (1, b"")
        values = (number, to_ms(hour_of(self._now)), str(row.action), row.officer, row.subject, row.unit)
        await self._connection.run(_APPEND, *values, _chain(before, values))

    async def began(self) -> datetime | None:
        """Tell the hour of the first row."""
        row = await self._connection.row(_FIRST)
        return from_ms(row["hour"]) if row is not None else None

    async def follow(self, link: AuditLink, *, limit: int) -> AuditLink:
        """Check a few more rows of the chain."""
        number, before = link.number, link.hash
        latest = to_ms(link.hour) if link.hour is not None else None
        rows = await self._connection.rows(_NEXT, number, limit)
        for row in rows:
            values = tuple(row[name] for name in _CHAINED)
            if row["number"] != number + 1 or row["hash"] != _chain(before, values):
                return AuditLink(number, before, link.hour, is_end=True, broken_at=int(row["number"]))
            number, before = row["number"], row["hash"]
            latest = row["hour"] if latest is None or row["hour"] > latest else latest
        hour = from_ms(latest) if latest is not None else None
        return AuditLink(number, before, hour, is_end=len(rows) < limit)


def _chain(before: bytes, values: tuple[object, ...]) -> bytes:
    line = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(before + line.encode()).digest()
