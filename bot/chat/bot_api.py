"""The Bot API by method name: for calls where python-telegram-bot's own methods parse too much or cost too much.

`Bot.get_updates` parses a whole batch, so one malformed update would make the bot deaf; here the batch stays raw.
"""

from collections.abc import Mapping
from typing import Any, Final, Protocol

from telegram.error import TelegramError

from bot.chat.transport import AiohttpRequest

POLL_SLACK: Final = 10.0
"""Seconds a long poll may take beyond the time it asked the server to wait."""
WANTED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""What is asked of Telegram; other kinds are never sent to this bot."""


class Call(Protocol):
    """Calls a Bot API method by name. Raises telegram.error.TelegramError."""

    async def __call__(self, method: str, payload: Mapping[str, object], /) -> Any:
        """Give the raw result."""
        ...


class BotApi:
    """Calls methods of one bot over the shared transport. Raises telegram.error.TelegramError, as Bot does."""

    def __init__(self, request: AiohttpRequest, address: str) -> None:
        self._request = request
        self._address = address

    async def call(
        self, method: str, payload: Mapping[str, object] | None = None, *, read_timeout: float | None = None
    ) -> Any:
        """Call a method and give its raw result."""
        return await self._request.call(f"{self._address}/{method}", payload or {}, read_timeout=read_timeout)

    async def fetch(self, *, offset: int, timeout: float, limit: int = 100) -> list[Any]:  # noqa: ASYNC109  # the server waits
        """Get raw updates from `offset` on, waiting up to `timeout` seconds; asking confirms everything before it."""
        payload: dict[str, object] = {
            "timeout": int(timeout),
            "limit": limit,
            "allowed_updates": WANTED_UPDATES,
        }
        if offset:
            payload["offset"] = offset
        result = await self.call("getUpdates", payload, read_timeout=timeout + POLL_SLACK)
        if not isinstance(result, list):
            raise TelegramError("Invalid server response")
        return result

    async def forget_webhook(self) -> None:
        """Make long polling possible; what waits at Telegram stays."""
        await self.call("deleteWebhook", {"drop_pending_updates": False})
