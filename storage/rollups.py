"""The sums: one wide row per day and unit, one per month and unit, narrow ones per month, unit and category.

The statements name every indicator because a wide row is what makes a year of a city readable in milliseconds; a test
compares the columns with `bot.domain.stats.Indicator`.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from bot.domain.categories import Category
from bot.domain.periods import Period, Span
from bot.domain.places import UnitCode
from bot.domain.stats import BY_CATEGORY, Entry, Indicator
from storage.connection import Connection

K = TypeVar("K")
_Figures = dict[Indicator, int]
_INDICATORS = tuple(Indicator)
"""In the order of the columns; walking over an enumeration is slow."""

_ADD_DAY = """
    INSERT INTO rollup_day (
        day, unit,
        received_bot, received_phone, received_letter, received_visit, valuable_bot, valuable_phone,
        valuable_letter, valuable_visit, not_useful, duplicate, spam, withdrawn, cases, persons, fugitives,
        sessions, people, collectives, individuals
    )
    VALUES (
        $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21
    )
    ON CONFLICT (day, unit) DO UPDATE SET
        received_bot = rollup_day.received_bot + excluded.received_bot,
        received_phone = rollup_day.received_phone + excluded.received_phone,
        received_letter = rollup_day.received_letter + excluded.received_letter,
        received_visit = rollup_day.received_visit + excluded.received_visit,
        valuable_bot = rollup_day.valuable_bot + excluded.valuable_bot,
        valuable_phone = rollup_day.valuable_phone + excluded.valuable_phone,
        valuable_letter = rollup_day.valuable_letter + excluded.valuable_letter,
        valuable_visit = rollup_day.valuable_visit + excluded.valuable_visit,
        not_useful = rollup_day.not_useful + excluded.not_useful,
        duplicate = rollup_day.duplicate + excluded.duplicate,
        spam = rollup_day.spam + excluded.spam,
        withdrawn = rollup_day.withdrawn + excluded.withdrawn,
        cases = rollup_day.cases + excluded.cases,
        persons = rollup_day.persons + excluded.persons,
        fugitives = rollup_day.fugitives + excluded.fugitives,
        sessions = rollup_day.sessions + excluded.sessions,
        people = rollup_day.people + excluded.people,
        collectives = rollup_day.collectives + excluded.collectives,
        individuals = rollup_day.individuals + excluded.individuals
"""
_ADD_MONTH = """
    INSERT INTO rollup_month (
        month, unit,
        received_bot, received_phone, received_letter, received_visit, valuable_bot, valuable_phone,
        valuable_letter, valuable_visit, not_useful, duplicate, spam, withdrawn, cases, persons, fugitives,
        sessions, people, collectives, individuals
    )
    VALUES (
        $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21
    )
    ON CONFLICT (month, unit) DO UPDATE SET
        received_bot = rollup_month.received_bot + excluded.received_bot,
        received_phone = rollup_month.received_phone + excluded.received_phone,
        received_letter = rollup_month.received_letter + excluded.received_letter,
        received_visit = rollup_month.received_visit + excluded.received_visit,
        valuable_bot = rollup_month.valuable_bot + excluded.valuable_bot,
        valuable_phone = rollup_month.valuable_phone + excluded.valuable_phone,
        valuable_letter = rollup_month.valuable_letter + excluded.valuable_letter,
        valuable_visit = rollup_month.valuable_visit + excluded.valuable_visit,
        not_useful = rollup_month.not_useful + excluded.not_useful,
        duplicate = rollup_month.duplicate + excluded.duplicate,
        spam = rollup_month.spam + excluded.spam,
        withdrawn = rollup_month.withdrawn + excluded.withdrawn,
        cases = rollup_month.cases + excluded.cases,
        persons = rollup_month.persons + excluded.persons,
        fugitives = rollup_month.fugitives + excluded.fugitives,
        sessions = rollup_month.sessions + excluded.sessions,
        people = rollup_month.people + excluded.people,
        collectives = rollup_month.collectives + excluded.collectives,
        individuals = rollup_month.individuals + excluded.individuals
"""
_ADD_CATEGORY = """
    INSERT INTO rollup_category (month, unit, category, indicator, number)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (month, unit, category, indicator) DO UPDATE SET number = rollup_category.number + excluded.number
