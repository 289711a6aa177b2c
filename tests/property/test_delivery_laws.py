"""Laws of the delivery under any mix of messages, failures and crashes."""

import asyncio
from collections import defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import Delivery, Pace, Rate
from bot.domain.ids import ChatId
from bot.domain.outgoing import EditCard, Urgency
from bot.ports import Delivered, SendOutcome
from tests.unit.outbox_world import Channel, World, may_read, message, told
from tests.unit.virtual_time import VirtualClock, run_virtually

PACE = Pace(overall=Rate(20, 5), chat=Rate(1, 3), group=Rate(1 / 3, 2), at_once=5, known=12, loaded=6, loaded_of_chat=2)
"""Narrow on purpose: what is not known, or not whole, is read from the table."""
TROUBLE = st.sampled_from(
    [told(SendOutcome.UNKNOWN), told(SendOutcome.SLOW_DOWN, seconds=3), told(SendOutcome.SLOW_DOWN, seconds=30)]
)
LEAVING = told(SendOutcome.BLOCKED)
"""The person leaves, and comes back later."""
CHATS = st.integers(1, 5)
MESSAGES = st.lists(
    st.tuples(CHATS, st.sampled_from([Urgency.REPLY, Urgency.NOTICE]), st.floats(0, 3), st.booleans()),
    min_size=1,
    max_size=40,
)
SCRIPTS = st.dictionaries(CHATS, st.lists(TROUBLE | st.just(LEAVING), max_size=6))
CRASHES = st.lists(st.floats(0.01, 20), max_size=4)
Message = tuple[int, Urgency, float, bool]
"""To which chat, how urgent, after which pause, and whether it is handed over or left to be found."""


class Careful(Channel):
    """Knows which call arrived: everything that did not end in scripted trouble."""

    def __init__(self, script: dict[int, list[Delivered]]) -> None:
        super().__init__(script=script, takes=0.05)
        self.arrived: dict[int, list[str]] = defaultdict(list)

    async def deliver(self, outgoing, *, message):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201  # as above it
        """Deliver, and note what arrived."""
        delivered = await super().deliver(outgoing, message=message)
        if delivered.outcome is SendOutcome.SENT:
            self.arrived[int(outgoing.chat)].append(outgoing.screen.key)
        return delivered


async def live(world: World, channel: Channel, writing: asyncio.Task[None], crashes: list[float]) -> None:
    """Kill the delivery at the moments given, let the last one finish, and let everybody come back now and then."""

    def start() -> tuple[Delivery, asyncio.Task[None]]:
        delivery = Delivery(executor=world, sender=channel, may_read=may_read, pace=PACE)
        world.hand_over_to(delivery.hear)
        return delivery, asyncio.create_task(delivery.run())

    for lifetime in crashes:
        _, running = start()
        await asyncio.sleep(lifetime)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    delivery, running = start()
    await writing
    for _ in range(8):
        await asyncio.sleep(120)
        for chat in range(1, 6):
            delivery.heard_from(ChatId(chat))
    await asyncio.sleep(120)
    delivery.stop()
    await running


def run(
    messages: list[Message], script: dict[int, list[Delivered]], crashes: list[float], *, failures: int = 0
) -> tuple[World, Careful]:
    """Write the messages as time goes on, to a delivery that is killed and to chats that come and go."""

    async def main() -> tuple[World, Careful]:
        world, channel = World(VirtualClock()), Careful({chat: list(ends) for chat, ends in script.items()})
        world.failures = failures

        async def write() -> None:
            for number, (chat, urgency, pause, is_heard) in enumerate(messages):
                await asyncio.sleep(pause)
                world.write(message(chat, f"{number}", urgency=urgency), is_heard=is_heard)

        await live(world, channel, asyncio.create_task(write()), crashes)
        return world, channel

    return run_virtually(main())


@given(messages=MESSAGES, script=SCRIPTS, crashes=CRASHES, failures=st.integers(0, 3))
def test_every_message_arrives_whatever_fails(
    messages: list[Message], script: dict[int, list[Delivered]], crashes: list[float], failures: int
) -> None:
    """Queued once: it may arrive twice around a crash and never otherwise, it is not lost, and nothing stays behind."""
    world, channel = run(messages, script, crashes, failures=failures)
    assert world.rows == {}
    for chat in {chat for chat, *_ in messages}:
        wanted = [f"{number}" for number, (owner, *_) in enumerate(messages) if owner == chat]
        assert set(channel.arrived[chat]) == set(wanted)
        assert len(channel.arrived[chat]) <= len(wanted) + len(crashes)
    assert channel.most_in_chat == 1


