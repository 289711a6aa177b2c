"""What is written to the sums when something happens is what a recount finds in the rows: for each kind of row."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

import pytest

from bot.domain.campaign.activities import Activity, ActivityKind
from bot.domain.campaign.cases import Outcome
from bot.domain.ids import CaseNumber
from bot.domain.stats import JUDGED, RECEIVED, VALUABLE, Indicator
from bot.domain.tip import Channel, Tip, Verdict
from bot.ports import TipContent, UnitOfWork
from bot.services import counting
from bot.services.campaign.recount import Recount, count_anew
from tests.contract.asking import do
from tests.contract.engines import note_refusal
from tests.contract.samples import HUNG, TODAY, WARD, add_tip, add_units
from tests.memory.executor import MemoryExecutor, MemoryReader
from tests.memory.fakes import CountingIds, FixedClock

Event: TypeAlias = Callable[[UnitOfWork], Awaitable[None]]
LATER = TODAY + timedelta(days=20)


@pytest.fixture
def empty() -> MemoryExecutor:
    """Empty books."""
    return MemoryExecutor(clock=FixedClock(), ids=CountingIds(), on_refusal=note_refusal)


async def receive(uow: UnitOfWork, channel: Channel) -> Tip:
    """Store a tip, and count it."""
    like = await add_tip(uow)
    await counting.received(uow, like)
    if channel is Channel.BOT:
        return like
    tip = await uow.tips.add(
        unit=WARD,
        held_by=WARD,
        category=like.category,
        urgent=False,
        channel=channel,
        received=like.received,
        content=TipContent(words="có người gọi báo mất xe"),
        route=None,
    )
    await counting.received(uow, tip)
    return tip


async def judge(uow: UnitOfWork, tip: Tip, verdict: Verdict, *, case: CaseNumber | None = None) -> Tip:
    """Give a verdict; a valuable one opens a case, if it has none."""
    if verdict is Verdict.VALUABLE and case is None:
        case = (await uow.cases.open(unit=WARD, on=TODAY)).number
    changed, _ = tip.judge(verdict, by=HUNG, on=TODAY)
    await counting.record_decision(uow, tip=changed, verdict=verdict, officer=HUNG, on=TODAY, case=case)
    await uow.tips.save(changed)
    return changed


def received(channel: Channel) -> Event:
    """A tip comes in."""

    async def happen(uow: UnitOfWork) -> None:
        await receive(uow, channel)

    return happen


def judged(verdict: Verdict, channel: Channel = Channel.BOT) -> Event:
    """A tip is judged."""

    async def happen(uow: UnitOfWork) -> None:
        await judge(uow, await receive(uow, channel), verdict)

    return happen


async def withdraw(uow: UnitOfWork, tip: Tip) -> None:
    """Withdraw a tip, by its reporter."""
    changed, _ = tip.withdraw(on=LATER)
    await counting.withdrawn(uow, tip, changed, on=LATER)
    await uow.tips.save(changed)


async def withdrawn(uow: UnitOfWork) -> None:
    """A tip is withdrawn by its reporter before anyone judged it."""
    await withdraw(uow, await receive(uow, Channel.BOT))


async def withdrawn_after_its_verdict(uow: UnitOfWork) -> None:
    """A tip is withdrawn by its reporter after it was found valuable."""
    await withdraw(uow, await judge(uow, await receive(uow, Channel.BOT), Verdict.VALUABLE))


def taken_back(verdict: Verdict) -> Event:
    """A verdict is taken back on a later day."""

    async def happen(uow: UnitOfWork) -> None:
        tip = await judge(uow, await receive(uow, Channel.BOT), verdict)
        await counting.withdraw_decision(uow, tip.number, on=LATER)

    return happen


async def first_of_two_taken_back(uow: UnitOfWork) -> None:
    """Two tips of one reporter in one case, and the one that carried the credit is taken back."""
    first = await judge(uow, await receive(uow, Channel.BOT), Verdict.VALUABLE)
    await judge(uow, await receive(uow, Channel.BOT), Verdict.VALUABLE, case=CaseNumber(1))
    await counting.withdraw_decision(uow, first.number, on=LATER)


async def outcome(uow: UnitOfWork) -> None:
    """A case leads to something, and a slip is mended by a negative number."""
    tip = await judge(uow, await receive(uow, Channel.BOT), Verdict.VALUABLE)
    for cases in (7, -5):
        record = Outcome(case=CaseNumber(1), tip=tip.number, unit=WARD, day=LATER, officer=HUNG, cases=cases)
        await counting.record_outcome(uow, record)
    mended = Outcome(case=CaseNumber(1), tip=tip.number, unit=WARD, day=LATER, officer=HUNG, persons=2, fugitives=1)
    await counting.record_outcome(uow, mended)


def activity(kind: ActivityKind) -> Event:
    """An activity is recorded."""

    async def happen(uow: UnitOfWork) -> None:
        record = Activity(unit=WARD, day=TODAY, kind=kind, number=120, officer=HUNG)
        await counting.record_activity(uow, record)

    return happen


KINDS: Mapping[str, tuple[Event, frozenset[Indicator]]] = {
    **{f"received by {each}": (received(each), frozenset({RECEIVED[each]})) for each in Channel},
    **{f"valuable by {each}": (judged(Verdict.VALUABLE, each), frozenset({VALUABLE[each]})) for each in Channel},
    **{f"judged {each}": (judged(each), frozenset({JUDGED[each]})) for each in JUDGED},
    **{f"{each} taken back": (taken_back(each), frozenset[Indicator]()) for each in (Verdict.VALUABLE, *JUDGED)},
    "withdrawn": (withdrawn, frozenset({Indicator.WITHDRAWN})),
    "withdrawn after its verdict": (withdrawn_after_its_verdict, frozenset({Indicator.WITHDRAWN})),
    "first of two taken back": (first_of_two_taken_back, frozenset({Indicator.VALUABLE_BOT})),
    "outcome": (
        outcome,
        frozenset({Indicator.VALUABLE_BOT, Indicator.CASES, Indicator.PERSONS, Indicator.FUGITIVES}),
    ),
    "outreach": (activity(ActivityKind.OUTREACH), frozenset({Indicator.SESSIONS, Indicator.PEOPLE})),
    "collectives": (activity(ActivityKind.COLLECTIVES), frozenset({Indicator.COLLECTIVES})),
    "individuals": (activity(ActivityKind.INDIVIDUALS), frozenset({Indicator.INDIVIDUALS})),
    **{
        f"{each} is a row alone": (activity(each), frozenset[Indicator]())
        for each in (ActivityKind.MODEL, ActivityKind.JOINT_CHECK, ActivityKind.GOOD_DEED)
    },
}


@pytest.mark.parametrize("kind", KINDS)
async def test_what_counting_writes_is_what_a_recount_derives(kind: str, empty: MemoryExecutor) -> None:
    """Otherwise the first recount would change a figure that was told."""
    happen, indicators = KINDS[kind]
    await do(empty, add_units)
    await do(empty, happen)
    assert (await MemoryReader(empty).read(count_anew, Recount())).off == {}
    written = {cell.indicator: number for (_, cell), number in empty.state.sums.items() if number}
    assert set(written) - set(RECEIVED.values()) == indicators - set(RECEIVED.values())
    assert indicators <= set(written)
    assert all(number > 0 for number in written.values())


def test_every_indicator_is_written_by_something_tried_here() -> None:
    """A new indicator comes with the row that it counts."""
    assert set().union(*(indicators for _, indicators in KINDS.values())) == set(Indicator)
