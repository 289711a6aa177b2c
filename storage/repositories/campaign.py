"""The campaign's small books: activities, targets, digests queued, warnings given, names of places added."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.activities import Activity, ActivityKind
from bot.domain.ids import OfficerNumber
from bot.domain.periods import Period
from bot.domain.places import UnitCode
from bot.domain.stats import Headline
from storage.connection import Connection
from storage.repositories.counters import next_number

_ADD_ACTIVITY = """
    INSERT INTO activity (number, unit, day, kind, amount, officer)
    VALUES ($1, $2, $3, $4, $5, $6)
"""
_ACTIVITIES = "SELECT unit, day, kind, amount, officer FROM activity ORDER BY number"
_SET_TARGET = """
    INSERT INTO target (unit, year, line, value)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (unit, year, line) DO UPDATE SET value = excluded.value
"""
_TARGETS = "SELECT line, value FROM target WHERE unit = $1 AND year = $2"
_QUEUE_DIGEST = "INSERT INTO digest (unit, week) VALUES ($1, $2) ON CONFLICT (unit, week) DO NOTHING"
_ALERT = "INSERT INTO alert (kind, subject, day) VALUES ($1, $2, $3) ON CONFLICT (kind, subject, day) DO NOTHING"
_ADD_ALIAS = """
    INSERT INTO alias (name, unit, officer)
    VALUES ($1, $2, $3)
    ON CONFLICT (name) DO UPDATE SET unit = excluded.unit, officer = excluded.officer
"""
_ALIASES = "SELECT name, unit FROM alias ORDER BY name"


class _Book:
    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection


class ActivityRepository(_Book):
    """Implements `bot.ports.Activities`."""

    async def add(self, activity: Activity) -> None:
        """Store a record."""
        await self._connection.run(
            _ADD_ACTIVITY,
            await next_number(self._connection, "activity"),
            *(activity.unit, activity.day.isoformat(), activity.kind.value, activity.number, activity.officer),
        )

    async def all(self) -> Sequence[Activity]:
        """Give every record."""
        return [
            Activity(
                unit=UnitCode(row["unit"]),
                day=date.fromisoformat(row["day"]),
                kind=ActivityKind(row["kind"]),
                number=row["amount"],
                officer=OfficerNumber(row["officer"]),
            )
            for row in await self._connection.rows(_ACTIVITIES)
        ]


class TargetRepository(_Book):
    """Implements `bot.ports.Targets`."""

    async def set(self, *, unit: UnitCode, year: int, line: Headline, value: int) -> None:
        """Set or change a target."""
        await self._connection.run(_SET_TARGET, unit, year, line.value, value)

    async def of(self, unit: UnitCode, year: int) -> Mapping[Headline, int]:
        """Give a unit's targets of a year."""
        return {Headline(row["line"]): row["value"] for row in await self._connection.rows(_TARGETS, unit, year)}


class DigestRepository(_Book):
    """Implements `bot.ports.Digests`."""

    async def queue_once(self, unit: UnitCode, week: Period) -> bool:
        """Claim the digest of a unit and week."""
        return await self._connection.run(_QUEUE_DIGEST, unit, week.name) == 1


class AlertRepository(_Book):
    """Implements `bot.ports.Alerts`."""

    async def once(self, kind: str, subject: str, day: date) -> bool:
        """Claim a warning for the day."""
        return await self._connection.run(_ALERT, kind, subject, day.isoformat()) == 1


class AliasRepository(_Book):
    """Implements `bot.ports.Aliases`."""

    async def add(self, *, name: str, unit: UnitCode, officer: OfficerNumber | None) -> None:
        """Store a name."""
        await self._connection.run(_ADD_ALIAS, name, unit, officer)

    async def all(self) -> Mapping[str, UnitCode]:
        """Give every added name."""
        return {row["name"]: UnitCode(row["unit"]) for row in await self._connection.rows(_ALIASES)}
