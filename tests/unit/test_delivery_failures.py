"""What becomes of messages when a chat, the network or the storage fails."""

import asyncio
from collections.abc import Sequence
from itertools import pairwise

import pytest

from bot.delivery import Delivery
from bot.domain.conversation import Conversation
from bot.domain.ids import ChatId, MessageId, OutboxId
from bot.domain.outgoing import EditCard
from bot.ports import OutboxRow, SendOutcome
from tests.memory.unit_of_work import MemoryUnitOfWork
from tests.unit.delivering import FREE, deliver
from tests.unit.outbox_world import Channel, World, may_read, message, told, waiting
from tests.unit.virtual_time import VirtualClock, run_virtually


def test_a_blocked_chat_is_parked_whole_and_its_conversation_kept() -> None:
    """Whoever blocks the bot and comes back finds the tip where it was; nothing is sent into the void meanwhile."""

    def prepare(world: World, channel: Channel) -> None:
        world.begin(1)
        channel.script[1] = [told(SendOutcome.BLOCKED)]
        for number in range(3):
            world.write(message(1, f"{number}"))
        world.write(message(2, "other"))

    world, channel = deliver(prepare)
    assert sorted(channel.texts) == ["0", "other"]
    assert waiting(world) == {"left": 0, "parked": 3}
    assert ChatId(1) in world.state.conversations


def test_a_refused_message_is_parked_and_the_next_one_sent() -> None:
    """One message that can never be shown must not silence a chat."""

    def prepare(world: World, channel: Channel) -> None:
        channel.script[1] = [told(SendOutcome.REFUSED)]
        for number in range(2):
            world.write(message(1, f"{number}"))

    world, channel = deliver(prepare)
    assert channel.texts == ["0", "1"]
    assert [kept.reason for kept in world.rows.values()] == ["Scripted"]


def test_a_lost_answer_is_tried_again_before_what_follows() -> None:
    """Queued once, may arrive twice, never out of order and never lost."""

    def prepare(world: World, channel: Channel) -> None:
        channel.script[1] = [told(SendOutcome.UNKNOWN)] * 5
        for number in range(2):
            world.write(message(1, f"{number}"))

    world, channel = deliver(prepare, seconds=600)
    assert channel.texts == ["0"] * 6 + ["1"]
    gaps = [round(after.at - before.at) for before, after in pairwise(channel.calls)]
    assert gaps == [1, 2, 4, 8, 16, 0]
    assert world.rows == {}


def test_a_message_that_never_gets_an_answer_does_not_silence_its_chat_for_ever() -> None:
    """After half an hour of failures the order of one chat matters less than the rest of its messages."""

    def prepare(world: World, channel: Channel) -> None:
        channel.script[1] = [told(SendOutcome.UNKNOWN)] * 13
        for number in range(2):
            world.write(message(1, f"{number}"))

    world, channel = deliver(prepare, seconds=7200)
    assert channel.texts == ["0"] * 13 + ["1", "0"]
    assert world.rows == {}


def test_a_chat_told_to_wait_waits_alone_however_long() -> None:
    """One flooded chat is not everybody's problem, and rows it is owed come back in order."""

    def prepare(world: World, channel: Channel) -> None:
        channel.script[1] = [told(SendOutcome.SLOW_DOWN, seconds=40)]
        for number in range(3):
            world.write(message(1, f"{number}"))

    async def during(world: World, _: Channel, delivery: Delivery) -> None:
        await asyncio.sleep(10)
        world.write(message(1, "3"))
        world.write(message(2, "other"))

    world, channel = deliver(prepare, seconds=100, during=during)
    assert channel.texts == ["0", "other", "0", "1", "2", "3"]
    first, other, again = (call.at for call in channel.calls[:3])
    assert other - first < 11
    assert 40 <= again - first < 42
    assert world.rows == {}


@pytest.mark.parametrize("written_at", [0.5, 30, 38, 39.999])
def test_what_is_written_while_a_chat_waits_does_not_overtake_what_waits(written_at: float) -> None:
    """However short the rest of the wait: it goes out together with the older rows that went back to the outbox."""

    def prepare(world: World, channel: Channel) -> None:
        channel.script[1] = [told(SendOutcome.SLOW_DOWN, seconds=40)]
        world.write(message(1, "0"))

    async def during(world: World, _: Channel, delivery: Delivery) -> None:
        await asyncio.sleep(written_at)
        world.write(message(1, "1"))

    world, channel = deliver(prepare, seconds=100, during=during)
    assert channel.texts == ["0", "0", "1"]
    assert world.rows == {}


