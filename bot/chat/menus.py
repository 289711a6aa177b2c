"""The command menus on people's phones: a courtesy, set beside the work and never in front of it."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from telegram.error import RetryAfter

from bot.chat.bot_api import Call
from bot.delivery.retry import asked_to_wait, back_off

_log = logging.getLogger(__name__)

_LONGEST_PAUSE: Final = timedelta(hours=1)


async def suggest(call: Call, menus: Sequence[dict[str, object]], *, chance: Callable[[], float]) -> None:
    """Tell Telegram which commands to suggest; tried again until it takes them, and nobody waits for it."""
    for payload in menus:
        failures = 0
        while not await _is_set(call, payload, failures=failures, chance=chance):
            failures += 1


async def _is_set(call: Call, payload: dict[str, object], *, failures: int, chance: Callable[[], float]) -> bool:
    try:
        await call("setMyCommands", payload)
    except Exception as error:  # noqa: BLE001 - an edge: a menu may be missing, the bot may not
        delay = back_off(failures + 1, chance=chance(), longest=_LONGEST_PAUSE)
        if isinstance(error, RetryAfter):
            delay = max(delay, asked_to_wait(error.retry_after))
        extra = {"reason": type(error).__name__, "attempts": failures + 1, "delay": delay.total_seconds()}
        _log.warning("the menu of commands was refused; trying again later", extra=extra)
        await asyncio.sleep(delay.total_seconds())
        return False
    return True
