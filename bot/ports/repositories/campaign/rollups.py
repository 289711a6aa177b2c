"""The sums."""

from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from bot.domain.campaign.periods import Period
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

    async def all(self) -> Counter[Entry]:
        """Give the day sums, with category None (see `by_category` for the rest), for recounting."""
        ...

    async def rebuild(self, entries: Counter[Entry]) -> None:
        """Replace every sum by these entries; entries with a category count in the plain sums too."""
        ...
