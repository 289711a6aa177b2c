"""Any history of a town: whatever people type and press, figures equal rows and nobody counts twice."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.campaign.sums import SumKind
from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.outgoing import Send
from bot.domain.roles import Role
from bot.domain.stats import VALUABLE
from bot.domain.tip import Channel, Status, Verdict
from bot.services.background.retention import expire
from bot.services.commands import citizen, officer
from tests.services.town import AT_ONCE, CAI_KHE, NINH_KIEU, Town

EVIDENCE = "đã xác minh và sử dụng"
TIPS = st.integers(1, 5).map(TipNumber)
OFFICERS = st.sampled_from([900, 901])
STEPS = st.one_of(
    st.tuples(st.just("report"), st.integers(1, 3)),
    st.tuples(st.just("withdraw"), st.integers(1, 3)),
    st.tuples(st.just("stop"), st.integers(1, 3)),
    st.tuples(st.just("wipe"), st.integers(1, 3)),
    st.tuples(st.just("hours"), st.integers(1, 14)),
    st.tuples(st.just("valuable"), OFFICERS, TIPS, st.sampled_from(["", "vu 1: ", "vu 2: "])),
    st.tuples(st.just("judge"), OFFICERS, TIPS, st.sampled_from([Verdict.SPAM, Verdict.NOT_USEFUL])),
    st.tuples(st.just("take_back"), OFFICERS, TIPS),
    st.tuples(st.just("outcome"), OFFICERS, TIPS, st.sampled_from(["vu 1 bat 2", "bat -1", "truyna 1"])),
    st.tuples(st.just("close"), OFFICERS, TIPS),
    st.tuples(st.just("reopen"), OFFICERS, TIPS),
    st.tuples(st.just("claim"), OFFICERS, TIPS),
    st.tuples(st.just("phone"), OFFICERS),
    st.tuples(st.just("days"), st.integers(1, 40)),
    st.tuples(st.just("expire"), st.sampled_from([0, 8, 91])),
)


async def take(town: Town, step: tuple[Any, ...]) -> None:  # noqa: C901, PLR0912 - one line a step
    """Take one step; what the rules refuse is refused."""
    match step:
        case ("report", chat):
            await town.report(chat)
        case ("withdraw" | "stop" as what, chat):
            known = town.conversation(chat)
            if known is not None and known.tips:
                steps = {"withdraw": citizen.OwnStep.WITHDRAW_SURE, "stop": citizen.OwnStep.STOP_SURE}
                await town.do(citizen.PressOwn, chat, pressed=True, handle=known.tips[-1].handle, step=steps[what])
        case ("valuable", chat, tip, case):
            await town.do(officer.JudgeValuable, chat, tip=tip, evidence=f"{case}{EVIDENCE}")
        case ("judge", chat, tip, verdict):
            await town.do(officer.Judge, chat, tip=tip, verdict=verdict, is_sure=True)
        case ("take_back", chat, tip):
            await town.do(officer.TakeBack, chat, tip=tip, is_sure=True)
        case ("outcome", chat, tip, text):
            await town.do(officer.RecordOutcome, chat, tip=tip, text=text)
        case ("close", chat, tip):
            await town.do(officer.CloseTip, chat, tip=tip)
        case ("reopen", chat, tip):
            await town.do(officer.ReopenTip, chat, tip=tip)
        case ("claim", chat, tip):
            await town.do(officer.Claim, chat, tip=tip)
        case ("phone", chat):
            await town.do(officer.EnterTip, chat, channel=Channel.PHONE, text="có người gọi báo mất xe")
        case ("wipe", chat):
            await town.do(citizen.Wipe, chat, is_sure=True)
        case ("hours", number):
            town.clock.advance(hours=number)
            await town.deliver()
        case ("days", number):
            town.clock.advance(days=number)
        case ("expire", number):
            town.clock.advance(days=number)
            assert await expire(town.executor)


async def live(steps: list[tuple[Any, ...]]) -> None:
    """Live through a history, and look at the books after every step."""
    town = await Town().begin()
    await town.enrol(900, Role.OFFICER, CAI_KHE)
    await town.enrol(901, Role.OFFICER, CAI_KHE)
    await town.enrol(910, Role.OFFICER, NINH_KIEU)
    for step in [("report", 1), ("report", 1), ("report", 2), ("valuable", 900, TipNumber(1), ""), *steps]:
        await take(town, step)
        assert await town.off_by() == {}, step
    state = town.executor.state
    given_credits = sum(
        number
        for (_, cell), number in state.sums.items()
        if cell.kind is SumKind.DAY and cell.indicator in VALUABLE.values()
    )
    sources = {
        (each.case, each.source)
        for each in state.decisions.values()
        if each.stands and each.verdict is Verdict.VALUABLE
    }
    assert given_credits == len(sources)
    by_tip = {(each.case, each.tip): each.source for each in state.decisions.values()}
    for each in state.decisions.values():
        assert each.source == by_tip[each.case, each.tip], "a tip stays one source, also when its route has died"
    for tip in state.tips.values():
        standing = [each for each in state.decisions.values() if each.tip == tip.number and each.stands]
        assert len(standing) == (tip.verdict is not Verdict.NONE)
        assert not (tip.status is Status.WITHDRAWN and standing)
    assert all(number >= 0 for number in state.sums.values())
    assert OfficerNumber(3) in state.officers


async def listen(steps: list[tuple[Any, ...]]) -> None:
    """Live through a history, and look at what reporters are told of their tips without having asked."""
    town = await Town(delays=replace(AT_ONCE, done=timedelta(hours=12))).begin()
    for number in (900, 901):
        await town.enrol(number, Role.OFFICER, CAI_KHE)
    heard: dict[int, int] = {}
    told = set()
    for step in [("report", 1), ("report", 2), ("judge", 900, TipNumber(1), Verdict.SPAM), *steps, ("hours", 14)]:
        await take(town, step)
        state = town.executor.state
        for chat, sent in town.sent.items():
            for each in sent[heard.get(chat, 0) :]:
                if isinstance(each, Send) and each.tip is not None:
                    following = town.conversation(chat)
                    assert following is not None
                    assert following.handle_of(each.tip) is not None
                    assert (state.routes[each.tip], state.tips[each.tip].status) == (chat, Status.CLOSED)
                    assert (each.tip, each.version) not in told
                    told.add((each.tip, each.version))
            heard[chat] = len(sent)


@given(st.lists(STEPS, max_size=25))
def test_reporters_are_told_only_what_is_so_and_only_where_they_follow_it(steps: list[tuple[Any, ...]]) -> None:
    """Whatever happens between the end of the work and the hour it is told."""
    asyncio.run(listen(steps))


TIP = TipNumber(1)
AGAIN_WITHOUT_ROUTE: list[tuple[Any, ...]] = [
    ("close", 900, TIP),
    ("expire", 8),
    ("reopen", 900, TIP),
    ("take_back", 900, TIP),
    ("valuable", 900, TIP, "vu 1: "),
]


@given(st.lists(STEPS, max_size=25))
@example(AGAIN_WITHOUT_ROUTE)
def test_figures_equal_rows_after_every_step(steps: list[tuple[Any, ...]]) -> None:
    """Numbers are true: counted with the decision, recomputable at any time."""
    asyncio.run(live(steps))
