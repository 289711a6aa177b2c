"""The delivery and the sender together against a local Bot API server that fails as Telegram does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from bot.chat.bot_api import BotApi
from bot.chat.sender import TelegramSender
from bot.chat.transport import AiohttpRequest
from bot.delivery import Delivery
from bot.domain.conversation import Language
from bot.domain.ids import ChatId
from bot.domain.outgoing import Answer, EditCard, FreshCard
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Line
from bot.sandbox.client import Phone, SandboxClient
from bot.sandbox.server import open_sandbox
from tests.unit.delivering import FREE
from tests.unit.outbox_world import World, may_read, message, waiting

TOKEN = "7700000004:AAsender-test-token-0000000000000000"  # noqa: S105  # a made-up one


class RealClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the present moment."""
        return datetime.now(UTC)


def render(screen: AnyScreen, _: Language) -> Any:
    """Show a line as its key, with one button."""
    assert isinstance(screen, Line)
    return SimpleNamespace(text=f"<b>{screen.key}</b>", keyboard=((SimpleNamespace(text="Nút", data="p:1"),),))


@dataclass
class Stage:
    """A phone, the books behind the bot, and the way to make calls fail."""

    phone: Phone
    world: World
    client: SandboxClient

    async def write(self, text: str, **changes: Any) -> None:
        """Queue a message to the phone."""
        self.world.write(message(self.phone.id, text, **changes))

    async def texts(self) -> list[str]:
        """Give what the phone shows."""
        return [seen.text for seen in await self.phone.chat() if seen.from_bot]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A delivery at work for one phone."""
    async with _stage() as stage:
        yield stage


@asynccontextmanager
async def _stage() -> AsyncIterator[Stage]:
    async with (
        open_sandbox(token=TOKEN) as sandbox,
        SandboxClient(sandbox.url) as client,
        AiohttpRequest(read_timeout=2) as request,
    ):
        phone = await client.person("Bình")
        await phone.start()
        world = World(RealClock())
        world.begin(phone.id, open_cards={5: ()})
        sender = TelegramSender(call=BotApi(request, f"{sandbox.url}/bot{TOKEN}").call, render=render)
        delivery = Delivery(executor=world, sender=sender, may_read=may_read, pace=FREE)
        world.hand_over_to(delivery.hear)
        running = asyncio.create_task(delivery.run())
        yield Stage(phone, world, client)
        delivery.stop()
        await running


async def test_a_card_is_sent_edited_and_brought_to_the_end(stage: Stage) -> None:
    """What the person sees is one card, wherever it is asked for."""
    await stage.write("one", kind=EditCard, card="queue")
    first = await stage.phone.wait_for("one")
    await stage.write("two", kind=EditCard, card="queue")
    assert (await stage.phone.wait_for("two")).id == first.id
    await stage.write("line")
    await stage.phone.wait_for("line")
    await stage.write("three", kind=FreshCard, card="queue")
    await stage.phone.wait_until(lambda seen: [each.text for each in seen if each.from_bot] == ["line", "three"])


@pytest.mark.parametrize(("hours", "left"), [(47, []), (49, ["card-folded"])])
async def test_an_officers_old_card_keeps_no_words_whatever_its_age(stage: Stage, hours: int, left: list[str]) -> None:
    """Telegram deletes for 48 hours and edits for ever."""
    stage.world.enrol(stage.phone.id)
    await stage.write("words", kind=FreshCard, card="tip:5", protect=True)
    await stage.phone.wait_for("words")
    await stage.client.advance(hours=hours)
    await stage.write("anew", kind=FreshCard, card="tip:5", protect=True)
    await stage.phone.wait_until(lambda seen: [each.text for each in seen if each.from_bot] == [*left, "anew"])


async def test_the_same_state_twice_is_no_failure(stage: Stage) -> None:
    """Telegram calls it a bad request."""
    await stage.write("one", kind=EditCard, card="queue")
    await stage.phone.wait_for("one")
    for _ in range(2):
        await stage.write("one", kind=EditCard, card="queue")
    await stage.write("end")
    await stage.phone.wait_for("end")
    assert waiting(stage.world)["parked"] == 0


@pytest.mark.parametrize("kind", ["429", "500", "502", "close"])
async def test_a_message_arrives_once_after_a_failure_that_kept_it_away(stage: Stage, kind: str) -> None:
    """Told to wait, refused for the moment, or cut off before it was heard."""
    await stage.client.fail("sendMessage", kind, retry_after=1)
    await stage.write("first")
    await stage.write("second")
    await stage.phone.wait_for("second")
    assert await stage.texts() == ["first", "second"]


async def test_a_message_whose_answer_was_lost_may_arrive_twice_but_never_zero_times(stage: Stage) -> None:
    """Nobody can know; a receipt twice is better than none."""
    await stage.client.fail("sendMessage", "lost")
    await stage.write("first")
    await stage.write("second")
    await stage.phone.wait_for("second")
    assert await stage.texts() == ["first", "first", "second"]


async def test_nothing_is_sent_into_a_blocked_chat_and_the_conversation_stays(stage: Stage) -> None:
    """Whoever comes back finds the tip where it was."""
    await stage.phone.block()
    await stage.write("first")
    async with asyncio.timeout(10):
        while waiting(stage.world)["parked"] == 0:  # noqa: ASYNC110  # the books have no bell
            await asyncio.sleep(0.02)
    assert ChatId(stage.phone.id) in stage.world.state.conversations


async def test_a_stale_press_is_answered_without_harm(stage: Stage) -> None:
    """A query Telegram has forgotten costs one call."""
    await stage.write("", kind=Answer, callback="unknown")
    await stage.write("end")
    await stage.phone.wait_for("end")
    assert waiting(stage.world)["parked"] == 0
