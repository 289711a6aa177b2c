"""What an officer was asked to write: one text within a quarter of an hour, and whatever else happens ends it."""

from copy import deepcopy
from typing import Any

import pytest

from bot.domain.campaign.activities import ActivityKind
from bot.domain.conversation import Purpose
from bot.domain.ids import CaseNumber, Handle, OfficerNumber, TipNumber
from bot.domain.retention import PROMPT_LASTS
from bot.domain.roles import Role
from bot.domain.screens.citizen import DraftCard, OwnTipCard, Receipt
from bot.domain.tip import WORDS_LIMIT, Channel, Verdict
from bot.services.commands import base, campaign, citizen, officer, people
from bot.services.people.invitations import MakeInvite
from tests.services.town import CAI_KHE, SERVICES, Town, refusal_of

STRAY = "Chiều nay cả nhà mình đi ăn lẩu nhé em"
EVIDENCE = "Đã xác minh và bắt quả tang"
ASKED, JUDGED, OTHER = TipNumber(1), TipNumber(2), TipNumber(3)
PURPOSES = (Purpose.QUESTION, Purpose.EVIDENCE, Purpose.OUTCOME, Purpose.WALK_IN)

COMMANDS: dict[type[base.Command], dict[str, Any]] = {
    citizen.Start: {},
    citizen.SendUnsupported: {"kind": "photo"},
    citizen.ShowPage: {"page": "help"},
    citizen.ChooseLanguage: {},
    citizen.PressUnknown: {},
    citizen.Explain: {"form": "/tin 1042"},
    citizen.PressDraft: {"handle": Handle("abcdefgh"), "step": citizen.DraftStep.SEND},
    citizen.ShareLocation: {"lat": 10.03, "lon": 105.78},
    people.AddAlias: {"words": "31120 chợ Bà Bộ"},
    citizen.PressOwn: {"handle": Handle("abcdefgh"), "step": citizen.OwnStep.OPEN},
    citizen.ShowOwnTips: {},
    citizen.Wipe: {},
    citizen.StopReplies: {},
    officer.ShowQueue: {},
    officer.OpenTip: {"tip": OTHER},
    officer.FoldTip: {"tip": OTHER},
    officer.Claim: {"tip": OTHER},
    officer.Ask: {"tip": OTHER, "text": "Mấy giờ?"},
    officer.CloseTip: {"tip": OTHER},
    officer.ReopenTip: {"tip": OTHER},
    officer.CancelPrompt: {},
    officer.Lock: {},
    officer.JudgeValuable: {"tip": OTHER, "evidence": EVIDENCE},
    officer.Judge: {"tip": OTHER, "verdict": Verdict.SPAM, "is_sure": True},
    officer.TakeBack: {"tip": OTHER},
    officer.RecordOutcome: {"tip": JUDGED, "text": "vu 1"},
    officer.EnterTip: {},
    campaign.RecordActivity: {"kind": ActivityKind.OUTREACH, "number": "120"},
    campaign.SetTarget: {"words": "nguontin 50"},
    campaign.ShowStats: {},
    campaign.ShowDigest: {},
    people.InvitePerson: {"words": "canbo"},
    people.ConfirmJoin: {"officer": OfficerNumber(7), "is_welcome": True},
    people.ShowPeople: {},
    people.Revoke: {"officer": OfficerNumber(7)},
}
"""Everything but a text, in a form that asks for no text itself."""


async def prompted(purpose: Purpose) -> Town:
    """Bring a commander to the point where the bot waits for a text."""
    town = await Town().begin()
    await town.enrol(900, Role.COMMANDER, CAI_KHE)
    for chat in (5, 6, 7):
        await town.report(chat)
    await town.do(officer.JudgeValuable, 900, tip=JUDGED, evidence=EVIDENCE)
    match purpose:
        case Purpose.QUESTION:
            await town.do(officer.Ask, 900, pressed=True, tip=ASKED)
        case Purpose.EVIDENCE:
            await town.do(officer.JudgeValuable, 900, pressed=True, tip=ASKED, case=CaseNumber(1))
        case Purpose.OUTCOME:
            await town.do(officer.RecordOutcome, 900, pressed=True, tip=JUDGED)
        case _:
            await town.do(officer.EnterTip, 900, pressed=True, channel=Channel.PHONE)
    assert listening(town) is purpose
    return town


