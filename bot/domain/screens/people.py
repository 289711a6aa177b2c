"""What is shown about the people of the force."""

from datetime import datetime
from typing import Literal

from bot.domain.ids import OfficerNumber
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.domain.screens.base import Screen


class InviteLink(Screen):
    """A one-time invitation to pass on."""

    name: Literal["invite_link"] = "invite_link"
    payload: str
    role: Role
    unit: str
    expires: datetime


class JoinRequest(Screen):
    """Someone opened an invitation: the inviter confirms who it is, or somebody in the inviter's place."""

    name: Literal["join_request"] = "join_request"
    officer: OfficerNumber
    person: str
    role: Role
    unit: str
    by_reader: bool = True
    """Whether the reader made the invitation."""


class PersonLine(Screen):
    """An officer in the list of people."""

    officer: OfficerNumber
    person: str
    role: Role
    unit: str
    is_waiting: bool
    """Whether the inviter has still to confirm; whoever was revoked is listed no more."""


class People(Screen):
    """The people a commander or an admin looks after."""

    name: Literal["people"] = "people"
    people: tuple[PersonLine, ...]


class ConfirmRevoke(Screen):
    """Asks before a role ends, by name: numbers on neighbouring buttons are alike."""

    name: Literal["confirm_revoke"] = "confirm_revoke"
    officer: OfficerNumber
    person: str
    role: Role
    unit: str


class InviteChoice(Screen):
    """Which role to invite, for units that were named."""

    name: Literal["invite_choice"] = "invite_choice"
    unit: str
    unit_code: UnitCode
    roles: tuple[Role, ...]


PeopleScreen = InviteLink | JoinRequest | People | ConfirmRevoke | InviteChoice
