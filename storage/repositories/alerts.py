"""Alerts: which warnings were given today."""

from datetime import date

from storage.connection import Connection

_ALERT = "INSERT INTO alert (kind, subject, day) VALUES ($1, $2, $3) ON CONFLICT (kind, subject, day) DO NOTHING"

_FORGET = """
    DELETE FROM alert
    WHERE (kind, subject, day) IN (SELECT kind, subject, day FROM alert WHERE day < $1 LIMIT $2)
"""


class AlertRepository:
    """Implements `bot.ports.Alerts`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def once(self, kind: str, subject: str, day: date) -> bool:
        """Claim a warning for the day."""
        return await self._connection.run(_ALERT, kind, subject, day.isoformat()) == 1

    async def forget_before(self, day: date, *, limit: int) -> int:
        """Forget a few warnings of days before one."""
        return await self._connection.run(_FORGET, day.isoformat(), limit)
