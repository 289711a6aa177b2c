"""What a log at DEBUG holds of a person after everything has gone wrong on the real path from Telegram and back."""

import asyncio
import io
import logging
import sys
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
from telegram import Update
from telegram.ext import CallbackContext, TypeHandler

from bot.chat.acknowledgement import acknowledge
from bot.chat.application import build_application, take
from bot.chat.bot_api import BotApi
from bot.chat.transport import AiohttpRequest
from bot.intake import Intake, Patience
from bot.ports import Chore
from bot.sandbox.client import Phone, SandboxClient
from bot.sandbox.server import open_sandbox
from bot.services.background.set_aside import SetAside
from tests.unit.log_capture import logging_to

TOKEN = "7700000003:AAlog-test-token-0000000000000000000"  # noqa: S105  # a made-up one
WORDS = "Đá gà ở hẻm 5 nhà ông Tư"
NAME = "Quỳnh-Như-Planted"

Context = CallbackContext[Any, Any, Any, Any]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


class Bot:
    """The real intake and dispatcher against a local server, with a handler that does as it is told."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.parked: asyncio.Queue[str] = asyncio.Queue()

    async def run(self, use_case: Any, command: Any) -> Any:
        """Take note of what is set aside."""
        if isinstance(command, SetAside):
            self.parked.put_nowait(command.raw)
        return [] if command == Chore() else 0

    def hand_over_to(self, _: Any) -> None:
        """Nothing is queued."""


@asynccontextmanager
async def running(handler: Handler) -> AsyncIterator[Bot]:
    """Run until the block ends."""
    async with open_sandbox(token=TOKEN) as sandbox, SandboxClient(sandbox.url) as client:
        request = AiohttpRequest()
        application = build_application(token=TOKEN, base_url=f"{sandbox.url}/bot", request=request)
        application.add_handler(TypeHandler(Update, handler))
        await application.initialize()
        api = BotApi(request, application.bot.base_url)
        bot = Bot(await client.person(NAME))
        intake = Intake(
            bot=application.bot.id,
            executor=bot,
            fetch=api.fetch,
            take=partial(take, application),
            is_pressing=lambda _: False,
            chance=lambda: 0.0,
            patience=Patience(poll_seconds=1),
        )
        task = asyncio.create_task(intake.run())
        try:
            yield bot
        finally:
            intake.stop()
            await task
            await application.shutdown()


async def first_of(queue: "asyncio.Queue[str]") -> str:
    """Wait for the first of something."""
    async with asyncio.timeout(20):
        return await queue.get()


def secrets_of(phone: Phone) -> list[str]:
    """List what must not be found."""
    return [str(phone.id), NAME, "Quỳnh", WORDS, "hẻm 5", TOKEN, TOKEN.partition(":")[2]]


async def fails(update: Update, _: Context) -> None:
    """Fail with the words in the error, as errors do."""
    raise ValueError(f"cannot read {update!r}")


async def leaves_a_task(update: Update, _: Context) -> None:
    """Leave a task behind that fails, and a warning."""
    asyncio.get_running_loop().create_task(fails(update, _)).set_name(f"task of {NAME}")
    await asyncio.sleep(0)
    warnings.warn(f"odd: {update!r}", stacklevel=1)
    logging.getLogger("telegram.ext.Application").critical("Error while building for %s", update)
    acknowledge()


async def calls_telegram(update: Update, context: Context) -> None:
    """Answer through the library, and fail at it."""
    chat = update.effective_chat
    assert chat is not None
    await context.bot.send_message(chat.id, WORDS)
    await context.bot.send_message(chat.id, f"<b>{WORDS}", parse_mode="HTML")


@pytest.mark.parametrize("handler", [fails, calls_telegram])
async def test_a_failing_handler_leaves_no_trace_of_the_person(handler: Handler) -> None:
    """Logs are read, copied and sent to people who may not know."""
    target = io.StringIO()
    with logging_to(target):
        async with running(handler) as bot:
            await bot.phone.say(WORDS)
            parked = await first_of(bot.parked)
            secrets = secrets_of(bot.phone)
    assert WORDS in parked.encode().decode("unicode_escape")
    assert "an update was set aside" in target.getvalue()
    assert [secret for secret in secrets if secret in target.getvalue()] == []


@pytest.mark.filterwarnings("always::UserWarning")
async def test_what_libraries_and_forgotten_tasks_say_leaves_no_trace_of_the_person() -> None:
    """They write by themselves, long after the handler."""
    target, error_output = io.StringIO(), io.StringIO()
    seen: asyncio.Queue[str] = asyncio.Queue()

    async def handler(update: Update, context: Context) -> None:
        await leaves_a_task(update, context)
        seen.put_nowait(str(update.update_id))

    with logging_to(target), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", error_output)
        async with running(handler) as bot:
            await bot.phone.say(WORDS)
            await first_of(seen)
            secrets = secrets_of(bot.phone)
        del bot
        await asyncio.sleep(0.05)
    written = target.getvalue() + error_output.getvalue()
    assert "Error while building for %s" in written
    assert [secret for secret in secrets if secret in written] == []


async def test_a_malformed_update_leaves_no_trace_of_the_person_and_is_kept() -> None:
    """It is set aside whole; the ones beside it are dealt with."""
    seen: asyncio.Queue[str] = asyncio.Queue()

    async def handler(update: Update, _: Context) -> None:
        seen.put_nowait((update.message and update.message.text) or "")
        acknowledge()

    target = io.StringIO()
    with logging_to(target):
        async with running(handler) as bot:
            await bot.phone.inject({"message": {"text": WORDS, "from": {"first_name": NAME, "id": bot.phone.id}}})
            await bot.phone.say("còn tin này")
            assert WORDS in (await first_of(bot.parked)).encode().decode("unicode_escape")
            assert await first_of(seen) == "còn tin này"
            secrets = secrets_of(bot.phone)
    assert "MalformedUpdateError" in target.getvalue()
    assert [secret for secret in secrets if secret in target.getvalue()] == []
