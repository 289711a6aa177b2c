"""Who sees what: the rules that keep a tip away from those it is about."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.roles import Action, Enrolment, Officer, Role, holders, lets_in, manages, may_invite, sees
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Status, Tip, Verdict
from bot.gazetteer import load

PLACES = load()
NINH_KIEU, CAI_KHE = UnitCode("31135"), UnitCode("31120")
UNITS = (NINH_KIEU, CAI_KHE, PLACES.city, PLACES.duty, PLACES.inspectorate)


def officer(role: Role, unit: UnitCode, *, number: int = 1, enrolment: Enrolment = Enrolment.ACTIVE) -> Officer:
    """Make someone with a role."""
    return Officer(number=OfficerNumber(number), role=role, unit=unit, enrolment=enrolment)


def tip(held_by: UnitCode, *, claimer: int | None = None) -> Tip:
    """Make a tip that a unit holds."""
    return Tip(
        number=TipNumber(1),
        unit=held_by,
        held_by=held_by,
        category=Category.DRUGS,
        urgent=False,
        channel=Channel.BOT,
        status=Status.CLAIMED if claimer else Status.NEW,
        verdict=Verdict.NONE,
        received=datetime(2026, 11, 23, 2, tzinfo=UTC),
        claimer=OfficerNumber(claimer) if claimer else None,
    )


def test_a_tip_goes_from_its_unit_up_and_at_last_to_the_city_duty() -> None:
    """On the first day 105 queues are empty, and no tip may lie in one of them."""
    assert holders(NINH_KIEU, places=PLACES) == (NINH_KIEU, PLACES.city, PLACES.duty)


def test_the_inspectorate_keeps_its_tips_even_when_nobody_is_there() -> None:
    """They may be about anyone else."""
    assert holders(PLACES.inspectorate, places=PLACES) == (PLACES.inspectorate,)


def test_the_inspectorate_is_below_nobody() -> None:
    """No right over units and no sum of them may reach it."""
    for unit in UNITS:
        assert (PLACES.inspectorate in PLACES.subtree(unit)) is (unit == PLACES.inspectorate)
        assert (PLACES.inspectorate in PLACES.path_up(unit)) is (unit == PLACES.inspectorate)


@given(
    st.sampled_from(Role),
    st.sampled_from(UNITS),
    st.sampled_from(Enrolment),
    st.sampled_from(UNITS),
    st.sampled_from([None, 1, 2]),
)
def test_whoever_sees_a_tip_is_its_claimer_or_of_its_holder_or_commands_it(
    role: Role, unit: UnitCode, enrolment: Enrolment, held_by: UnitCode, claimer: int | None
) -> None:
    """And nobody else: not a neighbour, not the committee, not an admin, and of the inspectorate's inspectors alone."""
    who, held = officer(role, unit, enrolment=enrolment), tip(held_by, claimer=claimer)
    seen = sees(who, held, PLACES)
    if enrolment is not Enrolment.ACTIVE or role in {Role.COMMITTEE, Role.ADMIN}:
        assert not seen
    elif held_by == PLACES.inspectorate or role is Role.INSPECTOR:
        is_theirs = claimer == who.number or unit == held_by
        assert seen is (held_by == PLACES.inspectorate and role is Role.INSPECTOR and is_theirs)
    elif claimer == who.number:
        assert seen
    else:
        assert seen is (held_by == unit or (role is Role.COMMANDER and held_by in PLACES.subtree(unit)))


@pytest.mark.parametrize("enrolment", [Enrolment.WAITING, Enrolment.REVOKED])
def test_whoever_waits_or_was_revoked_may_do_nothing(enrolment: Enrolment) -> None:
    """Revocation works at once."""
    who = officer(Role.COMMANDER, NINH_KIEU, enrolment=enrolment)
    assert not any(who.may(action) for action in Action)


def test_whoever_has_blocked_the_bot_may_all_but_be_told() -> None:
    """What they were working on is still theirs."""
    who = replace(officer(Role.OFFICER, NINH_KIEU), blocked=True)
    assert not who.is_present
    assert sees(who, tip(NINH_KIEU), PLACES)


def test_a_commander_invites_officers_of_own_units_alone() -> None:
    """A ward cannot make an admin, nor fill another ward or the inspectorate."""
    who = officer(Role.COMMANDER, NINH_KIEU)
    assert may_invite(who, role=Role.OFFICER, unit=NINH_KIEU, places=PLACES)
    assert not may_invite(who, role=Role.OFFICER, unit=CAI_KHE, places=PLACES)
    assert not may_invite(who, role=Role.ADMIN, unit=NINH_KIEU, places=PLACES)
    chief = officer(Role.COMMANDER, PLACES.city)
    assert not may_invite(chief, role=Role.OFFICER, unit=PLACES.inspectorate, places=PLACES)


@pytest.mark.parametrize("role", list(Role))
def test_an_inspector_is_let_in_by_an_inspector(role: Role) -> None:
    """An admin could let in a second account of the own, and read tips about the police."""
    judge = officer(role, PLACES.inspectorate if role is Role.INSPECTOR else PLACES.city)
    guest = officer(Role.INSPECTOR, PLACES.inspectorate, number=2, enrolment=Enrolment.WAITING)
    assert lets_in(judge, guest, places=PLACES) is (role is Role.INSPECTOR)
    assert lets_in(officer(Role.ADMIN, PLACES.city), replace(guest, role=Role.COMMITTEE), places=PLACES)


def test_an_inspector_invites_nobody_else() -> None:
    """Who reads tips about the police has no say over the police."""
    who = officer(Role.INSPECTOR, PLACES.inspectorate)
    may = [each for each in Role if may_invite(who, role=each, unit=PLACES.inspectorate, places=PLACES)]
    assert may == [Role.INSPECTOR]


def test_nobody_revokes_themselves_and_a_commander_no_other_commander() -> None:
    """Otherwise a slip locks the door from inside."""
    admin = officer(Role.ADMIN, PLACES.city)
    chief = officer(Role.COMMANDER, PLACES.city, number=2)
    assert not manages(admin, admin, places=PLACES)
    assert manages(admin, chief, places=PLACES)
    assert not manages(chief, officer(Role.COMMANDER, NINH_KIEU, number=3), places=PLACES)
    assert manages(chief, officer(Role.OFFICER, NINH_KIEU, number=3), places=PLACES)
