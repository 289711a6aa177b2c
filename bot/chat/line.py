"""The line to the Bot API server: opened, closed, and asked for the bot's name."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram.error import InvalidToken, TelegramError

from bot.chat.bot_api import BotApi, Call
from bot.chat.transport import AiohttpRequest
from bot.settings import Settings


class LineDownError(Exception):
    """The Bot API server cannot be reached; the text says where it was looked for."""


class TokenRefusedError(LineDownError):
    """The Bot API server answers, and does not know the token."""


@asynccontextmanager
async def open_line(settings: Settings) -> AsyncIterator[tuple[AiohttpRequest, BotApi]]:
    """Open the line to the Bot API server."""
    request = AiohttpRequest(proxy=settings.proxy.get_secret_value() if settings.proxy else None)
    await request.initialize()
    try:
        yield request, BotApi(request, f"{settings.base_url}{settings.token.get_secret_value()}")
    finally:
        await request.shutdown()


async def username_of(settings: Settings, *, within: float = 20) -> str:
    """Ask the Bot API server for the bot's username, for some seconds. Raises LineDownError, TokenRefusedError."""
    async with open_line(settings) as (_, api):
        try:
            async with asyncio.timeout(within):
                return str((await api.call("getMe"))["username"])
        except InvalidToken:
            raise TokenRefusedError(f"{settings.api_url} does not know this token; check NGUONTIN_TOKEN.") from None
        except (TelegramError, TimeoutError) as error:
            raise LineDownError(f"No Bot API server answers at {settings.api_url} ({type(error).__name__}).") from None


class BotName:
    """The bot's username, which links show: asked for beside the work, so that nothing waits for it but those."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self.value = ""
        """Empty until the Bot API has said it."""

    async def ask(self) -> None:
        """Ask for it, once."""
        self.value = str((await self._call("getMe", {}))["username"])
