"""The sums as they are stored: which of them an entry is in, and what each should be.

An entry is in its unit's day, in its unit's month and, for what is also kept by category, in a month's category. A
recount adds up what the rows say, takes away what is stored, and is left with what is off.
"""

from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from bot.domain.places import UnitCode
from bot.domain.stats import BY_CATEGORY, Entry


class SumKind(StrEnum):
    """What a stored sum is of."""

    DAY = "day"
    MONTH = "month"
    CATEGORY = "category"
    """One category within a month."""


class Cell(NamedTuple):
    """One stored sum of a unit. Plain texts, so that one that nothing of ours could have written has a name too."""

    kind: SumKind
    at: str
    """A day, "2026-11-23", or a month, "2026-11"."""
    indicator: str
    category: str = ""


Sums = Mapping[UnitCode, Mapping[Cell, int]]
"""Sums of each unit. A missing one is zero."""


def cells(entry: Entry) -> tuple[Cell, ...]:
    """Name the sums that an entry is in."""
    day = entry.day.isoformat()
    month = day[:7]
    what = entry.indicator.value
    plain = (Cell(SumKind.DAY, day, what), Cell(SumKind.MONTH, month, what))
    if entry.category is None or entry.indicator not in BY_CATEGORY:
        return plain
    return (*plain, Cell(SumKind.CATEGORY, month, what, entry.category.value))


class Tally:
    """Adds up sums, a few at a time. The units share their cells: a city's decades fit into some tens of megabytes."""

    def __init__(self) -> None:
        self._units: defaultdict[UnitCode, dict[Cell, int]] = defaultdict(dict)
        self._cells: dict[Cell, Cell] = {}

    def add(self, entries: Mapping[Entry, int]) -> None:
        """Add entries to every sum they are in."""
        for entry, number in entries.items():
            for cell in cells(entry):
                self.add_to(entry.unit, cell, number)

    def add_to(self, unit: UnitCode, cell: Cell, number: int) -> None:
        """Add to one sum."""
        sums = self._units[unit]
        kept = self._cells.setdefault(cell, cell)
        sums[kept] = sums.get(kept, 0) + number

    def without_zeros(self) -> Sums:
        """Give the sums that are not zero."""
        found = {unit: {cell: number for cell, number in sums.items() if number} for unit, sums in self._units.items()}
        return {unit: sums for unit, sums in found.items() if sums}
