"""The sums in a counter."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from bot.domain.campaign.periods import Period, Span, month_of
from bot.domain.places import UnitCode
from bot.domain.stats import BY_CATEGORY, Entry, Indicator
from bot.domain.text.categories import Category
from tests.memory.state import MemoryRepository

_K = TypeVar("_K")


class MemoryRollups(MemoryRepository):
    """Implements `bot.ports.Rollups`."""

    async def add(self, entries: Counter[Entry]) -> None:
        for entry, number in entries.items():
            self._s.sums[entry] += number

    async def by_unit(self, period: Period, *, unit: UnitCode | None = None) -> Mapping[UnitCode, Counter[Indicator]]:
        found: dict[UnitCode, Counter[Indicator]] = {}
        for entry, number in self._s.sums.items():
            inside = entry.day in period if period.span is Span.WEEK else _months_in(entry.day, period)
            if inside and unit in {None, entry.unit}:
                found.setdefault(entry.unit, Counter())[entry.indicator] += number
        return {code: _without_zeros(figures) for code, figures in found.items() if any(figures.values())}

    async def by_category(self, period: Period, *, below: UnitCode) -> Counter[tuple[Category, Indicator]]:
        found: Counter[tuple[Category, Indicator]] = Counter()
        for entry, number in self._s.sums.items():
            is_kept = entry.category is not None and entry.indicator in BY_CATEGORY
            if is_kept and entry.category and _months_in(entry.day, period) and below in self._up_from(entry.unit):
                found[entry.category, entry.indicator] += number
        return _without_zeros(found)

    async def all(self) -> Counter[Entry]:
        found: Counter[Entry] = Counter()
        for entry, number in self._s.sums.items():
            found[Entry(entry.unit, entry.day, entry.indicator)] += number
        return _without_zeros(found)

    async def rebuild(self, entries: Counter[Entry]) -> None:
        self._s.sums.clear()
        await self.add(entries)


def _without_zeros(figures: Counter[_K]) -> Counter[_K]:
    return Counter({what: number for what, number in figures.items() if number})


def _months_in(day: date, period: Period) -> bool:
    return month_of(period.first).first <= day <= month_of(period.last).last
