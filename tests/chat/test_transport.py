"""What the transport makes of the network: results, python-telegram-bot's errors, and no secrets in them."""

import asyncio
import json
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.chat.bot_api import BotApi
from bot.chat.transport import AiohttpRequest

TOKEN = "7700000001:AAtransport-test-token-000000000000"  # noqa: S105  # a made-up one

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def server(handler: Handler) -> AsyncIterator[str]:
    """Answer every request on a port of this machine; give the base address as python-telegram-bot wants it."""
    app = web.Application(client_max_size=2**26)
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def line(handler: Handler, *, read_timeout: float = 20) -> AsyncIterator[tuple[BotApi, Bot]]:
    """Open a transport to a server, by method name and under python-telegram-bot's Bot."""
    request = AiohttpRequest(read_timeout=read_timeout)
    async with server(handler) as base:
        bot = Bot(TOKEN, base_url=base, request=request, get_updates_request=request)
        await request.initialize()
        try:
            yield BotApi(request, f"{base}{TOKEN}"), bot
        finally:
            await request.shutdown()


def ok(result: Any) -> web.Response:
    """Answer as the Bot API does."""
    return web.json_response({"ok": True, "result": result})


MESSAGE = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "xin chào"}


async def test_a_call_by_name_carries_json_and_gives_the_raw_result() -> None:
    """Vietnamese and lone surrogates pass; nothing is parsed that nobody needs."""
    seen: list[Any] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append((request.path, request.content_type, json.loads(await request.read())))
        return ok(MESSAGE)

    async with line(handler) as (api, _):
        assert await api.call("sendMessage", {"chat_id": 7, "text": "đường Hùng Vương \ud800"}) == MESSAGE
    payload = {"chat_id": 7, "text": "đường Hùng Vương \ud800"}
    assert seen == [(f"/bot{TOKEN}/sendMessage", "application/json", payload)]


async def test_python_telegram_bots_own_methods_work_over_it() -> None:
    """Handlers may use anything the library offers."""
    seen: list[dict[str, Any]] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(dict(await request.post()))
        return ok(MESSAGE)

    async with line(handler) as (_, bot):
        message = await bot.send_message(7, "đá gà & <b>", protect_content=True)
    assert message.text == "xin chào"
    assert seen == [{"chat_id": "7", "text": "đá gà & <b>", "protect_content": "true"}]


async def test_files_are_uploaded_in_parts_with_their_fields() -> None:
    """Charts and posters are sent this way."""
    seen: dict[str, Any] = {}

    async def handler(request: web.Request) -> web.Response:
        form = await request.post()
        document = form["document"]
        assert isinstance(document, web.FileField)
        seen.update(
            chat=form["chat_id"],
            caption=form["caption"],
            name=document.filename,
            kind=document.content_type,
            content=document.file.read(),
        )
        return ok(MESSAGE)

    async with line(handler) as (_, bot):
        await bot.send_document(7, InputFile(b"%PDF-1.7 \x00\xff", filename="bản tin.pdf"), caption="tuần 47")
    assert seen == {
        "chat": "7",
        "caption": "tuần 47",
        "name": "bản tin.pdf",
        "kind": "application/pdf",
        "content": b"%PDF-1.7 \x00\xff",
    }


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"description": "Bad Request: chat not found"}, BadRequest),
        (401, {"description": "Unauthorized"}, InvalidToken),
        (403, {"description": "Forbidden: bot was blocked by the user"}, Forbidden),
        (409, {"description": "Conflict: terminated by other getUpdates request"}, Conflict),
        (429, {"description": "Too Many Requests", "parameters": {"retry_after": 9}}, RetryAfter),
        (400, {"description": "migrated", "parameters": {"migrate_to_chat_id": -100}}, ChatMigrated),
        (502, {"description": "Bad Gateway"}, NetworkError),
        (302, {}, NetworkError),
    ],
)
async def test_what_telegram_refuses_is_the_librarys_error(
    status: int, body: dict[str, Any], error: type[TelegramError]
) -> None:
    """Everything above decides by these classes."""

    async def handler(_: web.Request) -> web.Response:
        return web.json_response({"ok": False, "error_code": status, **body}, status=status)

    async with line(handler) as (api, _):
        with pytest.raises(error) as caught:
            await api.call("sendMessage", {})
    assert type(caught.value) is error


@pytest.mark.parametrize("body", [b"<html>captive portal</html>", b"[1]", b"\xff\xfe"])
async def test_an_answer_that_is_not_the_bot_apis_is_an_error_and_stays_out_of_the_log(
    body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """A proxy's page, or half an answer with a tip in it, must not be printed."""

    async def handler(_: web.Request) -> web.Response:
        return web.Response(body=body)

    with caplog.at_level(logging.DEBUG):
        async with line(handler) as (api, _):
            with pytest.raises(TelegramError):
                await api.call("getMe")
    assert "captive" not in caplog.text


async def test_silence_is_a_time_out() -> None:
    """It may have arrived: the outbox asks again."""

    async def handler(_: web.Request) -> web.Response:
        await asyncio.sleep(30)
        return ok(None)

    async with line(handler, read_timeout=0.05) as (api, _):
        with pytest.raises(TimedOut):
            await api.call("sendMessage", {})


async def test_a_long_poll_may_be_silent_for_longer_than_other_calls() -> None:
    """The server is asked to wait; that is no failure."""
    seen: list[Any] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(await request.json())
        await asyncio.sleep(0.2)
        return ok([{"update_id": 3}])

    async with line(handler, read_timeout=0.05) as (api, _):
        assert await api.fetch(offset=0, timeout=1) == [{"update_id": 3}]
        assert await api.fetch(offset=4, timeout=1, limit=1) == [{"update_id": 3}]
    kinds = ["message", "edited_message", "callback_query", "my_chat_member"]
    assert seen == [
        {"timeout": 1, "limit": 100, "allowed_updates": kinds},
        {"timeout": 1, "limit": 1, "allowed_updates": kinds, "offset": 4},
    ]


async def test_a_broken_or_refused_connection_is_a_network_error() -> None:
    """Nothing of the HTTP library leaves the transport."""

    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return ok(None)

    async with line(handler) as (api, _):
        with pytest.raises(NetworkError):
            await api.call("getMe")
    request = AiohttpRequest()
    async with request:
        with pytest.raises(NetworkError):
            await BotApi(request, f"http://127.0.0.1:1/bot{TOKEN}").call("getMe")


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/bot", "http://[bad/bot", "nonsense://x/bot"])
async def test_no_error_says_the_token(address: str) -> None:
    """Errors end up in logs, in terminals and in questions on forums."""
    async with AiohttpRequest() as request:
        with pytest.raises(TelegramError) as caught:
            await BotApi(request, f"{address}{TOKEN}").call("getMe")
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


async def test_a_webhook_is_forgotten_without_dropping_what_waits() -> None:
    """Dropping pending updates would throw tips away."""
    seen: list[Any] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append((request.path.rpartition("/")[2], await request.json()))
        return ok(True)

    async with line(handler) as (api, _):
        await api.forget_webhook()
    assert seen == [("deleteWebhook", {"drop_pending_updates": False})]


async def test_opening_and_closing_twice_is_harmless_and_a_closed_transport_says_so() -> None:
    """python-telegram-bot opens and closes it once for updates and once for everything else."""
    request = AiohttpRequest()
    with pytest.raises(NetworkError, match="TransportClosedError"):
        await request.call("http://127.0.0.1:1/", {})
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        await request.shutdown()
        await request.shutdown()
