"""What the dispatcher promises: one update in, a failure comes out, and silence is not consent."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Update
from telegram.ext import CallbackContext, MessageHandler, TypeHandler, filters

from bot.chat.acknowledgement import acknowledge
from bot.chat.application import (
    MalformedUpdateError,
    StrictApplication,
    UnacknowledgedUpdateError,
    build_application,
    take,
)
from bot.chat.transport import AiohttpRequest
from bot.ports import Handled
from bot.sandbox.server import open_sandbox

TOKEN = "7700000002:AAapplication-test-token-0000000000"  # noqa: S105  # a made-up one

Context = CallbackContext[Any, Any, Any, Any]


def text(words: str = "xin chào", number: int = 1) -> dict[str, Any]:
    """Make a raw text message."""
    person = {"id": 990017, "is_bot": False, "first_name": "Bình"}
    chat = {"id": 990017, "type": "private", "first_name": "Bình"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": words}
    return {"update_id": number, "message": message}


@pytest.fixture
async def application() -> AsyncIterator[StrictApplication]:
    """A dispatcher that knows its own name."""
    async with open_sandbox(token=TOKEN) as sandbox:
        built = build_application(token=TOKEN, base_url=f"{sandbox.url}/bot", request=AiohttpRequest())
        await built.initialize()
        yield built
        await built.shutdown()


async def settles(_: Update, __: Context) -> None:
    """Deal with anything."""
    await asyncio.sleep(0)
    acknowledge()


async def test_a_settled_update_comes_back_without_a_word(application: StrictApplication) -> None:
    """The ordinary way."""
    application.add_handler(TypeHandler(Update, settles))
    await take(application, text())


async def test_a_sign_from_a_task_of_the_handler_counts(application: StrictApplication) -> None:
    """A handler may run its unit of work in a task of its own."""

    async def handler(update: Update, context: Context) -> None:
        await asyncio.create_task(settles(update, context))

    application.add_handler(TypeHandler(Update, handler))
    await take(application, text())


async def test_an_update_no_handler_settles_is_not_acknowledged(application: StrictApplication) -> None:
    """A forgotten branch must not lose a tip."""

    async def returns_early(_: Update, __: Context) -> None:
        return

    with pytest.raises(UnacknowledgedUpdateError):
        await take(application, text())
    application.add_handler(TypeHandler(Update, returns_early))
    with pytest.raises(UnacknowledgedUpdateError):
        await take(application, text())


async def test_a_sign_for_one_update_is_none_for_another(application: StrictApplication) -> None:
    """Chats are dealt with side by side."""

    async def handler(update: Update, _: Context) -> None:
        if update.update_id == 1:
            acknowledge()
        await asyncio.sleep(0.01)

    application.add_handler(TypeHandler(Update, handler))
    results = await asyncio.gather(
        take(application, text(number=1)), take(application, text(number=2)), return_exceptions=True
    )
    assert results[0] is Handled.DONE
    assert isinstance(results[1], UnacknowledgedUpdateError)
    acknowledge()  # outside an update it says nothing, and harms nothing


async def test_a_handlers_failure_reaches_the_intake_and_later_groups_do_not_run(
    application: StrictApplication,
) -> None:
    """The library would log it and go on as if the update were dealt with."""

    async def fails(_: Update, __: Context) -> None:
        raise ZeroDivisionError

    application.add_handler(TypeHandler(Update, fails))
    application.add_handler(TypeHandler(Update, settles), group=1)
    with pytest.raises(ZeroDivisionError):
        await take(application, text())


async def test_a_filters_failure_reaches_the_intake(application: StrictApplication) -> None:
    """Choosing the handler is part of handling."""

    class Broken(filters.MessageFilter):
        def filter(self, message: object) -> bool:
            raise ZeroDivisionError

    application.add_handler(MessageHandler(Broken(), settles))
    with pytest.raises(ZeroDivisionError):
        await take(application, text())


async def test_an_update_whose_context_cannot_be_built_is_not_acknowledged(application: StrictApplication) -> None:
    """The library returns as if nothing had been; the missing sign gives it away."""

    class Unbuildable(CallbackContext[Any, Any, Any, Any]):
        @classmethod
        def from_update(cls, *_: object) -> "Unbuildable":
            raise ZeroDivisionError

    application.context_types._context = Unbuildable
    application.add_handler(TypeHandler(Update, settles))
    with pytest.raises(UnacknowledgedUpdateError):
        await take(application, text())


async def test_a_malformed_update_is_named_so(application: StrictApplication) -> None:
    """It is set aside alone; the batch it came in goes on."""
    with pytest.raises(MalformedUpdateError):
        await take(application, {"update_id": 1, "message": {"message_id": 1}})
    with pytest.raises(MalformedUpdateError):
        await take(application, "what JSON cannot read")


async def test_no_list_of_people_is_kept_in_memory(application: StrictApplication) -> None:
    """A process that ran for a year must not know who wrote in it."""
    application.add_handler(TypeHandler(Update, settles))
    for number in range(5):
        await take(application, text(number=number))
    slots = [name for kind in StrictApplication.__mro__ for name in getattr(kind, "__slots__", ())]
    assert "990017" not in repr([getattr(application, name, None) for name in [*slots, "__dict__"]])
    assert not application._chat_ids_to_be_updated_in_persistence
    assert not application._user_ids_to_be_updated_in_persistence


async def test_opening_asks_nothing_of_the_bot_api() -> None:
    """What does not answer must not stand before the first update: the bot would be deaf for as long."""
    built = build_application(token=TOKEN, base_url="http://127.0.0.1:9/bot", request=AiohttpRequest())
    await built.initialize()
    assert built.bot.id == int(TOKEN.partition(":")[0])
    built.add_handler(TypeHandler(Update, settles))
    assert await take(built, text()) is Handled.DONE
    await built.shutdown()
