"""Whose work a tip is, who is told of it, and what follows when that changes.

Who sees a tip is a rule of `bot.domain.roles`, what may happen to one a rule of `bot.domain.tip`. Here they meet the
people there are: whatever changes a tip is stored through here, and whoever comes or goes is followed up here, so that
a tip is always held where it belongs and no card of it stays with those it is no longer for.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.ids import ChatId, OfficerNumber, TipNumber
from bot.domain.outgoing import FOLDED, Shown, Urgency, cover
from bot.domain.places import Gazetteer, UnitCode
from bot.domain.roles import Officer, Role, holders, sees
from bot.domain.screens.base import Line
from bot.domain.tip import Event, Tip
from bot.ports import Contact, UnitOfWork
from bot.services.session import write_to_officer
from bot.services.tip_changes import log_event

MOST_COUNTED = 1_000
"""Open tips of a unit that are counted for who is told of them; more is not said more exactly."""


class Reach(StrEnum):
    """How near to a tip those are who are told of it."""

    INSIDE = "inside"  # they see it
    CITY = "city"  # they cannot open it, and can call those who should
    ADMIN = "admin"  # nobody of the force can be told


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who is told of a tip."""

    reach: Reach
    contacts: tuple[Contact, ...] = ()
    """For an admin nobody, when the tip is about police: that is told daily and neutrally (`Watch`)."""


