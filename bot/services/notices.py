"""Who is told of a tip, now or later: officers of the unit that holds it, the level above, the admin, the reporter.

A notice carries number, kind and urgency, never content. What can wait is stored as a reminder or as untold news, and
is looked up again as it fires: `bot.services.reminding` says when.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.campaign.periods import city_day
from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.outgoing import Urgency
from bot.domain.places import Gazetteer, UnitCode
from bot.domain.reminders import CheckOpened, Delays, News, TellDone, TellMove, TellQuestion, by_chance
from bot.domain.roles import Officer, Role, holder, sees
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Line
from bot.domain.screens.officer import MergedNotice, Notice
from bot.domain.tip import Channel, Status, Tip
from bot.ports import Contact, UnitOfWork
from bot.services.officer.cards import TipCards
from bot.services.session import write_to_officer


@dataclass(frozen=True, slots=True)
class Notices:
    """Tells officers and reporters about tips."""

    places: Gazetteer
    delays: Delays
    cards: TipCards

    # --- officers -------------------------------------------------------------------------------------------------

    async def announce(
        self, uow: UnitOfWork, tip: Tip, what: News, *, but: OfficerNumber | None = None, quiet: bool = False
    ) -> None:
        """Let whoever works on a tip be told: an urgent one's news alone and at once, other news merged and later.

        With `quiet`, of a chat that has sent many, an urgent new tip is merged with others within the minute, and
        any other waits for the hourly notice.
        """
        if what in {"answered", "added", "withdrawn"} and not tip.urgent:
            wait = uow.ids.delay(*by_chance(self.delays.move))
            await uow.reminders.add(TellMove(not_before=uow.now + wait, tip=tip.number, what=what))
            return
        if quiet and not tip.urgent:
            what = "quiet"
        is_alone = tip.urgent and not quiet
        await self.tell(uow, tip, what, but=but, is_alone=is_alone)
        if what in {"new", "quiet"}:
            await self._tell_admins_of_empty(uow, tip)
        if tip.urgent and what == "new" and tip.channel is Channel.BOT:
            await uow.reminders.add(CheckOpened(not_before=uow.now + self.delays.urgent, tip=tip.number))

    async def tell(
        self, uow: UnitOfWork, tip: Tip, what: News, *, but: OfficerNumber | None = None, is_alone: bool
    ) -> None:
        """Tell whoever works on a tip: with a message of its own, or in the next one each of them gets.

        A claimer's open card is brought up to date with what its reporter did.
        """
        await self.cards.refresh_claimers(uow, tip)
        for contact in await self._audience(uow, tip):
            if contact.officer.number == but:
                continue
            if is_alone:
                await self._write(uow, contact, [self._notice(tip, what)])
            else:
                await uow.untold.add(contact.officer.number, tip.number, what)

    async def _audience(self, uow: UnitOfWork, tip: Tip) -> Sequence[Contact]:
        """Give whom a tip's news is for: its claimer while there is one, else all on duty in the unit that holds it."""
        claimer = await self._active(uow, tip.claimer)
        if claimer is not None:
            return [claimer]
        return await uow.officers.on_duty(await uow.units.holder(tip.unit))

    async def readers(self, uow: UnitOfWork, *, is_quiet: bool) -> Sequence[OfficerNumber]:
        """List for whom news waits. What waited for someone it is not for any more goes to those whom it is for now."""
        for number in await uow.untold.readers(is_quiet=is_quiet):
            for tip_number, what in await uow.untold.take(number, is_quiet=is_quiet):
                tip = await uow.tips.get(tip_number)
                audience = [each.officer.number for each in await self._audience(uow, tip)] if tip is not None else []
                for each in [number] if number in audience else audience:
                    await uow.untold.add(each, tip_number, what)
        return await uow.untold.readers(is_quiet=is_quiet)

    async def _active(self, uow: UnitOfWork, number: OfficerNumber | None) -> Contact | None:
        contact = await uow.officers.contact(number) if number is not None else None
        return contact if contact is not None and contact.officer.is_active else None

    async def tell_untold(self, uow: UnitOfWork, number: OfficerNumber, *, is_quiet: bool) -> None:
        """Tell an officer in one message what waited for them, as far as it is news still."""
        news = [(await uow.tips.get(tip), what) for tip, what in await uow.untold.take(number, is_quiet=is_quiet)]
        notices = [self._notice(tip, what) for tip, what in news if tip is not None and _is_still_news(tip, what)]
        contact = await self._active(uow, number)
        if notices and contact is not None:
            await self._write(uow, contact, notices)

    async def _may_know(self, uow: UnitOfWork, officer: Officer, tip: Tip) -> bool:
        held_by = await uow.units.holder(tip.unit)
        return tip.claimer == officer.number or sees(officer, unit=tip.unit, held_by=held_by, places=self.places)

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

    async def _tell_admins_of_empty(self, uow: UnitOfWork, tip: Tip) -> None:
        held_by = await uow.units.holder(tip.unit)
        is_empty = not await uow.officers.on_duty(held_by)
        if held_by == tip.unit and not is_empty:
            return
        if await uow.alerts.once("empty-unit", tip.unit, city_day(uow.now)):
            key = "alert-nobody-on-duty" if is_empty else "alert-unit-empty"
            await self._tell_admins(
                uow, Line(key=key, values={"unit": self._name(tip.unit), "holder": self._name(held_by)})
            )

    async def _tell_admins(self, uow: UnitOfWork, line: Line, *, rings: bool = False) -> None:
        for admin in await uow.officers.with_role(Role.ADMIN):
            await write_to_officer(uow, admin, line, urgency=Urgency.NOTICE, rings=rings)

    async def tell_unopened(self, uow: UnitOfWork, tip: Tip) -> None:
        """Tell the level above that nobody has opened an urgent tip; whoever does not see it learns number and unit."""
        above = await self._above(uow, tip)
        for contact in above:
            values = {"tip": tip.number, "unit": self._name(tip.unit)}
            screen: AnyScreen = Line(key="alert-urgent-unopened", values=values)
            if await self._may_know(uow, contact.officer, tip):
                screen = self._notice(tip, "unopened")
            await write_to_officer(uow, contact, screen, urgency=Urgency.NOTICE, rings=True)
        if not above:
            await self._tell_admins(uow, Line(key="alert-urgent-unopened-somewhere"), rings=True)

    async def _above(self, uow: UnitOfWork, tip: Tip) -> Sequence[Contact]:
        """Give who looks after a unit: its commanders and those of the unit above, else the city duty.

        Nobody is above the inspectorate: its tips may be about them.
        """
        if tip.unit == self.places.inspectorate:
            return []
        near = self.places.path_up(await uow.units.holder(tip.unit))[:2]
        commanders = [each for each in await uow.officers.with_role(Role.COMMANDER) if each.officer.unit in near]
        return commanders or await uow.officers.on_duty(self.places.duty)

    async def reassign_queues(self, uow: UnitOfWork) -> None:
        """Work out anew which unit holds whose queue; called whenever a unit may have gained or lost its officers."""
        staffed = await uow.officers.staffed()
        await uow.units.set_holders(
            {code: holder(code, places=self.places, is_staffed=staffed.__contains__) for code in self.places.units}
        )

    # --- the reporter ---------------------------------------------------------------------------------------------

    async def promise_question(self, uow: UnitOfWork, number: TipNumber) -> None:
        """Let the reporter get the sign that there is a question, never what it says.

        While one is unread the next joins it without a sign of its own: no phone rings as often as somebody asks.
        """
        route = await uow.tips.route(number)
        content = await uow.tips.content(number)
        if route is None or content is None or content.is_unread:
            return
        await uow.tips.set_content(number, replace(content, is_unread=True))
        wait = uow.ids.delay(*by_chance(self.delays.question))
        await uow.reminders.add(TellQuestion(not_before=uow.now + wait, tip=number, chat=route))

    async def promise_done(self, uow: UnitOfWork, tip: Tip) -> None:
        """Let the reporter hear that a tip was looked at, later than the fact, and only if it is still so then."""
        route = await uow.tips.route(tip.number)
        if route is not None:
            moment = uow.now + self.delays.done
            await uow.reminders.add(TellDone(not_before=moment, tip=tip.number, chat=route, version=tip.version))


def _is_still_news(tip: Tip, what: News) -> bool:
    """Say whether news of a tip is news still: a new one that nobody took, an open one with words, a withdrawn one."""
    match what:
        case "new" | "quiet":
            return tip.is_open and tip.claimer is None
        case "answered" | "added" | "unopened":
            return tip.is_open
        case "withdrawn":
            return tip.status is Status.WITHDRAWN
