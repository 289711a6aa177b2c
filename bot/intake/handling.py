"""One update to its end: it is dealt with, or after a few tries set aside whole. A bug delays it and loses nothing."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from bot.domain.ids import UpdateKey
from bot.intake.batch import Raw
from bot.ports import StorageUnavailableError

_TRIES: Final = 3
"""An update that fails so often by itself is set aside."""
_BETWEEN_TRIES: Final = timedelta(milliseconds=100)

_log = logging.getLogger(__name__)


class UpdateHandler:
    """Brings updates to their end, one by one."""

    def __init__(
        self,
        *,
        bot: int,
        take: Callable[[Raw], Awaitable[None]],
        park: Callable[[UpdateKey, str, str], Awaitable[object]],
    ) -> None:
        """Wire the handler.

        Args:
            bot: The bot's id, part of every update's key.
            take: Deals with one raw update, to the commit.
            park: Sets an update aside durably: key, JSON, class name of the error.
        """
        self._bot = bot
        self._take = take
        self._park = park

    async def handle(self, number: int, raw: Raw) -> None:
        """Return when the update may be acknowledged.

        Raises StorageUnavailableError, or whatever setting it aside failed with: then it may not.
        """
        reason = ""
        for attempt in range(1, _TRIES + 1):
            if attempt > 1:
                await asyncio.sleep(_BETWEEN_TRIES.total_seconds())
            try:
                await self._take(raw)
            except StorageUnavailableError:
                raise
            except Exception as error:  # noqa: BLE001  # an edge: whatever a handler does, the update is kept
                reason = type(error).__name__
                _log.exception("an update could not be handled", extra={"attempts": attempt, "reason": reason})
            else:
                return
        await self._park(UpdateKey(self._bot, number), json.dumps(raw, separators=(",", ":")), reason)
        _log.error("an update was set aside", extra={"reason": reason})
