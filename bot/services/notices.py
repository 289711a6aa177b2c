"""Who is told of a tip, now or later: officers of the unit that holds it, the admin when it has none, the reporter.

A notice carries number, kind and urgency, never content.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.domain.campaign.periods import city_day
from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.outgoing import Send, Urgency
from bot.domain.places import Gazetteer
from bot.domain.roles import Role, holder
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import NewMessage
from bot.domain.screens.officer import Notice
from bot.domain.tip import Tip
from bot.ports import UnitOfWork
from bot.services.session import language_of, write_to_officer


@dataclass(frozen=True, slots=True)
class Notices:
    """Tells officers and reporters about tips."""

    places: Gazetteer
    feedback_delay: timedelta
    """How much later than the fact a reporter hears that a tip was looked at."""

    async def announce(
        self,
        uow: UnitOfWork,
        tip: Tip,
        what: Literal["new", "answered", "added", "withdrawn"],
        *,
        but: OfficerNumber | None = None,
    ) -> None:
        """Queue a notice: to the claimer alone when there is one, else to everyone on duty in the holding unit."""
        held_by = await uow.units.holder(tip.unit)
        notice = Notice(
            tip=tip.number,
            category=tip.category,
            urgent=tip.urgent,
            unit=self.places.units[tip.unit].full_name,
            what=what,
        )
        if tip.claimer is not None and what != "new":
            claimer = await uow.officers.contact(tip.claimer)
            if claimer is not None and claimer.officer.is_active:
                await write_to_officer(uow, claimer, notice, urgency=Urgency.NOTICE)
                return
        contacts = await uow.officers.on_duty(held_by)
        for contact in contacts:
            if contact.officer.number != but:
                await write_to_officer(uow, contact, notice, urgency=Urgency.NOTICE)
        if held_by != tip.unit or not contacts:
            await self._tell_admins(uow, tip, held_by=self.places.units[held_by].full_name, is_empty=not contacts)

    async def _tell_admins(self, uow: UnitOfWork, tip: Tip, *, held_by: str, is_empty: bool) -> None:
        if not await uow.alerts.once("empty-unit", tip.unit, city_day(uow.now)):
            return
        key = "alert-nobody-on-duty" if is_empty else "alert-unit-empty"
        line = Line(key=key, values={"unit": self.places.units[tip.unit].full_name, "holder": held_by})
        for admin in await uow.officers.with_role(Role.ADMIN):
            await write_to_officer(uow, admin, line, urgency=Urgency.NOTICE)

    async def reassign_queues(self, uow: UnitOfWork) -> None:
        """Work out anew which unit holds whose queue; called whenever a unit may have gained or lost its officers."""
        staffed = await uow.officers.staffed()
        await uow.units.set_holders(
            {code: holder(code, places=self.places, is_staffed=staffed.__contains__) for code in self.places.units}
        )

    async def tell_reporter_of_question(self, uow: UnitOfWork, number: TipNumber) -> None:
        """Queue the sign that there is a question, never what it says; where no reply is wanted any more, nothing."""
        route = await uow.tips.route(number)
        conversation = await uow.conversations.get(route) if route is not None else None
        handle = conversation.handle_of(number) if conversation else None
        if conversation is None or handle is None:
            return
        await uow.outbox.put(
            Send(
                chat=conversation.chat,
                language=conversation.language,
                urgency=Urgency.REPLY,
                screen=NewMessage(handle=handle),
                traced=True,
                tip=number,
            )
        )

    async def tell_reporter_done(self, uow: UnitOfWork, tip: Tip) -> None:
        """Queue the plain message that a tip was looked at, later than the fact, and only if it is still so then."""
        route = await uow.tips.route(tip.number)
        if route is None:
            return
        done: AnyScreen = Line(key="own-done")
        await uow.outbox.put(
            Send(
                chat=route,
                language=await language_of(uow, route),
                urgency=Urgency.DIGEST,
                screen=done,
                traced=True,
                tip=tip.number,
                version=tip.version,
            ),
            due=uow.now + self.feedback_delay,
        )
