"""The front door: pages for each role, languages, and what the bot has no command for."""

import asyncio

import pytest

from bot.domain.campaign.periods import parse_week
from bot.domain.conversation import Language
from bot.domain.ids import OfficerNumber
from bot.domain.roles import Role
from bot.domain.screens.citizen import DraftCard, Emergency, LanguageChoice, Page, Receipt, Welcome
from bot.domain.screens.figures import Digest
from bot.domain.screens.officer import Notice
from bot.domain.text.categories import Service
from bot.services.background.health import examine
from bot.services.background.scheduler import Scheduler
from bot.services.background.set_aside import NoteFailure, SetAside, note_failure, set_aside
from bot.services.commands import citizen
from bot.services.people.invitations import MakeInvite
from tests.services.town import NOBODY, PLACES, SERVICES, Town


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.OFFICER, "help_officer"),
        (Role.COMMANDER, "help_officer"),
        (Role.INSPECTOR, "help_officer"),
        (Role.COMMITTEE, "help_committee"),
        (Role.ADMIN, "help_admin"),
    ],
)
async def test_help_speaks_to_the_role(town: Town, role: Role, page: str) -> None:
    """An admin needs other commands than an officer."""
    await town.enrol(950, role, PLACES.city)
    await town.do(citizen.ShowPage, 950, page="help")
    assert town.last(950, Page).page == page
    await town.do(citizen.Start, 950)
    assert all(not isinstance(each.screen, Welcome) for each in town.sent[950])
    await town.do(citizen.ShowPage, 950, page="privacy")
    assert town.last(950, Page).page == "privacy"
    await town.do(citizen.Write, 950, text="/khongco")
    assert town.keys(950)[-1] == "unknown-command-officer"


async def test_a_language_is_chosen_and_kept(town: Town) -> None:
    """Whatever the phone is set to: the bot does not look."""
    await town.do(citizen.ChooseLanguage, 5)
    assert town.last(5, LanguageChoice).name == "language"
    await town.do(citizen.ChooseLanguage, 5, pressed=True, language=Language.EN)
    await town.do(citizen.Start, 5)
    assert town.sent[5][-1].language is Language.EN


async def test_a_form_is_explained_to_the_force_alone(town: Town) -> None:
    """Only they can use it."""
    for chat, key in ((900, "refused-usage"), (5, "refused-not-enrolled")):
        await town.do(citizen.Explain, chat, form="/dong 1042")
        assert town.keys(chat)[-1] == key


async def test_a_waiting_person_is_told_to_wait(town: Town) -> None:
    """And nothing they write becomes a tip."""
    invite = MakeInvite(role=Role.COMMITTEE, unit=PLACES.city)
    link = await town.ask(SERVICES.invitations.invite_from_server, invite)
    await town.do(citizen.Start, 970, payload=link.payload, person="Vân")
    await town.do(citizen.Write, 970, text="Có trộm ở phường Cái Khế")
    assert town.keys(970) == ["join-waiting", "join-still-waiting"]
    await town.do(citizen.Start, 970, payload=link.payload, person="Vân")
    assert town.keys(970)[-1] == "join-already"
    await town.do(citizen.Write, 970, text="Đang đánh nhau có dao ở phường Cái Khế")
    assert town.last(970, Emergency).service is Service.POLICE  # what they write is not taken: they must call
    assert town.keys(970)[-1] == "join-still-waiting"


async def test_a_draft_outlives_an_invitation(town: Town) -> None:
    """Whoever was telling of danger can still send it, though they wait to be let in now."""
    await town.do(citizen.Write, 970, text="Đang đánh nhau có dao ở phường Cái Khế")
    handle = town.last(970, DraftCard).handle
    invite = MakeInvite(role=Role.COMMITTEE, unit=PLACES.city)
    link = await town.ask(SERVICES.invitations.invite_from_server, invite)
    await town.do(citizen.Start, 970, payload=link.payload, person="Vân")
    await town.do(citizen.PressDraft, 970, pressed=True, handle=handle, step=citizen.DraftStep.SEND)
    assert town.last(900, Notice).urgent
    assert town.last(970, Receipt).handle == handle


async def test_the_clockwork_sends_digests_once_and_late_rather_than_never(town: Town) -> None:
    """However often it looks, and however long it was away."""
    clockwork = Scheduler(town.executor, SERVICES.digests, town.startup, town.watch)
    await clockwork.look()
    town.clock.advance(days=9)
    for _ in range(3):
        await clockwork.look()
        await town.deliver()
    digests = [each.screen for each in town.sent[900] if isinstance(each.screen, Digest)]
    assert [each.figures.period for each in digests] == ["2026-W48"]
    assert digests[0].figures.first == parse_week("2026-W48").first


async def test_the_clockwork_goes_on_after_a_failure_and_stops_when_asked(town: Town) -> None:
    """One failed chore must not be the last."""

    class Broken:
        """A work that cannot commit."""

        async def run(self, use_case: object, command: object) -> None:
            looks.append(1)
            clockwork.stop()
            raise ZeroDivisionError

    looks: list[int] = []
    clockwork = Scheduler(Broken(), SERVICES.digests, town.startup, town.watch)  # type: ignore[arg-type]  # broken on purpose
    await asyncio.wait_for(clockwork.run(), 20)
    assert looks == [1]


async def test_what_is_set_aside_is_counted_and_the_admin_told_once_a_day(town: Town) -> None:
    """Content-free."""
    from bot.domain.ids import UpdateKey  # noqa: PLC0415 - used here alone

    await town.enrol(960, Role.ADMIN, PLACES.city)
    for number in (9001, 9002):
        key = UpdateKey(4242, number)
        await town.ask(set_aside, SetAside(update=key, chat=None, raw="{}"))
        await town.ask(note_failure, NoteFailure(update=key, chat=None, reason="KeyError"))
    assert town.keys(960).count("alert-parked") == 1
    found = await examine(town.reader)
    assert found.counts["updates-parked"] == 2
    assert found.audit.broken_at is None


async def test_an_operators_refused_command_writes_to_nobody(town: Town) -> None:
    """There is no chat behind the command line."""
    from bot.services.people.invitations import ConfirmFromServer  # noqa: PLC0415 - used here alone

    command = ConfirmFromServer(officer=OfficerNumber(99))
    await town.ask(SERVICES.invitations.confirm_from_server, command)
    assert NOBODY not in town.sent
    assert town.conversation(NOBODY) is None
