"""Whose work a tip is: what the histories of `tests/property/test_whose_work.py` meet too seldom, or cannot say."""

from typing import Any

import pytest

from bot.domain.campaign.periods import Span
from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.outgoing import Send
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import DraftCard, Receipt
from bot.domain.screens.figures import Digest, Stats
from bot.domain.screens.officer import Notice, Queue
from bot.domain.screens.people import InviteLink
from bot.domain.tip import Verdict
from bot.ports import Chore
from bot.services.commands import base, campaign, citizen, officer, people
from bot.services.people.invitations import ConfirmFromServer, MakeInvite
from tests.services.town import CAI_KHE, PLACES, SERVICES, TIP, Town, refusal_of

EVIDENCE = "Đã xác minh và bắt quả tang"
HUNG, TAM, CHIEF, NGA, LAN, COMMITTEE, CHIN = 900, 920, 930, 960, 7, 950, 990
SEATS: dict[int, tuple[Role, UnitCode]] = {
    HUNG: (Role.OFFICER, CAI_KHE),
    LAN: (Role.OFFICER, CAI_KHE),
    TAM: (Role.OFFICER, PLACES.duty),
    CHIEF: (Role.COMMANDER, PLACES.city),
    NGA: (Role.ADMIN, PLACES.city),
    COMMITTEE: (Role.COMMITTEE, PLACES.city),
    CHIN: (Role.INSPECTOR, PLACES.inspectorate),
}
ON_A_TIP: dict[type[base.Command], dict[str, Any]] = {
    officer.OpenTip: {},
    officer.FoldTip: {},
    officer.Claim: {},
    officer.Ask: {"text": "Lúc mấy giờ?"},
    officer.JudgeValuable: {"evidence": EVIDENCE},
    officer.Judge: {"verdict": Verdict.SPAM, "is_sure": True},
    officer.TakeBack: {"is_sure": True},
    officer.RecordOutcome: {"text": "vu 1"},
    officer.CloseTip: {},
    officer.ReopenTip: {},
}


async def town_with(*chats: int) -> Town:
    """Open a town with some of the people above."""
    town = await Town().begin()
    for chat in chats:
        await town.enrol(chat, *SEATS[chat])
    return town


async def accuse(town: Town, chat: int = 5) -> TipNumber:
    """Send a tip about police."""
    await town.do(citizen.Write, chat, text="Công an phường Cái Khế nhận tiền")
    handle = town.last(chat, DraftCard).handle
    for step in (citizen.DraftStep.POLICE, citizen.DraftStep.SEND):
        await town.do(citizen.PressDraft, chat, pressed=True, handle=handle, step=step)
    return TipNumber(max(town.executor.state.tips))


def test_every_command_about_a_tip_is_tried() -> None:
    """A new one must be asked the same question."""
    assert set(ON_A_TIP) == {each for each in SERVICES.dispatcher.routes if issubclass(each, base.OnTip)}


@pytest.mark.parametrize("kind", ON_A_TIP, ids=lambda kind: kind.__name__)
async def test_who_reported_and_joined_the_force_can_do_nothing_with_that_tip(kind: type[base.Command]) -> None:
    """They would judge themselves valuable; and what they followed as a citizen is followed no more."""
    town = await town_with(HUNG)
    own, other = await town.report(LAN), await town.report(5)
    await town.enrol(LAN, *SEATS[LAN])
    assert "join-own-tips" in town.keys(LAN)
    assert refusal_of(await town.do(kind, LAN, tip=own, **ON_A_TIP[kind])) == "refused-no-such-tip"
    await town.do(officer.ShowQueue, LAN)
    assert [line.tip for line in town.last(LAN, Queue).lines] == [other]
    await town.do(citizen.ShowOwnTips, LAN)
    assert town.keys(LAN)[-1] == "own-none"


async def test_a_draft_ends_where_a_role_begins() -> None:
    """A press on its old card would send a tip that nobody could answer."""
    town = await town_with(HUNG)
    await town.do(citizen.Write, LAN, text="Có trộm ở phường Cái Khế")
    handle = town.last(LAN, DraftCard).handle
    await town.enrol(LAN, *SEATS[LAN])
    press = await town.do(citizen.PressDraft, LAN, pressed=True, handle=handle, step=citizen.DraftStep.SEND)
    assert refusal_of(press) == "refused-button-stale"


async def test_what_the_duty_closes_is_the_wards_from_then_on_and_its_claimers_too() -> None:
    """A slip must be mended by whoever made it, and a matter that goes on is the ward's."""
    town = await town_with(TAM)
    number = await town.report(5)
    await town.do(officer.Claim, TAM, tip=number)
    await town.enrol(HUNG, *SEATS[HUNG])
    assert refusal_of(await town.do(officer.OpenTip, HUNG, tip=number)) == "refused-no-such-tip"
    await town.do(officer.Judge, TAM, tip=number, verdict=Verdict.SPAM, is_sure=True)
    await town.do(officer.OpenTip, HUNG, tip=number)
    await town.do(officer.TakeBack, TAM, tip=number, is_sure=True)
    await town.do(officer.Judge, TAM, tip=number, verdict=Verdict.SPAM, is_sure=True)
    await town.do(officer.ReopenTip, TAM, tip=number)
    assert (town.executor.state.tips[number].held_by, town.executor.state.tips[number].claimer) == (CAI_KHE, None)
    assert refusal_of(await town.do(officer.OpenTip, TAM, tip=number)) == "refused-no-such-tip"


