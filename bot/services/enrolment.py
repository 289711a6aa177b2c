"""How people of the force come and go: one-time invitations, the inviter's confirmation, revocation at once.

The link may have been seen by others, so opening it is not enough: the inviter confirms the person by name. The first
admin is invited and confirmed from the command line of the server.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain import errors
from bot.domain.folding import fold
from bot.domain.ids import OfficerNumber
from bot.domain.outgoing import How, Outgoing, Urgency
from bot.domain.periods import city_day
from bot.domain.places import Gazetteer, Unit, UnitCode
from bot.domain.roles import Action, Officer, Role, Standing, manages, may_invite
from bot.domain.screens import InviteChoice, InviteLink, JoinRequest, Line, People, Person
from bot.ports import AuditRow, Contact, UnitOfWork
from bot.services.announcing import Announcing
from bot.services.commands import Command, ConfirmJoin, InvitePerson, Revoke, ShowPeople, Start
from bot.services.dialogue import Dialogue, language_of, write_to_officer
from bot.services.triage import fold_cards

INVITE_FORM = "/moi canbo 31135"
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
class MakeInvite(Command):
    """Make an invitation from the server's command line."""

    role: Role
    unit: UnitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmFromServer(Command):
    """Confirm a waiting person from the server's command line."""

    officer: OfficerNumber


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Invitations, confirmations and revocations."""

    places: Gazetteer
    announcing: Announcing
    invite_lasts: timedelta = field(default=timedelta(hours=48))

    # --- inviting -------------------------------------------------------------------------------------------------

    async def invite(self, uow: UnitOfWork, command: InvitePerson) -> None:
        """Make an invitation in chat: "/moi canbo 31135"; the role alone means the inviter's own unit."""
        async with await Dialogue.with_officer(uow, command, Action.INVITE) as talk:
            role, unit = self._asked_for(command, talk.me)
            if role is None:
                roles = tuple(
                    each for each in Role if may_invite(talk.me, role=each, unit=unit.code, places=self.places)
                )
                if not roles:
                    raise errors.NotAllowed
                await talk.say(InviteChoice(unit=unit.full_name, unit_code=unit.code, roles=roles))
                return
            unit = self._seat(role, unit)
            if not may_invite(talk.me, role=role, unit=unit.code, places=self.places):
                raise errors.NotAllowed
            await talk.replace(await self._make(uow, role, unit, talk.me.number))

    async def invite_from_server(self, uow: UnitOfWork, command: MakeInvite) -> InviteLink:
        """Make an invitation for the command line. Raises NoSuchUnit."""
        unit = self.places.get(command.unit)
        if unit is None:
            raise errors.NoSuchUnit(name=command.unit)
        return await self._make(uow, command.role, self._seat(command.role, unit), None)

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
                raise errors.NotUnderstood(form=INVITE_FORM)
        return role, self.places.units[code]

    def _seat(self, role: Role, unit: Unit) -> Unit:
        """Give the unit a role sits in: some roles exist once."""
        match role:
            case Role.INSPECTOR:
                return self.places.units[self.places.inspectorate]
            case Role.COMMITTEE | Role.ADMIN:
                return self.places.units[self.places.city]
            case Role.OFFICER | Role.COMMANDER:
                return unit

    # --- joining --------------------------------------------------------------------------------------------------

    async def join(self, talk: Dialogue, command: Start) -> None:
        """Use an invitation up: the person waits until the inviter confirms. Raises InviteInvalid."""
        uow = talk.uow
        if talk.officer is not None:
            await talk.line("join-already")
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
        talk.officer = officer
        talk.remember(draft=None, listening=None)
        await talk.line("join-waiting", number=officer.number)
        request = JoinRequest(
            officer=officer.number,
            person=command.person,
            role=officer.role,
            unit=self.places.units[officer.unit].full_name,
        )
        for contact in await self._confirmers(uow, invite.inviter):
            await write_to_officer(uow, contact, request, urgency=Urgency.REPLY)

    async def _confirmers(self, uow: UnitOfWork, inviter: OfficerNumber | None) -> list[Contact]:
        if inviter is not None:
            contact = await uow.officers.contact(inviter)
            if contact is not None and contact.officer.is_active:
                return [contact]
        return list(await uow.officers.with_role(Role.ADMIN))

    async def confirm(self, uow: UnitOfWork, command: ConfirmJoin) -> None:
        """Let a waiting person in, or not. The inviter may, and an admin."""
        async with await Dialogue.with_officer(uow, command, Action.INVITE) as talk:
            waiting = await uow.officers.get(command.officer)
            inviter = await uow.officers.inviter(command.officer)
            if waiting is None or (talk.me.role is not Role.ADMIN and inviter != talk.me.number):
                raise errors.NoSuchOfficer(number=command.officer)
            if waiting.standing is not Standing.WAITING:
                raise errors.ButtonStale
            if command.is_welcome:
                await self._let_in(uow, waiting, by=talk.me.number)
                await talk.replace(Line(key="join-confirmed", values={"number": waiting.number}))
            else:
                await self._turn_away(uow, waiting, by=talk.me.number)
                await talk.replace(Line(key="join-refused", values={"number": waiting.number}))

    async def confirm_from_server(self, uow: UnitOfWork, command: ConfirmFromServer) -> Officer:
        """Let a waiting person in from the command line. Raises NoSuchOfficer."""
        waiting = await uow.officers.get(command.officer)
        if waiting is None or waiting.standing is not Standing.WAITING:
            raise errors.NoSuchOfficer(number=command.officer)
        await self._let_in(uow, waiting, by=None)
        return waiting

    async def _let_in(self, uow: UnitOfWork, officer: Officer, *, by: OfficerNumber | None) -> None:
        await uow.officers.activate(officer.number)
        await self.announcing.settle_holders(uow)
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

    async def people(self, uow: UnitOfWork, command: ShowPeople) -> None:
        """List the people a commander or an admin looks after."""
        async with await Dialogue.with_officer(uow, command, Action.SEE_PEOPLE) as talk:
            people = [
                Person(
                    officer=each.officer.number,
                    person=each.person,
                    role=each.officer.role,
                    unit=self.places.units[each.officer.unit].full_name,
                    standing=each.officer.standing,
                )
                for each in await uow.officers.everyone()
                if manages(talk.me, each.officer, places=self.places)
            ]
            await talk.card("people", People(people=tuple(people)), fresh=command.callback is None)

    async def revoke(self, uow: UnitOfWork, command: Revoke) -> None:
        """End a person's role at once; their cards fold, and their unit's queue goes up if nobody is left."""
        async with await Dialogue.with_officer(uow, command, Action.REVOKE) as talk:
            other = await uow.officers.get(command.officer)
            if other is None or not manages(talk.me, other, places=self.places):
                raise errors.NoSuchOfficer(number=command.officer)
            contact = await uow.officers.contact(other.number)
            if contact is not None:
                await self._fold_cards_of(uow, command, contact)
            if not await uow.officers.revoke(other.number, on=city_day(uow.now)):
                raise errors.NoSuchOfficer(number=command.officer)
            await self.announcing.settle_holders(uow)
            await uow.audit.append(
                AuditRow(
                    action="officer.revoked", officer=talk.me.number, subject=f"officer {other.number}", unit=other.unit
                )
            )
            await talk.line("revoked", number=other.number)

    async def _fold_cards_of(self, uow: UnitOfWork, command: Command, contact: Contact) -> None:
        theirs = await Dialogue.open(uow, Command(key=command.key, chat=contact.chat))
        async with theirs:
            await fold_cards(theirs)
        await uow.outbox.put(
            Outgoing(
                chat=contact.chat,
                language=await language_of(uow, contact.chat),
                urgency=Urgency.REPLY,
                how=How.SEND,
                screen=Line(key="you-were-revoked"),
                protect=True,
            )
        )
