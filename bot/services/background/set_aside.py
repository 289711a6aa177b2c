"""Updates that could not be handled: they are parked, sealed, and the admins hear that something waits."""

from dataclasses import dataclass

from bot.domain.campaign.periods import city_day
from bot.domain.ids import UpdateKey
from bot.domain.outgoing import Urgency
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.ports import Chore, UnitOfWork
from bot.services.session import write_to_officer


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside(Chore):
    """Park an update that could not be handled; not under its own key, which stays free for its next try."""

    update: UpdateKey
    raw: str
    reason: str


async def set_aside(uow: UnitOfWork, command: SetAside) -> None:
    """Park an update, and tell the admins once a day that something waits; never what it says."""
    await uow.parked.add(command.update, raw=command.raw, reason=command.reason)
    if await uow.alerts.once("parked", "", city_day(uow.now)):
        waiting = len(await uow.parked.all())
        for admin in await uow.officers.with_role(Role.ADMIN):
            line = Line(key="alert-parked", values={"number": waiting})
            await write_to_officer(uow, admin, line, urgency=Urgency.NOTICE)
