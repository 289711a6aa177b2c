"""What the delivery promises about order and pace."""

import asyncio

from bot.delivery import Delivery, Pace, Rate
from bot.domain.outgoing import Answer, Urgency
from bot.ports import SendOutcome
from tests.unit.delivering import deliver
from tests.unit.outbox_world import Channel, World, message, told


def test_one_chat_has_one_message_on_its_way_and_many_chats_go_at_once() -> None:
    """Order within a chat; no queueing behind somebody else's slow line."""

    def prepare(world: World, channel: Channel) -> None:
        channel.takes = 1.0
        for chat in range(1, 11):
            for number in range(3):
                world.write(message(chat, f"{number}"))

    world, channel = deliver(prepare)
    assert channel.most_in_chat == 1
    assert channel.most_at_once == 10
    assert max(call.at for call in channel.calls) - 1000 < 3
    assert world.rows == {}


def test_no_more_requests_are_on_their_way_than_allowed() -> None:
    """Connections are bounded on a small server."""

    def prepare(world: World, channel: Channel) -> None:
        channel.takes = 0.1
        for chat in range(1, 101):
            world.write(message(chat))

    pace = Pace(overall=Rate(1e6, 100), chat=Rate(1e6), group=Rate(1e6), at_once=7)
    _, channel = deliver(prepare, pace=pace)
    assert channel.most_at_once == 7
    assert len(channel.calls) == 100


def test_urgent_messages_overtake_others_of_the_same_chat_and_of_other_chats() -> None:
    """A digest to a hundred officers must not keep a citizen waiting."""

    async def during(world: World, _: Channel, __: Delivery) -> None:
        for chat in range(1, 31):
            world.write(message(chat, "digest", urgency=Urgency.DIGEST))
        world.write(message(1, "answer", kind=Answer))
        world.write(message(40, "reply"))

    pace = Pace(overall=Rate(10), chat=Rate(1, 3), group=Rate(1))
    _, channel = deliver(lambda *_: None, pace=pace, during=during)
    assert channel.texts[:2] == ["answer", "reply"]
    assert channel.texts[2:] == ["digest"] * 30


def test_the_pace_of_the_bot_and_of_each_chat_is_kept() -> None:
    """Telegram answers floods with minutes of silence for everybody."""

    def prepare(world: World, _: Channel) -> None:
        for number in range(6):
            world.write(message(1, f"{number}"))
        for number in range(4):
            world.write(message(-5, f"group {number}"))

    pace = Pace(overall=Rate(28, 10), chat=Rate(1, 3), group=Rate(20 / 60, 1))
    _, channel = deliver(prepare, pace=pace, seconds=30)
    mine = [round(call.at - channel.calls[0].at, 2) for call in channel.calls if call.chat == 1]
    group = [round(call.at - channel.calls[0].at, 2) for call in channel.calls if call.chat == -5]
    assert mine == [0, 0, 0, 1, 2, 3]
    assert group == [0, 3, 6, 9]


def test_answering_a_button_is_not_held_up_by_the_chats_pace() -> None:
    """The spinner stops at once, however much is queued for the chat."""

    def prepare(world: World, _: Channel) -> None:
        for number in range(5):
            world.write(message(1, f"{number}"))

    async def during(world: World, _: Channel, delivery: Delivery) -> None:
        await asyncio.sleep(0.5)
        world.write(message(1, "answer", kind=Answer))

    pace = Pace(overall=Rate(28, 10), chat=Rate(0.1, 1), group=Rate(1))
    _, channel = deliver(prepare, pace=pace, seconds=60, during=during)
    answer = next(call for call in channel.calls if call.text == "answer")
    assert answer.at - channel.calls[0].at < 0.6


def test_an_answer_nobody_waits_for_is_not_sent() -> None:
    """After half a minute Telegram refuses it anyway; after a restart there may be thousands, of nobody knows when."""

    def prepare(world: World, channel: Channel) -> None:
        world.write(message(text="from before the start", kind=Answer))
        channel.script[2] = [told(SendOutcome.SLOW_DOWN, seconds=31)]
        channel.script[3] = [told(SendOutcome.SLOW_DOWN, seconds=29)]

    async def during(world: World, _: Channel, __: Delivery) -> None:
        await asyncio.sleep(0.5)
        for chat in (2, 3):
            world.write(message(chat, f"{chat}", kind=Answer))

    world, channel = deliver(prepare, during=during)
    assert channel.texts == ["2", "3", "3"]
    assert world.rows == {}


def test_rows_written_by_another_program_go_out_without_being_handed_over() -> None:
    """The command line writes digests into the same outbox."""

    async def during(world: World, _: Channel, delivery: Delivery) -> None:
        await asyncio.sleep(30)
        world.write(message(text="digest"), is_heard=False)

    _, channel = deliver(lambda *_: None, during=during)
    assert channel.calls[0].at - 1030 < 2


def test_many_ends_are_written_down_in_few_rounds() -> None:
    """One transaction a message would cost more than the messages."""

    def prepare(world: World, channel: Channel) -> None:
        world.commit_takes = 0.05
        channel.takes = 0.01
        for chat in range(1, 501):
            world.write(message(chat))

    world, channel = deliver(prepare, seconds=5)
    assert len(channel.calls) == 500
    assert world.rows == {}
    assert world.rounds < 40
