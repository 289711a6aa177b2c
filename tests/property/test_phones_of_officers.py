"""What stands on an officer's phone, through the real use cases and the real delivery, whenever the process dies."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import Delivery
from bot.domain.ids import MessageId, OfficerNumber, TipNumber
from bot.domain.outgoing import Answer, Delete, EditCard, Outgoing, Shown
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.ports import Delivered, OnCommit, SendOutcome
from bot.services.commands import officer, people
from tests.services.town import CAI_KHE, PLACES, Town
from tests.unit.virtual_time import run_virtually

pytestmark = pytest.mark.slow

HUNG, ADMIN = 900, 901
TIPS = 8
FOR_EVER = 10**9
ENDS = ["locked", "revoked", "no longer theirs"]


class Life:
    """One life of the process: it ends at one of the points where it waits for somebody else."""

    def __init__(self, points: int) -> None:
        self.points = points
        self.passed = 0
        self.is_over = asyncio.Event()

    async def pass_point(self) -> None:
        """Go on, or never again."""
        self.passed += 1
        if self.passed >= self.points:
            self.is_over.set()
            await asyncio.get_running_loop().create_future()


class MortalWork:
    """The books of a process that dies before a unit of work, or after its commit and before its answer."""

    def __init__(self, town: Town, life: Life) -> None:
        self._town = town
        self._life = life

    async def run(self, use_case: Any, command: Any) -> Any:
        """Run a use case."""
        await self._life.pass_point()
        answer = await self._town.executor.run(use_case, command)
        await self._life.pass_point()
        return answer

    def hand_over_to(self, listener: OnCommit) -> None:
        """Let a listener hear what use cases queued."""
        self._town.executor.hand_over_to(listener)


class Phones:
    """The sender port and all phones: each call takes a while, arrives in its middle, and may end badly."""

    def __init__(self, ends: Sequence[SendOutcome]) -> None:
        self.stand: dict[int, dict[MessageId, Shown]] = {}
        self.life = Life(FOR_EVER)
        self._ends = list(ends)
        self._next = 10_000

    async def deliver(self, outgoing: Outgoing, *, message: MessageId | None) -> Delivered:
        """Let a call arrive; one with an unknown end arrives too."""
        await self.life.pass_point()
        await asyncio.sleep(0.1)
        end = self._ends.pop(0) if self._ends else SendOutcome.SENT
        if end is SendOutcome.GONE:
            self.stand.get(outgoing.chat, {}).pop(message or MessageId(0), None)
            return Delivered(SendOutcome.GONE if message is not None else SendOutcome.UNKNOWN)
        message = self._arrive(outgoing, message)
        await self.life.pass_point()
        await asyncio.sleep(0.1)
        return Delivered(end, message)

    def _arrive(self, outgoing: Outgoing, message: MessageId | None) -> MessageId | None:
        phone = self.stand.setdefault(outgoing.chat, {})
        match outgoing:
            case Delete():
                for gone in outgoing.messages:
                    phone.pop(gone, None)
                return None
            case Answer():
                return None
            case _:
                self._next += 1
                phone[message or MessageId(self._next)] = outgoing
                return message or MessageId(self._next)

    def content(self, chat: int) -> set[MessageId]:
        """Name the messages of a phone that show what a citizen wrote, or of whom."""
        return {at for at, shown in self.stand.get(chat, {}).items() if shown.is_content}


async def a_desk() -> Town:
    """Let an officer have eight tips to look at, and an admin."""
    town = await Town().begin()
    await town.enrol(ADMIN, Role.ADMIN, PLACES.city)
    await town.enrol(HUNG, Role.OFFICER, CAI_KHE)
    for reporter in range(TIPS):
        await town.report(reporter + 1)
    town.is_online = False
    return town


async def end(town: Town, how: str) -> None:
    """Let the officer read no more of what is open."""
    match how:
        case "locked":
            await town.do(officer.Lock, HUNG)
        case "revoked":
            await town.do(people.Revoke, ADMIN, officer=OfficerNumber(2))
        case _:
            tips = town.executor.state.tips
            tips.update({number: replace(tip, held_by=UnitCode("31135")) for number, tip in tips.items()})


def places_known(town: Town) -> set[MessageId]:
    """Name the messages that are remembered to stand open, and those that are about to be covered."""
    known = town.conversation(HUNG)
    waiting = [row.outgoing for row in town.executor.state.outbox.values()]
    covered = {each.at for each in waiting if isinstance(each, EditCard) and each.is_cover and each.at is not None}
    return covered | {at for messages in (known.open_cards if known else {}).values() for at in messages}


async def live(how: str, *, points: int = FOR_EVER, pauses: Sequence[float], ends: Sequence[SendOutcome] = ()) -> int:
    """Open cards in quick succession, and end it; the process dies once on the way. Gives how many points it passed."""
    town, phones = await a_desk(), Phones(ends)
    shown_before: set[MessageId] = set()

    async def act() -> None:
        for number, pause in enumerate(pauses, start=1):
            await town.do(officer.OpenTip, HUNG, tip=TipNumber(number))
            await asyncio.sleep(pause)
        shown_before.update(phones.content(HUNG))
        await end(town, how)

    acting = asyncio.create_task(act())
    lives = (Life(points), Life(FOR_EVER))
    for life in lives:
        phones.life = life
        delivery = Delivery(executor=MortalWork(town, life), sender=phones, may_read=town.rounds.may_read)
        town.executor.hand_over_to(delivery.hear)
        running = asyncio.create_task(delivery.run())
        while not (life.is_over.is_set() or (acting.done() and not town.executor.state.outbox)):  # noqa: ASYNC110  # the books have no bell
            await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert phones.content(HUNG) <= places_known(town), "nobody knows where it stands"
    await acting
    assert phones.content(HUNG) <= (shown_before if how == "no longer theirs" else set())
    return sum(life.passed for life in lives)


@pytest.mark.parametrize("pause", [0.05, 0.6])
@pytest.mark.parametrize("how", ENDS)
def test_wherever_the_process_dies_no_content_stands_where_nobody_knows_of_it(how: str, pause: float) -> None:
    """Between the arrival of a message and the note of it nothing is open yet; after the end nothing new is."""
    pauses = [pause] * TIPS
    passed = run_virtually(live(how, pauses=pauses))
    assert passed > 2 * TIPS
    for points in range(1, passed + 1):
        run_virtually(live(how, points=points, pauses=pauses))


@given(
    how=st.sampled_from(ENDS),
    points=st.integers(1, 120),
    pauses=st.lists(st.floats(0, 2), min_size=1, max_size=TIPS),
    ends=st.lists(st.sampled_from([SendOutcome.SENT, SendOutcome.UNKNOWN, SendOutcome.GONE]), max_size=20),
)
def test_whatever_the_network_does_content_stays_with_whoever_may_read_it(
    how: str, points: int, pauses: list[float], ends: list[SendOutcome]
) -> None:
    """Calls that are lost, or arrive without an answer, change nothing of it."""
    run_virtually(live(how, points=points, pauses=pauses, ends=ends))
