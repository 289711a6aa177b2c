"""Tips: what is clear in columns, words and reply route sealed apart so that each can die alone. No person column."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import TypeAdapter

from bot.domain.deadlines import Deadlines
from bot.domain.errors import ButtonStale
from bot.domain.ids import ChatId, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.text.categories import Category
from bot.domain.tip import OPEN, Channel, Status, Tip, Verdict
from bot.ports import TipContent
from storage.connection import Connection, SqlRow
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault
from storage.numbering import next_number
from storage.times import from_ms, to_ms

_CONTENT = TypeAdapter(TipContent)

_ADD = """
    INSERT INTO tip (
        number, unit, held_by, category, urgent, channel, status, verdict, received, version, is_open, epoch, content,
        route, listed_last
    )
    VALUES ($1, $2, $3, $4, $5, $6, 'new', 'none', $7, 1, 1, $8, $9, $10, $11)
"""
_GET = """
    SELECT number, unit, held_by, category, urgent, channel, status, verdict, received, claimer, closed_on,
        listed_last, urgent_overdue, version
    FROM tip
    WHERE number = $1
"""
_EVERY = """
    SELECT number, unit, held_by, category, urgent, channel, status, verdict, received, claimer, closed_on,
        listed_last, urgent_overdue, version
    FROM tip
    ORDER BY number
"""
_SAVE = """
    UPDATE tip
    SET unit = $2, status = $3, verdict = $4, claimer = $5, closed_on = $6, version = $7, is_open = $8, held_by = $9,
        urgent_overdue = $10
    WHERE number = $1 AND version = $7 - 1
"""
_CONTENT_OF = "SELECT content FROM tip WHERE number = $1"
_SET_CONTENT = "UPDATE tip SET content = $2, epoch = $3 WHERE number = $1"
_ROUTE_OF = "SELECT route FROM tip WHERE number = $1"
_SET_ROUTE = "UPDATE tip SET route = $2 WHERE number = $1"
_OPEN_AT = """
    SELECT number, unit, held_by, category, urgent, channel, status, verdict, received, claimer, closed_on,
        listed_last, urgent_overdue, version
    FROM tip
    WHERE held_by = $1 AND is_open = 1
    ORDER BY urgent DESC, listed_last, received, number
    LIMIT $2 OFFSET $3
"""
_OPEN_BELOW = """
    SELECT number, unit, held_by, category, urgent, channel, status, verdict, received, claimer, closed_on,
        listed_last, urgent_overdue, version
    FROM unit_above
    JOIN tip ON tip.held_by = unit_above.code AND tip.is_open = 1
    WHERE unit_above.above = $1
    ORDER BY urgent DESC, listed_last, received, number
    LIMIT $2 OFFSET $3
"""
_COUNT_AT = "SELECT COUNT(*) AS n FROM tip WHERE held_by = $1 AND is_open = 1"
_COUNT_BELOW = """
    SELECT COUNT(*) AS n
    FROM unit_above
    JOIN tip ON tip.held_by = unit_above.code AND tip.is_open = 1
    WHERE unit_above.above = $1
"""
_COUNT_OVERDUE = """
    SELECT COUNT(*) AS n
    FROM unit_above
    JOIN tip ON tip.held_by = unit_above.code AND tip.is_open = 1
    WHERE unit_above.above = $1
    AND received < CASE WHEN status NOT IN ('new', 'reopened') THEN $4 WHEN urgent_overdue = 1 THEN $2 ELSE $3 END
"""
_HELD_ELSEWHERE = """
    SELECT number, unit, held_by, category, urgent, channel, status, verdict, received, claimer, closed_on,
        listed_last, urgent_overdue, version
    FROM tip
    WHERE unit = $1 AND held_by <> $1 AND is_open = 1
    ORDER BY number
    LIMIT $2
"""
_CLAIMED_BY = """
    SELECT number, unit, held_by, category, urgent, channel, status, verdict, received, claimer, closed_on,
        listed_last, urgent_overdue, version
    FROM tip
    WHERE claimer = $1 AND is_open = 1
    ORDER BY number
"""
_HOLDING = "SELECT DISTINCT held_by FROM tip WHERE is_open = 1"
_UNCLAIMED = "SELECT DISTINCT unit, held_by FROM tip WHERE claimer IS NULL AND is_open = 1"
_UNCLAIMED_OF = """
    SELECT number, unit, held_by, category, urgent, channel, status, verdict, received, claimer, closed_on,
        listed_last, urgent_overdue, version
    FROM tip
    WHERE unit = $1 AND held_by = $2 AND claimer IS NULL AND is_open = 1
    ORDER BY number
"""
_WITH_ROUTE = """
    SELECT number
    FROM tip
    WHERE route IS NOT NULL AND is_open = 0 AND closed_on < $1
    LIMIT $2
"""
_WITH_CONTENT = """
    SELECT number
    FROM tip
    WHERE content IS NOT NULL AND is_open = 0 AND closed_on < $1
    LIMIT $2
