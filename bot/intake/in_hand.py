"""What is in hand: the updates of one chat one after another, chats side by side, and none in another's way.

What waits long, or behind many of its own chat, is to be set aside: then it waits in the storage instead of memory, may
be confirmed, and keeps its turn. So at most one window of Telegram's (100 updates) is in memory, of one chat at most
`OF_A_CHAT`, beside what is being handled, and a chat that hangs holds up nobody's fetch.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.delivery.retry import back_off
from bot.domain.ids import ChatId
from bot.intake.batch import Raw, chat_of
from bot.ports import StorageUnavailableError

OF_A_CHAT: Final = 10
"""Updates of one chat that wait in memory; more are set aside as they come."""
LINGERS: Final = 1.0
"""Seconds after which an update that is not dealt with is set aside."""

_log = logging.getLogger(__name__)
_Queue = tuple[str, int]


@dataclass(slots=True, eq=False, repr=False)
class Turn:
    """An update in its chat's queue, or the wish to try again what failed in that chat."""

    chat: ChatId | None
    number: int | None = None
    """None: what failed before is to be tried again."""
    raw: Raw | None = None
    """None: it is to be read from the storage at its turn."""
    since: float = 0.0
    is_aside: bool = False
    """It is in the storage, or on its way there."""

    @property
    def queue(self) -> _Queue:
        """Name the queue it stands in: its chat's; an update of no chat stands alone."""
        return ("update", self.number or 0) if self.chat is None else ("chat", self.chat)


class InHand:
    """Works off what is added, each chat's in order; what fails is tried again until it works."""

    def __init__(
        self, work: Callable[[Turn], Awaitable[None]], *, chance: Callable[[], float], longest: timedelta
    ) -> None:
        """Wire it.

        Args:
            work: Brings one turn to its end; what it raises means that it is not dealt with and holds up its chat.
            chance: Gives jitter between 0 and 1.
            longest: The longest pause before it is tried again.
        """
        self._work = work
        self._chance = chance
        self._longest = longest
        self._queues: dict[_Queue, deque[Turn]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._open: dict[int, Turn] = {}
        self._quiet = asyncio.Event()
        self._stopping = asyncio.Event()
        self.done: set[int] = set()
        """Fetched updates that may be confirmed: dealt with, or safe in the storage."""

    def add(self, number: int, raw: Raw) -> None:
        """Take an update that was fetched; nothing happens when it is known."""
        if number in self._open or number in self.done:
            return
        turn = Turn(chat_of(raw), number, raw, asyncio.get_running_loop().time())
        self._open[number] = turn
        self._quiet.clear()
        self.put(turn)

    def put(self, turn: Turn) -> None:
        """Put a turn at the end of its chat's queue; an update that is aside may be confirmed from now on."""
        if turn.number is not None and turn.is_aside:
            self.done.add(turn.number)
        queue = self._queues.get(turn.queue)
        if queue is not None:
            queue.append(turn)
            return
        self._queues[turn.queue] = deque([turn])
        worker = asyncio.create_task(self._work_off(turn.queue))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def wait(self, seconds: float) -> None:
        """Wait until every fetched update is dealt with or aside, or for some seconds."""
        if self._open:
            await _either(self._quiet, within=seconds)

    def crowded(self) -> list[Turn]:
        """Give what waits in memory behind many of its own chat."""
        waiting: dict[_Queue, list[Turn]] = {}
        for turn in self._open.values():
            waiting.setdefault(turn.queue, []).append(turn)
        return [turn for queue in waiting.values() for turn in queue[OF_A_CHAT:]]

    def overdue(self, *, of_any_age: bool) -> list[Turn]:
        """Give what has waited in memory for long."""
        before = asyncio.get_running_loop().time() - LINGERS
        return [each for each in self._open.values() if of_any_age or each.since <= before]

    def note_aside(self, turn: Turn) -> None:
        """Take note that a turn is safe in the storage: it waits there, unless it is being handled."""
        queue = self._queues.get(turn.queue)
        if queue and queue[0] is not turn:
            turn.raw = None
        self._close(turn)

    def forget_before(self, offset: int) -> None:
        """Forget what was confirmed: it is not sent again."""
        self.done = {number for number in self.done if number >= offset}

    async def finish(self, *, within: float) -> None:
        """End what is being handled, for some seconds, and begin nothing more: the rest is not confirmed, or aside."""
        self._stopping.set()
        if self._workers:
            _, late = await asyncio.wait(self._workers, timeout=within)
            for worker in late:
                worker.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work_off(self, name: _Queue) -> None:
        queue = self._queues[name]
        failures = 0
        while queue and not self._stopping.is_set():
            try:
                await self._work(queue[0])
            except Exception as error:  # noqa: BLE001  # an edge: this chat waits, the others go on
                failures += 1
                pause = back_off(failures, chance=self._chance(), longest=self._longest)
                _note_failure(error, pause)
                await _either(self._stopping, within=pause.total_seconds())
                continue
            failures = 0
            self._close(queue.popleft())
        if not queue:
            del self._queues[name]

    def _close(self, turn: Turn) -> None:
        if turn.number is not None and self._open.pop(turn.number, None) is not None:
            self.done.add(turn.number)
        if not self._open:
            self._quiet.set()


def _note_failure(error: Exception, pause: timedelta) -> None:
    extra = {"reason": type(error).__name__, "delay": pause.total_seconds()}
    if isinstance(error, StorageUnavailableError):
        _log.error("an update could be neither stored nor set aside: not acknowledged", extra=extra)
    else:
        _log.error("an update could not be set aside", exc_info=error, extra=extra)


async def _either(event: asyncio.Event, *, within: float) -> None:
    """Wait for an event, or for some seconds."""
    waiting = asyncio.ensure_future(event.wait())
    try:
        await asyncio.wait({waiting}, timeout=within)
    finally:
        waiting.cancel()