@dataclass(frozen=True, slots=True)
class WhoseWork:
    """Keeps every tip with those whose work it is."""

    places: Gazetteer

    # --- who ----------------------------------------------------------------------------------------------------------

    async def holder(self, uow: UnitOfWork, unit: UnitCode) -> UnitCode:
        """Tell which unit holds an unclaimed tip of a unit: the nearest with an active officer."""
        *nearer, last = holders(unit, places=self.places)
        for code in nearer:
            if await uow.officers.is_staffed(code):
                return code
        return last

    async def may_read(self, uow: UnitOfWork, officer: Officer, chat: ChatId, tip: Tip) -> bool:
        """Say whether somebody may read a tip: who sees it and did not send it from that very chat."""
        return sees(officer, tip, self.places) and await uow.tips.route(tip.number) != chat

    async def may_be_shown(self, uow: UnitOfWork, shown: Shown) -> bool:
        """Say whether a message may be shown now to whoever has the chat: an officer who may read every tip on it."""
        officer = await uow.officers.by_chat(shown.chat)
        if officer is None or not officer.is_active:
            return False
        for number in shown.screen.tips_shown:
            tip = await uow.tips.get(number)
            if tip is None or not await self.may_read(uow, officer, shown.chat, tip):
                return False
        return True

    async def recipients(self, uow: UnitOfWork, tip: Tip) -> Recipients:
        """Choose who is told of a tip; there is always somebody.

        Its claimer if present; else those present who see it, the holding unit's own first; else, for any but a tip
        about police, whoever is present at the city or its duty, though nothing moves there; else an admin.
        """
        if tip.claimer is not None:
            claimer = await uow.officers.contact(tip.claimer)
            if claimer is not None and self._can_be_told(claimer, tip):
                return Recipients(Reach.INSIDE, (claimer,))
        for unit in self.places.path_up(tip.held_by):
            found = [each for each in await uow.officers.on_duty(unit) if self._can_be_told(each, tip)]
            if found:
                return Recipients(Reach.INSIDE, tuple(found))
        if tip.held_by == self.places.inspectorate:
            return Recipients(Reach.ADMIN)
        at_city = await self.present_at_city(uow)
        if at_city:
            return Recipients(Reach.CITY, at_city)
        return Recipients(Reach.ADMIN, _present(await uow.officers.with_role(Role.ADMIN)))

    async def present_at_city(self, uow: UnitOfWork) -> tuple[Contact, ...]:
        """List who can be told at the city duty, else at the city."""
        for unit in (self.places.duty, self.places.city):
            found = _present(await uow.officers.on_duty(unit))
            if found:
                return found
        return ()

    async def is_somebody_missing(self, uow: UnitOfWork) -> bool:
        """Say whether no inspector is present, tip or no tip, or nobody at all would be told of another open tip."""
        if not _present(await uow.officers.on_duty(self.places.inspectorate)):
            return True
        if await self.present_at_city(uow):
            return False
        holding = set(await uow.tips.holding()) - {self.places.inspectorate}
        return not all([_present(await uow.officers.on_duty(unit)) for unit in holding])

    def _can_be_told(self, contact: Contact, tip: Tip) -> bool:
        """Whoever sent the tip counts too: that somebody else is told in their place would tell who sent it."""
        return contact.officer.is_present and sees(contact.officer, tip, self.places)

    # --- what follows -------------------------------------------------------------------------------------------------

    async def store(self, uow: UnitOfWork, tip: Tip, event: Event, *, by: OfficerNumber | None = None) -> Tip:
        """Store a changed tip, held where it belongs now; give it as stored. `by` is None for its reporter."""
        before = None
        if not tip.is_claimed:
            before = await uow.tips.get(tip.number)
            tip = replace(tip, held_by=await self.holder(uow, tip.unit))
        await uow.tips.save(tip)
        await log_event(uow, tip, event, by=by)
        if before is not None:
            await self._take_away(uow, [(before, tip)])
        return tip

    async def follow_staff(self, uow: UnitOfWork, *, gone: OfficerNumber | None = None) -> None:
        """Let tips follow the people: what somebody who is gone worked on is given back, what nobody works on moves.

        Called whenever a unit may have gained or lost its officers. Those who got tips by it are told how many.
        """
        came: defaultdict[UnitCode, list[Tip]] = defaultdict(list)
        for tip in await uow.tips.claimed_by(gone) if gone is not None else ():
            stored = await self.store(uow, *tip.give_back())
            came[stored.held_by].append(stored)
        staffed = await uow.officers.staffed()
        for unit, held_by in await uow.tips.unclaimed():
            *nearer, last = holders(unit, places=self.places)
            to = next((code for code in nearer if code in staffed), last)
            if to != held_by:
                came[to] += await self._move(uow, await uow.tips.unclaimed_of(unit, held_by=held_by), to)
        for tips in came.values():
            await self.tell_how_many(uow, "tips-came", tips)

    async def pass_on(self, uow: UnitOfWork, officer: Officer) -> None:
        """Let somebody else hear of the open tips of which this officer, who cannot be told any more, was to hear."""
        waiting: defaultdict[UnitCode, list[Tip]] = defaultdict(list)
        for tip in await uow.tips.claimed_by(officer.number):
            waiting[tip.held_by].append(tip)
        below = officer.role is Role.COMMANDER
        tips = await uow.tips.open_for(officer.unit, below=below, limit=MOST_COUNTED, offset=0)
        others: defaultdict[UnitCode, list[Tip]] = defaultdict(list)
        for tip in tips:
            claimer = await uow.officers.contact(tip.claimer) if tip.claimer is not None else None
            is_told = claimer is not None and self._can_be_told(claimer, tip)
            if tip.claimer != officer.number and not is_told and sees(officer, tip, self.places):
                others[tip.held_by].append(tip)
        for held_by, held in others.items():
            if not await self._is_told_up_to(uow, officer.unit, held[0]):
                waiting[held_by] += held
        for tips in waiting.values():
            await self.tell_how_many(uow, "tips-unheard", tips)

    async def _is_told_up_to(self, uow: UnitOfWork, last: UnitCode, tip: Tip) -> bool:
        """Say whether somebody is told of a tip at its holder's or above, as far up as a unit."""
        near = self.places.path_up(tip.held_by)
        for unit in near[: near.index(last) + 1]:
            if any(self._can_be_told(each, tip) for each in await uow.officers.on_duty(unit)):
                return True
        return False

    async def _move(self, uow: UnitOfWork, tips: Sequence[Tip], to: UnitCode) -> list[Tip]:
        moved = []
        for tip in tips:
            changed, event = tip.move(to)
            await uow.tips.save(changed)
            await log_event(uow, changed, event)
            moved.append(changed)
        await self._take_away(uow, list(zip(tips, moved, strict=True)))
        return moved

    async def _take_away(self, uow: UnitOfWork, changes: Sequence[tuple[Tip, Tip]]) -> None:
        """Fold cards of tips on the phones of those who saw them before their change and do so no more."""
        changes = [
            (before, after)
            for before, after in changes
            if (before.held_by, before.claimer) != (after.held_by, after.claimer)
        ]
        for contact in await self._people_around(uow, [before for before, _ in changes]):
            lost = [
                after.number
                for before, after in changes
                if sees(contact.officer, before, self.places) and not sees(contact.officer, after, self.places)
            ]
            await _fold_cards(uow, contact, lost)

    async def _people_around(self, uow: UnitOfWork, tips: Iterable[Tip]) -> list[Contact]:
        """List whoever may see one of these tips."""
        found: dict[OfficerNumber, Contact] = {}
        for unit in {above for tip in tips for above in self.places.path_up(tip.held_by)}:
            found |= {each.officer.number: each for each in await uow.officers.on_duty(unit)}
        for number in {tip.claimer for tip in tips if tip.claimer is not None} - set(found):
            claimer = await uow.officers.contact(number)
            if claimer is not None:
                found[number] = claimer
        return [found[number] for number in sorted(found)]

    # --- telling ------------------------------------------------------------------------------------------------------

    async def tell_how_many(self, uow: UnitOfWork, key: str, tips: Sequence[Tip]) -> None:
        """Tell whoever is told of tips of one holder how many there are, and how many of them are urgent.

        Those who cannot open them, and admins, hear whose they are, and that nobody there can be told.
        """
        recipients = await self.recipients(uow, tips[0])
        unit = self.places.units[tips[0].held_by].full_name
        urgent = sum(1 for tip in tips if tip.urgent)
        line = Line(
            key=key if recipients.reach is Reach.INSIDE else "tips-unheard",
            values={"unit": unit, "number": len(tips), "urgent": urgent},
        )
        for contact in recipients.contacts:
            await write_to_officer(uow, contact, line, urgency=Urgency.NOTICE, rings=urgent > 0)


def _present(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    return tuple(each for each in contacts if each.officer.is_present)


async def _fold_cards(uow: UnitOfWork, contact: Contact, tips: Sequence[TipNumber]) -> None:
    """Fold the cards of some tips on an officer's phone, wherever they stand open."""
    known = await uow.conversations.get(contact.chat) if tips else None
    if known is None:
        return
    changed = known
    for tip in tips:
        for at in known.open_cards.get(tip, ()):
            await uow.outbox.put(cover(contact.chat, at, screen=FOLDED, language=known.language))
        changed = changed.folded(tip)
    if changed != known:
        await uow.conversations.put(changed)
