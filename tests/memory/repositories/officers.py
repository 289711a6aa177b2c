"""Officers and their invitations in dictionaries."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.ids import ChatId, InviteNumber, OfficerNumber
from bot.domain.places import UnitCode
from bot.domain.roles import TRIAGING, Enrolment, Officer, Role
from bot.ports import Contact, Invite
from tests.memory.state import MemoryRepository


class MemoryOfficers(MemoryRepository):
    """Implements `bot.ports.Officers`."""

    async def by_chat(self, chat: ChatId) -> Officer | None:
        for contact in self._s.officers.values():
            if contact.chat == chat and contact.officer.enrolment is not Enrolment.REVOKED:
                return contact.officer
        return None

    async def get(self, number: OfficerNumber) -> Officer | None:
        contact = self._s.officers.get(number)
        return contact.officer if contact else None

    async def contact(self, number: OfficerNumber) -> Contact | None:
        return None if number in self._s.forgotten else self._s.officers.get(number)

    async def enrol(
        self, *, role: Role, unit: UnitCode, chat: ChatId, person: str, inviter: OfficerNumber | None
    ) -> Officer:
        officer = Officer(
            number=OfficerNumber(self._s.next("officer")), role=role, unit=unit, enrolment=Enrolment.WAITING
        )
        self._s.officers[officer.number] = Contact(officer, chat, person)
        self._s.inviters[officer.number] = inviter
        return officer

    async def inviter(self, number: OfficerNumber) -> OfficerNumber | None:
        return self._s.inviters.get(number)

    def _stand(self, number: OfficerNumber, enrolment: Enrolment, but: frozenset[Enrolment]) -> bool:
        contact = self._s.officers.get(number)
        if contact is None or contact.officer.enrolment in but:
            return False
        self._s.officers[number] = replace(contact, officer=replace(contact.officer, enrolment=enrolment))
        return True

    async def activate(self, number: OfficerNumber) -> bool:
        return self._stand(number, Enrolment.ACTIVE, frozenset({Enrolment.ACTIVE, Enrolment.REVOKED}))

    async def revoke(self, number: OfficerNumber, *, on: date) -> bool:
        if not self._stand(number, Enrolment.REVOKED, frozenset({Enrolment.REVOKED})):
            return False
        self._s.revoked[number] = on
        return True

    async def set_blocked(self, number: OfficerNumber, *, blocked: bool) -> bool:
        contact = self._s.officers.get(number)
        if contact is None or contact.officer.blocked is blocked:
            return False
        self._s.officers[number] = replace(contact, officer=replace(contact.officer, blocked=blocked))
        return True

    async def forget_revoked(self, before: date, *, limit: int) -> int:
        dying = [each for each, on in self._s.revoked.items() if on < before and each not in self._s.forgotten][:limit]
        self._s.forgotten.update(dict.fromkeys(dying, True))
        return len(dying)

    def _active(self) -> list[Contact]:
        return [each for each in self._s.officers.values() if each.officer.is_active]

    async def on_duty(self, unit: UnitCode) -> Sequence[Contact]:
        return [each for each in self._active() if each.officer.unit == unit and each.officer.role in TRIAGING]

    async def with_role(self, role: Role) -> Sequence[Contact]:
        return [each for each in self._active() if each.officer.role is role]

    async def everyone(self) -> Sequence[Contact]:
        return [each for each in self._s.officers.values() if each.officer.enrolment is not Enrolment.REVOKED]

    async def is_staffed(self, unit: UnitCode) -> bool:
        return unit in await self.staffed()

    async def staffed(self) -> frozenset[UnitCode]:
        return frozenset(each.officer.unit for each in self._active() if each.officer.role in TRIAGING)


class MemoryInvites(MemoryRepository):
    """Implements `bot.ports.Invites`."""

    async def add(
        self, *, token: str, role: Role, unit: UnitCode, inviter: OfficerNumber | None, expires: datetime
    ) -> InviteNumber:
        number = InviteNumber(self._s.next("invite"))
        self._s.invites[token] = Invite(number=number, role=role, unit=unit, inviter=inviter, expires=expires)
        return number

    async def take(self, token: str, *, now: datetime) -> Invite | None:
        invite = self._s.invites.get(token)
        if invite is None or invite.expires <= now:
            return None
        return self._s.invites.pop(token)

    async def forget_expired(self, before: datetime, *, limit: int) -> int:
        dying = [token for token, invite in self._s.invites.items() if invite.expires < before][:limit]
        for token in dying:
            del self._s.invites[token]
        return len(dying)
