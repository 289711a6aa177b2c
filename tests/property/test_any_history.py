"""Any history of a town: whatever people type and press, figures equal rows and nobody counts twice."""

import asyncio
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.roles import Role
from bot.domain.stats import VALUABLE
from bot.domain.tip import Channel, Status, Verdict
from bot.services import commands as c
from tests.services.town import CAI_KHE, NINH_KIEU, Town

EVIDENCE = "đã xác minh và sử dụng"
TIPS = st.integers(1, 5).map(TipNumber)
OFFICERS = st.sampled_from([900, 901])
STEPS = st.one_of(
    st.tuples(st.just("report"), st.integers(1, 3)),
    st.tuples(st.just("withdraw"), st.integers(1, 3)),
    st.tuples(st.just("stop"), st.integers(1, 3)),
    st.tuples(st.just("valuable"), OFFICERS, TIPS, st.sampled_from(["", "vu 1: ", "vu 2: "])),
    st.tuples(st.just("judge"), OFFICERS, TIPS, st.sampled_from([Verdict.SPAM, Verdict.NOT_USEFUL])),
    st.tuples(st.just("take_back"), OFFICERS, TIPS),
    st.tuples(st.just("outcome"), OFFICERS, TIPS, st.sampled_from(["vu 1 bat 2", "bat -1", "truyna 1"])),
    st.tuples(st.just("close"), OFFICERS, TIPS),
    st.tuples(st.just("reopen"), OFFICERS, TIPS),
    st.tuples(st.just("claim"), OFFICERS, TIPS),
    st.tuples(st.just("phone"), OFFICERS),
    st.tuples(st.just("days"), st.integers(1, 40)),
)


async def take(town: Town, step: tuple[Any, ...]) -> None:  # noqa: C901 - one line a step
    """Take one step; what the rules refuse is refused."""
    match step:
        case ("report", chat):
            await town.report(chat)
        case ("withdraw" | "stop" as what, chat):
            known = town.conversation(chat)
            if known is not None and known.tips:
                steps = {"withdraw": c.OwnStep.WITHDRAW_SURE, "stop": c.OwnStep.STOP_SURE}
                await town.do(c.PressOwn, chat, pressed=True, handle=known.tips[-1].handle, step=steps[what])
        case ("valuable", chat, tip, case):
            await town.do(c.JudgeValuable, chat, tip=tip, evidence=f"{case}{EVIDENCE}")
        case ("judge", chat, tip, verdict):
            await town.do(c.Judge, chat, tip=tip, verdict=verdict, is_sure=True)
        case ("take_back", chat, tip):
            await town.do(c.TakeBack, chat, tip=tip, is_sure=True)
        case ("outcome", chat, tip, text):
            await town.do(c.RecordOutcome, chat, tip=tip, text=text)
        case ("close", chat, tip):
            await town.do(c.CloseTip, chat, tip=tip)
        case ("reopen", chat, tip):
            await town.do(c.ReopenTip, chat, tip=tip)
        case ("claim", chat, tip):
            await town.do(c.Claim, chat, tip=tip)
        case ("phone", chat):
            await town.do(c.EnterTip, chat, channel=Channel.PHONE, text="có người gọi báo mất xe")
        case ("days", number):
            town.clock.advance(days=number)


async def live(steps: list[tuple[Any, ...]]) -> None:
    """Live through a history, and look at the books after every step."""
    town = await Town().begin()
    await town.enrol(900, Role.OFFICER, CAI_KHE)
    await town.enrol(901, Role.OFFICER, CAI_KHE)
    await town.enrol(910, Role.OFFICER, NINH_KIEU)
    for step in [("report", 1), ("report", 1), ("report", 2), ("valuable", 900, TipNumber(1), ""), *steps]:
        await take(town, step)
        assert await town.off_by() == {}, step
    state = town.work.state
    given_credits = sum(number for entry, number in state.sums.items() if entry.indicator in VALUABLE.values())
    sources = {
        (each.case, each.source)
        for each in state.decisions.values()
        if each.stands and each.verdict is Verdict.VALUABLE
    }
    assert given_credits == len(sources)
    for tip in state.tips.values():
        standing = [each for each in state.decisions.values() if each.tip == tip.number and each.stands]
        assert len(standing) == (tip.verdict is not Verdict.NONE)
        assert not (tip.status is Status.WITHDRAWN and standing)
    assert all(number >= 0 for number in state.sums.values())
    assert OfficerNumber(3) in state.officers


@given(st.lists(STEPS, max_size=25))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_figures_equal_rows_after_every_step(steps: list[tuple[Any, ...]]) -> None:
    """Numbers are true: counted with the decision, recomputable at any time."""
    asyncio.run(live(steps))
