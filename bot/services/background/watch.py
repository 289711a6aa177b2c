"""Whether every tip has somebody to hear of it: once a day the admins are told where nobody would."""

from dataclasses import dataclass

from bot.domain.campaign.periods import CITY_ZONE, DIGEST_AT, city_day
from bot.domain.screens.base import Line
from bot.ports import Chore, UnitOfWork
from bot.services.officer.whose_work import WhoseWork
from bot.services.session import write_to_admins


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks for places that would hear of nothing."""

    whose_work: WhoseWork

    async def remind(self, uow: UnitOfWork, _: Chore) -> None:
        """Tell the admins, in the morning and once a day, that somewhere nobody can be told of a tip.

        The sentence is always the same, names no unit, and does not depend on whether a tip about police is there: an
        admin must not learn that one came.
        """
        is_morning = uow.now.astimezone(CITY_ZONE).time() >= DIGEST_AT
        if not is_morning or not await self.whose_work.is_somebody_missing(uow):
            return
        if await uow.alerts.once("nobody-present", "", city_day(uow.now)):
            await write_to_admins(uow, Line(key="alert-nobody-present"))
