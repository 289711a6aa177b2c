"""City days, ISO weeks, months and years: which span of days a figure is about.

A day is a day in Cần Thơ (Asia/Ho_Chi_Minh, UTC+7 without daylight saving). Spans are inclusive at both ends.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain import errors

CITY_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DIGEST_AT = time(7, 0)
"""Monday, city time: when the digest of the week that ended goes out."""

DAY_BEGINS, DAY_ENDS = time(7, 0), time(21, 0)
"""City time: officers' phones ring between them, for what is not urgent."""

_WEEK = re.compile(r"(20[0-9]{2}|2100)-?W([0-9]{1,2})", re.IGNORECASE)
"""From 2000 to 2100: at the ends of the calendar a week has no week beside it."""


class Span(StrEnum):
    """The kinds of periods that figures are asked for."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A span of city days with the name people give it: "2026-W47", "2026-11" or "2026"."""

    span: Span
    first: date
    last: date

    @property
    def name(self) -> str:
        """Name the period the way files and commands write it."""
        match self.span:
            case Span.WEEK:
                year, week, _ = self.first.isocalendar()
                return f"{year}-W{week:02d}"
            case Span.MONTH:
                return f"{self.first:%Y-%m}"
            case Span.YEAR:
                return f"{self.first:%Y}"

    @property
    def target_year(self) -> int:
        """Give the year whose targets and baseline stand beside the period."""
        return self.last.year

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def city_day(moment: datetime) -> date:
    """Give the day in the city at an aware moment."""
    return moment.astimezone(CITY_ZONE).date()


def is_night(moment: datetime) -> bool:
    """Say whether phones stay still at an aware moment, but for what is urgent."""
    return not DAY_BEGINS <= moment.astimezone(CITY_ZONE).time() < DAY_ENDS


def hour_of(moment: datetime) -> datetime:
    """Round an aware moment down to the hour, in UTC."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def week_of(day: date) -> Period:
    """Give the ISO week of a day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Period(Span.WEEK, monday, monday + timedelta(days=6))


def month_of(day: date) -> Period:
    """Give the month of a day."""
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return Period(Span.MONTH, first, following - timedelta(days=1))


def year_of(day: date) -> Period:
    """Give the year of a day."""
    return Period(Span.YEAR, date(day.year, 1, 1), date(day.year, 12, 31))


def period_of(span: Span, day: date) -> Period:
    """Give the week, month or year of a day."""
    return {Span.WEEK: week_of, Span.MONTH: month_of, Span.YEAR: year_of}[span](day)


def parse_week(text: str) -> Period:
    """Read "2026-W47". Raises NotUnderstood when there is no such week."""
    found = _WEEK.fullmatch(text.strip())
    if found is None:
        raise errors.NotUnderstood(form="2026-W47")
    try:
        return week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except ValueError as error:
        raise errors.NotUnderstood(form="2026-W47") from error


def digest_due(week: Period) -> datetime:
    """Give the moment (UTC) from which the digest of a week may go out: the Monday after it, 07:00 city time."""
    return datetime.combine(week.last + timedelta(days=1), DIGEST_AT, CITY_ZONE).astimezone(UTC)


def latest_due_week(now: datetime) -> Period:
    """Give the newest week whose digest is due at an aware moment."""
    week = week_of(city_day(now) - timedelta(days=7))
    return week if digest_due(week) <= now else week_of(week.first - timedelta(days=7))
