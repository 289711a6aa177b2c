"""What is asked about the people of the force, and the names of places the admin teaches."""

from dataclasses import dataclass

from bot.domain.ids import OfficerNumber
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.services.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAlias(Command):
    """Add a name of a place as typed: "31135 chợ Bà Bộ"."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitePerson(Command):
    """Make an invitation; the words name the role and the unit, or it is all chosen by button."""

    words: str = ""
    role: Role | None = None
    unit: UnitCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmJoin(Command):
    """Let a person in who opened an invitation, or not."""

    officer: OfficerNumber
    is_welcome: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Command):
    """Block the bot, or let it write again; answered in no chat."""

    blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPeople(Command):
    """Ask for the people one looks after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoke(Command):
    """End a person's role at once; a button of the list asks first."""

    officer: OfficerNumber
    is_sure: bool = True