def listening(town: Town) -> Purpose | None:
    """Tell what the commander's chat waits for."""
    conversation = town.conversation(900)
    return conversation.listening.purpose if conversation and conversation.listening else None


def stored(town: Town) -> dict[str, Any]:
    """Give everything that is kept but the chats' memory, and what others were sent."""
    state = town.executor.state.copy()
    state.conversations, state.updates, state.traces = {}, {}, {}
    del state.numbers["outbox"]
    return {"state": deepcopy(state), "sent": {chat: len(each) for chat, each in town.sent.items() if chat != 900}}


async def must_store_nothing(town: Town, text: str, *, key: str) -> None:
    """Write a text; it is answered with one line, and stored and sent nowhere."""
    before, told = stored(town), len(town.sent[900])
    await town.do(citizen.Write, 900, text=text)
    assert stored(town) == before
    assert town.keys(900)[-1] == key
    assert len(town.sent[900]) == told + 1
    assert listening(town) is None


def test_every_command_is_tried_below() -> None:
    """A new command must end a prompt as well."""
    assert set(COMMANDS) == set(SERVICES.dispatcher.routes) - {citizen.Write}


@pytest.mark.parametrize("purpose", PURPOSES)
async def test_the_text_that_was_asked_for_is_taken_once(purpose: Purpose) -> None:
    """Within the time it is what it was asked for; the next text is nothing."""
    town = await prompted(purpose)
    town.clock.advance(seconds=PROMPT_LASTS.total_seconds())
    before = stored(town)
    text = "vụ 1 bắt 2" if purpose is Purpose.OUTCOME else "Đã thấy hai xe máy lúc tối qua"
    await town.do(citizen.Write, 900, text=text)
    assert stored(town) != before
    await must_store_nothing(town, STRAY, key="officer-stray-text")


@pytest.mark.parametrize("purpose", PURPOSES)
async def test_a_prompt_ends_by_time(purpose: Purpose) -> None:
    """Two days later a private sentence must not reach a reporter."""
    town = await prompted(purpose)
    town.clock.advance(seconds=PROMPT_LASTS.total_seconds() + 1)
    await must_store_nothing(town, STRAY, key="officer-stray-text")


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("pressed", [False, True])
@pytest.mark.parametrize(
    "kind", [each for each in COMMANDS if each is not citizen.SendUnsupported], ids=lambda kind: kind.__name__
)
async def test_a_prompt_ends_by_any_command_and_any_press(
    purpose: Purpose, *, pressed: bool, kind: type[base.Command]
) -> None:
    """Allowed or refused: whoever does something else no longer writes what was asked for."""
    town = await prompted(purpose)
    await town.do(kind, 900, pressed=pressed, **COMMANDS[kind])
    assert listening(town) is None
    await must_store_nothing(town, STRAY, key="officer-stray-text")


@pytest.mark.parametrize(
    ("purpose", "text", "key"),
    [
        (Purpose.QUESTION, "x" * WORDS_LIMIT, "refused-tip-full"),
        (Purpose.QUESTION, "Bạn tên gì, ở đâu?", "refused-asks-who"),
        (Purpose.QUESTION, "Bạn xem hình ở abc.vn", "refused-leads-out"),
        (Purpose.EVIDENCE, "ok rồi", "refused-evidence-too-short"),
        (Purpose.OUTCOME, "nhiều lắm", "refused-usage"),
        (Purpose.WALK_IN, "x" * (WORDS_LIMIT + 1), "refused-tip-full"),
    ],
)
async def test_a_prompt_ends_when_its_text_is_refused(purpose: Purpose, text: str, key: str) -> None:
    """The next sentence may be meant for anyone: the officer presses again."""
    town = await prompted(purpose)
    await must_store_nothing(town, text, key=key)
    await must_store_nothing(town, STRAY, key="officer-stray-text")


