"""What is stored in these tests: a small tree of units, a tip, two chats and an officer."""

from datetime import date, timedelta

from bot.domain.campaign.periods import hour_of
from bot.domain.ids import ChatId, OfficerNumber
from bot.domain.places import UnitCode
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Tip
from bot.ports import TipContent, UnitOfWork
from tests.memory.fakes import START

CITY, WARD, OTHER, SECLUDED = UnitCode("92"), UnitCode("31135"), UnitCode("31120"), UnitCode("92-ttra")
LAN, MAI = ChatId(7345678912345), ChatId(-5)
TODAY = date(2026, 11, 23)
HUNG = OfficerNumber(1)


async def add_tip(
    uow: UnitOfWork, *, unit: UnitCode = WARD, held_by: UnitCode | None = None, urgent: bool = False, hours: int = 0
) -> Tip:
    """Store a tip."""
    return await uow.tips.add(
        unit=unit,
        held_by=held_by or unit,
        category=Category.DRUGS,
        urgent=urgent,
        channel=Channel.BOT,
        received=hour_of(START + timedelta(hours=hours)),
        content=TipContent(words="hút chích ở hẻm 5 🙂"),
        route=LAN,
    )


async def add_units(uow: UnitOfWork) -> None:
    """Store a small tree."""
    parents = {CITY: None, WARD: CITY, OTHER: CITY, SECLUDED: None}
    await uow.units.sync(parents, old_city=frozenset({WARD}))
