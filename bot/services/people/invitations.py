"""How people of the force come: one-time invitations, joining by one, and the inviter's confirmation.

The link may have been seen by others, so opening it is not enough: the inviter confirms the person by name, or, when
the inviter's role has ended, whoever else may invite such a person. An inspector is let in by an inspector. The first
admin and the first inspector are confirmed from the command line of the server.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain import errors
from bot.domain.campaign.periods import city_day
from bot.domain.ids import OfficerNumber
from bot.domain.outgoing import Urgency
from bot.domain.places import Gazetteer, Unit, UnitCode
from bot.domain.retention import INVITE_LASTS
from bot.domain.roles import TRIAGING, Enrolment, Officer, Role, lets_in, may_invite, role_named, seat
from bot.domain.screens.base import Line
from bot.domain.screens.people import InviteChoice, InviteLink, JoinRequest
from bot.domain.text.command_words import CommandWord
from bot.domain.text.folding import fold
from bot.ports import AuditRow, Chore, Contact, UnitOfWork
from bot.services.commands.citizen import Start
from bot.services.commands.people import ConfirmJoin, InvitePerson
from bot.services.officer.whose_work import WhoseWork
from bot.services.session import ChatSession, write_to_officer


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeInvite(Chore):
    """Make an invitation from the server's command line."""

    role: Role
    unit: UnitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmFromServer(Chore):
    """Confirm a waiting person from the server's command line."""

    officer: OfficerNumber


