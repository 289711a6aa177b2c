"""Tips, their words and their reply routes."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from bot.domain.deadlines import Deadlines
from bot.domain.ids import ChatId, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.screens.base import Exchange
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Tip


@dataclass(frozen=True, slots=True, kw_only=True)
class TipContent:
    """The sealed words of a tip and what was said about them since."""

    words: str
    exchanges: tuple[Exchange, ...] = ()
    about_unit: UnitCode | None = None
    """For a tip about police: the unit of the place, which is kept nowhere else."""
    is_opened: bool = False
    """Someone of the force has opened the tip."""
    unread_since: datetime | None = None
    """Set while there is a question that its reporter has not opened: the hour in which a sign of it was promised."""


class Tips(Protocol):
    """Tips without people; words and the reply route are sealed apart."""

    async def add(
        self,
        *,
        unit: UnitCode,
        held_by: UnitCode,
        category: Category,
        urgent: bool,
        channel: Channel,
        received: datetime,
        content: TipContent,
        route: ChatId | None,
        listed_last: bool = False,
    ) -> Tip:
        """Store a new tip under the next number; `received` is a whole hour."""
        ...

    async def get(self, number: TipNumber) -> Tip | None:
        """Find a tip."""
        ...

    async def save(self, tip: Tip) -> None:
        """Store a changed tip over the version before it. Raises ButtonStale when that version is gone."""
        ...

    async def content(self, number: TipNumber) -> TipContent | None:
        """Unseal the words; None when they have died."""
        ...

    async def set_content(self, number: TipNumber, content: TipContent | None) -> None:
        """Seal changed words, or destroy them."""
        ...

    async def route(self, number: TipNumber) -> ChatId | None:
        """Unseal the reply route; None when there is none."""
        ...

    async def set_route(self, number: TipNumber, chat: ChatId | None) -> None:
        """Seal a new reply route, or destroy it."""
        ...

    async def open_for(self, holder: UnitCode, *, below: bool, limit: int, offset: int) -> Sequence[Tip]:
        """List open tips held by a unit and, if `below`, by units under it.

        Urgent ones first, of these and of the others the oldest, and behind them those to be listed last.
        """
        ...

    async def count_open_for(self, holder: UnitCode, *, below: bool) -> int:
        """Count what `open_for` lists."""
        ...

    async def count_overdue_for(self, holder: UnitCode, *, deadlines: Deadlines, now: datetime) -> int:
        """Count the open tips held by a unit and units under it whose next deadline is over."""
        ...

    async def held_elsewhere(self, unit: UnitCode, *, limit: int) -> Sequence[Tip]:
        """List open tips of a unit's place that another unit holds, oldest number first."""
        ...

    async def claimed_by(self, officer: OfficerNumber) -> Sequence[Tip]:
        """List open tips an officer works on."""
        ...

    async def holding(self) -> Sequence[UnitCode]:
        """Name the units that hold open tips."""
        ...

    async def unclaimed(self) -> Sequence[tuple[UnitCode, UnitCode]]:
        """Tell which units' unclaimed open tips are held by which: pairs of the place's unit and the holder."""
        ...

    async def unclaimed_of(self, unit: UnitCode, *, held_by: UnitCode) -> Sequence[Tip]:
        """List a unit's unclaimed open tips that one unit holds."""
        ...

    def every(self) -> AsyncIterator[Tip]:
        """Give every tip as it is read, for recounting."""
        ...

    async def closed_before(self, day: date, *, having: Literal["route", "content"], limit: int) -> Sequence[TipNumber]:
        """List a few tips over before a day that still have a route or words, for retention."""
        ...
