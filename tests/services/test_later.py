"""What is said later than the fact is looked up when it is due: it goes where it is still true and still wanted."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.sender import TelegramSender
from bot.delivery import Delivery
from bot.domain.conversation import Language
from bot.domain.ids import TipNumber
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import OwnTipCard, OwnTipList, PlainState, Receipt
from bot.domain.tip import Verdict
from bot.services.background.retention import expire
from bot.services.commands import citizen, officer
from tests.chat.test_views import VIEWS
from tests.services.town import AT_ONCE, CAI_KHE, Town

DELAY = timedelta(hours=12)
EVIDENCE = "đã xác minh và sử dụng"
LAN, MAI, HUNG = 5, 6, 900

Act = Callable[[Town, TipNumber], Awaitable[object]]


@pytest.fixture
async def town() -> Town:
    """A town where a citizen hears of the end twelve hours later."""
    found = await Town(delays=replace(AT_ONCE, done=DELAY)).begin()
    await found.enrol(HUNG, Role.OFFICER, CAI_KHE)
    await found.report(MAI)
    return found


async def close_valuable(town: Town, number: TipNumber) -> None:
    """Judge a tip valuable and close it."""
    await town.do(officer.JudgeValuable, HUNG, tip=number, evidence=EVIDENCE)
    await town.do(officer.CloseTip, HUNG, tip=number)


def closing(verdict: Verdict) -> Act:
    """Judge a tip as something that closes it."""
    other = TipNumber(1) if verdict is Verdict.DUPLICATE else None
    return lambda town, number: town.do(
        officer.Judge, HUNG, tip=number, verdict=verdict, is_sure=True, duplicate_of=other
    )


CLOSINGS: Mapping[Verdict, Act] = {
    Verdict.VALUABLE: close_valuable,
    Verdict.NOT_USEFUL: closing(Verdict.NOT_USEFUL),
    Verdict.DUPLICATE: closing(Verdict.DUPLICATE),
    Verdict.SPAM: closing(Verdict.SPAM),
}


async def wipe(town: Town, _: TipNumber) -> None:
    """Clear the chat."""
    await town.do(citizen.Wipe, LAN, pressed=True, is_sure=True)


async def stop_all(town: Town, _: TipNumber) -> None:
    """Want no more messages."""
    await town.do(citizen.StopReplies, LAN, is_sure=True)


async def stop_one(town: Town, _: TipNumber) -> None:
    """Want no more messages about one tip."""
    await town.do(citizen.PressOwn, LAN, pressed=True, handle=town.handle(LAN), step=citizen.OwnStep.STOP_SURE)


async def take_back(town: Town, number: TipNumber) -> None:
    """Take the verdict back."""
    await town.do(officer.TakeBack, HUNG, tip=number, is_sure=True)


def told(town: Town, chat: int) -> int:
    """Count how often a chat was told of an end."""
    return town.keys(chat).count("own-done")


@pytest.mark.parametrize("verdict", CLOSINGS)
async def test_a_chat_that_was_cleared_is_not_told_though_it_opens_the_tip_with_its_code(
    town: Town, verdict: Verdict
) -> None:
    """Looking is not asking for messages: the route stays cut. Nor is another chat told that looks with the code."""
    number = await town.report(LAN)
    code = town.last(LAN, Receipt).code
    await CLOSINGS[verdict](town, number)
    await wipe(town, number)
    assert town.executor.state.reminders == {}
    for chat in (LAN, 7):
        await town.do(citizen.Write, chat, text=code)
    town.clock.advance(days=2)
    await town.deliver()
    assert (told(town, LAN), told(town, 7)) == (0, 0)


async def test_an_end_is_not_told_once_the_routes_time_is_over(town: Town) -> None:
    """A program that was off for nine days finds the reminder, and no way to the reporter."""
    await CLOSINGS[Verdict.SPAM](town, await town.report(LAN))
    town.clock.advance(days=9)
    await expire(town.executor)
    await town.deliver()
    assert told(town, LAN) == 0


@pytest.mark.parametrize("first", CLOSINGS)
@pytest.mark.parametrize("last", CLOSINGS)
async def test_a_tip_closed_twice_is_told_of_once_and_after_the_last_time(
    town: Town, first: Verdict, last: Verdict
) -> None:
    """What was due for the first closing is over with it."""
    number = await town.report(LAN)
    await CLOSINGS[first](town, number)
    town.clock.advance(hours=6)
    await take_back(town, number)
    await CLOSINGS[last](town, number)
    town.clock.advance(hours=7)
    await town.deliver()
    assert told(town, LAN) == 0
    town.clock.advance(hours=6)
    await town.deliver()
    assert told(town, LAN) == 1


@pytest.mark.parametrize("event", [wipe, stop_all, stop_one], ids=lambda each: each.__name__)
async def test_a_question_on_its_way_reaches_no_chat_that_wants_none(town: Town, event: Act) -> None:
    """A message that had to wait for its turn was queued before the person said so."""
    number = await town.report(LAN)
    town.is_online = False
    await town.do(officer.Ask, HUNG, tip=number, text="Lúc mấy giờ?")
    await event(town, number)
    town.is_online = True
    before = len(town.sent[LAN])
    await town.deliver()
    assert "new_message" not in [each.screen.name for each in town.sent[LAN][before:] if each.screen]


@pytest.mark.parametrize("event", [wipe, stop_all, stop_one], ids=lambda event: event.__name__)
async def test_an_officer_cannot_see_when_somebody_wiped_a_chat_or_wants_no_replies(event: Act) -> None:
    """Whoever stands beside the suspected reporter would only have to look twice."""
    seen = []
    for done in (None, event):
        town = await Town().begin()
        await town.enrol(HUNG, Role.OFFICER, CAI_KHE)
        number = await town.report(LAN)
        code = town.last(LAN, Receipt).code
        await town.do(officer.OpenTip, HUNG, tip=number)
        if done is not None:
            await done(town, number)
        told = len(town.sent[LAN])
        await town.do(officer.OpenTip, HUNG, tip=number)
        await town.do(officer.Ask, HUNG, tip=number, text="Lúc mấy giờ?")
        assert len(town.sent[LAN]) == told + (done is None)
        seen.append([each.screen for each in town.sent[HUNG]])
        await town.do(citizen.ShowOwnTips, MAI, code=code)
        assert town.last(MAI, OwnTipCard).exchanges[0].text == "Lúc mấy giờ?"
    assert seen[0] == seen[1]


class Wire:
    """Notes what goes over the wire, as text, by chat."""

    def __init__(self) -> None:
        self.said: dict[int, list[str]] = {}
        self.has_said = asyncio.Event()

    async def __call__(self, _: str, payload: Mapping[str, Any], /) -> Any:
        """Take a call of the Bot API."""
        self.said.setdefault(payload["chat_id"], []).append(str(payload.get("text")))
        self.has_said.set()
        return {"message_id": 1}


async def test_the_real_delivery_tells_an_end_where_it_is_wanted_and_says_nothing_of_the_verdict(town: Town) -> None:
    """Through outbox, delivery and sender: cleared chats hear nothing, and all others the same words."""
    numbers = {chat: await town.report(chat) for chat in (20, 21, 22, 23, 30, 31)}
    town.is_online = False
    for chat, verdict in zip((20, 21, 22, 23, 30, 31), [*CLOSINGS, Verdict.VALUABLE, Verdict.VALUABLE], strict=True):
        await CLOSINGS[verdict](town, numbers[chat])
    for event, chat in ((citizen.Wipe, 30), (citizen.StopReplies, 31)):
        await town.do(event, chat, is_sure=True)
    town.clock.advance(hours=13)
    await town.reminders.look()
    wire = Wire()
    sender = TelegramSender(call=wire, render=VIEWS.render)
    delivery = Delivery(executor=town.executor, sender=sender, may_read=town.rounds.may_read)
    running = asyncio.create_task(delivery.run())
    while town.executor.state.outbox:
        await wire.has_said.wait()
        await asyncio.sleep(0)
    delivery.stop()
    await running
    ends = {chat: text for chat, said in wire.said.items() for text in said if "đã xem xong" in text}
    assert set(ends) == {20, 21, 22, 23}
    assert len(set(ends.values())) == 1


JUDGING = re.compile(
    "xử lý|giá trị|rác|trùng|không dùng|bác|settled|solved|dealt with|useful|spam|duplicate|valuable", re.IGNORECASE
)
"""What would say, or claim, what a tip was worth or what was done about it."""


@pytest.mark.parametrize("language", list(Language))
async def test_an_end_reads_the_same_whatever_the_verdict_was(town: Town, language: Language) -> None:
    """It was looked at: that is true of spam too, and says nothing to whoever else holds the phone."""
    reviewed = {Language.VI: "đã xem xong", Language.EN: "reviewed"}[language]
    read = set()
    for chat, verdict in enumerate(CLOSINGS, start=20):
        await town.do(citizen.ChooseLanguage, chat, language=language)
        number = await town.report(chat)
        await CLOSINGS[verdict](town, number)
        assert town.executor.state.tips[number].verdict is verdict
    town.clock.advance(days=1)
    await town.deliver()
    for chat, _ in enumerate(CLOSINGS, start=20):
        assert told(town, chat) == 1
        done = town.last(chat, Line)
        await town.do(citizen.ShowOwnTips, chat)
        await town.do(citizen.PressOwn, chat, pressed=True, handle=town.handle(chat), step=citizen.OwnStep.OPEN)
        assert town.last(chat, OwnTipList).tips[0].state is PlainState.DONE
        screens = (done, town.last(chat, OwnTipList), town.last(chat, OwnTipCard))
        read.add(tuple(VIEWS.render(screen, language).text for screen in screens))
    (texts,) = read
    for text in texts:
        assert reviewed in text
        assert not JUDGING.search(text)


@pytest.mark.parametrize("language", list(Language))
async def test_what_is_said_when_a_tip_takes_no_more_claims_nothing_was_solved(town: Town, language: Language) -> None:
    """The same words come after spam, after a withdrawal, and after a case that was solved."""
    await town.do(citizen.ChooseLanguage, LAN, language=language)
    number = await town.report(LAN)
    await town.do(citizen.PressOwn, LAN, pressed=True, handle=town.handle(LAN), step=citizen.OwnStep.ADD)
    await CLOSINGS[Verdict.SPAM](town, number)
    await town.do(citizen.Write, LAN, text="Chúng lại tụ tập ở phường Cái Khế")
    await town.do(citizen.PressOwn, LAN, pressed=True, handle=town.handle(LAN), step=citizen.OwnStep.ADD)
    for key in ("own-over-words-kept-out", "refused-tip-is-over"):
        assert key in town.keys(LAN)
        assert not JUDGING.search(VIEWS.render(Line(key=key), language).text)
