"""How people of the force come and go: one-time invitations, the inviter's confirmation, revocation at once.

The link may have been seen by others, so opening it is not enough: the inviter confirms the person by name, or, when
the inviter's role has ended, whoever else may invite such a person. The first admin is invited and confirmed from the
command line of the server.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain import errors
from bot.domain.campaign.periods import city_day
from bot.domain.ids import OfficerNumber
from bot.domain.outgoing import Outgoing, Placement, Urgency
from bot.domain.places import Gazetteer, Unit, UnitCode
from bot.domain.retention import INVITE_LASTS
from bot.domain.roles import Enrolment, Officer, Role, manages, may_invite
from bot.domain.screens.base import Line
from bot.domain.screens.people import InviteChoice, InviteLink, JoinRequest, People, PersonLine
from bot.domain.text.command_words import CommandWord
from bot.domain.text.folding import fold
from bot.ports import AuditRow, Chore, Contact, UnitOfWork
from bot.services.commands.base import Command
from bot.services.commands.citizen import Start
from bot.services.commands.people import ConfirmJoin, InvitePerson, Revoke, ShowPeople
from bot.services.notices import Notices
from bot.services.session import ChatSession, language_of, write_to_officer

_ROLES = {
    "canbo": Role.OFFICER,
    "officer": Role.OFFICER,
    "chihuy": Role.COMMANDER,
    "commander": Role.COMMANDER,
    "thanhtra": Role.INSPECTOR,
    "inspector": Role.INSPECTOR,
    "bcd": Role.COMMITTEE,
    "bcd138": Role.COMMITTEE,
    "committee": Role.COMMITTEE,
    "quantri": Role.ADMIN,
    "admin": Role.ADMIN,
}


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
    """Invitations, confirmations and revocations."""

    places: Gazetteer
    notices: Notices
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
                if self._seat(each, unit) is not None
                and may_invite(session.me, role=each, unit=unit.code, places=self.places)
            )
            if not roles:
                raise errors.NotAllowed
            await session.say(InviteChoice(unit=unit.full_name, unit_code=unit.code, roles=roles))
            return
        if not may_invite(session.me, role=role, unit=unit.code, places=self.places):
            raise errors.NotAllowed
        seat = self._seat(role, unit)
        if seat is None:
            raise errors.ButtonStale if command.callback else errors.NoSuchSeat(unit=unit.full_name)
        await session.replace(await self._make(uow, role, seat, session.me.number))

    async def invite_from_server(self, uow: UnitOfWork, command: MakeInvite) -> InviteLink:
        """Make an invitation for the command line. Raises NoSuchUnit, NoSuchSeat."""
        unit = self.places.get(command.unit)
        if unit is None:
            raise errors.NoSuchUnit(name=command.unit)
        seat = self._seat(command.role, unit)
        if seat is None:
            raise errors.NoSuchSeat(unit=unit.full_name)
        return await self._make(uow, command.role, seat, None)

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
            if key in _ROLES:
                role = _ROLES[key]
            elif self.places.get(key) is not None:
                code = UnitCode(key)
            else:
                raise errors.NotUnderstood(form=CommandWord.INVITE.form)
        unit = self.places.get(code)
        if unit is None:  # typed ones were looked up: this one came with a button
            raise errors.ButtonStale
        return role, unit

    def _seat(self, role: Role, unit: Unit) -> Unit | None:
        """Give the unit a role sits in when asked for in a unit: the city's own seats are asked for in the city."""
        inspectorate, city = self.places.inspectorate, self.places.city
        match role:
            case Role.INSPECTOR:
                return self.places.units[inspectorate] if unit.code in {inspectorate, city} else None
            case Role.COMMITTEE | Role.ADMIN:
                return unit if unit.code == city else None
            case Role.OFFICER | Role.COMMANDER:
                return unit if unit.code != inspectorate else None

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
        session.remember(draft=None, listening=None)
        await session.line("join-waiting", number=officer.number)
        await self._ask_to_confirm(uow, officer, command.person)

    async def _ask_to_confirm(self, uow: UnitOfWork, guest: Officer, person: str) -> None:
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
        """List who is asked: the inviter; when that one is gone, who else may invite such a person; else admins."""
        inviter = await uow.officers.inviter(guest.number)
        if inviter is not None:
            contact = await uow.officers.contact(inviter)
            if contact is not None and contact.officer.is_active:
                return [contact]
            commanders = [
                each
                for each in await uow.officers.with_role(Role.COMMANDER)
                if may_invite(each.officer, role=guest.role, unit=guest.unit, places=self.places)
            ]
            if commanders:
                return commanders
        return list(await uow.officers.with_role(Role.ADMIN))

    async def _waiting_for(self, uow: UnitOfWork, officer: OfficerNumber) -> list[Contact]:
        """List the waiting people whom this officer was asked to confirm."""
        return [
            each
            for each in await uow.officers.everyone()
            if each.officer.standing is Enrolment.WAITING
            and officer in {asked.officer.number for asked in await self._confirmers(uow, each.officer)}
        ]

    async def confirm(self, session: ChatSession, command: ConfirmJoin) -> None:
        """Let a waiting person in, or not. Whoever is asked may, and an admin."""
        uow = session.uow
        waiting = await uow.officers.get(command.officer)
        if waiting is None:
            raise errors.NoSuchOfficer(number=command.officer)
        asked = {each.officer.number for each in await self._confirmers(uow, waiting)}
        if session.me.role is not Role.ADMIN and session.me.number not in asked:
            raise errors.NoSuchOfficer(number=command.officer)
        if waiting.standing is not Enrolment.WAITING:
            raise errors.ButtonStale
        if command.is_welcome:
            await self._let_in(uow, waiting, by=session.me.number)
            await session.replace(Line(key="join-confirmed", values={"number": waiting.number}))
        else:
            await self._turn_away(uow, waiting, by=session.me.number)
            await session.replace(Line(key="join-refused", values={"number": waiting.number}))

    async def confirm_from_server(self, uow: UnitOfWork, command: ConfirmFromServer) -> Officer:
        """Let a waiting person in from the command line. Raises NoSuchOfficer."""
        waiting = await uow.officers.get(command.officer)
        if waiting is None or waiting.standing is not Enrolment.WAITING:
            raise errors.NoSuchOfficer(number=command.officer)
        await self._let_in(uow, waiting, by=None)
        return waiting

    async def _let_in(self, uow: UnitOfWork, officer: Officer, *, by: OfficerNumber | None) -> None:
        await uow.officers.activate(officer.number)
        await self.notices.reassign_queues(uow)
        await uow.audit.append(
            AuditRow(action="officer.confirmed", officer=by, subject=f"officer {officer.number}", unit=officer.unit)
        )
        unit = self.places.units[officer.unit].full_name
        await self._tell(uow, officer, f"join-welcome-{officer.role}", unit=unit)

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

    # --- people ---------------------------------------------------------------------------------------------------

    async def people(self, session: ChatSession, command: ShowPeople) -> None:
        """List the people a commander or an admin looks after."""
        uow = session.uow
        people = [
            PersonLine(
                officer=each.officer.number,
                person=each.person,
                role=each.officer.role,
                unit=self.places.units[each.officer.unit].full_name,
                standing=each.officer.standing,
            )
            for each in await uow.officers.everyone()
            if manages(session.me, each.officer, places=self.places)
        ]
        await session.card("people", People(people=tuple(people)), fresh=command.callback is None)

    async def revoke(self, session: ChatSession, command: Revoke) -> None:
        """End a person's role at once: cards fold, an empty unit's queue goes up, and guests are others' to confirm."""
        uow = session.uow
        other = await uow.officers.get(command.officer)
        if other is None or not manages(session.me, other, places=self.places):
            raise errors.NoSuchOfficer(number=command.officer)
        contact = await uow.officers.contact(other.number)
        if contact is not None:
            await self._fold_cards_of(uow, command, contact)
        guests = await self._waiting_for(uow, other.number)
        if not await uow.officers.revoke(other.number, on=city_day(uow.now)):
            raise errors.NoSuchOfficer(number=command.officer)
        for guest in guests:
            await self._ask_to_confirm(uow, guest.officer, guest.person)
        await self.notices.reassign_queues(uow)
        await uow.audit.append(
            AuditRow(
                action="officer.revoked",
                officer=session.me.number,
                subject=f"officer {other.number}",
                unit=other.unit,
            )
        )
        await session.line("revoked", number=other.number)

    async def _fold_cards_of(self, uow: UnitOfWork, command: Command, contact: Contact) -> None:
        await uow.outbox.put(
            Outgoing(
                chat=contact.chat,
                language=await language_of(uow, contact.chat),
                urgency=Urgency.REPLY,
                placement=Placement.SEND,
                screen=Line(key="you-were-revoked"),
                protect=True,
                wipes=True,
            )
        )
        async with await ChatSession.open(
            uow, Command(key=command.key, actor=contact.chat, chat=contact.chat)
        ) as theirs:
            await theirs.fold_cards()
