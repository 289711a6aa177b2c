"""The sums in a counter."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date
from typing import TypeVar

from bot.domain.campaign.periods import Period, Span
from bot.domain.campaign.sums import Cell, SumKind, Sums, cells
from bot.domain.places import UnitCode
from bot.domain.stats import Entry, Indicator
from bot.domain.text.categories import Category
from tests.memory.state import MemoryRepository

_K = TypeVar("_K")


class MemoryRollups(MemoryRepository):
    """Implements `bot.ports.Rollups`."""

    async def add(self, entries: Counter[Entry]) -> None:
        for entry, number in entries.items():
            for cell in cells(entry):
                self._s.sums[entry.unit, cell] += number

    def _within(self, kind: SumKind, first: date, last: date) -> Iterator[tuple[UnitCode, Cell, int]]:
        length = len("2026-11-23" if kind is SumKind.DAY else "2026-11")
        for (unit, cell), number in self._s.sums.items():
            if cell.kind is kind and first.isoformat()[:length] <= cell.at <= last.isoformat()[:length]:
                yield unit, cell, number

    async def by_unit(self, period: Period, *, unit: UnitCode | None = None) -> Mapping[UnitCode, Counter[Indicator]]:
        kind = SumKind.DAY if period.span is Span.WEEK else SumKind.MONTH
        found: dict[UnitCode, Counter[Indicator]] = {}
        for code, cell, number in self._within(kind, period.first, period.last):
            if unit in {None, code}:
                found.setdefault(code, Counter())[Indicator(cell.indicator)] += number
        return {code: _without_zeros(figures) for code, figures in found.items() if any(figures.values())}

    async def by_category(self, period: Period, *, below: UnitCode) -> Counter[tuple[Category, Indicator]]:
        found: Counter[tuple[Category, Indicator]] = Counter()
        for code, cell, number in self._within(SumKind.CATEGORY, period.first, period.last):
            if below in self._up_from(code):
                found[Category(cell.category), Indicator(cell.indicator)] += number
        return _without_zeros(found)

    async def every(self) -> AsyncIterator[tuple[UnitCode, Cell, int]]:
        for (unit, cell), number in self._s.sums.items():
            if number:
                yield unit, cell, number

    async def mended(self) -> int:
        return self._s.numbers["mend"]

    async def mend(self, off: Sums, *, after: int) -> bool:
        if self._s.numbers["mend"] != after:
            return False
        self._s.next("mend")
        for unit, sums in off.items():
            for cell, number in sums.items():
                self._s.sums[unit, cell] += number
        return True


def _without_zeros(figures: Counter[_K]) -> Counter[_K]:
    return Counter({what: number for what, number in figures.items() if number})
