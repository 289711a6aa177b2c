"""What the delivery promises about cards, traces and wiped chats."""

import asyncio

import pytest

from bot.delivery import Delivery
from bot.domain.ids import ChatId, MessageId, TipNumber
from bot.domain.outgoing import Delete, EditCard, FreshCard, Outgoing, Send, Urgency
from bot.ports import Delivered, SendOutcome
from tests.chat.test_views import card
from tests.unit.delivering import deliver
from tests.unit.outbox_world import Channel, World, message, told
from tests.unit.virtual_time import START


def test_a_new_card_is_remembered_and_edited_from_then_on() -> None:
    """One card a matter, edited in place, however fast the edits follow each other."""

    def prepare(world: World, channel: Channel) -> None:
        channel.takes = 0.5
        world.begin(1)
        world.write(message(text="first", kind=EditCard, card="stats"))

    async def during(world: World, _: Channel, delivery: Delivery) -> None:
        for pause, text in ((0.1, "second"), (0.45, "third"), (2.0, "fourth")):
            await asyncio.sleep(pause)
            world.write(message(text=text, kind=EditCard, card="stats"))

    world, channel = deliver(prepare, during=during)
    assert [(call.text, call.message) for call in channel.calls] == [
        ("first", None),
        ("second", 101),
        ("third", 101),
        ("fourth", 101),
    ]
    assert world.stand(1) == {"stats": 101}


def test_an_edit_taken_while_its_card_lands_is_no_second_card() -> None:
    """The books do not know yet where the card is; whoever sent it does."""

    def prepare(world: World, channel: Channel) -> None:
        channel.takes, world.commit_takes = 0.5, 0.3
        world.begin(1)
        world.write(message(text="first", kind=EditCard, card="stats"))

    async def during(world: World, channel: Channel, delivery: Delivery) -> None:
        while not channel.calls:  # noqa: ASYNC110  # the channel has no bell
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.4)
        world.write(message(text="second", kind=EditCard, card="stats"))

    _, channel = deliver(prepare, during=during)
    assert [(call.text, call.message) for call in channel.calls] == [("first", None), ("second", 101)]


def test_of_waiting_edits_of_one_card_only_the_newest_is_sent() -> None:
    """An old state must never appear after a newer one, and paced edits must not pile up."""

    def prepare(world: World, _: Channel) -> None:
        world.begin(1, open_cards={TipNumber(5): (MessageId(7),), TipNumber(6): ()})
        for number in range(5):
            world.write(message(text=f"{number}", kind=EditCard, card="tip:5", urgency=Urgency.NOTICE))
        world.write(message(text="other", kind=EditCard, card="tip:6", urgency=Urgency.NOTICE))

    world, channel = deliver(prepare)
    assert [(call.text, call.message) for call in channel.calls] == [("4", 7), ("other", None)]
    assert world.rows == {}


def test_a_fresh_card_replaces_the_old_one() -> None:
    """The card comes to the end of the chat, and no second one stays behind with dead buttons."""

    def prepare(world: World, _: Channel) -> None:
        world.begin(1, places={"queue": 7})
        world.write(message(text="new", kind=FreshCard, card="queue", traced=True))

    world, channel = deliver(prepare)
    assert [(call.kind, call.message, call.deleted) for call in channel.calls] == [
        (FreshCard, None, ()),
        (Delete, None, (7,)),
    ]
    assert world.stand(1) == {"queue": 101}


def test_a_newer_edit_of_a_card_to_be_sent_anew_is_sent_in_its_place() -> None:
    """Newest content wins, and the card still comes to the end of the chat."""

    def prepare(world: World, _: Channel) -> None:
        world.begin(1, places={"queue": 7})
        world.write(message(text="old", kind=FreshCard, card="queue", urgency=Urgency.NOTICE))
        world.write(message(text="new", kind=EditCard, card="queue"))

    _, channel = deliver(prepare)
    assert [(call.kind, call.text) for call in channel.calls] == [
        (FreshCard, "new"),
        (Delete, ""),
    ]


def test_a_card_that_is_gone_is_sent_anew() -> None:
    """People delete messages without telling; the matter must stay visible."""

    def prepare(world: World, channel: Channel) -> None:
        world.begin(1, places={"stats": 7})
        channel.script[1] = [told(SendOutcome.GONE)]
        world.write(message(text="card", kind=EditCard, card="stats"))

    world, channel = deliver(prepare)
    assert [call.message for call in channel.calls] == [7, None]
    assert world.stand(1) == {"stats": 101}


