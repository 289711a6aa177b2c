"""The Monday message: each active unit's officers and the committee get their week, once, late rather than never."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain import errors
from bot.domain.campaign.periods import Period, city_day, latest_due_week, parse_week, week_of
from bot.domain.deadlines import Deadlines
from bot.domain.outgoing import Urgency
from bot.domain.places import Gazetteer, UnitCode
from bot.domain.roles import Action, Role
from bot.domain.screens.figures import Digest
from bot.ports import Chore, UnitOfWork
from bot.services.campaign.figures import FigureScreens
from bot.services.commands.campaign import ShowDigest
from bot.services.session import ChatSession, write_to_officer


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueDigest(Chore):
    """Queue one unit's digest of one week, unless it was queued before."""

    unit: UnitCode
    week: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildDigest(Chore):
    """Build a digest to look at."""

    unit: UnitCode
    week: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDue(Chore):
    """List the units whose digest of the newest week that is due may not have been queued yet."""


@dataclass(frozen=True, slots=True)
class WeeklyDigests:
    """Builds and queues the weekly digests."""

    places: Gazetteer
    figures: FigureScreens
    deadlines: Deadlines

    async def due(self, uow: UnitOfWork, _: ListDue) -> tuple[Period, tuple[UnitCode, ...]]:
        """Name the newest due week and the units with readers: staffed ones, and the city for the committee.

        A week that was over before there were books has no digest.
        """
        week = latest_due_week(uow.now)
        began = await uow.audit.began()
        if began is None or city_day(began) > week.last:
            return week, ()
        units = set(await uow.officers.staffed())
        if await uow.officers.with_role(Role.COMMITTEE):
            units.add(self.places.city)
        return week, tuple(sorted(units))

    async def queue(self, uow: UnitOfWork, command: QueueDigest) -> bool:
        """Queue a digest to its readers; False when that was done before."""
        if not await uow.digests.queue_once(command.unit, command.week):
            return False
        readers = list(await uow.officers.on_duty(command.unit))
        if command.unit == self.places.city:
            readers += await uow.officers.with_role(Role.COMMITTEE)
        screen = await self.digest(uow, command.unit, command.week)
        for reader in readers:
            await write_to_officer(uow, reader, screen, urgency=Urgency.DIGEST)
        return True

    async def show(self, session: ChatSession, command: ShowDigest) -> None:
        """Show the digest of the officer's unit again, or the city's to the committee."""
        uow = session.uow
        week = parse_week(command.week) if command.week else latest_due_week(uow.now)
        unit = self.places.city if session.me.may(Action.SEE_CITY_FIGURES) else session.me.unit
        await session.say(await self.digest(uow, unit, week))

    async def build(self, uow: UnitOfWork, command: BuildDigest) -> Digest:
        """Build a digest for the command line."""
        return await self.digest(uow, command.unit, command.week)

    async def digest(self, uow: UnitOfWork, unit: UnitCode, week: Period) -> Digest:
        """Build a unit's digest of a week, beside the week before. Raises NoSuchUnit."""
        if unit not in self.places.units:
            raise errors.NoSuchUnit(name=unit)
        figures = await self.figures.stats(uow, unit, week)
        before = await self.figures.stats(uow, unit, week_of(week.first - timedelta(days=7)))
        return Digest(
            figures=figures,
            before={line.line: line.value for line in before.lines},
            received_before=sum(before.received.values()),
            overdue=await uow.tips.count_overdue_for(unit, deadlines=self.deadlines, now=uow.now),
        )
