"""Tips, their words and their routes in dictionaries."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from bot.domain.deadlines import Deadlines
from bot.domain.errors import ButtonStale
from bot.domain.ids import ChatId, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Status, Tip, Verdict
from bot.ports import TipContent
from tests.memory.state import MemoryRepository


class MemoryTips(MemoryRepository):
    """Implements `bot.ports.Tips`."""

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
        number = TipNumber(self._s.next("tip"))
        tip = Tip(
            number=number,
            unit=unit,
            held_by=held_by,
            category=category,
            urgent=urgent,
            channel=channel,
            status=Status.NEW,
            verdict=Verdict.NONE,
            received=received,
            listed_last=listed_last,
        )
        self._s.tips[number] = tip
        self._s.contents[number] = content
        await self.set_route(number, route)
        return tip

    async def get(self, number: TipNumber) -> Tip | None:
        return self._s.tips.get(number)

    async def save(self, tip: Tip) -> None:
        known = self._s.tips.get(tip.number)
        if known is None or known.version != tip.version - 1:
            raise ButtonStale
        self._s.tips[tip.number] = tip

    async def content(self, number: TipNumber) -> TipContent | None:
        return self._s.contents.get(number)

    async def set_content(self, number: TipNumber, content: TipContent | None) -> None:
        if content is None:
            self._s.contents.pop(number, None)
        elif number in self._s.tips:
            self._s.contents[number] = content

    async def route(self, number: TipNumber) -> ChatId | None:
        return self._s.routes.get(number)

    async def set_route(self, number: TipNumber, chat: ChatId | None) -> None:
        if chat is None:
            self._s.routes.pop(number, None)
        elif number in self._s.tips:
            self._s.routes[number] = chat

    def _open(self, holder: UnitCode, *, below: bool) -> list[Tip]:
        found = [
            tip
            for tip in self._s.tips.values()
            if tip.is_open and (holder in self._up_from(tip.held_by) if below else tip.held_by == holder)
        ]
        return sorted(found, key=lambda tip: (not tip.urgent, tip.listed_last, tip.received, tip.number))

    async def open_for(self, holder: UnitCode, *, below: bool, limit: int, offset: int) -> Sequence[Tip]:
        return self._open(holder, below=below)[offset : offset + limit]

    async def count_open_for(self, holder: UnitCode, *, below: bool) -> int:
        return len(self._open(holder, below=below))

    async def count_overdue_for(self, holder: UnitCode, *, deadlines: Deadlines, now: datetime) -> int:
        return sum(deadlines.due(tip) < now for tip in self._open(holder, below=True))

    async def held_elsewhere(self, unit: UnitCode, *, limit: int) -> Sequence[Tip]:
        return [tip for tip in self._s.tips.values() if tip.is_open and tip.unit == unit != tip.held_by][:limit]

    async def claimed_by(self, officer: OfficerNumber) -> Sequence[Tip]:
        return [tip for tip in self._s.tips.values() if tip.is_open and tip.claimer == officer]

    async def holding(self) -> Sequence[UnitCode]:
        return list({tip.held_by: 1 for tip in self._s.tips.values() if tip.is_open})

    async def unclaimed(self) -> Sequence[tuple[UnitCode, UnitCode]]:
        return list({(tip.unit, tip.held_by): 1 for tip in self._s.tips.values() if tip.is_open and not tip.claimer})

    async def unclaimed_of(self, unit: UnitCode, *, held_by: UnitCode) -> Sequence[Tip]:
        where = (unit, held_by, None)
        return [tip for tip in self._s.tips.values() if tip.is_open and (tip.unit, tip.held_by, tip.claimer) == where]

    async def every(self) -> AsyncIterator[Tip]:
        for tip in self._s.tips.values():
            yield tip

    async def closed_before(self, day: date, *, having: Literal["route", "content"], limit: int) -> Sequence[TipNumber]:
        kept: Mapping[TipNumber, object] = self._s.routes if having == "route" else self._s.contents
        return [
            tip.number
            for tip in self._s.tips.values()
            if tip.number in kept and not tip.is_open and tip.closed_on is not None and tip.closed_on < day
        ][:limit]
