"""When a phone rings, and when it does not: nobody who stands beside a person learns from a ring that they wrote."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.clock_and_ids import SystemIds
from bot.domain.ids import ChatId, TipNumber
from bot.domain.outgoing import Send, Shown
from bot.domain.places import UnitCode
from bot.domain.reminders import CheckOpened, Delays, by_chance
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import DraftCard, NewMessage, OfficerQuestion, OwnTipCard
from bot.domain.screens.officer import MergedNotice, Notice, Queue
from bot.domain.text.categories import Category
from bot.domain.tip import Channel
from bot.ports import Chore, StorageUnavailableError, TipContent, UnitOfWork
from bot.services.commands import base, citizen, officer
from bot.services.session import answer_refusal
from bot.services.tip_changes import store_new
from tests.memory.executor import MemoryExecutor
from tests.memory.fakes import CountingIds
from tests.services.test_told_when_true import URGENT
from tests.services.town import AT_ONCE, CAI_KHE, NINH_KIEU, PLACES, TIP, Town
from tests.unit.virtual_time import run_virtually

LAN, MAI, HUNG, CHI, BINH, ADMIN = 5, 6, 900, 901, 970, 990
CITY = UnitCode("92")


async def slow(*officers: tuple[int, Role, UnitCode]) -> Town:
    """Give a town where everything takes as long as it usually does."""
    town = await Town(delays=Delays()).begin()
    for chat, role, unit in officers or ((HUNG, Role.OFFICER, CAI_KHE),):
        await town.enrol(chat, role, unit)
    return town


def shown(town: Town, chat: int, kind: Any) -> list[Any]:
    """Give the screens of a kind that came to a phone as messages of their own."""
    sent = [each.screen for each in town.sent.get(chat, []) if isinstance(each, Send)]
    return [each for each in sent if isinstance(each, kind)]


async def after(town: Town, **span: float) -> None:
    """Let time go by, and everything happen that it brings."""
    town.clock.advance(**span)
    await town.deliver()


async def announce(town: Town, *, urgent: bool = False, quiet: bool = False) -> TipNumber:
    """Let a tip come in from a chat that perhaps has sent many."""

    async def use_case(uow: UnitOfWork, _: Chore) -> TipNumber:
        tip = await store_new(
            uow,
            unit=CAI_KHE,
            held_by=CAI_KHE,
            category=Category.DRUGS,
            urgent=urgent,
            channel=Channel.BOT,
            content=TipContent(words="x"),
            route=ChatId(LAN),
        )
        await town.services.notices.announce(uow, tip, "new", quiet=quiet)
        return tip.number

    number = await town.ask(use_case, Chore())
    assert isinstance(number, int)
    return TipNumber(number)


@pytest.mark.parametrize("longest", [timedelta(), timedelta(seconds=20), timedelta(minutes=5), timedelta(minutes=10)])
def test_what_is_drawn_by_chance_lies_between_a_minute_and_the_longest(longest: timedelta) -> None:
    """From the same delay every time one could count back to the press."""
    drawn = {SystemIds().delay(*by_chance(longest)) for _ in range(200)}
    assert all(min(longest, timedelta(minutes=1)) <= each <= longest for each in drawn)
    assert len(drawn) > 150 or longest <= timedelta(minutes=1)


async def test_a_question_comes_minutes_later_and_the_officer_is_told_so() -> None:
    """An officer beside the suspected reporter asks, and listens."""
    town = await slow()
    number = await town.report(LAN)
    await town.do(officer.Ask, HUNG, tip=number, text="Lúc mấy giờ?")
    assert "question-on-its-way" in town.keys(HUNG)
    assert shown(town, LAN, NewMessage) == []
    await after(town, minutes=5)
    assert len(shown(town, LAN, NewMessage)) == 1


async def test_one_question_at_a_time_is_unread() -> None:
    """The next one joins it without a sign of its own; whoever taps reads them all, and then a sign may come again."""
    town = await slow()
    number = await town.report(LAN)
    for text in ("Lúc mấy giờ?", "Mấy người?"):
        await town.do(officer.Ask, HUNG, tip=number, text=text)
    await after(town, minutes=5)
    await town.do(officer.Ask, HUNG, tip=number, text="Xe màu gì?")
    await after(town, hours=1)
    (sign,) = shown(town, LAN, NewMessage)
    await town.do(citizen.PressOwn, LAN, pressed=True, handle=sign.handle, step=citizen.OwnStep.READ)
    assert town.last(LAN, OfficerQuestion).text == "Lúc mấy giờ?\nMấy người?\nXe màu gì?"
    await town.do(officer.Ask, HUNG, tip=number, text="Ở đâu?")
    await after(town, minutes=5)
    assert len(shown(town, LAN, NewMessage)) == 2


async def test_a_sign_that_may_never_have_come_keeps_no_later_one_still() -> None:
    """Whoever has the bot blocked is sent what is two days old at most, and the sign was not among it."""
    town = await slow()
    number = await town.report(LAN)
    for text in ("Lúc mấy giờ?", "Mấy người?"):
        await town.do(officer.Ask, HUNG, tip=number, text=text)
        await after(town, hours=49)
    assert len(shown(town, LAN, NewMessage)) == 2


async def test_whoever_looks_with_the_code_elsewhere_takes_no_sign_away() -> None:
    """The chat that the route leads to has not read the question."""
    town = await slow()
    number = await town.report(LAN)
    code = next(iter(town.executor.state.receipts))
    await town.do(officer.Ask, HUNG, tip=number, text="Lúc mấy giờ?")
    await town.do(citizen.Write, MAI, text=code)
    await after(town, minutes=5)
    assert len(shown(town, LAN, NewMessage)) == 1


async def test_an_officer_is_shown_the_same_whether_a_reporter_still_wants_messages_or_not() -> None:
    """A refusal would tell the moment at which a chat was cleared; whoever has the code finds the question."""
    shown_to_hung, found = [], []
    events: tuple[tuple[type[base.Command], dict[str, Any]], ...] = (
        (citizen.ShowOwnTips, {}),
        (citizen.Wipe, {"is_sure": True}),
        (citizen.StopReplies, {"is_sure": True}),
    )
    for event, fields in events:
        town = await slow()
        number = await town.report(LAN)
        code = next(iter(town.executor.state.receipts))
        await town.do(event, LAN, **fields)
        await town.do(officer.OpenTip, HUNG, tip=number)
        await town.do(officer.Ask, HUNG, tip=number, text="Lúc mấy giờ?")
        await after(town, minutes=5)
        shown_to_hung.append([(type(each), each.screen) for each in town.sent[HUNG]])
        found.append(len(shown(town, LAN, NewMessage)))
        await town.do(citizen.Write, MAI, text=code)
        assert town.last(MAI, OwnTipCard).exchanges[0].text == "Lúc mấy giờ?"
    assert shown_to_hung[0] == shown_to_hung[1] == shown_to_hung[2]
    assert found == [1, 0, 0]


async def test_a_question_of_a_tip_that_was_closed_and_opened_again_has_a_sign_of_its_own() -> None:
    """What was not told because the tip was over must not keep later questions still for ever."""
    town = await slow()
    number = await town.report(LAN)
    await town.do(officer.JudgeValuable, HUNG, tip=number, evidence="đã xác minh và sử dụng")
    await town.do(officer.Ask, HUNG, tip=number, text="Lúc mấy giờ?")
    await town.do(officer.CloseTip, HUNG, tip=number)
    await after(town, minutes=5)
    assert shown(town, LAN, NewMessage) == []
    await town.do(officer.ReopenTip, HUNG, tip=number)
    await town.do(officer.Ask, HUNG, tip=number, text="Mấy người?")
    await after(town, minutes=5)
    assert len(shown(town, LAN, NewMessage)) == 1


async def test_an_answer_reaches_an_open_card_no_sooner_than_the_notice_and_an_urgent_one_at_once() -> None:
    """Whoever watches a card in their hand must not see it change as the phone beside them is put down."""
    for text, is_slow in ((TIP, True), (URGENT, False)):
        town = await slow()
        number = await town.report(LAN, text)
        await town.do(officer.OpenTip, HUNG, tip=number)
        await town.do(officer.Ask, HUNG, tip=number, text="Lúc mấy giờ?")
        await town.do(citizen.PressOwn, LAN, pressed=True, handle=town.handle(LAN), step=citizen.OwnStep.ADD)
        before = len(town.sent[HUNG])
        await town.do(citizen.Write, LAN, text="9 giờ tối")
        assert (len(town.sent[HUNG]) == before) is is_slow
        await after(town, minutes=10)
        await after(town, seconds=60)
        assert len(town.sent[HUNG]) == before + 2


async def test_no_phone_of_a_citizen_rings_for_what_they_did_not_just_cause() -> None:
    """Someone may be watching for the ring."""
    town = await Town(delays=AT_ONCE).begin()
    await town.enrol(HUNG, Role.OFFICER, CAI_KHE)
    number = await town.report(LAN, URGENT)
    assert not any(each.silent for each in town.sent[LAN] if isinstance(each, Shown))
    before = len(town.sent[LAN])
    await after(town, minutes=15)
    await town.do(officer.Ask, HUNG, tip=number, text="Lúc mấy giờ?")
    await town.do(officer.JudgeValuable, HUNG, tip=number, evidence="đã xác minh và sử dụng")
    await town.do(officer.CloseTip, HUNG, tip=number)
    unasked = town.sent[LAN][before:]
    assert [each.screen.name for each in unasked if each.screen] == ["nobody_opened", "new_message", "line"]
    assert all(isinstance(each, Send) and each.silent for each in unasked)


@pytest.mark.parametrize(("hour", "is_still"), [(6, True), (7, False), (20, False), (21, True), (23, True), (0, True)])
async def test_at_night_an_officers_phone_stays_still_for_all_but_what_is_urgent(hour: int, *, is_still: bool) -> None:
    """From 21 to 7 in the city; nothing is held back."""
    town = await slow()
    town.clock.moment = town.clock.moment.replace(hour=(hour - 7) % 24, minute=30)
    await announce(town)
    await after(town, seconds=61)
    await announce(town, urgent=True)
    told = [each for each in town.sent[HUNG] if isinstance(each, Send) and isinstance(each.screen, Notice)]
    assert [each.silent for each in told] == [is_still, False]


async def test_a_burst_of_tips_is_one_message_to_each_officer() -> None:
    """54 tips were 54 messages in every chat of the unit."""
    town = await slow((HUNG, Role.OFFICER, CAI_KHE), (CHI, Role.COMMANDER, CAI_KHE))
    numbers = [await announce(town) for _ in range(54)]
    await after(town, seconds=59)
    assert shown(town, HUNG, Notice | MergedNotice) == []
    await after(town, seconds=1)
    for chat in (HUNG, CHI):
        (merged,) = shown(town, chat, Notice | MergedNotice)
        assert [each.tip for each in merged.notices] == numbers
    await after(town, seconds=61)
    await announce(town)
    await after(town, seconds=60)
    assert len(shown(town, HUNG, Notice)) == 1


async def test_an_urgent_tip_is_told_alone_and_at_once() -> None:
    """Nothing else stands in the message, and it waits for nothing."""
    town = await slow()
    await announce(town)
    number = await announce(town, urgent=True)
    (notice,) = shown(town, HUNG, Notice)
    assert (notice.tip, notice.urgent) == (number, True)


async def test_a_chat_that_sends_many_is_told_of_in_the_hourly_notice_and_its_urgent_tips_within_a_minute() -> None:
    """Nothing is thrown away, and nothing urgent waits longer."""
    town = await slow()
    await announce(town, quiet=True)
    urgent = [await announce(town, urgent=True, quiet=True) for _ in range(2)]
    await after(town, seconds=60)
    (merged,) = shown(town, HUNG, MergedNotice)
    assert [each.tip for each in merged.notices] == urgent
    await after(town, minutes=58)
    assert shown(town, HUNG, Notice) == []
    await after(town, minutes=1)
    assert [each.tip for each in shown(town, HUNG, Notice)] == [1]


async def test_news_of_a_tip_that_moved_meanwhile_goes_to_whoever_has_it_now() -> None:
    """The one whose tip it was must not hear of it, and somebody must."""
    town = await slow((BINH, Role.OFFICER, PLACES.duty))
    await town.report(LAN, "Có nhóm hút chích ở phường Ninh Kiều")
    await town.enrol(HUNG, Role.OFFICER, NINH_KIEU)
    await after(town, seconds=60)
    await after(town, seconds=60)
    assert (len(shown(town, BINH, Notice)), len(shown(town, HUNG, Notice))) == (0, 1)


UNOPENED: Sequence[tuple[str, tuple[tuple[int, Role, UnitCode], ...], dict[int, str]]] = (
    ("its commander", ((HUNG, Role.OFFICER, CAI_KHE), (CHI, Role.COMMANDER, CAI_KHE)), {CHI: "notice"}),
    ("the unit above", ((HUNG, Role.OFFICER, CAI_KHE), (CHI, Role.COMMANDER, CITY)), {CHI: "notice"}),
    ("the city duty", ((HUNG, Role.OFFICER, CAI_KHE), (BINH, Role.OFFICER, PLACES.duty)), {BINH: "unopened"}),
    ("the admin", ((HUNG, Role.OFFICER, CAI_KHE), (ADMIN, Role.ADMIN, CITY)), {ADMIN: "unopened-somewhere"}),
    ("nobody", ((HUNG, Role.OFFICER, CAI_KHE),), {}),
)


@pytest.mark.parametrize(
    ("above", "people", "expected"), UNOPENED, ids=lambda each: each if isinstance(each, str) else ""
)
async def test_the_level_above_hears_of_an_urgent_tip_that_nobody_opened(
    above: str, people: Sequence[tuple[int, Role, UnitCode]], expected: dict[int, str]
) -> None:
    """Its commanders and those of the unit above; else the city duty; else the admin, told no number and no unit."""
    town = await slow(*people)
    number = await town.report(LAN, URGENT)
    before = {chat: len(town.sent.get(chat, [])) for chat, _, _ in people}
    await after(town, minutes=14, seconds=59)
    assert not town.executor.state.tips[number].urgent_overdue
    await after(town, seconds=1)
    assert town.executor.state.tips[number].urgent_overdue
    told = {}
    for chat, _, _ in people:
        for each in town.sent[chat][before[chat] :]:
            assert isinstance(each, Send)
            assert not each.silent
            told[chat] = each.screen.name if isinstance(each.screen, Notice) else each.screen.key[13:]  # type: ignore[union-attr]
    assert told == expected, above


async def test_a_tip_about_police_that_nobody_opened_is_told_to_nobody_above() -> None:
    """It may be about them, and an admin would learn when one came: its inspectors are told again, and aloud."""
    town = await slow((CHI, Role.COMMANDER, CITY), (BINH, Role.OFFICER, PLACES.duty), (ADMIN, Role.ADMIN, CITY))
    await town.enrol(HUNG, Role.INSPECTOR, PLACES.inspectorate)
    before = len(shown(town, ADMIN, Line))
    await town.do(citizen.Write, LAN, text=URGENT)
    handle = town.last(LAN, DraftCard).handle
    for step in (citizen.DraftStep.POLICE, citizen.DraftStep.SEND):
        await town.do(citizen.PressDraft, LAN, pressed=True, handle=handle, step=step)
    await after(town, minutes=15)
    assert town.executor.state.tips[TipNumber(1)].urgent_overdue
    assert [len(shown(town, chat, Notice)) for chat in (CHI, BINH)] == [0, 0]
    assert len(shown(town, ADMIN, Line)) == before
    assert [each.what for each in shown(town, HUNG, Notice)] == ["new", "unopened"]


async def test_an_urgent_tip_is_not_overdue_at_birth_and_is_once_nobody_opened_it() -> None:
    """Of its arrival an hour is kept, which says nothing of a quarter of one."""
    town = await slow((HUNG, Role.OFFICER, CAI_KHE))
    number = await town.report(LAN, URGENT)

    async def looks_late() -> tuple[int, bool]:
        await town.do(officer.ShowQueue, HUNG)
        hours = town.last(HUNG, Queue).lines[0].hours_left
        await town.do(officer.FoldTip, HUNG, tip=number)
        return hours, town.executor.state.tips[number].urgent_overdue

    assert await looks_late() == (0, False)
    await after(town, minutes=15)
    hours, is_late = await looks_late()
    assert (hours < 0, is_late) == (True, True)
    await town.do(officer.Claim, HUNG, tip=number)
    assert (await looks_late())[0] > 24


async def test_one_that_fails_stops_nobody_and_is_tried_again() -> None:
    """A tip whose words do not open must not keep the others' from being told."""
    town = await slow()
    for chat in (LAN, MAI):
        number = await town.report(chat)
        await town.do(officer.Ask, HUNG, tip=number, text="Lúc mấy giờ?")
    broken = town.executor.state.contents[TipNumber(1)]
    town.executor.state.contents[TipNumber(1)] = "no words at all"  # type: ignore[assignment]
    await after(town, minutes=5)
    assert [len(shown(town, chat, NewMessage)) for chat in (LAN, MAI)] == [0, 1]
    town.executor.state.contents[TipNumber(1)] = broken
    await after(town, minutes=1)
    assert [len(shown(town, chat, NewMessage)) for chat in (LAN, MAI)] == [1, 1]


def test_reminders_fire_as_soon_as_they_are_left_and_after_a_store_that_could_not_be_read() -> None:
    """Nobody has to look; what could not be read at the start is read half a minute later."""

    class Unready(MemoryExecutor):
        reads = 0

        async def run(self, use_case: Any, command: Any) -> Any:
            self.reads += use_case == town.services.reminding.stored
            if self.reads == 1:
                raise StorageUnavailableError
            return await super().run(use_case, command)

    town = Town()

    async def main() -> None:
        executor = Unready(clock=town.clock, ids=CountingIds(), on_refusal=answer_refusal)
        town.executor = executor
        town.start_reminders()
        running = asyncio.create_task(town.reminders.run())
        await asyncio.sleep(31)
        assert executor.reads == 2
        later = CheckOpened(not_before=town.clock.now(), tip=TipNumber(1))
        await executor.run(lambda uow, _: uow.reminders.add(later), Chore())
        assert len(executor.state.reminders) == 1
        await asyncio.sleep(1)
        assert executor.state.reminders == {}
        town.reminders.stop()
        await running

    run_virtually(main())
