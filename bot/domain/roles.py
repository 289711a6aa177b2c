"""Who may do what: roles, their actions, and which tips an officer sees. Asked again at every press.

A tip about police officers is seen by the inspectorate alone.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import OfficerNumber
from bot.domain.places import Gazetteer, Unit, UnitCode
from bot.domain.tip import Tip


class Role(StrEnum):
    """What a person was invited as."""

    OFFICER = "officer"
    COMMANDER = "commander"
    INSPECTOR = "inspector"
    COMMITTEE = "committee"
    ADMIN = "admin"


class Action(StrEnum):
    """What a role may or may not do."""

    TRIAGE = "triage"
    ENTER_TIPS = "enter_tips"
    RECORD_ACTIVITIES = "record_activities"
    SEE_UNIT_FIGURES = "see_unit_figures"
    SEE_CITY_FIGURES = "see_city_figures"
    SET_TARGETS = "set_targets"
    INVITE = "invite"
    SEE_PEOPLE = "see_people"
    REVOKE = "revoke"
    EDIT_ALIASES = "edit_aliases"
    LOCK = "lock"


class HelpPage(StrEnum):
    """The pages that help the force."""

    OFFICER = "help_officer"
    COMMITTEE = "help_committee"
    ADMIN = "help_admin"


_ANY = frozenset({Action.LOCK})
_OFFICER = _ANY | frozenset({Action.TRIAGE, Action.ENTER_TIPS, Action.RECORD_ACTIVITIES, Action.SEE_UNIT_FIGURES})


@dataclass(frozen=True, slots=True)
class _Terms:
    """What a role may do, the words that name it when typed, and the page that helps it."""

    may: frozenset[Action]
    words: tuple[str, ...]
    help_page: HelpPage


_TERMS: dict[Role, _Terms] = {
    Role.OFFICER: _Terms(_OFFICER, ("canbo", "officer"), HelpPage.OFFICER),
    Role.COMMANDER: _Terms(
        _OFFICER | {Action.SET_TARGETS, Action.INVITE, Action.SEE_PEOPLE, Action.REVOKE},
        ("chihuy", "commander"),
        HelpPage.OFFICER,
    ),
    Role.INSPECTOR: _Terms(
        _ANY | {Action.TRIAGE, Action.ENTER_TIPS, Action.SEE_UNIT_FIGURES, Action.INVITE},
        ("thanhtra", "inspector"),
        HelpPage.OFFICER,
    ),
    Role.COMMITTEE: _Terms(
        _ANY | {Action.SEE_CITY_FIGURES, Action.SEE_UNIT_FIGURES, Action.SET_TARGETS, Action.RECORD_ACTIVITIES},
        ("bcd", "bcd138", "committee"),
        HelpPage.COMMITTEE,
    ),
    Role.ADMIN: _Terms(
        _ANY | {Action.INVITE, Action.SEE_PEOPLE, Action.REVOKE, Action.EDIT_ALIASES},
        ("quantri", "admin"),
        HelpPage.ADMIN,
    ),
}
_BY_WORD = {word: role for role, terms in _TERMS.items() for word in terms.words}

TRIAGING = frozenset(role for role, terms in _TERMS.items() if Action.TRIAGE in terms.may)
"""Roles that make a unit active: someone who can work on its tips."""


def role_named(word: str) -> Role | None:
    """Find a role by a folded word in either language: "canbo", "officer"."""
    return _BY_WORD.get(word)


def help_page(role: Role) -> HelpPage:
    """Name the page that helps whoever has a role."""
    return _TERMS[role].help_page


def seat(role: Role, unit: Unit, *, places: Gazetteer) -> Unit | None:
    """Give the unit a role sits in when asked for in a unit: the city's own seats are asked for in the city."""
    match role:
        case Role.INSPECTOR:
            return places.units[places.inspectorate] if unit.code in {places.inspectorate, places.city} else None
        case Role.COMMITTEE | Role.ADMIN:
            return unit if unit.code == places.city else None
        case Role.OFFICER | Role.COMMANDER:
            return unit if unit.code != places.inspectorate else None


class Enrolment(StrEnum):
    """Where an officer's enrolment stands."""

    WAITING = "waiting"
    ACTIVE = "active"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A person with a role in a unit; name and chat are sealed elsewhere."""

    number: OfficerNumber
    role: Role
    unit: UnitCode
    enrolment: Enrolment
    blocked: bool = False
    """Whether the bot cannot write to them: they have blocked it."""

    @property
    def is_present(self) -> bool:
        """Say whether the officer can be told of a tip now."""
        return self.is_active and not self.blocked

    @property
    def is_active(self) -> bool:
        """Say whether the officer may act now."""
        return self.enrolment is Enrolment.ACTIVE

    def may(self, action: Action) -> bool:
        """Say whether the officer is active and the role includes the action."""
        return self.is_active and action in _TERMS[self.role].may


def holders(unit: UnitCode, *, places: Gazetteer) -> tuple[UnitCode, ...]:
    """List the units that may hold tips of a unit, in order: the first with an active officer does, else the last.

    Itself, those above it, the city duty last. The inspectorate's tips are the inspectorate's, staffed or not: they may
    be about anyone else.
    """
    return (unit,) if unit == places.inspectorate else (*places.path_up(unit), places.duty)


def sees(officer: Officer, tip: Tip, places: Gazetteer) -> bool:
    """Say whether the officer sees a tip, open or closed: whatever shows or sends its content asks this.

    A claimer always does. Otherwise it is the holder's officers, and the commanders of the units above. A tip about
    police is the inspectors' alone.
    """
    if not officer.may(Action.TRIAGE) or (officer.role is Role.INSPECTOR) is not (tip.held_by == places.inspectorate):
        return False
    if tip.claimer == officer.number:
        return True
    if officer.role is Role.COMMANDER:
        return tip.held_by in places.subtree(officer.unit)
    return tip.held_by == officer.unit


def may_invite(inviter: Officer, *, role: Role, unit: UnitCode, places: Gazetteer) -> bool:
    """Say whether the inviter may bring in this role: an admin anyone, a commander officers below.

    An inspector may invite inspectors. Whom an admin invites as one, an inspector lets in (`lets_in`).
    """
    if not inviter.may(Action.INVITE):
        return False
    match inviter.role:
        case Role.ADMIN:
            return True
        case Role.INSPECTOR:
            return role is Role.INSPECTOR
        case _:
            return role is Role.OFFICER and unit in places.subtree(inviter.unit)


def lets_in(judge: Officer, guest: Officer, *, places: Gazetteer) -> bool:
    """Say whether somebody may let a waiting person in: whoever may invite such a one, but inspectors only inspectors.

    Otherwise an admin would let an account of his own read tips about the police.
    """
    is_admins = judge.role is Role.ADMIN and guest.role is Role.INSPECTOR
    return may_invite(judge, role=guest.role, unit=guest.unit, places=places) and not is_admins


def manages(manager: Officer, other: Officer, *, places: Gazetteer) -> bool:
    """Say whether the manager may list and revoke the other."""
    if manager.number == other.number or not manager.may(Action.REVOKE):
        return False
    if manager.role is Role.ADMIN:
        return True
    return other.role is Role.OFFICER and other.unit in places.subtree(manager.unit)
