"""The sums: one wide row per day and unit, one per month and unit, narrow ones per month, unit and category.

A wide row is what makes a year of a city readable in milliseconds. Its columns are `bot.domain.stats.Indicator`, from
which the statements are composed; a test compares them with the schema.
"""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Mapping
from datetime import date
from functools import cache
from typing import LiteralString, TypeVar

from bot.domain.campaign.periods import Period, Span
from bot.domain.campaign.sums import Cell, SumKind, Sums
from bot.domain.places import UnitCode
from bot.domain.stats import BY_CATEGORY, Entry, Indicator
from bot.domain.text.categories import Category
from storage.connection import Connection
from storage.numbering import last_number, next_number

_K = TypeVar("_K")
_Figures = dict[Indicator, int]
_INDICATORS = tuple(Indicator)
"""Walking over an enumeration is slow."""
_COLUMNS = tuple(each.value for each in Indicator)


@cache
def _adding(table: str, key: str, columns: tuple[str, ...]) -> LiteralString:
    """Compose the statement that adds to some columns of a row: key and unit are $1 and $2, the numbers follow."""
    names, numbers = ", ".join(columns), ", ".join(f"${place}" for place in range(3, 3 + len(columns)))
    sums = ", ".join(f"{each} = {table}.{each} + excluded.{each}" for each in columns)
    into = f"INSERT INTO {table} ({key}, unit, {names}) VALUES ($1, $2, {numbers})"  # noqa: S608 - names of ours alone
    return f"{into} ON CONFLICT ({key}, unit) DO UPDATE SET {sums}"


def _summing(table: str, key: str, *, of_unit: bool) -> LiteralString:
    """Compose the statement that sums a table per unit from $1 to $2, perhaps of the unit $3 alone."""
    sums = ", ".join(f"CAST(SUM({each}) AS BIGINT) AS {each}" for each in _COLUMNS)
    where = f"WHERE {key} BETWEEN $1 AND $2{' AND unit = $3' if of_unit else ''}"
    return f"SELECT unit, {sums} FROM {table} {where} GROUP BY unit"  # noqa: S608 - names of ours alone


_ADD_CATEGORY = """
    INSERT INTO rollup_category (month, unit, category, indicator, number)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (month, unit, category, indicator) DO UPDATE SET number = rollup_category.number + excluded.number
"""
_DAYS, _DAYS_OF = (_summing("rollup_day", "day", of_unit=each) for each in (False, True))
_MONTHS, _MONTHS_OF = (_summing("rollup_month", "month", of_unit=each) for each in (False, True))
_CATEGORIES = """
    SELECT category, indicator, CAST(SUM(number) AS BIGINT) AS number
    FROM unit_above
    JOIN rollup_category ON rollup_category.unit = unit_above.code
    WHERE unit_above.above = $3 AND month BETWEEN $1 AND $2
    GROUP BY category, indicator
"""
_EVERY_DAY, _EVERY_MONTH = (
    f"SELECT {key} AS at, unit, {', '.join(_COLUMNS)} FROM rollup_{key}"  # noqa: S608 - names of ours alone
    for key in ("day", "month")
)
_EVERY_CATEGORY = "SELECT month AS at, unit, category, indicator, number FROM rollup_category WHERE number <> 0"
_MENDS = "mend"
"""The series that numbers mendings, so that none is made twice."""


class RollupRepository:
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
                cell = (_month(entry.day), entry.unit, entry.category.value, entry.indicator.value)
                await self._connection.run(_ADD_CATEGORY, *cell, number)
        for (day, unit), figures in days.items():
            await self._add("rollup_day", "day", day, unit, figures)
        for (month, unit), figures in months.items():
            await self._add("rollup_month", "month", month, unit, figures)

    async def _add(self, table: str, key: str, at: str, unit: UnitCode, figures: _Figures) -> None:
        changed = {each.value: number for each, number in figures.items() if number}
        if changed:
            await self._connection.run(_adding(table, key, tuple(changed)), at, unit, *changed.values())

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

    async def by_category(self, period: Period, *, below: UnitCode) -> Counter[tuple[Category, Indicator]]:
        """Sum a month or a year per category."""
        rows = await self._connection.rows(_CATEGORIES, _month(period.first), _month(period.last), below)
        return _without_zeros(
            Counter({(Category(row["category"]), Indicator(row["indicator"])): row["number"] for row in rows})
        )

    async def every(self) -> AsyncIterator[tuple[UnitCode, Cell, int]]:
        """Give every stored sum that is not zero as it is read."""
        for kind, sql in ((SumKind.DAY, _EVERY_DAY), (SumKind.MONTH, _EVERY_MONTH)):
            async for row in self._connection.stream(sql):
                unit, at = UnitCode(row["unit"]), row["at"]
                for column in _COLUMNS:
                    if number := row[column]:
                        yield unit, Cell(kind, at, column), number
        async for row in self._connection.stream(_EVERY_CATEGORY):
            cell = Cell(SumKind.CATEGORY, row["at"], row["indicator"], row["category"])
            yield UnitCode(row["unit"]), cell, row["number"]

    async def mended(self) -> int:
        """Tell how often sums were mended."""
        return await last_number(self._connection, _MENDS)

    async def mend(self, off: Sums, *, after: int) -> bool:
        """Add to single sums what they lack, unless they were mended meanwhile."""
        if await last_number(self._connection, _MENDS) != after:
            return False
        await next_number(self._connection, _MENDS)
        for unit, sums in off.items():
            for cell, number in sums.items():
                await self._mend(unit, cell, number)
        return True

    async def _mend(self, unit: UnitCode, cell: Cell, number: int) -> None:
        if cell.kind is SumKind.CATEGORY:
            await self._connection.run(_ADD_CATEGORY, cell.at, unit, cell.category, cell.indicator, number)
        else:
            sql = _adding(f"rollup_{cell.kind.value}", cell.kind.value, (cell.indicator,))
            await self._connection.run(sql, cell.at, unit, number)


def _without_zeros(figures: Counter[_K]) -> Counter[_K]:
    return Counter({what: number for what, number in figures.items() if number})


def _month(day: date) -> str:
    return day.isoformat()[:7]
