"""The sums."""

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import Protocol

from bot.domain.campaign.periods import Period
from bot.domain.campaign.sums import Cell, Sums
from bot.domain.places import UnitCode
from bot.domain.stats import Entry, Indicator
from bot.domain.text.categories import Category


class Rollups(Protocol):
    """Sums per day × unit, month × unit, and month × unit × category, written with each decision."""

    async def add(self, entries: Counter[Entry]) -> None:
        """Add to the sums; negative numbers take away."""
        ...

    async def by_unit(self, period: Period, *, unit: UnitCode | None = None) -> Mapping[UnitCode, Counter[Indicator]]:
        """Sum a period per unit, for one unit or for all; units without figures are left out."""
        ...

    async def by_category(self, period: Period, *, below: UnitCode) -> Counter[tuple[Category, Indicator]]:
        """Sum a month or a year per category over a unit and all below it: the inspectorate is below nobody."""
        ...

    def every(self) -> AsyncIterator[tuple[UnitCode, Cell, int]]:
        """Give every stored sum that is not zero as it is read, for recounting."""
        ...

    async def mended(self) -> int:
        """Tell how often sums were mended."""
        ...

    async def mend(self, off: Sums, *, after: int) -> bool:
        """Add to single sums what they lack; False, and nothing, when they were mended more often than `after` times.

        Adding keeps right what was counted meanwhile; adding the same twice would not.
        """
        ...