"""
_DAYS = """
    SELECT
        unit,
        CAST(SUM(received_bot) AS BIGINT) AS received_bot,
        CAST(SUM(received_phone) AS BIGINT) AS received_phone,
        CAST(SUM(received_letter) AS BIGINT) AS received_letter,
        CAST(SUM(received_visit) AS BIGINT) AS received_visit,
        CAST(SUM(valuable_bot) AS BIGINT) AS valuable_bot,
        CAST(SUM(valuable_phone) AS BIGINT) AS valuable_phone,
        CAST(SUM(valuable_letter) AS BIGINT) AS valuable_letter,
        CAST(SUM(valuable_visit) AS BIGINT) AS valuable_visit,
        CAST(SUM(not_useful) AS BIGINT) AS not_useful,
        CAST(SUM(duplicate) AS BIGINT) AS duplicate,
        CAST(SUM(spam) AS BIGINT) AS spam,
        CAST(SUM(withdrawn) AS BIGINT) AS withdrawn,
        CAST(SUM(cases) AS BIGINT) AS cases,
        CAST(SUM(persons) AS BIGINT) AS persons,
        CAST(SUM(fugitives) AS BIGINT) AS fugitives,
        CAST(SUM(sessions) AS BIGINT) AS sessions,
        CAST(SUM(people) AS BIGINT) AS people,
        CAST(SUM(collectives) AS BIGINT) AS collectives,
        CAST(SUM(individuals) AS BIGINT) AS individuals
    FROM rollup_day
    WHERE day BETWEEN $1 AND $2
    GROUP BY unit
"""
_DAYS_OF = """
    SELECT
        unit,
        CAST(SUM(received_bot) AS BIGINT) AS received_bot,
        CAST(SUM(received_phone) AS BIGINT) AS received_phone,
        CAST(SUM(received_letter) AS BIGINT) AS received_letter,
        CAST(SUM(received_visit) AS BIGINT) AS received_visit,
        CAST(SUM(valuable_bot) AS BIGINT) AS valuable_bot,
        CAST(SUM(valuable_phone) AS BIGINT) AS valuable_phone,
        CAST(SUM(valuable_letter) AS BIGINT) AS valuable_letter,
        CAST(SUM(valuable_visit) AS BIGINT) AS valuable_visit,
        CAST(SUM(not_useful) AS BIGINT) AS not_useful,
        CAST(SUM(duplicate) AS BIGINT) AS duplicate,
        CAST(SUM(spam) AS BIGINT) AS spam,
        CAST(SUM(withdrawn) AS BIGINT) AS withdrawn,
        CAST(SUM(cases) AS BIGINT) AS cases,
        CAST(SUM(persons) AS BIGINT) AS persons,
        CAST(SUM(fugitives) AS BIGINT) AS fugitives,
        CAST(SUM(sessions) AS BIGINT) AS sessions,
        CAST(SUM(people) AS BIGINT) AS people,
        CAST(SUM(collectives) AS BIGINT) AS collectives,
        CAST(SUM(individuals) AS BIGINT) AS individuals
    FROM rollup_day
    WHERE day BETWEEN $1 AND $2 AND unit = $3
    GROUP BY unit
"""
_MONTHS = """
    SELECT
        unit,
        CAST(SUM(received_bot) AS BIGINT) AS received_bot,
        CAST(SUM(received_phone) AS BIGINT) AS received_phone,
        CAST(SUM(received_letter) AS BIGINT) AS received_letter,
        CAST(SUM(received_visit) AS BIGINT) AS received_visit,
        CAST(SUM(valuable_bot) AS BIGINT) AS valuable_bot,
        CAST(SUM(valuable_phone) AS BIGINT) AS valuable_phone,
        CAST(SUM(valuable_letter) AS BIGINT) AS valuable_letter,
        CAST(SUM(valuable_visit) AS BIGINT) AS valuable_visit,
        CAST(SUM(not_useful) AS BIGINT) AS not_useful,
        CAST(SUM(duplicate) AS BIGINT) AS duplicate,
        CAST(SUM(spam) AS BIGINT) AS spam,
        CAST(SUM(withdrawn) AS BIGINT) AS withdrawn,
        CAST(SUM(cases) AS BIGINT) AS cases,
        CAST(SUM(persons) AS BIGINT) AS persons,
        CAST(SUM(fugitives) AS BIGINT) AS fugitives,
        CAST(SUM(sessions) AS BIGINT) AS sessions,
        CAST(SUM(people) AS BIGINT) AS people,
        CAST(SUM(collectives) AS BIGINT) AS collectives,
        CAST(SUM(individuals) AS BIGINT) AS individuals
    FROM rollup_month
    WHERE month BETWEEN $1 AND $2
    GROUP BY unit
"""
_MONTHS_OF = """
    SELECT
        unit,
        CAST(SUM(received_bot) AS BIGINT) AS received_bot,
        CAST(SUM(received_phone) AS BIGINT) AS received_phone,
        CAST(SUM(received_letter) AS BIGINT) AS received_letter,
        CAST(SUM(received_visit) AS BIGINT) AS received_visit,
        CAST(SUM(valuable_bot) AS BIGINT) AS valuable_bot,
        CAST(SUM(valuable_phone) AS BIGINT) AS valuable_phone,
        CAST(SUM(valuable_letter) AS BIGINT) AS valuable_letter,
        CAST(SUM(valuable_visit) AS BIGINT) AS valuable_visit,
        CAST(SUM(not_useful) AS BIGINT) AS not_useful,
        CAST(SUM(duplicate) AS BIGINT) AS duplicate,
        CAST(SUM(spam) AS BIGINT) AS spam,
        CAST(SUM(withdrawn) AS BIGINT) AS withdrawn,
        CAST(SUM(cases) AS BIGINT) AS cases,
        CAST(SUM(persons) AS BIGINT) AS persons,
        CAST(SUM(fugitives) AS BIGINT) AS fugitives,
        CAST(SUM(sessions) AS BIGINT) AS sessions,
        CAST(SUM(people) AS BIGINT) AS people,
        CAST(SUM(collectives) AS BIGINT) AS collectives,
        CAST(SUM(individuals) AS BIGINT) AS individuals
    FROM rollup_month
    WHERE month BETWEEN $1 AND $2 AND unit = $3
    GROUP BY unit
