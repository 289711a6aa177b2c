"""Officers and their invitations: roles in clear; chats, names and tokens sealed or hashed."""

import logging
from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.ids import ChatId, InviteNumber, OfficerNumber
from bot.domain.places import UnitCode
from bot.domain.roles import TRIAGING, Enrolment, Officer, Role
from bot.ports import Contact, Invite
from storage.connection import Connection, SqlRow
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault
from storage.errors import SealBrokenError
from storage.numbering import next_number
from storage.times import from_ms, to_ms

_log = logging.getLogger(__name__)

_BY_TAG = "SELECT number, role, unit, enrolment, blocked FROM officer WHERE tag = $1 AND enrolment <> 'revoked'"
_GET = "SELECT number, role, unit, enrolment, blocked FROM officer WHERE number = $1"
_CONTACT = "SELECT number, role, unit, enrolment, blocked, chat, person FROM officer WHERE number = $1"
_ENROL = """
    INSERT INTO officer (number, role, unit, enrolment, blocked, inviter, epoch, tag, chat, person)
    VALUES ($1, $2, $3, 'waiting', 0, $4, $5, $6, $7, $8)
"""
_INVITER = "SELECT inviter FROM officer WHERE number = $1"
_ACTIVATE = "UPDATE officer SET enrolment = 'active' WHERE number = $1 AND enrolment = 'waiting'"
_REVOKE = """
    UPDATE officer
    SET enrolment = 'revoked', revoked_on = $2, tag = NULL
    WHERE number = $1 AND enrolment <> 'revoked'
"""
_SET_BLOCKED = "UPDATE officer SET blocked = $2 WHERE number = $1 AND blocked <> $2"
_FORGET = """
    UPDATE officer
    SET chat = NULL, person = NULL
    WHERE number IN (
        SELECT number
        FROM officer
        WHERE enrolment = 'revoked' AND revoked_on < $1 AND chat IS NOT NULL
        LIMIT $2
    )
"""
_ON_DUTY = """
    SELECT number, role, unit, enrolment, blocked, chat, person
    FROM officer
    WHERE unit = $1 AND enrolment = 'active'
    ORDER BY number
"""
_WITH_ROLE = """
    SELECT number, role, unit, enrolment, blocked, chat, person
    FROM officer
    WHERE role = $1 AND enrolment = 'active'
    ORDER BY number
"""
_EVERYONE = """
    SELECT number, role, unit, enrolment, blocked, chat, person
    FROM officer
    WHERE enrolment <> 'revoked'
    ORDER BY number
"""
_WORK_FOR = "SELECT role FROM officer WHERE unit = $1 AND enrolment = 'active'"
_ACTIVE = "SELECT DISTINCT unit, role FROM officer WHERE enrolment = 'active'"
_INVITE = """
    INSERT INTO invite (number, hash, epoch, role, unit, inviter, expires)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_TAKE = """
    DELETE FROM invite
    WHERE hash = $1 AND expires > $2
    RETURNING number, role, unit, inviter, expires
