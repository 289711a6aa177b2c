"""Long polling that acknowledges after the commit.

Telegram forgets an update when it is asked for the next ones. So the offset moves only past updates that were settled
or parked; after a crash or while the storage is unavailable the rest is simply fetched again.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Protocol, TypeVar

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.delivery.retry import asked_to_wait, back_off
from bot.intake.batch import Raw, confirmed_to, number_of, queues_of
from bot.ports import StorageUnavailableError, reason_of

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_CONFIRM_WITHIN: Final = 5.0
"""Seconds the last request may take; without it nothing is lost."""

_NO_ANSWER: Final = "the Bot API does not answer; trying again"
_ADVICE: Final[dict[type[Exception], str]] = {
    Conflict: "another program polls with the same token, or a webhook is set; one of them must stop",
    InvalidToken: "Telegram does not know this token; check NGUONTIN_TOKEN and NGUONTIN_API_URL",
    RetryAfter: "the Bot API asks to wait",
}


class NothingNumberedError(Exception):
    """A whole batch came without update ids: nothing in it can be kept or confirmed."""


class Fetch(Protocol):
    """Asks for raw updates from `offset` on (0: the oldest), which confirms all before; waits `timeout` seconds."""

    async def __call__(self, *, offset: int, timeout: float, limit: int) -> list[Any]:  # noqa: ASYNC109  # the server waits
        """Give the raw updates."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait for what, and how often to try."""

    poll_seconds: float = 30
    limit: int = 100
    first: timedelta = timedelta(seconds=1)
    storage: timedelta = timedelta(seconds=30)
    """The longest pause while the storage cannot commit."""
    network: timedelta = timedelta(minutes=1)
    """The longest pause while the Bot API does not answer."""


class Polling:
    """Fetches updates until stopped, and hands each one over in the order of its chat."""

    def __init__(
        self,
        *,
        fetch: Fetch,
        handle: Callable[[int, Raw], Awaitable[None]],
        chance: Callable[[], float],
        patience: Patience | None = None,
    ) -> None:
        """Wire the intake.

        Args:
            fetch: Asks the Bot API for raw updates.
            handle: Brings one raw update to its end; what it raises means that the update may not be acknowledged.
            chance: Gives jitter between 0 and 1.
            patience: The pauses.
        """
        self._fetch = fetch
        self._handle = handle
        self._chance = chance
        self._patience = patience or Patience()
        self._stopping = asyncio.Event()
        self._offset = 0
        self._done: set[int] = set()

    async def run(self) -> None:
        """Poll until `stop`; returns when the batch in hand is dealt with and confirmed."""
        failures = 0
        while not self._stopping.is_set():
            batch = await self._ask(self._next)
            if batch is None:
                break
            error = await self._deal(batch)
            failures = 0 if error is None else failures + 1
            if error is not None:
                delay = self._back_off(failures, longest=self._patience.storage)
                extra = {"reason": reason_of(error), "delay": delay.total_seconds()}
                _log.error("updates could be neither stored nor set aside: not acknowledged", extra=extra)
                await self._pause(delay)
        await self._confirm()

    def stop(self) -> None:
        """Ask `run` to end soon."""
        self._stopping.set()

    async def _next(self) -> list[Any]:
        patience = self._patience
        batch = await self._fetch(offset=self._offset, timeout=patience.poll_seconds, limit=patience.limit)
        if not batch:
            # Everything is confirmed. After a quiet week Telegram may go on with lower ids: ask without an offset.
            self._offset = 0
        return batch

    async def _deal(self, batch: list[Any]) -> Exception | None:
        """Deal with a batch, chats side by side; gives an error when an update could not be acknowledged."""
        unnumbered = sum(number_of(raw) is None for raw in batch)
        if unnumbered:
            _log.error("updates without an id were passed over", extra={"count": unnumbered})
        queues = queues_of(batch, done=self._done)
        errors = [error for error in await asyncio.gather(*map(self._work_off, queues)) if error is not None]
        self._offset = confirmed_to(batch, done=self._done, offset=self._offset)
        self._done = {number for number in self._done if number >= self._offset}
        if unnumbered == len(batch) > 0:
            errors.append(NothingNumberedError())
        return errors[0] if errors else None

    async def _work_off(self, queue: list[tuple[int, Raw]]) -> Exception | None:
        """Deal with one chat's updates in order, up to the first that can be neither settled nor parked."""
        for number, raw in queue:
            try:
                await self._handle(number, raw)
            except StorageUnavailableError as error:
                return error
            except Exception as error:  # noqa: BLE001  # an edge: this chat waits, the others go on
                _log.exception("an update could not be set aside", extra={"reason": type(error).__name__})
                return error
            self._done.add(number)
        return None

    async def _ask(self, question: Callable[[], Awaitable[_T]]) -> _T | None:
        """Ask the Bot API until it answers; None when the bot stops before."""
        failures = 0
        while not self._stopping.is_set():
            try:
                return await self._unless_stopped(question())
            except Exception as error:  # noqa: BLE001  # an edge: the bot never stops asking
                failures += 1
                delay = self._back_off(failures, longest=self._patience.network)
                if isinstance(error, RetryAfter):
                    delay = max(delay, asked_to_wait(error.retry_after))
                _log.warning(
                    _ADVICE.get(type(error), _NO_ANSWER),
                    extra={"reason": type(error).__name__, "attempts": failures, "delay": delay.total_seconds()},
                    exc_info=None if isinstance(error, TelegramError) else error,
                )
            await self._pause(delay)
        return None

    async def _unless_stopped(self, answer: Awaitable[_T]) -> _T | None:
        asking = asyncio.ensure_future(answer)
        stopped = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({asking, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else None
        finally:
            stopped.cancel()
            if not asking.done():
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)

    async def _confirm(self) -> None:
        """Confirm what is settled, so that it is not sent again; unconfirmed, it would be recognised as a repeat."""
        if not self._offset:
            return
        with contextlib.suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(_CONFIRM_WITHIN):
                await self._fetch(offset=self._offset, timeout=0, limit=1)

    async def _pause(self, delay: timedelta) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay.total_seconds()):
                await self._stopping.wait()

    def _back_off(self, failures: int, *, longest: timedelta) -> timedelta:
        return back_off(failures, chance=self._chance(), first=self._patience.first, longest=longest)