"""


class TipRepository:
    """Implements `bot.ports.Tips`."""

    __slots__ = ("_connection", "_vault")

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

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
        """Store a new tip under the next number."""
        number = TipNumber(await next_number(self._connection, "tip"))
        await self._connection.run(
            _ADD,
            number,
            unit,
            held_by,
            category.value,
            int(urgent),
            channel.value,
            to_ms(received),
            self._vault.epoch,
            self._seal_content(number, content),
            self._seal_route(number, route),
            int(listed_last),
        )
        return Tip(
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

    async def get(self, number: TipNumber) -> Tip | None:
        """Find a tip."""
        row = await self._connection.row(_GET, number)
        return _tip(row) if row is not None else None

    async def save(self, tip: Tip) -> None:
        """Store a changed tip over the version before it. Raises ButtonStale."""
        closed_on = tip.closed_on.isoformat() if tip.closed_on else None
        changed = await self._connection.run(
            _SAVE,
            tip.number,
            tip.unit,
            tip.status.value,
            tip.verdict.value,
            tip.claimer,
            closed_on,
            tip.version,
            int(tip.status in OPEN),
            tip.held_by,
            int(tip.urgent_overdue),
        )
        if changed != 1:
            raise ButtonStale

    async def content(self, number: TipNumber) -> TipContent | None:
        """Unseal the words."""
        row = await self._connection.row(_CONTENT_OF, number)
        if row is None or row["content"] is None:
            return None
        text = self._vault.open(row["content"], SealedColumn.TIP_CONTENT, number)
        return _CONTENT.validate_json(text)

    async def set_content(self, number: TipNumber, content: TipContent | None) -> None:
        """Seal changed words, or destroy them."""
        sealed = self._seal_content(number, content) if content is not None else None
        await self._connection.run(_SET_CONTENT, number, sealed, self._vault.epoch)

    async def route(self, number: TipNumber) -> ChatId | None:
        """Unseal the reply route."""
        row = await self._connection.row(_ROUTE_OF, number)
        if row is None or row["route"] is None:
            return None
        return ChatId(int(self._vault.open(row["route"], SealedColumn.TIP_ROUTE, number)))

    async def set_route(self, number: TipNumber, chat: ChatId | None) -> None:
        """Seal a new reply route, or destroy it."""
        await self._connection.run(_SET_ROUTE, number, self._seal_route(number, chat))

    async def open_for(self, holder: UnitCode, *, below: bool, limit: int, offset: int) -> Sequence[Tip]:
        """List open tips held by a unit, or by it and units under it."""
        rows = await self._connection.rows(_OPEN_BELOW if below else _OPEN_AT, holder, limit, offset)
        return [_tip(row) for row in rows]

    async def count_open_for(self, holder: UnitCode, *, below: bool) -> int:
        """Count what `open_for` lists."""
        row = await self._connection.row(_COUNT_BELOW if below else _COUNT_AT, holder)
        return int(row["n"]) if row is not None else 0

    async def count_overdue_for(self, holder: UnitCode, *, deadlines: Deadlines, now: datetime) -> int:
        """Count the open tips held by a unit and units under it whose next deadline is over."""
        spans = (timedelta(), deadlines.acknowledge, deadlines.resolve)
        row = await self._connection.row(_COUNT_OVERDUE, holder, *(to_ms(now - span) for span in spans))
        return int(row["n"]) if row is not None else 0

    async def held_elsewhere(self, unit: UnitCode, *, limit: int) -> Sequence[Tip]:
        """List open tips of a unit's place that another unit holds."""
        return [_tip(row) for row in await self._connection.rows(_HELD_ELSEWHERE, unit, limit)]

    async def claimed_by(self, officer: OfficerNumber) -> Sequence[Tip]:
        """List open tips an officer works on."""
        return [_tip(row) for row in await self._connection.rows(_CLAIMED_BY, officer)]

    async def holding(self) -> Sequence[UnitCode]:
        """Name the units that hold open tips."""
        return [UnitCode(row["held_by"]) for row in await self._connection.rows(_HOLDING)]

    async def unclaimed(self) -> Sequence[tuple[UnitCode, UnitCode]]:
        """Tell which units' unclaimed open tips are held by which."""
        rows = await self._connection.rows(_UNCLAIMED)
        return [(UnitCode(row["unit"]), UnitCode(row["held_by"])) for row in rows]

    async def unclaimed_of(self, unit: UnitCode, *, held_by: UnitCode) -> Sequence[Tip]:
        """List a unit's unclaimed open tips that one unit holds."""
        return [_tip(row) for row in await self._connection.rows(_UNCLAIMED_OF, unit, held_by)]

    async def every(self) -> AsyncIterator[Tip]:
        """Give every tip as it is read."""
        async for row in self._connection.stream(_EVERY):
            yield _tip(row)

    async def closed_before(self, day: date, *, having: Literal["route", "content"], limit: int) -> Sequence[TipNumber]:
        """List a few tips over before a day that still have a route or words."""
        sql = _WITH_ROUTE if having == "route" else _WITH_CONTENT
        return [TipNumber(row["number"]) for row in await self._connection.rows(sql, day.isoformat(), limit)]

    def _seal_content(self, number: TipNumber, content: TipContent) -> bytes:
        return self._vault.seal(_CONTENT.dump_json(content).decode(), SealedColumn.TIP_CONTENT, number)

    def _seal_route(self, number: TipNumber, chat: ChatId | None) -> bytes | None:
        return self._vault.seal(str(chat), SealedColumn.TIP_ROUTE, number) if chat is not None else None


def _tip(row: SqlRow) -> Tip:
    return Tip(
        number=TipNumber(row["number"]),
        unit=UnitCode(row["unit"]),
        held_by=UnitCode(row["held_by"]),
        category=Category(row["category"]),
        urgent=bool(row["urgent"]),
        channel=Channel(row["channel"]),
        status=Status(row["status"]),
        verdict=Verdict(row["verdict"]),
        received=from_ms(row["received"]),
        claimer=OfficerNumber(row["claimer"]) if row["claimer"] is not None else None,
        closed_on=date.fromisoformat(row["closed_on"]) if row["closed_on"] else None,
        listed_last=bool(row["listed_last"]),
        urgent_overdue=bool(row["urgent_overdue"]),
        version=row["version"],
    )
