"""One update to its end: it is dealt with, or set aside whole. A bug delays it and loses nothing, and nothing hangs.

An update may be acknowledged when its handling says what became of it (`bot.ports.Handled`), or when it is safe among
the parked ones. Its effect and its leaving from there are one transaction (`bot.ports.Updates.settle`).

The budget covers whatever is waited for: storage, locks, other tasks. A handler that is at work at the end of it is
broken off; what it had handed to the storage by then is committed or not, and never both done and parked. It does not
cover a loop of pure computing, which nothing can break off: rules over people's words are bounded one by one instead.
"""

import asyncio
import logging
from datetime import timedelta
from typing import Final, Protocol

from bot.domain.ids import ChatId, UpdateKey
from bot.intake.batch import Raw, write
from bot.ports import Executor, Handled, StorageUnavailableError
from bot.services.background.set_aside import DropParked, NoteFailure, SetAside, drop_parked, note_failure, set_aside

BUDGET: Final = timedelta(seconds=20)
"""What one update may take; after it, it is set aside."""
LARGEST: Final = 256 * 1024
"""Characters of an update as JSON; Telegram's have a few thousand. A larger one is not read, and set aside."""
_TRIES: Final = 3
"""An update that fails so often by itself is set aside."""
_BETWEEN_TRIES: Final = timedelta(milliseconds=100)

_log = logging.getLogger(__name__)


class Take(Protocol):
    """Deals with one raw update, to the commit; what it raises means that nothing became of it."""

    async def __call__(self, raw: Raw, /, *, is_late: bool) -> Handled:
        """Say what became of it; `is_late`: it failed before, and newer ones of its chat may be done."""
        ...


class TooLargeError(Exception):
    """The update is larger than any that Telegram sends."""


class UpdateHandler:
    """Brings updates to their end, one by one."""

    def __init__(self, *, bot: int, take: Take, executor: Executor, budget: timedelta = BUDGET) -> None:
        """Wire the handler.

        Args:
            bot: The bot's id, part of every update's key.
            take: Deals with one raw update.
            executor: Sets updates aside durably.
            budget: What one update may take.
        """
        self._bot = bot
        self._take = take
        self._executor = executor
        self._budget = budget

    def key(self, number: int) -> UpdateKey:
        """Name an update for the storage."""
        return UpdateKey(self._bot, number)

    async def handle(self, number: int, raw: Raw, *, chat: ChatId | None, is_late: bool = False) -> Handled | None:
        """Bring one update to its end; None when it failed, was counted, and stays aside. A late one has one try.

        Raises StorageUnavailableError, or whatever setting it aside failed with: then it may not be acknowledged.
        """
        try:
            async with asyncio.timeout(self._budget.total_seconds()):
                handled = await self._tries(raw, is_late=is_late)
        except TimeoutError as error:
            handled = error
        if isinstance(handled, Handled):
            return handled
        reason = type(handled).__name__
        await self.set_aside(number, raw, chat=chat)
        await self._executor.run(note_failure, NoteFailure(update=self.key(number), chat=chat, reason=reason))
        _log.error("an update was set aside", extra={"reason": reason})
        return None

    async def set_aside(self, number: int, raw: Raw, *, chat: ChatId | None) -> None:
        """Keep an update durably until its effect; nothing happens when it is kept, or was dealt with."""
        await self._executor.run(set_aside, SetAside(update=self.key(number), chat=chat, raw=write(raw)))

    async def drop(self, number: int) -> None:
        """Let an update go that asks for nothing, should it be aside: it has no effect that would take it along."""
        await self._executor.run(drop_parked, DropParked(update=self.key(number)))

    async def _tries(self, raw: Raw, *, is_late: bool) -> Handled | BaseException:
        for attempt in range(1, _TRIES + 1):
            try:
                if len(write(raw)) > LARGEST:
                    raise TooLargeError  # noqa: TRY301  # what is not read fails as what is
                return await self._take(raw, is_late=is_late)
            except StorageUnavailableError:
                raise
            except (Exception, asyncio.CancelledError) as error:  # an edge: whatever a handler does, the update is kept
                is_broken_off = _is_broken_off()
                if is_broken_off and isinstance(error, asyncio.CancelledError):
                    raise
                extra = {"attempts": attempt, "reason": type(error).__name__}
                _log.warning("an update failed", exc_info=error, extra=extra)
                if is_late or attempt == _TRIES or is_broken_off:
                    return error
                await asyncio.sleep(_BETWEEN_TRIES.total_seconds())
        raise AssertionError("the last try has returned")


def _is_broken_off() -> bool:
    """Say whether the handling is broken off from outside: a handler may be cancelled by something of its own, too."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