"""
_FORGET_EXPIRED = "DELETE FROM invite WHERE number IN (SELECT number FROM invite WHERE expires < $1 LIMIT $2)"


class OfficerRepository:
    """Implements `bot.ports.Officers`."""

    __slots__ = ("_bot_id", "_connection", "_vault")

    def __init__(self, connection: Connection, vault: Vault, bot_id: int) -> None:
        self._connection = connection
        self._vault = vault
        self._bot_id = bot_id

    async def by_chat(self, chat: ChatId) -> Officer | None:
        """Find the officer of a chat."""
        for epoch in self._vault.epochs:
            row = await self._connection.row(_BY_TAG, self._tag(chat, epoch))
            if row is not None:
                return _officer(row)
        return None

    async def get(self, number: OfficerNumber) -> Officer | None:
        """Find an officer by number."""
        row = await self._connection.row(_GET, number)
        return _officer(row) if row is not None else None

    async def contact(self, number: OfficerNumber) -> Contact | None:
        """Unseal how to reach an officer."""
        row = await self._connection.row(_CONTACT, number)
        return next(iter(self._contacts([row])), None) if row is not None and row["chat"] is not None else None

    async def enrol(
        self, *, role: Role, unit: UnitCode, chat: ChatId, person: str, inviter: OfficerNumber | None
    ) -> Officer:
        """Store a new officer, waiting for confirmation."""
        number = OfficerNumber(await next_number(self._connection, "officer"))
        epoch = self._vault.epoch
        await self._connection.run(
            _ENROL,
            *(number, role.value, unit, inviter, epoch, self._tag(chat, epoch)),
            self._vault.seal(str(chat), SealedColumn.OFFICER_CHAT, number),
            self._vault.seal(person, SealedColumn.OFFICER_PERSON, number),
        )
        return Officer(number=number, role=role, unit=unit, enrolment=Enrolment.WAITING)

    async def inviter(self, number: OfficerNumber) -> OfficerNumber | None:
        """Tell who invited an officer."""
        row = await self._connection.row(_INVITER, number)
        return OfficerNumber(row["inviter"]) if row is not None and row["inviter"] is not None else None

    async def activate(self, number: OfficerNumber) -> bool:
        """Make a waiting officer active."""
        return await self._connection.run(_ACTIVATE, number) == 1

    async def revoke(self, number: OfficerNumber, *, on: date) -> bool:
        """End an officer's role; the chat can no longer be found by its tag."""
        return await self._connection.run(_REVOKE, number, on.isoformat()) == 1

    async def set_blocked(self, number: OfficerNumber, *, blocked: bool) -> bool:
        """Note that an officer has blocked the bot, or is back."""
        return await self._connection.run(_SET_BLOCKED, number, int(blocked)) == 1

    async def forget_revoked(self, before: date, *, limit: int) -> int:
        """Destroy chats and names of a few officers revoked before a day."""
        return await self._connection.run(_FORGET, before.isoformat(), limit)

    async def on_duty(self, unit: UnitCode) -> Sequence[Contact]:
        """List the active officers of a unit whose role triages tips."""
        rows = await self._connection.rows(_ON_DUTY, unit)
        return self._contacts([row for row in rows if Role(row["role"]) in TRIAGING])

    async def with_role(self, role: Role) -> Sequence[Contact]:
        """List the active officers with a role."""
        return self._contacts(await self._connection.rows(_WITH_ROLE, role.value))

    async def everyone(self) -> Sequence[Contact]:
        """List waiting and active officers."""
        return self._contacts(await self._connection.rows(_EVERYONE))

    async def is_staffed(self, unit: UnitCode) -> bool:
        """Say whether someone active works for a unit."""
        return any(Role(row["role"]) in TRIAGING for row in await self._connection.rows(_WORK_FOR, unit))

    async def staffed(self) -> frozenset[UnitCode]:
        """Name the units that someone active works for."""
        rows = await self._connection.rows(_ACTIVE)
        return frozenset(UnitCode(row["unit"]) for row in rows if Role(row["role"]) in TRIAGING)

    def _contacts(self, rows: Sequence[SqlRow]) -> list[Contact]:
        found = []
        for row in rows:
            try:
                found.append(self._contact(row))
            except SealBrokenError:  # one unreachable officer must not keep a tip from the others
                _log.error("how to reach an officer does not open")
        return found

    def _contact(self, row: SqlRow) -> Contact:
        number = row["number"]
        return Contact(
            officer=_officer(row),
            chat=ChatId(int(self._vault.open(row["chat"], SealedColumn.OFFICER_CHAT, number))),
            person=self._vault.open(row["person"], SealedColumn.OFFICER_PERSON, number),
        )

    def _tag(self, chat: ChatId, epoch: int) -> bytes:
        return self._vault.tag(f"{self._bot_id}|{chat}", purpose="officer", epoch=epoch)


class InviteRepository:
    """Implements `bot.ports.Invites`."""

    __slots__ = ("_connection", "_vault")

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def add(
        self, *, token: str, role: Role, unit: UnitCode, inviter: OfficerNumber | None, expires: datetime
    ) -> InviteNumber:
        """Store an invitation."""
        number = InviteNumber(await next_number(self._connection, "invite"))
        epoch = self._vault.epoch
        tag = self._vault.tag(token, purpose="invite", epoch=epoch)
        await self._connection.run(_INVITE, number, tag, epoch, role.value, unit, inviter, to_ms(expires))
        return number

    async def take(self, token: str, *, now: datetime) -> Invite | None:
        """Use an invitation up, which ends it."""
        for epoch in self._vault.epochs:
            row = await self._connection.row(_TAKE, self._vault.tag(token, purpose="invite", epoch=epoch), to_ms(now))
            if row is not None:
                return Invite(
                    number=InviteNumber(row["number"]),
                    role=Role(row["role"]),
                    unit=UnitCode(row["unit"]),
                    inviter=OfficerNumber(row["inviter"]) if row["inviter"] is not None else None,
                    expires=from_ms(row["expires"]),
                )
        return None

    async def forget_expired(self, before: datetime, *, limit: int) -> int:
        """Forget a few invitations that expired before a moment."""
        return await self._connection.run(_FORGET_EXPIRED, to_ms(before), limit)


def _officer(row: SqlRow) -> Officer:
    return Officer(
        number=OfficerNumber(row["number"]),
        role=Role(row["role"]),
        unit=UnitCode(row["unit"]),
        enrolment=Enrolment(row["enrolment"]),
        blocked=bool(row["blocked"]),
    )
