"""The audit log: append-only, each row carrying the hash of the one before."""

import hashlib
import json
from datetime import datetime

from bot.domain.campaign.periods import hour_of
from bot.ports import AuditRow
from storage.connection import Connection
from storage.times import from_ms, to_ms

_FIRST = "SELECT hour FROM audit ORDER BY number LIMIT 1"
_LAST = "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"
_APPEND = """
    INSERT INTO audit (number, hour, action, officer, subject, unit, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_ALL = "SELECT number, hour, action, officer, subject, unit, hash FROM audit ORDER BY number"


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

    async def broken_at(self) -> int | None:
        """Check the chain."""
        before, expected = b"", 1
        for row in await self._connection.rows(_ALL):
            names = ("number", "hour", "action", "officer", "subject", "unit")
            if row["number"] != expected or row["hash"] != _chain(before, tuple(row[name] for name in names)):
                return int(row["number"])
            before, expected = row["hash"], expected + 1
        return None


def _chain(before: bytes, values: tuple[object, ...]) -> bytes:
    line = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(before + line.encode()).digest()
