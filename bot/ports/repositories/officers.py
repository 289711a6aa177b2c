"""Officers and their invitations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.ids import ChatId, InviteNumber, OfficerNumber
from bot.domain.places import UnitCode
from bot.domain.roles import Officer, Role


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach an officer: unsealed only to write to them or to list them to who manages them."""

    officer: Officer
    chat: ChatId
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A one-time invitation."""

    number: InviteNumber
    role: Role
    unit: UnitCode
    inviter: OfficerNumber | None
    """None: the command line of the server."""
    expires: datetime


class Officers(Protocol):
    """People with a role; chats and names are sealed and found by a keyed look-up."""

    async def by_chat(self, chat: ChatId) -> Officer | None:
        """Find the officer (waiting or active) of a chat."""
        ...

    async def get(self, number: OfficerNumber) -> Officer | None:
        """Find an officer by number."""
        ...

    async def contact(self, number: OfficerNumber) -> Contact | None:
        """Unseal how to reach an officer; None when revoked long ago."""
        ...

    async def enrol(
        self, *, role: Role, unit: UnitCode, chat: ChatId, person: str, inviter: OfficerNumber | None
    ) -> Officer:
        """Store a new officer, waiting for confirmation."""
        ...

    async def inviter(self, number: OfficerNumber) -> OfficerNumber | None:
        """Tell who invited an officer; None: the command line."""
        ...

    async def activate(self, number: OfficerNumber) -> bool:
        """Make a waiting officer active; False when there was none waiting."""
        ...

    async def revoke(self, number: OfficerNumber, *, on: date) -> bool:
        """End an officer's role; False when it was over already."""
        ...

    async def set_blocked(self, number: OfficerNumber, *, blocked: bool) -> bool:
        """Note that an officer has blocked the bot, or is back; False when that was so already."""
        ...

    async def forget_revoked(self, before: date, *, limit: int) -> int:
        """Destroy chats and names of a few officers revoked before a day, and give how many.

        Number, role and unit stay for the audit log.
        """
        ...

    async def on_duty(self, unit: UnitCode) -> Sequence[Contact]:
        """List the active officers of exactly this unit whose role triages tips."""
        ...

    async def with_role(self, role: Role) -> Sequence[Contact]:
        """List the active officers with a role, in every unit."""
        ...

    async def everyone(self) -> Sequence[Contact]:
        """List waiting and active officers."""
        ...

    async def is_staffed(self, unit: UnitCode) -> bool:
        """Say whether a unit has at least one active officer whose role triages tips."""
        ...

    async def staffed(self) -> frozenset[UnitCode]:
        """Name the units with at least one active officer whose role triages tips."""
        ...


class Invites(Protocol):
    """One-time invitations, found by the hash of their token."""

    async def add(
        self, *, token: str, role: Role, unit: UnitCode, inviter: OfficerNumber | None, expires: datetime
    ) -> InviteNumber:
        """Store an invitation."""
        ...

    async def take(self, token: str, *, now: datetime) -> Invite | None:
        """Use an invitation up, which ends it; None when it is used, expired or unknown."""
        ...

    async def forget_expired(self, before: datetime, *, limit: int) -> int:
        """Forget a few invitations that expired before a moment, and give how many."""
        ...