async def test_the_ward_goes_on_with_the_case_that_the_duty_opened() -> None:
    """One matter and one reporter are one source, whoever worked on it."""
    town = await town_with(TAM)
    first = await town.report(5)
    await town.do(officer.JudgeValuable, TAM, tip=first, evidence=EVIDENCE)
    await town.enrol(HUNG, *SEATS[HUNG])
    second = await town.report(5)
    await town.do(officer.JudgeValuable, HUNG, tip=second, evidence=f"vu 1: {EVIDENCE}")
    await town.enrol(COMMITTEE, *SEATS[COMMITTEE])
    for unit, number in ((CAI_KHE, 1), (PLACES.duty, 0), (PLACES.city, 1)):
        await town.do(campaign.ShowStats, COMMITTEE, unit=unit)
        assert sum(town.last(COMMITTEE, Stats).valuable.values()) == number


async def test_a_tip_whose_officers_have_all_blocked_the_bot_is_told_to_whoever_is_near() -> None:
    """To the duty, which can call; without it to the admin, and an urgent one each time."""
    town = await town_with(HUNG, TAM, NGA)
    await town.do(people.Block, HUNG, blocked=True)
    await town.report(5, "Đang đánh nhau bằng dao ở phường Cái Khế")
    assert town.last(TAM, Line).key == "tips-unheard"
    assert town.last(5, Receipt).read_by == "city"
    await town.do(people.Block, TAM, blocked=True)
    for reporter in (6, 8):
        town.sent[NGA] = []
        await town.report(reporter, "Đang đánh nhau bằng dao ở phường Cái Khế")
        assert town.keys(NGA) == ["alert-nobody-on-duty"]
    assert town.last(6, Receipt).read_by == "nobody"
    town.sent[HUNG] = []
    await town.do(officer.ShowQueue, HUNG)
    back = town.last(HUNG, Line)
    assert (back.key, back.values) == ("back-again", {"mine": 0, "open": 3})
    await town.report(9)
    assert town.last(HUNG, Notice).what == "new"


@pytest.mark.parametrize(("words", "is_still"), [("Đang đánh nhau bằng dao ở phường Cái Khế", False), (TIP, True)])
async def test_an_urgent_tip_rings_at_night_for_those_near_it_too(words: str, *, is_still: bool) -> None:
    """The duty is told in place of those who cannot be; as a tip comes in, and as the last who heard of it is gone."""
    town = await town_with(HUNG, TAM)
    town.clock.moment = town.clock.moment.replace(hour=19)  # two in the morning
    await town.report(5, words)
    await town.do(people.Block, HUNG, blocked=True)
    await town.report(6, words)
    told = [each for each in town.sent[TAM] if isinstance(each.screen, Line) and each.screen.key == "tips-unheard"]
    assert [isinstance(each, Send) and each.silent for each in told] == [is_still] * 2


@pytest.mark.parametrize("is_claimed", [False, True])
async def test_what_a_commander_above_would_have_heard_of_is_passed_on_when_nobody_else_does(
    *, is_claimed: bool
) -> None:
    """A tip stays with its unit while its officers have the bot blocked: whoever stands in may block it too."""
    town = await town_with(HUNG, TAM, CHIEF)
    number = await town.report(5)
    if is_claimed:
        await town.do(officer.Claim, HUNG, tip=number)
    await town.do(people.Block, HUNG, blocked=True)
    town.sent[TAM] = []
    await town.do(people.Block, CHIEF, blocked=True)
    (told,) = (each.screen for each in town.sent[TAM] if isinstance(each.screen, Line))
    assert (told.key, told.values["number"]) == ("tips-unheard", 1)


@pytest.mark.parametrize("is_one_there", [False, True])
async def test_admins_hear_the_same_every_morning_whether_a_tip_about_police_is_there_or_not(
    *, is_one_there: bool
) -> None:
    """At the moment it comes they hear nothing, and the sentence names no unit."""
    town = await town_with(HUNG, TAM, NGA)
    town.sent[NGA] = []
    if is_one_there:
        await accuse(town)
        assert town.last(5, Receipt).read_by == "nobody"
    assert town.sent[NGA] == []
    assert all(subject != PLACES.inspectorate for _, subject, _ in town.executor.state.alerts)
    for _ in range(2):
        town.clock.advance(hours=21)  # six in the morning
        await town.ask(town.watch.remind, Chore())
        assert town.keys(NGA) == []
        for _ in range(2):
            town.clock.advance(hours=1)
            await town.ask(town.watch.remind, Chore())
        assert [(each.screen.key, each.screen.values) for each in town.sent[NGA]] == [("alert-nobody-present", {})]  # type: ignore[union-attr]  # a line
        town.sent[NGA] = []
        town.clock.advance(hours=1)
    await town.enrol(CHIN, *SEATS[CHIN])
    town.clock.advance(days=1)
    await town.ask(town.watch.remind, Chore())
    assert town.keys(NGA) == []


