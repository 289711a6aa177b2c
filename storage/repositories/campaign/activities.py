"""The campaign's activities, as they were recorded."""

from collections.abc import AsyncIterator
from datetime import date

from bot.domain.campaign.activities import Activity, ActivityKind
from bot.domain.ids import OfficerNumber
from bot.domain.places import UnitCode
from storage.connection import Connection
from storage.numbering import next_number

_ADD_ACTIVITY = """
    INSERT INTO activity (number, unit, day, kind, amount, officer)
    VALUES ($1, $2, $3, $4, $5, $6)
"""
_ACTIVITIES = "SELECT unit, day, kind, amount, officer FROM activity ORDER BY number"


class ActivityRepository:
    """Implements `bot.ports.Activities`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, activity: Activity) -> None:
        """Store a record."""
        await self._connection.run(
            _ADD_ACTIVITY,
            await next_number(self._connection, "activity"),
            *(activity.unit, activity.day.isoformat(), activity.kind.value, activity.number, activity.officer),
        )

    async def every(self) -> AsyncIterator[Activity]:
        """Give every record as it is read."""
        async for row in self._connection.stream(_ACTIVITIES):
            yield Activity(
                unit=UnitCode(row["unit"]),
                day=date.fromisoformat(row["day"]),
                kind=ActivityKind(row["kind"]),
                number=row["amount"],
                officer=OfficerNumber(row["officer"]),
            )