def told_to_wait_in(chats: int) -> float:
    """Let chats be told to wait 25 seconds, and one more be written to; give how long that one waits."""

    def prepare(world: World, channel: Channel) -> None:
        for chat in range(1, chats + 1):
            channel.script[chat] = [told(SendOutcome.SLOW_DOWN, seconds=25)]
            world.write(message(chat))

    async def during(world: World, _: Channel, __: Delivery) -> None:
        await asyncio.sleep(1)
        world.write(message(100, "receipt"))

    world, channel = deliver(prepare, during=during)
    assert world.rows == {}
    return next(call.at for call in channel.calls if call.text == "receipt") - 1001


@pytest.mark.parametrize("chats", [1, 3, 7])
def test_chats_told_to_wait_wait_alone(chats: int) -> None:
    """Whoever floods the bot from three phones must not keep a receipt from the fourth."""
    assert told_to_wait_in(chats) < 0.1


def test_a_storm_slows_everything_and_briefly() -> None:
    """Many chats in a row mean the limit of the whole bot: going on would make the ban longer."""
    assert 3 < told_to_wait_in(20) < 6


def test_nothing_is_sent_twice_while_nothing_can_be_written_down() -> None:
    """While the disk is full, what was sent is remembered in memory and written down later."""

    def prepare(world: World, _: Channel) -> None:
        world.begin(1)
        world.write(message(text="once", traced=True))

    async def during(world: World, _: Channel, __: Delivery) -> None:
        await asyncio.sleep(0.0025)
        world.failures = 5

    world, channel = deliver(prepare, seconds=120, during=during)
    assert channel.texts == ["once"]
    assert world.failures == 0
    assert world.rows == {}
    assert len(world.traced(1)) == 1


def test_a_screen_that_cannot_be_shown_is_parked_and_stops_nobody() -> None:
    """A missing text must cost one message, not the service."""

    class Broken(Channel):
        async def deliver(self, outgoing: object, *, message: MessageId | None) -> None:  # type: ignore[override]  # raises
            raise KeyError

    async def main() -> World:
        clock = VirtualClock()
        world = World(clock)
        world.write(message())
        delivery = Delivery(executor=world, sender=Broken(), may_read=may_read, pace=FREE)  # type: ignore[arg-type]  # raises
        running = asyncio.create_task(delivery.run())
        await asyncio.sleep(1)
        delivery.stop()
        await running
        return world

    assert [kept.reason for kept in run_virtually(main()).rows.values()] == ["KeyError"]


def test_stopping_lets_what_is_on_its_way_arrive_and_writes_it_down() -> None:
    """A restart for an update repeats nothing."""

    def prepare(world: World, channel: Channel) -> None:
        channel.takes = 3
        for chat in range(1, 5):
            world.write(message(chat))
            world.write(message(chat, "next"))

    world, channel = deliver(prepare, seconds=1)
    assert channel.texts == ["x"] * 4
    assert [kept.outgoing.screen.key for kept in world.rows.values()] == ["next"] * 4  # type: ignore[union-attr]  # a Line


def test_stopping_does_not_wait_for_ever() -> None:
    """A line that is silent must not keep the old process alive."""

    def prepare(world: World, channel: Channel) -> None:
        channel.takes = 10_000
        world.write(message())

    world, _ = deliver(prepare, seconds=1)
    assert len(world.rows) == 1


def test_a_row_that_cannot_be_read_does_not_stop_what_was_sent_from_being_written_down() -> None:
    """One damaged row must not make the bot send everything else again after a restart, nor hold others up."""

    def prepare(world: World, channel: Channel) -> None:
        channel.takes = 0.5
        for chat in (1, 2, 3):
            world.begin(chat)
            world.write(message(chat, traced=True))

    async def during(world: World, _: Channel, __: Delivery) -> None:
        await asyncio.sleep(0.1)

        def damage(uow: MemoryUnitOfWork) -> None:
            sound = uow.conversations.get

            async def get(chat: ChatId) -> Conversation | None:
                if chat == 2:
                    raise ZeroDivisionError
                return await sound(chat)

            async def after(seq: OutboxId, *, limit: int) -> Sequence[OutboxRow]:
                raise ZeroDivisionError

            uow.conversations.get, uow.outbox.after = get, after  # type: ignore[method-assign]  # the damage

        world.trouble = damage
        await asyncio.sleep(20)
        assert [int(row.outgoing.chat) for row in world.rows.values() if row.outgoing] == [2]
        assert len(world.traced(1)) == 1
        world.write(message(2, "damaged still", kind=EditCard, card="x"))
        world.write(message(2, "beside it"))
        world.write(message(4, "later"))

    _, channel = deliver(prepare, during=during)
    assert channel.texts == ["x", "x", "x", "later", "beside it"]
