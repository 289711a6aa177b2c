"""Who is told of a tip, now or later: officers of the unit that holds it, the level above, the admin, the reporter.

A notice carries number, kind and urgency, never content. What can wait is stored as a reminder or as untold news, and
is looked up again as it fires: `bot.services.reminding` says when.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.campaign.periods import city_day, hour_of
from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.outgoing import Urgency
from bot.domain.places import Gazetteer, UnitCode
from bot.domain.reminders import CheckOpened, Delays, News, TellDone, TellMove, TellQuestion, by_chance
from bot.domain.retention import PARKED_MESSAGES_LIVE
from bot.domain.roles import Role, sees
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Line
from bot.domain.screens.officer import MergedNotice, Notice
from bot.domain.tip import Channel, Status, Tip
from bot.ports import Contact, UnitOfWork
from bot.services.officer.cards import TipCards
from bot.services.officer.whose_work import Reach, Recipients, WhoseWork
from bot.services.session import write_to_admins, write_to_officer


@dataclass(frozen=True, slots=True)
class Notices:
    """Tells officers and reporters about tips."""

    places: Gazetteer
    whose_work: WhoseWork
    delays: Delays
    cards: TipCards

    # --- officers -------------------------------------------------------------------------------------------------

    async def announce(
        self, uow: UnitOfWork, tip: Tip, what: News, *, but: OfficerNumber | None = None, quiet: bool = False
    ) -> Recipients:
        """Let whoever is told of a tip be told: an urgent one's news alone and at once, other news merged and later.

        A quiet one, of a chat that has sent many, is merged with others within the minute where it is urgent, and waits
        for the hourly notice where it is not. Gives who is told; an admin hears of it where nobody else can.
        """
        recipients = await self.whose_work.recipients(uow, tip)
        if what in {"answered", "added", "withdrawn"} and not tip.urgent:
            wait = uow.ids.delay(*by_chance(self.delays.move))
            await uow.reminders.add(TellMove(not_before=uow.now + wait, tip=tip.number, what=what))
            return recipients
        if quiet and not tip.urgent:
            what = "quiet"
        await self._tell(uow, tip, what, recipients, but=but, is_alone=tip.urgent and not quiet)
        if what in {"new", "quiet"}:
            await self._tell_admins_of_empty(uow, tip, recipients)
        if tip.urgent and what == "new" and tip.channel is Channel.BOT:
            await uow.reminders.add(CheckOpened(not_before=uow.now + self.delays.urgent, tip=tip.number))
        return recipients

    async def tell(
        self, uow: UnitOfWork, tip: Tip, what: News, *, but: OfficerNumber | None = None, is_alone: bool
    ) -> None:
        """Tell whoever is told of a tip: with a message of its own, or in the next one each of them gets.

        A claimer's open card is brought up to date with what its reporter did. Those who cannot open the tip hear that
        there is one, and whose it is.
        """
        await self._tell(uow, tip, what, await self.whose_work.recipients(uow, tip), but=but, is_alone=is_alone)

    async def _tell(
        self,
        uow: UnitOfWork,
        tip: Tip,
        what: News,
        recipients: Recipients,
        *,
        but: OfficerNumber | None,
        is_alone: bool,
    ) -> None:
        await self.cards.refresh_claimers(uow, tip)
        if recipients.reach is Reach.CITY:
            await self.whose_work.tell_how_many(uow, "tips-unheard", [tip])
        if recipients.reach is not Reach.INSIDE:
            return
        for contact in recipients.contacts:
            if contact.officer.number == but:
                continue
            if is_alone:
                await self._write(uow, contact, [self._notice(tip, what)])
            else:
                await uow.untold.add(contact.officer.number, tip.number, what)

    async def officers_untold(self, uow: UnitOfWork, *, is_quiet: bool) -> Sequence[OfficerNumber]:
        """List for whom news waits. What waited for someone it is not for any more goes to those whom it is for now."""
        for number in await uow.untold.officers(is_quiet=is_quiet):
            for tip_number, what in await uow.untold.take(number, is_quiet=is_quiet):
                tip = await uow.tips.get(tip_number)
                if tip is None:
                    continue
                recipients = await self.whose_work.recipients(uow, tip)
                told = [each.officer.number for each in recipients.contacts]
                if recipients.reach is not Reach.INSIDE:
                    await self.tell(uow, tip, what, is_alone=False)
                    continue
                for each in [number] if number in told else told:
                    await uow.untold.add(each, tip_number, what)
        return await uow.untold.officers(is_quiet=is_quiet)

    async def _present(self, uow: UnitOfWork, number: OfficerNumber) -> Contact | None:
        contact = await uow.officers.contact(number)
        return contact if contact is not None and contact.officer.is_present else None

    async def tell_untold(self, uow: UnitOfWork, number: OfficerNumber, *, is_quiet: bool) -> None:
        """Tell an officer in one message what waited for them, as far as it is news still."""
        news = [(await uow.tips.get(tip), what) for tip, what in await uow.untold.take(number, is_quiet=is_quiet)]
        notices = [self._notice(tip, what) for tip, what in news if tip is not None and _is_still_news(tip, what)]
        contact = await self._present(uow, number)
        if notices and contact is not None:
            await self._write(uow, contact, notices)

    async def _write(self, uow: UnitOfWork, contact: Contact, notices: Sequence[Notice]) -> None:
        is_urgent = any(each.urgent for each in notices)
        screen: AnyScreen = notices[0] if len(notices) == 1 else MergedNotice(notices=tuple(notices))
        await write_to_officer(uow, contact, screen, urgency=Urgency.NOTICE, rings=is_urgent)

    def _notice(self, tip: Tip, what: News) -> Notice:
        return Notice(
            tip=tip.number,
            category=tip.category,
            urgent=tip.urgent,
            unit=self._name(tip.unit),
            what="new" if what == "quiet" else what,
        )

    def _name(self, unit: UnitCode) -> str:
        return self.places.units[unit].full_name

    async def _tell_admins_of_empty(self, uow: UnitOfWork, tip: Tip, recipients: Recipients) -> None:
        """Say once a day that a unit has nobody; of an urgent tip that nobody hears of, each time."""
        is_unheard = recipients.reach is Reach.ADMIN
        if tip.held_by == self.places.inspectorate or not (is_unheard or tip.held_by != tip.unit):
            return  # of tips about police admins hear daily, and neutrally
        is_first = await uow.alerts.once("empty-unit", tip.unit, city_day(uow.now))
        if is_first or (is_unheard and tip.urgent):
            key = "alert-nobody-on-duty" if is_unheard else "alert-unit-empty"
            values = {"unit": self._name(tip.unit), "holder": self._name(tip.held_by)}
            await write_to_admins(uow, Line(key=key, values=values), rings=is_unheard and tip.urgent)

    async def tell_unopened(self, uow: UnitOfWork, tip: Tip) -> None:
        """Tell the level above that nobody has opened an urgent tip; whoever does not see it learns number and unit."""
        above = await self._above(uow, tip)
        for contact in above:
            values = {"tip": tip.number, "unit": self._name(tip.unit)}
            screen: AnyScreen = Line(key="alert-urgent-unopened", values=values)
            if sees(contact.officer, tip, self.places):
                screen = self._notice(tip, "unopened")
            await write_to_officer(uow, contact, screen, urgency=Urgency.NOTICE, rings=True)
        if not above and tip.held_by != self.places.inspectorate:  # of a tip about police no admin learns when it came
            await write_to_admins(uow, Line(key="alert-urgent-unopened-somewhere"), rings=True)

    async def _above(self, uow: UnitOfWork, tip: Tip) -> Sequence[Contact]:
        """Give who looks after a unit: its commanders and those of the unit above, else the city duty.

        Nobody is above the inspectorate, for its tips may be about them: its inspectors are told again.
        """
        if tip.held_by == self.places.inspectorate:
            return (await self.whose_work.recipients(uow, tip)).contacts
        near = self.places.path_up(tip.held_by)[:2]
        commanders = [each for each in await uow.officers.with_role(Role.COMMANDER) if each.officer.unit in near]
        return [each for each in commanders if each.officer.is_present] or await self.whose_work.present_at_city(uow)

    # --- the reporter ---------------------------------------------------------------------------------------------

    async def promise_question(self, uow: UnitOfWork, number: TipNumber) -> None:
        """Let the reporter get the sign that there is a question, never what it says.

        While one is unread the next joins it without a sign of its own: no phone rings as often as somebody asks. But a
        sign that was not tapped in all the time that a message waits for somebody may never have come.
        """
        route = await uow.tips.route(number)
        content = await uow.tips.content(number)
        if route is None or content is None or _stands(content.unread_since, now=uow.now):
            return
        await uow.tips.set_content(number, replace(content, unread_since=hour_of(uow.now)))
        wait = uow.ids.delay(*by_chance(self.delays.question))
        await uow.reminders.add(TellQuestion(not_before=uow.now + wait, tip=number, chat=route))

    async def promise_done(self, uow: UnitOfWork, tip: Tip) -> None:
        """Let the reporter hear that a tip was looked at, later than the fact, and only if it is still so then."""
        route = await uow.tips.route(tip.number)
        if route is not None:
            moment = uow.now + self.delays.done
            await uow.reminders.add(TellDone(not_before=moment, tip=tip.number, chat=route, version=tip.version))


def _stands(sign: datetime | None, *, now: datetime) -> bool:
    """Say whether a sign that was promised may still be tapped, or still come."""
    return sign is not None and now - sign <= PARKED_MESSAGES_LIVE


def _is_still_news(tip: Tip, what: News) -> bool:
    """Say whether news of a tip is news still: a new one that nobody took, an open one with words, a withdrawn one."""
    match what:
        case "new" | "quiet":
            return tip.is_open and tip.claimer is None
        case "answered" | "added" | "unopened":
            return tip.is_open
        case "withdrawn":
            return tip.status is Status.WITHDRAWN