"""
_CATEGORIES = """
    SELECT category, indicator, CAST(SUM(number) AS BIGINT) AS number
    FROM rollup_category
    WHERE month BETWEEN $1 AND $2
    GROUP BY category, indicator
"""
_CATEGORIES_OF = """
    SELECT category, indicator, CAST(SUM(number) AS BIGINT) AS number
    FROM rollup_category
    WHERE month BETWEEN $1 AND $2 AND unit = $3
    GROUP BY category, indicator
"""
_ALL = """
    SELECT
        day, unit,
        received_bot, received_phone, received_letter, received_visit, valuable_bot, valuable_phone,
        valuable_letter, valuable_visit, not_useful, duplicate, spam, withdrawn, cases, persons, fugitives,
        sessions, people, collectives, individuals
    FROM rollup_day
"""
_EMPTY = ("DELETE FROM rollup_day", "DELETE FROM rollup_month", "DELETE FROM rollup_category")


class RollupBook:
    """Implements `bot.ports.Rollups`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, entries: Counter[Entry]) -> None:
        """Add to the sums."""
        days: defaultdict[tuple[str, UnitCode], _Figures] = defaultdict(lambda: defaultdict(int))
        months: defaultdict[tuple[str, UnitCode], _Figures] = defaultdict(lambda: defaultdict(int))
        for entry, number in entries.items():
            days[entry.day.isoformat(), entry.unit][entry.indicator] += number
            months[_month(entry.day), entry.unit][entry.indicator] += number
            if entry.category is not None and entry.indicator in BY_CATEGORY:
                await self._connection.run(
                    _ADD_CATEGORY, _month(entry.day), entry.unit, entry.category.value, entry.indicator.value, number
                )
        for (day, unit), figures in days.items():
            await self._connection.run(_ADD_DAY, day, unit, *_columns(figures))
        for (month, unit), figures in months.items():
            await self._connection.run(_ADD_MONTH, month, unit, *_columns(figures))

    async def by_unit(self, period: Period, *, unit: UnitCode | None = None) -> Mapping[UnitCode, Counter[Indicator]]:
        """Sum a period per unit."""
        if period.span is Span.WEEK:
            bounds, sql, sql_of = (period.first.isoformat(), period.last.isoformat()), _DAYS, _DAYS_OF
        else:
            bounds, sql, sql_of = (_month(period.first), _month(period.last)), _MONTHS, _MONTHS_OF
        if unit is None:
            rows = await self._connection.rows(sql, *bounds)
        else:
            rows = await self._connection.rows(sql_of, *bounds, unit)
        found = {UnitCode(row["unit"]): Counter({each: row[each.value] for each in _INDICATORS}) for row in rows}
        return {code: _without_zeros(figures) for code, figures in found.items() if any(figures.values())}

    async def by_category(self, period: Period, *, unit: UnitCode | None = None) -> Counter[tuple[Category, Indicator]]:
        """Sum a month or a year per category."""
        bounds = (_month(period.first), _month(period.last))
        if unit is None:
            rows = await self._connection.rows(_CATEGORIES, *bounds)
        else:
            rows = await self._connection.rows(_CATEGORIES_OF, *bounds, unit)
        return _without_zeros(
            Counter({(Category(row["category"]), Indicator(row["indicator"])): row["number"] for row in rows})
        )

    async def all(self) -> Counter[Entry]:
        """Give the day sums."""
        return Counter(
            {
                Entry(UnitCode(row["unit"]), date.fromisoformat(row["day"]), each): row[each.value]
                for row in await self._connection.rows(_ALL)
                for each in Indicator
                if row[each.value]
            }
        )

    async def rebuild(self, entries: Counter[Entry]) -> None:
        """Replace every sum by these entries."""
        for sql in _EMPTY:
            await self._connection.run(sql)
        await self.add(entries)


def _columns(figures: _Figures) -> list[int]:
    return [figures.get(each, 0) for each in _INDICATORS]


def _without_zeros(figures: Counter[K]) -> Counter[K]:
    return Counter({what: number for what, number in figures.items() if number})


def _month(day: date) -> str:
    return day.isoformat()[:7]