@pytest.mark.parametrize("folding", [SendOutcome.SENT, SendOutcome.HARMLESS, SendOutcome.GONE])
def test_an_officers_old_card_that_cannot_be_deleted_is_folded(folding: SendOutcome) -> None:
    """Deleting has an end after 48 hours, editing has none: no words stay where nobody knows of them."""

    def prepare(world: World, channel: Channel) -> None:
        world.begin(1, open_cards={TipNumber(5): (MessageId(7),)})
        world.enrol(1)
        channel.script[1] = [Delivered(SendOutcome.SENT, MessageId(101)), told(SendOutcome.HARMLESS), told(folding)]
        world.write(message(text="card", kind=FreshCard, card="tip:5", protect=True))

    world, channel = deliver(prepare)
    assert [(call.kind, call.text, call.message, call.deleted) for call in channel.calls] == [
        (FreshCard, "card", None, ()),
        (Delete, "", None, (7,)),
        (EditCard, "card-folded", 7, ()),
    ]
    assert world.known(1).open_cards == {5: (101,)}


def test_the_place_of_a_card_that_could_be_neither_deleted_nor_folded_stays_known() -> None:
    """The network failed twice: locking or revoking folds it later."""

    def prepare(world: World, channel: Channel) -> None:
        world.begin(1, open_cards={TipNumber(5): (MessageId(7),)})
        world.enrol(1)
        trouble = [told(SendOutcome.UNKNOWN), told(SendOutcome.UNKNOWN)]
        channel.script[1] = [Delivered(SendOutcome.SENT, MessageId(101)), *trouble]
        world.write(message(text="card", kind=FreshCard, card="tip:5", protect=True))

    world, _ = deliver(prepare)
    assert world.known(1).open_cards == {5: (7, 101)}


def tip_card(number: int) -> Outgoing:
    """Make a card with words, to be shown at the end of the chat."""
    row: Outgoing = message(kind=FreshCard, card=f"tip:{number}", protect=True)
    return row.model_copy(update={"screen": card(tip=number)})


def test_a_card_on_its_way_when_the_chat_is_locked_does_not_stay() -> None:
    """What lands after the fact is an empty place and stays one; older cards are gone or folded; a notice goes on."""

    def prepare(world: World, channel: Channel) -> None:
        channel.takes = 0.5
        world.begin(1, open_cards={TipNumber(5): (MessageId(7),)})
        world.enrol(1)
        world.write(tip_card(5))

    async def during(world: World, _: Channel, delivery: Delivery) -> None:
        await asyncio.sleep(0.2)
        world.write(tip_card(6))
        world.write(message(text="notice", protect=True))
        world.write(message(text="folded", kind=EditCard, card="tip:5", protect=True))
        world.write(message(text="locked", protect=True, wipes=True))

    world, channel = deliver(prepare, during=during)
    assert [(call.kind, call.text, call.message, call.deleted) for call in channel.calls] == [
        (FreshCard, "card-folded", None, ()),
        (Delete, "", None, (7,)),
        (Send, "notice", None, ()),
        (EditCard, "folded", 101, ()),
        (Send, "locked", None, ()),
    ]
    assert world.known(1).open_cards == {5: (101,)}


def test_a_card_is_sent_to_nobody_whose_role_has_ended() -> None:
    """The role may end while the row waits; what the chat remembers of its cards does not let them in again."""

    def prepare(world: World, _: Channel) -> None:
        for chat in (1, 2):
            world.begin(chat, open_cards={TipNumber(5): ()})
            world.write(tip_card(5).model_copy(update={"chat": ChatId(chat)}))
        world.enrol(2)

    world, channel = deliver(prepare)
    assert {call.chat for call in channel.calls} == {2}
    assert world.rows == {}