@given(messages=MESSAGES, script=st.dictionaries(CHATS, st.lists(TROUBLE, max_size=6)), crashes=CRASHES)
def test_messages_of_one_urgency_arrive_in_the_order_of_writing(
    messages: list[Message], script: dict[int, list[Delivered]], crashes: list[float]
) -> None:
    """A receipt never comes before the draft it belongs to, however often a request had to be repeated."""
    _, channel = run(messages, script, crashes)
    for chat in {chat for chat, *_ in messages}:
        for urgency in (Urgency.REPLY, Urgency.NOTICE):
            wanted = [f"{n}" for n, (owner, kind, *_) in enumerate(messages) if (owner, kind) == (chat, urgency)]
            firsts = list(dict.fromkeys(text for text in channel.arrived[chat] if text in wanted))
            assert firsts == wanted


@given(
    edits=st.lists(st.tuples(st.sampled_from(["queue", "stats"]), st.floats(0, 2)), min_size=1, max_size=20),
    crashes=CRASHES,
)
def test_the_last_edit_of_a_card_is_what_stands_there(edits: list[tuple[str, float]], crashes: list[float]) -> None:
    """However edits are skipped, the person ends up looking at the newest state, in one message a card."""

    async def main() -> tuple[World, Channel]:
        world, channel = World(VirtualClock()), Channel(takes=0.3)
        world.begin(1)

        async def write() -> None:
            for number, (card, pause) in enumerate(edits):
                await asyncio.sleep(pause)
                world.write(message(1, f"{card}{number}", kind=EditCard, card=card))

        await live(world, channel, asyncio.create_task(write()), crashes)
        return world, channel

    world, channel = run_virtually(main())
    assert world.rows == {}
    for card in {card for card, _ in edits}:
        last = max(number for number, (name, _) in enumerate(edits) if name == card)
        calls = [call for call in channel.calls if call.text.startswith(card)]
        assert calls[-1].text == f"{card}{last}"
        assert sum(call.message is None for call in calls) <= 1 + len(crashes)
        numbers = list(dict.fromkeys(int(call.text.removeprefix(card)) for call in calls))
        assert all(before < after for before, after in pairwise(numbers))


@given(
    waiting=st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from([Urgency.REPLY, Urgency.NOTICE])), max_size=PACE.known
    )
)
def test_of_equal_answers_that_wait_for_one_chat_the_last_is_sent(waiting: list[tuple[str, Urgency]]) -> None:
    """Sixty stickers are not sixty replies; two equal notices are news of two things, and both are told."""

    async def main() -> Channel:
        world, channel = World(VirtualClock()), Channel()
        for key, urgency in waiting:
            world.write(message(1, key, urgency=urgency))
        await live(world, channel, asyncio.create_task(asyncio.sleep(0)), [])
        assert world.rows == {}
        return channel

    sent = run_virtually(main()).texts
    replies = [key for key, urgency in waiting if urgency is Urgency.REPLY]
    last = list(dict.fromkeys(reversed(replies)))[::-1]
    assert sent == last + [key for key, urgency in waiting if urgency is Urgency.NOTICE]


def turns_until_receipt(flood: int) -> int:
    """Count the calls that go out before a citizen's receipt, beside everyday traffic and one chat's flood."""

    async def main() -> int:
        world, channel = World(VirtualClock()), Channel(takes=0.05)
        delivery = Delivery(executor=world, sender=channel, may_read=may_read, pace=Pace())
        world.hand_over_to(delivery.hear)
        for number in range(flood):
            world.write(message(1, f"flood {number}"))
        running = asyncio.create_task(delivery.run())
        await asyncio.sleep(30)
        before = len(channel.calls)
        for chat in range(100, 130):
            world.write(message(chat, "everyday"))
        world.write(message(2, "receipt"))
        await asyncio.sleep(30)
        delivery.stop()
        await running
        return channel.texts.index("receipt") - before

    return run_virtually(main())


def test_a_flood_of_one_chat_moves_another_chats_receipt_by_less_than_a_fifth() -> None:
    """Counted in turns: 1,100 replies that one chat has coming are that chat's wait alone."""
    assert turns_until_receipt(1100) <= 1.2 * turns_until_receipt(0)
