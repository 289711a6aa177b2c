"""Laws of the delivery under any mix of messages, failures and crashes."""

import asyncio
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import Delivery, Pace, Rate
from bot.domain.outgoing import EditCard, Urgency
from bot.ports import Delivered, SendOutcome
from tests.unit.outbox_world import Channel, World, message, told
from tests.unit.virtual_time import VirtualClock, run_virtually

PACE = Pace(overall=Rate(20, 5), chat=Rate(1, 3), group=Rate(1 / 3, 2), at_once=5, batch=7, in_hand=20)

TROUBLE = st.sampled_from(
    [told(SendOutcome.UNKNOWN), told(SendOutcome.SLOW_DOWN, seconds=3), told(SendOutcome.SLOW_DOWN, seconds=30)]
)
CHATS = st.integers(1, 5)
MESSAGES = st.lists(
    st.tuples(CHATS, st.sampled_from([Urgency.REPLY, Urgency.NOTICE]), st.floats(0, 3)), min_size=1, max_size=40
)
CRASHES = st.lists(st.floats(0.01, 20), max_size=4)


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


def run(
    messages: list[tuple[int, Urgency, float]], script: dict[int, list[Delivered]], crashes: list[float]
) -> tuple[World, Careful]:
    """Write the messages as time goes on, kill the delivery at the moments given, and let the last one finish."""

    async def main() -> tuple[World, Careful]:
        clock, channel = VirtualClock(), Careful(script)
        world = World(clock)

        async def write() -> None:
            for number, (chat, urgency, pause) in enumerate(messages):
                await asyncio.sleep(pause)
                world.outbox.write(message(chat, f"{number}", urgency=urgency))

        writing = asyncio.create_task(write())
        for lifetime in crashes:
            running = asyncio.create_task(Delivery(executor=world, sender=channel, clock=clock, pace=PACE).run())
            await asyncio.sleep(lifetime)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        delivery = Delivery(executor=world, sender=channel, clock=clock, pace=PACE)
        running = asyncio.create_task(delivery.run())
        await writing
        await asyncio.sleep(900)
        delivery.stop()
        await running
        return world, channel

    return run_virtually(main())


@given(messages=MESSAGES, script=st.dictionaries(CHATS, st.lists(TROUBLE, max_size=6)), crashes=CRASHES)
def test_every_message_arrives_whatever_fails(
    messages: list[tuple[int, Urgency, float]], script: dict[int, list[Delivered]], crashes: list[float]
) -> None:
    """Queued once: it may arrive twice around a crash, it is never lost, and nothing stays behind."""
    world, channel = run(messages, script, crashes)
    assert world.outbox.rows == {}
    for chat in {chat for chat, _, _ in messages}:
        wanted = [f"{number}" for number, (owner, _, _) in enumerate(messages) if owner == chat]
        assert set(channel.arrived[chat]) == set(wanted)
        assert len(channel.arrived[chat]) <= len(wanted) + len(crashes)
    assert channel.most_in_chat == 1


@given(messages=MESSAGES, script=st.dictionaries(CHATS, st.lists(TROUBLE, max_size=6)))
def test_messages_of_one_urgency_arrive_in_the_order_of_writing(
    messages: list[tuple[int, Urgency, float]], script: dict[int, list[Delivered]]
) -> None:
    """A receipt never comes before the draft it belongs to, however often a request had to be repeated."""
    _, channel = run(messages, script, [])
    for chat in {chat for chat, _, _ in messages}:
        for urgency in (Urgency.REPLY, Urgency.NOTICE):
            wanted = [f"{n}" for n, (owner, kind, _) in enumerate(messages) if (owner, kind) == (chat, urgency)]
            assert [text for text in channel.arrived[chat] if text in wanted] == wanted


@given(edits=st.lists(st.tuples(st.sampled_from(["queue", "stats"]), st.floats(0, 2)), min_size=1, max_size=20))
def test_the_last_edit_of_a_card_is_what_stands_there(edits: list[tuple[str, float]]) -> None:
    """However edits are skipped, the person ends up looking at the newest state, in one message a card."""

    async def main() -> tuple[World, Channel]:
        clock, channel = VirtualClock(), Channel(takes=0.3)
        world = World(clock)
        world.chats.begin(1)
        delivery = Delivery(executor=world, sender=channel, clock=clock, pace=PACE)
        running = asyncio.create_task(delivery.run())
        for number, (card, pause) in enumerate(edits):
            await asyncio.sleep(pause)
            world.outbox.write(message(1, f"{card}{number}", kind=EditCard, card=card))
            delivery.nudge()
        await asyncio.sleep(120)
        delivery.stop()
        await running
        return world, channel

    world, channel = run_virtually(main())
    assert world.outbox.rows == {}
    for name in {card for card, _ in edits}:
        mine = [call for call in channel.calls if call.text.startswith(name)]
        newest = max(number for number, (card, _) in enumerate(edits) if card == name)
        assert mine[-1].text == f"{name}{newest}"
        assert [call.message for call in mine].count(None) == 1
