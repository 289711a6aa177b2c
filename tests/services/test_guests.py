"""Whoever opened an invitation can be let in by somebody, also when the inviter is gone."""

import pytest

from bot.domain.ids import OfficerNumber
from bot.domain.roles import Enrolment, Role
from bot.domain.screens.people import InviteLink, JoinRequest
from bot.services.commands import citizen, people
from bot.services.people.invitations import MakeInvite
from tests.services.town import CAI_KHE, NINH_KIEU, PLACES, SERVICES, Town, refusal_of

COMMANDER, OTHER, AFAR, ADMIN, SECOND_ADMIN, GUEST = 980, 981, 982, 960, 961, 985


async def staffed(*chats: int) -> tuple[Town, dict[int, OfficerNumber]]:
    """Open a town with some of the people above."""
    seats = {
        COMMANDER: (Role.COMMANDER, CAI_KHE),
        OTHER: (Role.COMMANDER, CAI_KHE),
        AFAR: (Role.COMMANDER, NINH_KIEU),
        ADMIN: (Role.ADMIN, PLACES.city),
        SECOND_ADMIN: (Role.ADMIN, PLACES.city),
    }
    town = await Town().begin()
    return town, {chat: await town.enrol(chat, *seats[chat]) for chat in chats}


async def invited(town: Town, inviter: int, words: str = "canbo") -> OfficerNumber:
    """Let somebody open an invitation; give their number."""
    await town.do(people.InvitePerson, inviter, words=words)
    await town.do(citizen.Start, GUEST, payload=town.last(inviter, InviteLink).payload, person="Minh")
    return OfficerNumber(max(town.executor.state.officers))


def asked(town: Town) -> dict[int, list[JoinRequest]]:
    """Give the requests that each chat was sent."""
    found = {
        chat: [each.screen for each in sent if isinstance(each.screen, JoinRequest)] for chat, sent in town.sent.items()
    }
    return {chat: requests for chat, requests in found.items() if requests and chat != GUEST}


def enrolment(town: Town, number: OfficerNumber) -> Enrolment:
    """Tell where an enrolment stands."""
    return town.executor.state.officers[number].officer.enrolment


async def test_the_inviter_alone_is_asked_and_may_answer() -> None:
    """Only they know whom they meant."""
    town, _ = await staffed(COMMANDER, OTHER, AFAR)
    guest = await invited(town, COMMANDER)
    assert {chat: [each.by_reader for each in found] for chat, found in asked(town).items()} == {COMMANDER: [True]}
    answer = await town.do(people.ConfirmJoin, OTHER, pressed=True, officer=guest, is_welcome=True)
    assert refusal_of(answer) == "refused-no-such-officer"


@pytest.mark.parametrize("is_first", [True, False])
async def test_guests_of_a_revoked_inviter_are_confirmed_by_who_else_may_invite_them(*, is_first: bool) -> None:
    """Revoked before the link was opened, or after."""
    town, numbers = await staffed(COMMANDER, OTHER, AFAR, ADMIN)
    if is_first:
        await town.do(people.InvitePerson, COMMANDER, words="canbo")
        payload = town.last(COMMANDER, InviteLink).payload
        await town.do(people.Revoke, ADMIN, officer=numbers[COMMANDER])
        await town.do(citizen.Start, GUEST, payload=payload, person="Minh")
        guest = OfficerNumber(max(town.executor.state.officers))
    else:
        guest = await invited(town, COMMANDER)
        town.sent.clear()
        await town.do(people.Revoke, ADMIN, officer=numbers[COMMANDER])
    requests = asked(town)
    assert set(requests) == {OTHER}
    assert (requests[OTHER][0].person, requests[OTHER][0].by_reader) == ("Minh", False)
    for chat in (COMMANDER, AFAR):
        await town.do(people.ConfirmJoin, chat, pressed=True, officer=guest, is_welcome=True)
        assert enrolment(town, guest) is Enrolment.WAITING
    await town.do(people.ConfirmJoin, OTHER, pressed=True, officer=guest, is_welcome=True)
    assert enrolment(town, guest) is Enrolment.ACTIVE