async def test_figures_of_the_inspectorate_are_its_own_and_in_no_sum_of_others() -> None:
    """Whoever is accused must not see by a number that somebody was."""
    town = await town_with(HUNG, CHIEF, COMMITTEE, CHIN)
    number = await accuse(town)
    await town.do(officer.JudgeValuable, CHIN, tip=number, evidence=EVIDENCE)
    for chat in (HUNG, CHIEF, COMMITTEE):
        asked = await town.do(campaign.ShowStats, chat, unit=PLACES.inspectorate)
        assert refusal_of(asked) == "refused-not-allowed"
        asked = await town.do(campaign.SetTarget, chat, words=f"nguontin 5 {PLACES.inspectorate}")
        assert refusal_of(asked) in {"refused-not-allowed", "refused-no-such-unit"}
    for chat in (CHIEF, COMMITTEE):
        await town.do(campaign.ShowStats, chat, unit=PLACES.city, span=Span.YEAR)
        seen = town.last(chat, Stats)
        assert (sum(seen.received.values()), sum(seen.valuable.values()), seen.ladder, seen.open_tips) == (0, 0, (), 0)
        await town.do(campaign.ShowDigest, chat, week="2026-W48")
        assert town.last(chat, Digest).figures.received == dict.fromkeys(seen.received, 0)
    await town.do(campaign.ShowStats, CHIN)
    assert sum(town.last(CHIN, Stats).valuable.values()) == 1


async def test_the_committee_sees_one_line_of_the_inspectorate_below_a_year_and_not_today() -> None:
    """A figure that moves with a tip would tell when it came."""
    town = await town_with(CHIEF, COMMITTEE, CHIN)
    await accuse(town)

    async def line(chat: int, **asked: Any) -> tuple[int, int] | None:
        await town.do(campaign.ShowStats, chat, unit=PLACES.city, **asked)
        found: tuple[int, int] | None = town.last(chat, Stats).inspectorate
        return found

    assert await line(COMMITTEE, span=Span.YEAR) == (0, 0)
    town.clock.advance(days=10)
    assert await line(COMMITTEE, span=Span.YEAR) == (1, 0)
    assert await line(COMMITTEE, span=Span.MONTH, back=1) is None
    assert await line(CHIEF, span=Span.YEAR) is None
    town.clock.advance(days=30)
    assert await line(COMMITTEE, span=Span.YEAR) is None
    assert await line(COMMITTEE, span=Span.YEAR, back=1) == (1, 0)


async def test_no_name_of_a_place_leads_to_the_inspectorate() -> None:
    """An admin would take a place's tips away from its ward by teaching a name."""
    town = await town_with(NGA)
    taught = await town.do(people.AddAlias, NGA, words=f"{PLACES.inspectorate} chợ Bà Bộ")
    assert refusal_of(taught) == "refused-no-such-unit"


async def test_the_server_lets_in_the_first_inspector_and_no_other() -> None:
    """Whoever sits at the server must not read along."""
    town = await town_with(NGA, CHIN)
    for inviter in (None, NGA):
        if inviter is None:
            command = MakeInvite(role=Role.INSPECTOR, unit=PLACES.inspectorate)
            link = await town.ask(town.services.invitations.invite_from_server, command)
        else:
            await town.do(people.InvitePerson, inviter, words="thanhtra")
            link = town.last(inviter, InviteLink)
        await town.do(citizen.Start, LAN, payload=link.payload, person="Lan")
        guest = OfficerNumber(max(town.executor.state.officers))
        confirm = ConfirmFromServer(officer=guest)
        answer = await town.ask(town.services.invitations.confirm_from_server, confirm)
        assert refusal_of(answer) == "refused-inspectors-decide"
        answer = await town.do(people.ConfirmJoin, NGA, pressed=True, officer=guest, is_welcome=True)
        assert refusal_of(answer) == "refused-no-such-officer"
        await town.do(people.ConfirmJoin, CHIN, pressed=True, officer=guest, is_welcome=False)
    assert [each.screen for each in town.sent[LAN] if each.screen][-1] == Line(key="join-turned-away")


@pytest.mark.parametrize("is_pressed", [False, True])
async def test_an_invitation_can_be_passed_on_and_nothing_else_can(*, is_pressed: bool) -> None:
    """A link that cannot be forwarded is copied by hand, letter by letter."""
    town = await town_with(NGA)
    await town.do(people.InvitePerson, NGA, pressed=is_pressed, role=Role.OFFICER, unit=CAI_KHE)
    await town.do(people.ShowPeople, NGA)
    shown = [each for each in town.sent[NGA] if not isinstance(each.screen, Line) and each.screen is not None]
    assert [(type(each.screen), each.protect) for each in shown if isinstance(each.screen, InviteLink)] == [
        (InviteLink, False)
    ]
    assert all(each.protect for each in shown if not isinstance(each.screen, InviteLink))
