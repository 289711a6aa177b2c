"""How people of the force go: the list of whom one looks after, and the end of a role, at once."""

from dataclasses import dataclass

from bot.domain import errors
from bot.domain.campaign.periods import city_day
from bot.domain.conversation import PEOPLE_CARD
from bot.domain.outgoing import Send, Urgency
from bot.domain.places import Gazetteer
from bot.domain.roles import Enrolment, manages
from bot.domain.screens.base import Line
from bot.domain.screens.people import ConfirmRevoke, People, PersonLine
from bot.ports import AuditRow, Contact, UnitOfWork
from bot.services.commands.base import Command
from bot.services.commands.people import Revoke, ShowPeople
from bot.services.officer.whose_work import WhoseWork
from bot.services.people.invitations import Invitations
from bot.services.session import ChatSession, language_of


@dataclass(frozen=True, slots=True)
class Revocation:
    """Lists people, and ends their roles."""

    places: Gazetteer
    whose_work: WhoseWork
    invitations: Invitations

    async def people(self, session: ChatSession, command: ShowPeople) -> None:
        """List the people a commander or an admin looks after."""
        uow = session.uow
        people = [
            PersonLine(
                officer=each.officer.number,
                person=each.person,
                role=each.officer.role,
                unit=self.places.units[each.officer.unit].full_name,
                is_waiting=each.officer.enrolment is Enrolment.WAITING,
            )
            for each in await uow.officers.everyone()
            if manages(session.me, each.officer, places=self.places)
        ]
        await session.card(PEOPLE_CARD, People(people=tuple(people)), fresh=command.callback is None)

    async def revoke(self, session: ChatSession, command: Revoke) -> None:
        """End a person's role at once: cards fold, tips go where they belong, guests are others' to confirm."""
        uow = session.uow
        other = await uow.officers.get(command.officer)
        if other is None or not manages(session.me, other, places=self.places):
            raise errors.NoSuchOfficer(number=command.officer)
        contact = await uow.officers.contact(other.number)
        if contact is not None and not command.is_sure and other.enrolment is not Enrolment.REVOKED:
            unit = self.places.units[other.unit].full_name
            asked = ConfirmRevoke(officer=other.number, person=contact.person, role=other.role, unit=unit)
            await session.say(asked)
            return
        if contact is not None:
            await self._fold_cards_of(uow, command, contact)
        guests = await self.invitations.guests_of(uow, other.number)
        if not await uow.officers.revoke(other.number, on=city_day(uow.now)):
            raise errors.NoSuchOfficer(number=command.officer)
        for guest in guests:
            await self.invitations.ask_to_confirm(uow, guest.officer, guest.person)
        await uow.audit.append(
            AuditRow(
                action="officer.revoked",
                officer=session.me.number,
                subject=f"officer {other.number}",
                unit=other.unit,
            )
        )
        await self.whose_work.follow_staff(uow, gone=other.number)
        await session.replace(Line(key="revoked", values={"number": other.number}))

    async def _fold_cards_of(self, uow: UnitOfWork, command: Command, contact: Contact) -> None:
        await uow.outbox.forget(contact.chat)
        await uow.outbox.put(
            Send(
                chat=contact.chat,
                language=await language_of(uow, contact.chat),
                urgency=Urgency.REPLY,
                screen=Line(key="you-were-revoked"),
                protect=True,
                wipes=True,
            )
        )
        async with await ChatSession.open(
            uow, Command(key=command.key, actor=contact.chat, chat=contact.chat)
        ) as theirs:
            await theirs.fold_cards()
