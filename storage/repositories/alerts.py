"""Alerts: which warnings were given today."""

from datetime import date

from storage.connection import Connection

_ALERT = "INSERT INTO alert (kind, subject, day) VALUES ($1, $2, $3) ON CONFLICT (kind, subject, day) DO NOTHING"


class AlertRepository:
    """Implements `bot.ports.Alerts`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def once(self, kind: str, subject: str, day: date) -> bool:
        """Claim a warning for the day."""
        return await self._connection.run(_ALERT, kind, subject, day.isoformat()) == 1
