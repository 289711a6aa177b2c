"""Who is told of a tip, now or later: officers of the unit that holds it, the admin when it has none, the reporter.

A notice carries number, kind and urgency, never content.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.domain import errors
from bot.domain.campaign.periods import city_day
from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.outgoing import Send, Urgency
from bot.domain.places import Gazetteer
from bot.domain.roles import Role
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import NewMessage
from bot.domain.screens.officer import Notice
from bot.domain.tip import Tip
from bot.ports import UnitOfWork
from bot.services.officer.whose_work import Reach, Recipients, WhoseWork
from bot.services.session import language_of, write_to_officer
from bot.services.tip_changes import reporter_of

_SOON, _WITHIN_THE_HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Notices:
    """Tells officers and reporters about tips."""

    places: Gazetteer
    whose_work: WhoseWork
    feedback_delay: timedelta
    """How much later than the fact a reporter hears that a tip was looked at."""

    async def announce(
        self,
        uow: UnitOfWork,
        tip: Tip,
        what: Literal["new", "answered", "added", "withdrawn"],
        *,
        but: OfficerNumber | None = None,
        quiet: bool = False,  # noqa: ARG002 - until notices are merged
    ) -> Recipients:
        """Queue a notice to whoever is told of the tip, and give who that is; an admin is told where nobody else is.

        Those who cannot open the tip hear that there is one, and whose it is.
        """
        recipients = await self.whose_work.recipients(uow, tip)
        notice = Notice(
            tip=tip.number,
            category=tip.category,
            urgent=tip.urgent,
            unit=self.places.units[tip.unit].full_name,
            what=what,
        )
        match recipients.reach:
            case Reach.READERS:
                for contact in recipients.contacts:
                    if contact.officer.number != but:
                        await write_to_officer(uow, contact, notice, urgency=Urgency.NOTICE)
            case Reach.CITY:
                await self.whose_work.tell_how_many(uow, "tips-unheard", [tip])
            case Reach.ADMIN:
                pass
        is_ordinary = tip.held_by != self.places.inspectorate  # of the others admins hear daily, and neutrally
        if is_ordinary and (tip.held_by != tip.unit or recipients.reach is Reach.ADMIN):
            await self._tell_admins(uow, tip, recipients)
        return recipients

    async def _tell_admins(self, uow: UnitOfWork, tip: Tip, recipients: Recipients) -> None:
        """Say once a day that a unit has nobody; of an urgent tip that nobody hears of, each time."""
        is_unheard = recipients.reach is Reach.ADMIN
        is_first = await uow.alerts.once("empty-unit", tip.unit, city_day(uow.now))
        if not is_first and not (is_unheard and tip.urgent):
            return
        held_by = self.places.units[tip.held_by].full_name
        key = "alert-nobody-on-duty" if is_unheard else "alert-unit-empty"
        line = Line(key=key, values={"unit": self.places.units[tip.unit].full_name, "holder": held_by})
        admins = recipients.contacts if is_unheard else await uow.officers.with_role(Role.ADMIN)
        for admin in admins:
            await write_to_officer(uow, admin, line, urgency=Urgency.NOTICE)

    async def tell_reporter_of_question(self, uow: UnitOfWork, number: TipNumber) -> None:
        """Queue the sign that there is a question, never what it says. Raises NoReplyRoute."""
        reporter = await reporter_of(uow, number)
        if reporter is None:
            raise errors.NoReplyRoute(number=number)
        conversation, handle = reporter
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