def test_nothing_in_hand_goes_to_whose_role_has_just_ended_but_its_end() -> None:
    """A notice may wait a few seconds for its chat in memory, where nobody looks the role up again."""

    def prepare(world: World, channel: Channel) -> None:
        world.enrol(1)
        world.begin(1, open_cards={TipNumber(5): (MessageId(7),)})
        channel.script[1] = [told(SendOutcome.SLOW_DOWN, seconds=4)]
        world.write(message(text="notice", urgency=Urgency.NOTICE, protect=True))
        world.write(message(text="digest", urgency=Urgency.DIGEST, protect=True))

    async def during(world: World, _: Channel, delivery: Delivery) -> None:
        await asyncio.sleep(1)
        world.revoke(1)
        world.write(message(text="you-were-revoked", protect=True, wipes=True))
        world.write(message(text="card-folded", kind=EditCard, card="tip:5", protect=True))

    world, channel = deliver(prepare, during=during)
    assert channel.texts == ["notice", "you-were-revoked", "card-folded"]  # the first was refused
    assert world.rows == {}


def test_messages_to_citizens_are_traced_with_the_hour_alone() -> None:
    """They can be deleted when asked, and say no more than they must about when."""

    def prepare(world: World, _: Channel) -> None:
        world.begin(1)
        world.write(message(traced=True))
        world.write(message(traced=False))

    world, _ = deliver(prepare)
    assert world.traced(1) == [(101, START)]


def test_a_wiped_chat_stays_wiped() -> None:
    """A late message must not bring back the memory of a chat that asked to be forgotten."""

    def prepare(world: World, _: Channel) -> None:
        world.write(message(text="bye", kind=EditCard, card="stats", traced=True))

    world, channel = deliver(prepare)
    assert channel.texts == []
    assert world.state.conversations == {}
    assert world.rows == {}


def test_what_was_queued_before_a_chat_was_wiped_is_not_sent() -> None:
    """The person cleared the chat for whoever looks at the phone next; only the last word still goes out."""

    def prepare(world: World, _: Channel) -> None:
        for number, urgency in enumerate((Urgency.REPLY, Urgency.NOTICE, Urgency.DIGEST)):
            world.write(message(text=f"{number}", urgency=urgency, traced=True))
        world.begin(2)
        world.write(message(text="wiped", wipes=True))
        world.write(message(2, text="another chat", urgency=Urgency.DIGEST, traced=True))

    world, channel = deliver(prepare)
    assert sorted(channel.texts) == ["another chat", "wiped"]
    assert world.rows == {}


def test_a_message_on_its_way_when_the_chat_is_wiped_is_deleted_as_it_lands() -> None:
    """A slow network must not bring back what was cleared, and what is written afterwards stays."""

    def prepare(world: World, channel: Channel) -> None:
        channel.takes = 0.5
        world.begin(1)
        world.write(message(text="slow", traced=True))

    async def during(world: World, _: Channel, delivery: Delivery) -> None:
        await asyncio.sleep(0.2)
        world.forget(1)
        world.write(message(text="wiped", wipes=True))
        await asyncio.sleep(2)
        world.begin(1)
        world.write(message(text="new", traced=True))

    world, channel = deliver(prepare, during=during)
    assert [(call.kind, call.text, call.deleted) for call in channel.calls] == [
        (Send, "slow", ()),
        (Delete, "", (101,)),
        (Send, "wiped", ()),
        (Send, "new", ()),
    ]
    assert [message for message, _ in world.traced(1)] == [103]


def test_a_message_that_cannot_be_deleted_keeps_no_other_from_it() -> None:
    """Telegram refuses a whole call for one message too old: written before an outage of ours, or edited since."""

    def prepare(world: World, channel: Channel) -> None:
        refused, done = told(SendOutcome.HARMLESS), Delivered(SendOutcome.SENT)
        channel.script[1] = [refused, refused, done, refused, done]
        world.write(Delete(chat=ChatId(1), urgency=Urgency.REPLY, messages=tuple(map(MessageId, (7, 8, 9, 10)))))

    world, channel = deliver(prepare)
    assert [call.deleted for call in channel.calls] == [(7, 8, 9, 10), (7, 8), (7,), (8,), (9, 10)]
    assert world.rows == {}


def test_a_message_that_had_to_wait_is_not_sent_to_a_chat_that_was_wiped_meanwhile() -> None:
    """Telegram may ask to wait for minutes."""

    def prepare(world: World, channel: Channel) -> None:
        world.begin(1)
        channel.script[1] = [told(SendOutcome.SLOW_DOWN, seconds=60)]
        world.write(message(text="receipt", traced=True))

    async def during(world: World, _: Channel, __: Delivery) -> None:
        await asyncio.sleep(30)
        world.forget(1)

    world, channel = deliver(prepare, during=during)
    assert channel.texts == ["receipt"]
    assert world.rows == {}
