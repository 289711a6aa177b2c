"""The line to the Bot API server: opened and closed, tried until it answers, and asked for the bot's name."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Final

from telegram.error import InvalidToken, TelegramError

from bot.chat.bot_api import BotApi
from bot.chat.transport import AiohttpRequest
from bot.delivery.retry import back_off
from bot.settings import Settings

_LONGEST_PAUSE: Final = timedelta(minutes=1)
"""Between tries to reach the Bot API at the start; it is tried forever."""

_log = logging.getLogger(__name__)


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


async def reach(greet: Callable[[], Awaitable[object]], *, stopped: asyncio.Event) -> bool:
    """Greet the Bot API server until it answers, however long it takes; False when asked to stop meanwhile."""
    failures = 0
    while not stopped.is_set():
        try:
            await greet()
        except TelegramError as error:
            failures += 1
            pause = back_off(failures, chance=0, longest=_LONGEST_PAUSE).total_seconds()
            extra = {"reason": type(error).__name__, "delay": pause}
            _log.warning("the Bot API server cannot be reached or refuses the token; trying again", extra=extra)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), pause)
        else:
            return True
    return False
