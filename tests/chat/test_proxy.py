"""The way to Telegram through a proxy: the name is looked up at its far end, and its failures are the network's."""

from typing import Any

import pytest
from aiohttp import web
from telegram.error import NetworkError

from bot.chat.transport import AiohttpRequest
from tests.chat.proxies import proxy
from tests.chat.test_transport import ok, server


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_call_goes_through_and_the_name_is_not_looked_up_at_home(scheme: str) -> None:
    """Where Telegram is blocked, its name often is too; and a resolver at home need not know whom the bot talks to."""

    async def handler(_: web.Request) -> web.Response:
        return ok({"username": "nguontin_bot"})

    async with (
        server(handler) as base,
        proxy(scheme, target=lambda: int(base.rpartition(":")[2].removesuffix("/bot"))) as way,
    ):
        request = AiohttpRequest(proxy=way.address)
        await request.initialize()
        try:
            assert await request.call("http://telegram.invalid/bot1:x/getMe", {}) == {"username": "nguontin_bot"}
        finally:
            await request.shutdown()
    assert way.asked_for == ["telegram.invalid"]


@pytest.mark.parametrize("scheme", ["http", "socks5"])
@pytest.mark.parametrize("answers", [True, False])
async def test_a_proxy_that_fails_is_a_network_error_without_its_address(scheme: str, *, answers: bool) -> None:
    """It is tried again like any other failure; a proxy's password must not reach a log."""

    async def refuse(_: Any) -> web.Response:
        return web.Response(status=403)

    async with server(refuse) as base:
        port = base.rpartition(":")[2].removesuffix("/bot") if answers else "9"
        request = AiohttpRequest(proxy=f"{scheme}://lan:geheim@127.0.0.1:{port}", read_timeout=2)
        await request.initialize()
        try:
            with pytest.raises(NetworkError) as caught:
                await request.call("http://telegram.invalid/bot1:x/getMe", {})
        finally:
            await request.shutdown()
    assert "geheim" not in repr(caught.value)
    assert caught.value.__cause__ is None
