"""Who sees what: the rules that keep a tip away from those it is about."""

import pytest

from bot.domain.ids import OfficerNumber
from bot.domain.places import UnitCode
from bot.domain.roles import Action, Enrolment, Officer, Role, holder, manages, may_invite, sees
from bot.gazetteer import load

PLACES = load()
NINH_KIEU, CAI_KHE = UnitCode("31135"), UnitCode("31120")


def officer(role: Role, unit: UnitCode, *, number: int = 1, enrolment: Enrolment = Enrolment.ACTIVE) -> Officer:
    """Make someone with a role."""
    return Officer(number=OfficerNumber(number), role=role, unit=unit, enrolment=enrolment)


def held(unit: UnitCode, *staffed: UnitCode) -> UnitCode:
    """Tell who holds a unit's queue when only these units are staffed."""
    return holder(unit, places=PLACES, is_staffed=set(staffed).__contains__)


def test_a_staffed_unit_holds_its_own_queue() -> None:
    """The neighbours' police are nearest."""
    assert held(NINH_KIEU, NINH_KIEU, PLACES.city) == NINH_KIEU


def test_an_empty_unit_hands_its_queue_up_and_at_last_to_the_city_duty() -> None:
    """On the first day 105 queues are empty, and no tip may lie in one of them."""
    assert held(NINH_KIEU, PLACES.city) == PLACES.city
    assert held(NINH_KIEU) == PLACES.duty


def test_the_inspectorate_keeps_its_tips_even_when_nobody_is_there() -> None:
    """They may be about anyone above it."""
    assert held(PLACES.inspectorate, PLACES.city, PLACES.duty) == PLACES.inspectorate


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COMMANDER, Role.COMMITTEE, Role.ADMIN])
def test_nobody_but_the_inspector_sees_a_tip_about_police(role: Role) -> None:
    """Not even the commander of the whole city."""
    who = officer(role, PLACES.city)
    assert not sees(who, unit=PLACES.inspectorate, held_by=PLACES.inspectorate, places=PLACES)
    inspector = officer(Role.INSPECTOR, PLACES.inspectorate)
    assert sees(inspector, unit=PLACES.inspectorate, held_by=PLACES.inspectorate, places=PLACES)
    assert not sees(inspector, unit=NINH_KIEU, held_by=NINH_KIEU, places=PLACES)


def test_an_officer_sees_what_the_own_unit_holds_and_nothing_else() -> None:
    """Another ward's tips are another ward's."""
    who = officer(Role.OFFICER, NINH_KIEU)
    assert sees(who, unit=NINH_KIEU, held_by=NINH_KIEU, places=PLACES)
    assert not sees(who, unit=CAI_KHE, held_by=CAI_KHE, places=PLACES)


def test_a_commander_sees_units_below() -> None:
    """The city commander answers for all wards."""
    assert sees(officer(Role.COMMANDER, PLACES.city), unit=CAI_KHE, held_by=CAI_KHE, places=PLACES)
    assert not sees(officer(Role.COMMANDER, NINH_KIEU), unit=CAI_KHE, held_by=CAI_KHE, places=PLACES)


@pytest.mark.parametrize("enrolment", [Enrolment.WAITING, Enrolment.REVOKED])
def test_whoever_waits_or_was_revoked_may_do_nothing(enrolment: Enrolment) -> None:
    """Revocation works at once."""
    who = officer(Role.COMMANDER, NINH_KIEU, enrolment=enrolment)
    assert not any(who.may(action) for action in Action)
    assert not sees(who, unit=NINH_KIEU, held_by=NINH_KIEU, places=PLACES)


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.ADMIN])
def test_committee_and_admin_see_no_tips(role: Role) -> None:
    """They see figures, or people."""
    assert not officer(role, PLACES.city).may(Action.TRIAGE)


def test_a_commander_invites_officers_of_own_units_alone() -> None:
    """A ward cannot make an admin, nor fill another ward or the inspectorate."""
    who = officer(Role.COMMANDER, NINH_KIEU)
    assert may_invite(who, role=Role.OFFICER, unit=NINH_KIEU, places=PLACES)
    assert not may_invite(who, role=Role.OFFICER, unit=CAI_KHE, places=PLACES)
    assert not may_invite(who, role=Role.ADMIN, unit=NINH_KIEU, places=PLACES)
    chief = officer(Role.COMMANDER, PLACES.city)
    assert not may_invite(chief, role=Role.OFFICER, unit=PLACES.inspectorate, places=PLACES)


def test_nobody_revokes_themselves_and_a_commander_no_other_commander() -> None:
    """Otherwise a slip locks the door from inside."""
    admin = officer(Role.ADMIN, PLACES.city)
    chief = officer(Role.COMMANDER, PLACES.city, number=2)
    assert not manages(admin, admin, places=PLACES)
    assert manages(admin, chief, places=PLACES)
    assert not manages(chief, officer(Role.COMMANDER, NINH_KIEU, number=3), places=PLACES)
    assert manages(chief, officer(Role.OFFICER, NINH_KIEU, number=3), places=PLACES)
