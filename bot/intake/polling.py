"""Long polling that acknowledges after the commit.

Telegram forgets an update when it is asked for the next ones. So the offset moves only past updates that were settled
or set aside; after a crash or while the storage is unavailable the rest is simply fetched again.

Asking goes on while updates are handled. Telegram shows the first hundred that are not confirmed, at once and again and
again: so the bot asks a few times a second while one of them is being handled, sets it aside when it has lingered, and
then waits for new ones as ever. What a chat does costs another chat's updates no more than `Patience.again`.
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
from bot.intake.batch import confirmed_to, numbered
from bot.intake.in_hand import LINGERS, InHand, Turn
from bot.ports import reason_of

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_CONFIRM_WITHIN: Final = 5.0
"""Seconds the last request may take; without it nothing is lost."""
_FINISH_WITHIN: Final = 10.0
"""Seconds that what is being handled may take at the end; what is broken off is fetched again, or aside."""

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
    """Updates Telegram shows at once: the most that are in memory, neither dealt with nor aside."""
    again: float = 0.2
    """Seconds until Telegram is asked again while an update is handled."""
    first: timedelta = timedelta(seconds=1)
    storage: timedelta = timedelta(seconds=30)
    """The longest pause while the storage cannot commit."""
    network: timedelta = timedelta(minutes=1)
    """The longest pause while the Bot API does not answer."""


class Polling:
    """Fetches updates until stopped, and sees that each is confirmed when it is dealt with or aside, not before."""

    def __init__(
        self,
        *,
        fetch: Fetch,
        in_hand: InHand,
        set_aside: Callable[[Turn], Awaitable[object]],
        chance: Callable[[], float],
        patience: Patience,
    ) -> None:
        """Wire the intake.

        Args:
            fetch: Asks the Bot API for raw updates.
            in_hand: Deals with what was fetched.
            set_aside: Keeps an update durably until it is dealt with.
            chance: Gives jitter between 0 and 1.
            patience: The pauses.
        """
        self._fetch = fetch
        self._in_hand = in_hand
        self._set_aside = set_aside
        self._chance = chance
        self._patience = patience
        self._stopping = asyncio.Event()
        self._offset = 0
        self._shown: list[Any] = []

    async def run(self) -> None:
        """Poll until `stop`; returns when what is begun is ended and confirmed."""
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
        await self._in_hand.finish(within=_FINISH_WITHIN)
        self._move()
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
        """Hand a batch over and see how far it comes; gives an error when an update could not be set aside."""
        known = numbered(batch)
        for number, raw in known:
            self._in_hand.add(number, raw)
        if len(known) < len(batch):
            _log.error("updates without an id were passed over", extra={"count": len(batch) - len(known)})
        is_full = len(batch) >= self._patience.limit  # what comes after these is not shown
        error = await self._aside(self._in_hand.crowded())
        await self._in_hand.wait(LINGERS if is_full else self._patience.again)
        error = await self._aside(self._in_hand.overdue(of_any_age=is_full)) or error
        self._shown = batch
        self._move()
        return NothingNumberedError() if batch and not known else error

    def _move(self) -> None:
        self._offset = confirmed_to(self._shown, done=self._in_hand.done, offset=self._offset)
        self._in_hand.forget_before(self._offset)

    async def _aside(self, turns: list[Turn]) -> Exception | None:
        """Set turns aside, each by itself: one that cannot be keeps no other from it."""
        for turn in turns:
            turn.is_aside = True
        ends = await asyncio.gather(*map(self._set_aside, turns), return_exceptions=True)
        for turn, end in zip(turns, ends, strict=True):
            if isinstance(end, BaseException):
                turn.is_aside = False
            else:
                self._in_hand.note_aside(turn)
        return next((end for end in ends if isinstance(end, Exception)), None)

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