@pytest.mark.parametrize(("kind", "key"), [("photo", "unsupported-officer"), ("edited", "unsupported-edited-officer")])
async def test_what_is_no_text_changes_nothing_about_what_was_asked_for(kind: str, key: str) -> None:
    """Whoever corrects an old message, or tries a picture first, is still asked for the same text."""
    town = await prompted(Purpose.QUESTION)
    await town.do(citizen.SendUnsupported, 900, kind=kind)
    assert town.keys(900)[-1] == key
    assert listening(town) is Purpose.QUESTION


async def test_a_question_for_who_the_reporter_is_is_refused_by_command_too() -> None:
    """The words are looked at where they are stored, whichever way they came."""
    town = await prompted(Purpose.WALK_IN)
    before = stored(town)
    refused = await town.do(officer.Ask, 900, tip=ASKED, text="Cho xin số điện thoại")
    assert refusal_of(refused) == "refused-asks-who"
    assert stored(town) == before


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("text", ["/đóng 2", "/xin chào cả nhà", "/", "/ hỏi", "/2", "//dong 2"])
async def test_a_text_that_begins_with_a_slash_is_never_content(purpose: Purpose, text: str) -> None:
    """Telegram does not mark every slip of a keyboard as a command: the slash alone says what was meant."""
    town = await prompted(purpose)
    await must_store_nothing(town, text, key="unknown-command-officer")
    await must_store_nothing(town, STRAY, key="officer-stray-text")


@pytest.mark.parametrize("text", ["/đóng 2", "Có trộm ở phường Cái Khế"])
async def test_whoever_waits_for_confirmation_is_told_to_wait(town: Town, text: str) -> None:
    """And stores nothing."""
    link = await town.ask(SERVICES.invitations.invite_from_server, MakeInvite(role=Role.OFFICER, unit=CAI_KHE))
    await town.do(citizen.Start, 970, payload=link.payload, person="Vân")
    before = stored(town)
    await town.do(citizen.Write, 970, text=text)
    assert stored(town)["state"] == before["state"]
    assert town.keys(970)[-1] == "join-still-waiting"


async def test_a_refused_walk_in_leaves_no_prompt_behind() -> None:
    """A stray sentence after it became a counted tip."""
    town = await prompted(Purpose.WALK_IN)
    refused = await town.do(citizen.Write, 900, text="x" * (WORDS_LIMIT + 1))
    assert refusal_of(refused) == "refused-tip-full"
    await town.do(citizen.Explain, 900, form="/tinngoai dienthoai …")
    await must_store_nothing(town, STRAY, key="officer-stray-text")
    assert set(town.executor.state.tips) == {ASKED, JUDGED, OTHER}


async def test_a_citizens_unknown_command_is_a_text_without_its_slash(town: Town) -> None:
    """Somebody who begins with a slash still wants to be heard; a code behind one is still a code."""
    await town.do(citizen.Write, 5, text="/trộm xe ở phường Cái Khế")
    assert town.last(5, DraftCard).place == "Phường Cái Khế"
    conversation = town.conversation(5)
    assert conversation is not None
    assert conversation.draft is not None
    assert conversation.draft.words == "trộm xe ở phường Cái Khế"
    await town.do(citizen.Write, 5, text="/")
    assert town.keys(5)[-1] == "unknown-command"
    await town.report(6)
    await town.do(citizen.Write, 7, text=f"/{town.last(6, Receipt).code}")
    assert town.last(7, OwnTipCard).may_add
