"""Who is let in, who is turned away, and who is asked about it."""

import pytest

from bot.domain.errors import NoSuchUnit
from bot.domain.ids import OfficerNumber
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.domain.screens.people import InviteChoice, InviteLink
from bot.domain.stats import TARGET_WORDS, Headline
from bot.ports import Refused
from bot.services.commands import campaign, citizen, officer, people
from bot.services.people.invitations import MakeInvite
from tests.services.town import CAI_KHE, PLACES, Town, refusal_of


async def invited(town: Town, inviter: int, chat: int) -> OfficerNumber:
    """Let someone open an invitation of an inviter, and give the number they wait under."""
    await town.do(people.InvitePerson, inviter, words="canbo 31120")
    await town.do(citizen.Start, chat, payload=town.last(inviter, InviteLink).payload, person="Người lạ")
    return OfficerNumber(max(town.executor.state.officers))


async def test_whoever_is_turned_away_is_told_so_and_stays_outside(town: Town) -> None:
    """The link was seen by a stranger: nothing may be left of the try."""
    await town.enrol(980, Role.COMMANDER, CAI_KHE)
    stranger = await invited(town, 980, 985)
    await town.do(people.ConfirmJoin, 980, pressed=True, officer=stranger, is_welcome=False)
    assert town.keys(985)[-1] == "join-turned-away"
    assert town.keys(980)[-1] == "join-refused"
    assert refusal_of(await town.do(officer.ShowQueue, 985)) == "refused-not-enrolled"
    late = await town.do(people.ConfirmJoin, 980, pressed=True, officer=stranger, is_welcome=True)
    assert refusal_of(late) == "refused-button-stale"


async def test_a_role_that_is_not_named_is_chosen_among_those_one_may_give(town: Town) -> None:
    """A button for what would be refused is a promise that is broken."""
    await town.enrol(980, Role.COMMANDER, CAI_KHE)
    await town.enrol(960, Role.ADMIN, PLACES.city)
    await town.do(people.InvitePerson, 980)
    assert town.last(980, InviteChoice).roles == (Role.OFFICER,)
    await town.do(people.InvitePerson, 960)
    assert town.last(960, InviteChoice).roles == tuple(Role)
    await town.do(people.InvitePerson, 980, pressed=True, role=Role.OFFICER, unit=CAI_KHE)
    link = town.last(980, InviteLink)
    assert (link.role, link.unit) == (Role.OFFICER, "Phường Cái Khế")


async def test_whoever_is_in_already_needs_no_invitation(town: Town) -> None:
    """And does not use it up."""
    await town.enrol(980, Role.COMMANDER, CAI_KHE)
    await town.do(people.InvitePerson, 980, words="canbo")
    payload = town.last(980, InviteLink).payload
    await town.do(citizen.Start, 900, payload=payload, person="x")
    assert town.keys(900)[-1] == "join-already"
    await town.do(citizen.Start, 985, payload=payload, person="Minh")
    assert town.keys(985)[-1] == "join-waiting"


async def test_an_invitation_for_a_unit_that_is_none_is_refused(town: Town) -> None:
    """The operator mistyped."""
    command = MakeInvite(role=Role.OFFICER, unit=UnitCode("99999"))
    answer = await town.ask(town.services.invitations.invite_from_server, command)
    assert isinstance(answer, Refused)
    assert isinstance(answer.refusal, NoSuchUnit)


@pytest.mark.parametrize("line", list(Headline))
async def test_a_target_is_set_for_every_line_by_its_word_in_either_language(town: Town, line: Headline) -> None:
    """A line nobody can set a target for has none."""
    await town.enrol(950, Role.COMMITTEE, PLACES.city)
    for word in (TARGET_WORDS[line], line.value):
        await town.do(campaign.SetTarget, 950, words=f"{word} 40")
        assert town.last(950, Line).key == f"target-set-{line}"


async def test_a_target_is_set_for_the_own_unit_or_one_below(town: Town) -> None:
    """A commander does not set the neighbours' aims."""
    await town.enrol(980, Role.COMMANDER, CAI_KHE)
    await town.enrol(950, Role.COMMITTEE, PLACES.city)
    await town.do(campaign.SetTarget, 950, words="nguontin 40 31120")
    line = next(each.screen for each in reversed(town.sent[950]) if isinstance(each.screen, Line))
    assert (line.key, line.values["unit"]) == ("target-set-valuable", "Phường Cái Khế")
    for words, key in (
        ("nguontin 40 31135", "refused-no-such-unit"),
        ("nguontin 40 00000", "refused-no-such-unit"),
        ("nguontin", "refused-usage"),
        ("uocmo 40", "refused-usage"),
    ):
        assert refusal_of(await town.do(campaign.SetTarget, 980, words=words)) == key
