"""What is asked of Telegram beside the work and never in front of it: good order, and the menus on people's phones."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from telegram.error import RetryAfter

from bot.chat.bot_api import Call
from bot.delivery.retry import asked_to_wait, back_off

_log = logging.getLogger(__name__)

_LONGEST_PAUSE: Final = timedelta(hours=1)


async def suggest(call: Call, menus: Sequence[dict[str, object]], *, chance: Callable[[], float]) -> None:
    """Tell Telegram which commands to suggest."""
    for payload in menus:
        await insist(partial(call, "setMyCommands", payload), what="setMyCommands", chance=chance)


async def insist(ask: Callable[[], Awaitable[object]], *, what: str, chance: Callable[[], float]) -> None:
    """Ask Telegram for something until it takes it; nobody waits for that, and `what` names it in the log."""
    failures = 0
    while True:
        try:
            await ask()
        except Exception as error:  # noqa: BLE001 - an edge: this may be missing, the bot may not
            failures += 1
            delay = back_off(failures, chance=chance(), longest=_LONGEST_PAUSE)
            if isinstance(error, RetryAfter):
                delay = max(delay, asked_to_wait(error.retry_after))
            extra = {"reason": type(error).__name__, "attempts": failures, "delay": delay.total_seconds()}
            _log.warning("%s was refused; trying again later", what, extra=extra)
            await asyncio.sleep(delay.total_seconds())
        else:
            return