@dataclass(frozen=True, slots=True)
class Invitations:
    """Brings people in."""

    places: Gazetteer
    whose_work: WhoseWork
    invite_lasts: timedelta = INVITE_LASTS

    # --- inviting -------------------------------------------------------------------------------------------------

    async def invite(self, session: ChatSession, command: InvitePerson) -> None:
        """Make an invitation in chat: "/moi canbo 31135"; the role alone means the inviter's own unit."""
        uow = session.uow
        role, unit = self._asked_for(command, session.me)
        if role is None:
            roles = tuple(
                each
                for each in Role
                if seat(each, unit, places=self.places) is not None
                and may_invite(session.me, role=each, unit=unit.code, places=self.places)
            )
            if not roles:
                raise errors.NotAllowed
            await session.say(InviteChoice(unit=unit.full_name, unit_code=unit.code, roles=roles))
            return
        if not may_invite(session.me, role=role, unit=unit.code, places=self.places):
            raise errors.NotAllowed
        seat_in = seat(role, unit, places=self.places)
        if seat_in is None:
            raise errors.ButtonStale if command.callback else errors.NoSuchSeat(unit=unit.full_name)
        await session.replace(await self._make(uow, role, seat_in, session.me.number))

    async def invite_from_server(self, uow: UnitOfWork, command: MakeInvite) -> InviteLink:
        """Make an invitation for the command line. Raises NoSuchUnit, NoSuchSeat."""
        unit = self.places.get(command.unit)
        if unit is None:
            raise errors.NoSuchUnit(name=command.unit)
        seat_in = seat(command.role, unit, places=self.places)
        if seat_in is None:
            raise errors.NoSuchSeat(unit=unit.full_name)
        return await self._make(uow, command.role, seat_in, None)

    async def _make(self, uow: UnitOfWork, role: Role, unit: Unit, inviter: OfficerNumber | None) -> InviteLink:
        token = uow.ids.invite_token()
        expires = uow.now + self.invite_lasts
        number = await uow.invites.add(token=token, role=role, unit=unit.code, inviter=inviter, expires=expires)
        await uow.audit.append(
            AuditRow(action="invite.made", officer=inviter, subject=f"invite {number} {role}", unit=unit.code)
        )
        return InviteLink(payload=f"i{token}", role=role, unit=unit.full_name, expires=expires)

    def _asked_for(self, command: InvitePerson, inviter: Officer) -> tuple[Role | None, Unit]:
        role, code = command.role, command.unit or inviter.unit
        for word in command.words.split():
            key = fold(word).replace("_", "")
            named = role_named(key)
            if named is not None:
                role = named
            elif self.places.get(key) is not None:
                code = UnitCode(key)
            elif key.isdigit():
                raise errors.NoSuchUnit(name=key)
            else:
                raise errors.NotUnderstood(form=CommandWord.INVITE.form)
        unit = self.places.get(code)
        if unit is None:  # typed ones were looked up: this one came with a button
            raise errors.ButtonStale
        return role, unit

    # --- joining --------------------------------------------------------------------------------------------------

    async def join(self, session: ChatSession, command: Start) -> None:
        """Use an invitation up: the person waits until the inviter confirms. Raises InviteInvalid."""
        uow = session.uow
        if session.officer is not None:
            await session.line("join-already")
            return
        invite = await uow.invites.take(command.payload[1:], now=uow.now)
        if invite is None:
            raise errors.InviteInvalid
        officer = await uow.officers.enrol(
            role=invite.role, unit=invite.unit, chat=command.chat, person=command.person, inviter=invite.inviter
        )
        await uow.audit.append(
            AuditRow(
                action="officer.joined", officer=officer.number, subject=f"invite {invite.number}", unit=officer.unit
            )
        )
        session.officer = officer
        session.remember(listening=None)
        await session.line("join-waiting", number=officer.number)
        await self.ask_to_confirm(uow, officer, command.person)

    async def ask_to_confirm(self, uow: UnitOfWork, guest: Officer, person: str) -> None:
        """Ask whoever decides about a waiting person."""
        inviter = await uow.officers.inviter(guest.number)
        for contact in await self._confirmers(uow, guest):
            request = JoinRequest(
                officer=guest.number,
                person=person,
                role=guest.role,
                unit=self.places.units[guest.unit].full_name,
                by_reader=contact.officer.number == inviter,
            )
            await write_to_officer(uow, contact, request, urgency=Urgency.REPLY)

    async def _confirmers(self, uow: UnitOfWork, guest: Officer) -> list[Contact]:
        """List who is asked: the inviter; when that one may or can not answer, who else may let such a person in.

        Commanders before admins; for an inspector the inspectors alone, and where there is none the command line.
        """
        inviter = await uow.officers.inviter(guest.number)
        contact = await uow.officers.contact(inviter) if inviter is not None else None
        if contact is not None and self._decides(contact, guest):
            return [contact]
        for role in (Role.INSPECTOR, Role.COMMANDER, Role.ADMIN):
            if role is not Role.COMMANDER or inviter is not None:
                found = [each for each in await uow.officers.with_role(role) if self._decides(each, guest)]
                if found:
                    return found
        return []

    def _decides(self, contact: Contact, guest: Officer) -> bool:
        return contact.officer.is_present and lets_in(contact.officer, guest, places=self.places)

    async def guests_of(self, uow: UnitOfWork, officer: OfficerNumber) -> list[Contact]:
        """List the waiting people whom this officer was asked to confirm."""
        return [
            each
            for each in await uow.officers.everyone()
            if each.officer.enrolment is Enrolment.WAITING
            and officer in {asked.officer.number for asked in await self._confirmers(uow, each.officer)}
        ]

    async def confirm(self, session: ChatSession, command: ConfirmJoin) -> None:
        """Let a waiting person in, or not. Whoever is asked may, and an admin."""
        uow = session.uow
        waiting = await uow.officers.get(command.officer)
        if waiting is None:
            raise errors.NoSuchOfficer(number=command.officer)
        asked = {each.officer.number for each in await self._confirmers(uow, waiting)}
        is_admins = session.me.role is Role.ADMIN and lets_in(session.me, waiting, places=self.places)
        if not is_admins and session.me.number not in asked:
            raise errors.NoSuchOfficer(number=command.officer)
        if waiting.enrolment is not Enrolment.WAITING:
            raise errors.ButtonStale
        if command.is_welcome:
            await self._let_in(uow, waiting, by=session.me.number)
            await session.replace(Line(key="join-confirmed", values={"number": waiting.number}))
        else:
            await self._turn_away(uow, waiting, by=session.me.number)
            await session.replace(Line(key="join-refused", values={"number": waiting.number}))

    async def confirm_from_server(self, uow: UnitOfWork, command: ConfirmFromServer) -> Officer:
        """Let a waiting person in from the command line. Raises NoSuchOfficer, InspectorsDecide."""
        waiting = await uow.officers.get(command.officer)
        if waiting is None or waiting.enrolment is not Enrolment.WAITING:
            raise errors.NoSuchOfficer(number=command.officer)
        if waiting.role is Role.INSPECTOR and await uow.officers.with_role(Role.INSPECTOR):
            raise errors.InspectorsDecide
        await self._let_in(uow, waiting, by=None)
        return waiting

    async def _let_in(self, uow: UnitOfWork, officer: Officer, *, by: OfficerNumber | None) -> None:
        await uow.officers.activate(officer.number)
        await uow.audit.append(
            AuditRow(action="officer.confirmed", officer=by, subject=f"officer {officer.number}", unit=officer.unit)
        )
        unit = self.places.units[officer.unit].full_name
        await self._tell(uow, officer, f"join-welcome-{officer.role}", unit=unit)
        await self._make_known(uow, officer, by=by)
        await self._leave_own_tips(uow, officer)
        await self.whose_work.follow_staff(uow)

    async def _make_known(self, uow: UnitOfWork, officer: Officer, *, by: OfficerNumber | None) -> None:
        """Tell whoever answers for the unit: nobody comes to read its tips in silence, whoever let them in."""
        joined = await uow.officers.contact(officer.number)
        if joined is None or officer.role not in TRIAGING:
            return
        unit = self.places.units[officer.unit].full_name
        values = {"person": joined.person, "number": officer.number, "unit": unit}
        line = Line(key="join-made-known", values=values)
        for above in self.places.path_up(officer.unit):
            for each in await uow.officers.on_duty(above):
                answers = each.officer.role in {Role.COMMANDER, Role.INSPECTOR}
                if answers and each.officer.number not in {officer.number, by}:
                    await write_to_officer(uow, each, line, urgency=Urgency.NOTICE)

    async def _leave_own_tips(self, uow: UnitOfWork, officer: Officer) -> None:
        """End what the chat followed as a citizen's, and say how to report from now on.

        The sealed routes of those tips stay until they die: by them the officer is kept from judging their own.
        """
        contact = await uow.officers.contact(officer.number)
        known = await uow.conversations.get(contact.chat) if contact is not None else None
        if known is not None and (known.tips or known.draft):
            left = known.but(tips=(), draft=None, listening=None)
            for card in sorted(known.card_names - left.card_names):  # nobody would find it any more
                await uow.conversations.drop_place(known.chat, card)
            await uow.conversations.put(left)
            await self._tell(uow, officer, "join-own-tips")

    async def _turn_away(self, uow: UnitOfWork, officer: Officer, *, by: OfficerNumber) -> None:
        await self._tell(uow, officer, "join-turned-away")
        await uow.officers.revoke(officer.number, on=city_day(uow.now))
        await uow.audit.append(
            AuditRow(action="officer.turned_away", officer=by, subject=f"officer {officer.number}", unit=officer.unit)
        )

    async def _tell(self, uow: UnitOfWork, officer: Officer, key: str, **values: str) -> None:
        contact = await uow.officers.contact(officer.number)
        if contact is not None:
            line = Line(key=key, values=dict(values))
            await write_to_officer(uow, contact, line, urgency=Urgency.REPLY)
