"""Who may do what: roles, their actions, and which tips a role sees. Asked again at every press.

The rules are those of DESIGN, "Who may do what". A tip about police officers is seen by the inspectorate alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import OfficerNumber
from bot.domain.places import Gazetteer, Unit, UnitCode


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
        _ANY | {Action.TRIAGE, Action.ENTER_TIPS, Action.SEE_UNIT_FIGURES},
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

    @property
    def is_active(self) -> bool:
        """Say whether the officer may act now."""
        return self.enrolment is Enrolment.ACTIVE

    def may(self, action: Action) -> bool:
        """Say whether the officer is active and the role includes the action."""
        return self.is_active and action in _TERMS[self.role].may


def holder(unit: UnitCode, *, places: Gazetteer, is_staffed: Callable[[UnitCode], bool]) -> UnitCode:
    """Choose the unit that works on a unit's tips: itself, else the nearest staffed one above, the city duty last.

    The inspectorate's tips stay with the inspectorate, staffed or not: they may be about anyone above it.
    """
    if unit == places.inspectorate:
        return unit
    for code in places.path_up(unit):
        if is_staffed(code):
            return code
    return places.duty


def sees(officer: Officer, *, unit: UnitCode, held_by: UnitCode, places: Gazetteer) -> bool:
    """Say whether the officer sees tips of a unit that are worked on by `held_by`."""
    if not officer.may(Action.TRIAGE):
        return False
    if unit == places.inspectorate:
        return officer.role is Role.INSPECTOR and officer.unit == places.inspectorate
    match officer.role:
        case Role.COMMANDER:
            return held_by == officer.unit or held_by in places.subtree(officer.unit)
        case Role.OFFICER:
            return held_by == officer.unit
        case _:
            return False


def may_invite(inviter: Officer, *, role: Role, unit: UnitCode, places: Gazetteer) -> bool:
    """Say whether the inviter may bring in this role: an admin anyone, a commander officers of units below."""
    if not inviter.may(Action.INVITE):
        return False
    if inviter.role is Role.ADMIN:
        return True
    return role is Role.OFFICER and unit != places.inspectorate and unit in places.subtree(inviter.unit)


def manages(manager: Officer, other: Officer, *, places: Gazetteer) -> bool:
    """Say whether the manager may list and revoke the other."""
    if manager.number == other.number or not manager.may(Action.REVOKE):
        return False
    if manager.role is Role.ADMIN:
        return True
    return other.role is Role.OFFICER and other.unit in places.subtree(manager.unit)
