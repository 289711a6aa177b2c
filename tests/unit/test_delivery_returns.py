"""What becomes of messages to people who take none at present: what still matters waits for them, for two days."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery import Delivery
from bot.domain.ids import ChatId, MessageId, TipNumber
from bot.domain.outgoing import FOLDED, EditCard, FreshCard, Outgoing, Urgency
from bot.ports import SendOutcome, UnitOfWork
from tests.chat.test_views import card
from tests.memory.fakes import FixedClock
from tests.unit.delivering import deliver
from tests.unit.outbox_world import Channel, World, message, told, waiting

BLOCKED = told(SendOutcome.BLOCKED)


def content(chat: int, *, kind: type[EditCard | FreshCard] = FreshCard) -> Outgoing:
    """Make an open card for an officer."""
    row: Outgoing = message(chat, kind=kind, card="tip:5", protect=True)
    return row.model_copy(update={"screen": card(tip=5)})


def blocked_with(*rows: Outgoing) -> Callable[[World, Channel], None]:
    """Let one chat take no messages, and have these coming."""

    def prepare(world: World, channel: Channel) -> None:
        world.begin(1, open_cards={TipNumber(5): (MessageId(7),)})
        world.enrol(1)
        channel.script[1] = [BLOCKED]
        for row in rows:
            world.write(row)

    return prepare


def coming_back(hours: float, *, event: Callable[[World], Any] = lambda _: None) -> Any:
    """Let something happen, and the person come back so many hours after they left."""

    async def during(world: World, channel: Channel, delivery: Delivery) -> None:
        await asyncio.sleep(10)
        event(world)
        await asyncio.sleep(10)
        world.clock = FixedClock(world.clock.now() + timedelta(hours=hours))
        channel.calls.clear()
        world.write(message(text="welcome back"))
        delivery.heard_from(ChatId(1))

    return during


LINE = message(text="receipt", traced=True)
NOTICE = message(text="notice", urgency=Urgency.NOTICE, protect=True)
DIGEST = message(text="digest", urgency=Urgency.DIGEST, protect=True)
FOLD = message(kind=EditCard, card="tip:5", protect=True).model_copy(update={"screen": FOLDED})
END = message(text="you-were-revoked", protect=True, wipes=True)


@pytest.mark.parametrize(
    ("row", "hours", "is_sent"),
    [
        (LINE, 1, True),
        (LINE, 40, True),
        (message(kind=EditCard, text="receipt", card="draft", traced=True), 40, True),
        (NOTICE, 1, True),
        (DIGEST, 20, True),
        (DIGEST, 26, False),
        (FOLD, 40, True),
        (content(1), 1, False),
    ],
)
def test_who_comes_back_is_sent_what_still_matters(row: Outgoing, hours: int, is_sent: bool) -> None:  # noqa: FBT001 - a case
    """A receipt, a question's sign: yes, and before what is new. An old figure, a card nobody looks at: no."""
    world, channel = deliver(blocked_with(row), during=coming_back(hours))
    key = getattr(row.screen, "key", "")  # type: ignore[union-attr]  # all of them show something
    assert sorted(channel.texts) == sorted([key] * is_sent + ["welcome back"])
    assert channel.texts[0] == (key if is_sent and row.urgency is Urgency.REPLY else "welcome back")
    assert world.rows == {}


def test_a_stale_answer_and_what_was_refused_for_good_are_not_tried_again() -> None:
    """The one is over, of the other Telegram said that it will never take it."""

    def prepare(world: World, channel: Channel) -> None:
        channel.script[1] = [told(SendOutcome.REFUSED), BLOCKED]
        for text in ("refused", "owed"):
            world.write(message(text=text))

    world, channel = deliver(prepare, during=coming_back(1))
    assert channel.texts == ["owed", "welcome back"]
    assert waiting(world) == {"left": 0, "parked": 1}


def test_what_waited_for_whoever_was_revoked_dies_with_the_role_but_its_end_and_the_folding() -> None:
    """They are told that the role has ended when they come back, and the card on the phone is folded then."""

    def revoke(world: World) -> None:
        world.revoke(1)
        world.write(END)
        world.write(FOLD)

    def prepare(world: World, channel: Channel) -> None:
        blocked_with(NOTICE, DIGEST)(world, channel)
        channel.script[1] = [BLOCKED] * 2

    async def during(world: World, channel: Channel, delivery: Delivery) -> None:
        await asyncio.sleep(10)
        revoke(world)
        await coming_back(1)(world, channel, delivery)

    world, channel = deliver(prepare, during=during)
    assert channel.texts == ["you-were-revoked", "card-folded", "welcome back"]
    assert world.rows == {}


def test_what_waited_for_a_chat_that_was_wiped_dies_at_once() -> None:
    """The wish to be forgotten does not wait for the person to come back; not in memory alone."""

    def wipe(world: World) -> None:
        world.write(message(text="wiped", wipes=True))

    async def during(world: World, channel: Channel, delivery: Delivery) -> None:
        await coming_back(1, event=wipe)(world, channel, delivery)

    def prepare(world: World, channel: Channel) -> None:
        world.begin(1)
        channel.script[1] = [BLOCKED, BLOCKED]
        world.write(LINE)
        world.write(message(text="2", traced=True))

    world, channel = deliver(prepare, during=during)
    assert channel.texts == ["wiped", "welcome back"]
    assert world.rows == {}


def test_who_is_owed_what_is_known_after_a_restart() -> None:
    """The person may come back to another process."""
    left, _ = deliver(blocked_with(LINE))

    def prepare(world: World, _: Channel) -> None:
        world.begin(1)
        world.state.outbox.update(left.rows)
        world.state.numbers["outbox"] = 1

    world, channel = deliver(prepare, during=coming_back(1))
    assert channel.texts == ["receipt", "welcome back"]
    assert world.rows == {}


def test_that_a_person_takes_no_messages_is_heard_where_the_rows_are_parked() -> None:
    """Whose work it is now is decided in the same unit of work."""
    heard: list[tuple[ChatId, int]] = []

    async def on_blocked(uow: UnitOfWork, chat: ChatId) -> None:
        heard.append((chat, (await uow.outbox.waiting())["parked"]))

    deliver(blocked_with(NOTICE, DIGEST), on_blocked=on_blocked)
    assert heard == [(1, 2)]