async def test_where_nobody_else_may_invite_an_admin_is_asked_and_the_next_when_that_one_goes() -> None:
    """A request must not end with the phone it was sent to."""
    town, numbers = await staffed(COMMANDER, OTHER, AFAR, ADMIN)
    guest = await invited(town, COMMANDER)
    await town.do(people.Revoke, ADMIN, officer=numbers[COMMANDER])
    await town.do(people.Revoke, ADMIN, officer=numbers[OTHER])
    assert set(asked(town)) == {COMMANDER, OTHER, ADMIN}
    second = await town.enrol(SECOND_ADMIN, Role.ADMIN, PLACES.city)
    await town.do(people.Revoke, SECOND_ADMIN, officer=numbers[ADMIN])
    assert SECOND_ADMIN in asked(town)
    await town.do(people.ConfirmJoin, SECOND_ADMIN, pressed=True, officer=guest, is_welcome=True)
    assert enrolment(town, guest) is Enrolment.ACTIVE
    assert enrolment(town, second) is Enrolment.ACTIVE


async def test_a_commander_never_confirms_what_a_commander_may_not_invite() -> None:
    """An admin's guest who is to command is an admin's to let in."""
    town, numbers = await staffed(COMMANDER, ADMIN, SECOND_ADMIN)
    guest = await invited(town, ADMIN, f"chihuy {CAI_KHE}")
    await town.do(people.Revoke, SECOND_ADMIN, officer=numbers[ADMIN])
    assert set(asked(town)) == {ADMIN, SECOND_ADMIN}
    await town.do(people.ConfirmJoin, COMMANDER, pressed=True, officer=guest, is_welcome=True)
    assert enrolment(town, guest) is Enrolment.WAITING


async def test_who_was_invited_from_the_server_is_confirmed_by_an_admin() -> None:
    """The command line does not know who opened the link."""
    town, _ = await staffed(COMMANDER, ADMIN)
    invite = MakeInvite(role=Role.OFFICER, unit=CAI_KHE)
    link = await town.ask(SERVICES.invitations.invite_from_server, invite)
    town.sent.clear()
    await town.do(citizen.Start, GUEST, payload=link.payload, person="Minh")
    assert {chat: [each.by_reader for each in found] for chat, found in asked(town).items()} == {ADMIN: [False]}
    guest = OfficerNumber(max(town.executor.state.officers))
    answer = await town.do(people.ConfirmJoin, COMMANDER, pressed=True, officer=guest, is_welcome=True)
    assert refusal_of(answer) == "refused-no-such-officer"


async def test_a_role_is_never_seated_elsewhere_without_a_word() -> None:
    """Whoever asks for a ward's committee must not get one of the city."""
    town, _ = await staffed(ADMIN)
    for words in (f"bcd138 {CAI_KHE}", f"thanhtra {CAI_KHE}", f"canbo {PLACES.inspectorate}"):
        assert refusal_of(await town.do(people.InvitePerson, ADMIN, words=words)) == "refused-no-such-seat"
    invite = MakeInvite(role=Role.COMMITTEE, unit=CAI_KHE)
    assert refusal_of(await town.ask(SERVICES.invitations.invite_from_server, invite)) == "refused-no-such-seat"
    for words in ("thanhtra", f"thanhtra {PLACES.inspectorate}", "bcd138", "quantri", f"chihuy {PLACES.duty}"):
        await town.do(people.InvitePerson, ADMIN, words=words)
    assert [each.unit for each in (town.last(ADMIN, InviteLink),)] == [PLACES.units[PLACES.duty].full_name]


async def test_nobody_comes_to_read_a_units_tips_in_silence() -> None:
    """An admin who lets in a second account of their own is seen by whoever answers for the unit."""
    town, _ = await staffed(COMMANDER, AFAR, ADMIN)
    number = await invited(town, ADMIN, f"canbo {CAI_KHE}")
    await town.do(people.ConfirmJoin, ADMIN, pressed=True, officer=number, is_welcome=True)
    heard = {chat: town.keys(chat).count("join-made-known") for chat in (COMMANDER, AFAR, ADMIN, GUEST)}
    assert heard == {COMMANDER: 1, AFAR: 0, ADMIN: 0, GUEST: 0}
