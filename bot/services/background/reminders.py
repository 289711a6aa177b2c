"""When reminders fire: all of them in memory by moment, those that a committed use case left as soon as they are there.

Late rather than never, and never held up by a clock: a reminder waits at most as long as its kind ever does, counted
from the start, and anew whenever the clock has stepped back.
"""

import asyncio
import heapq
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Final, assert_never

from bot.domain.reminders import Delays
from bot.ports import (
    Chore,
    Clock,
    Executor,
    HandedOver,
    LostTrack,
    QueuedRow,
    Refused,
    Repeated,
    StoredReminder,
    WaitingNews,
)
from bot.services.reminding import Fire, ListUntold, Reminding, TellNews

LOOKS_AT_LEAST_EVERY: Final = timedelta(seconds=30)
"""The clock may be set while nothing is heard."""
TRIES_AGAIN_AFTER: Final = timedelta(minutes=1)

_log = logging.getLogger(__name__)

_Due = Fire | ListUntold | TellNews
_NOW: Final = timedelta()


@dataclass(order=True, slots=True)
class _Entry:
    moment: datetime
    turn: int
    longest: timedelta = field(compare=False)
    """No entry waits longer than this from any moment on."""
    due: _Due = field(compare=False)


@dataclass
class ReminderKeeper:
    """Fires what is due until stopped. What is due twice in memory is taken out of the store once."""

    executor: Executor
    clock: Clock
    reminding: Reminding
    delays: Delays
    _entries: list[_Entry] = field(default_factory=list)
    _turns: "count[int]" = field(default_factory=count)
    _collecting: set[bool] = field(default_factory=set)
    """Which kinds of news, quiet or not, have their moment already."""
    _has_all: bool = False
    _looked_at: datetime | None = None
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _is_stopping: bool = False

    # --- hearing --------------------------------------------------------------------------------------------------

    def hear(self, handed_over: Sequence[HandedOver]) -> None:
        """Take what committed use cases left; see `bot.ports.OnCommit`."""
        for each in handed_over:
            match each:
                case StoredReminder():
                    longest = self.delays.longest(each.reminder)
                    self._wait(Fire(number=each.number), each.reminder.not_before, longest)
                case WaitingNews():
                    self._collect(is_quiet=each.is_quiet)
                case LostTrack():
                    self._has_all = False
                case QueuedRow():
                    continue
                case _:
                    assert_never(each)
        self._bell.set()

    def _collect(self, *, is_quiet: bool) -> None:
        if is_quiet not in self._collecting:
            self._collecting.add(is_quiet)
            longest = self.delays.collecting(is_quiet=is_quiet)
            self._wait(ListUntold(is_quiet=is_quiet), self.clock.now() + longest, longest)

    def _wait(self, due: _Due, not_before: datetime, longest: timedelta) -> None:
        moment = min(not_before, self.clock.now() + longest)
        heapq.heappush(self._entries, _Entry(moment, next(self._turns), longest, due))

    # --- firing ---------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Fire what is due until `stop`. What fails is tried again, and stops nothing else."""
        while not self._is_stopping:
            rests = LOOKS_AT_LEAST_EVERY
            try:
                await self.look()
                rests = self._rests()
            except Exception:  # noqa: BLE001 - an edge: what waits could not be read, and is read at the next look
                _log.exception("reminders could not be read; it is tried again")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), rests.total_seconds())
            self._bell.clear()

    def stop(self) -> None:
        """Ask `run` to end."""
        self._is_stopping = True
        self._bell.set()

    def _rests(self) -> timedelta:
        if not self._entries:
            return LOOKS_AT_LEAST_EVERY
        return max(_NOW, min(self._entries[0].moment - self.clock.now(), LOOKS_AT_LEAST_EVERY))

    async def look(self) -> None:
        """Fire what is due now, one after the other, and what follows from it at once."""
        if not self._has_all:
            await self._read_all()
        self._keep_in_reach()
        while self._entries and self._entries[0].moment <= self.clock.now() and not self._is_stopping:
            await self._try(heapq.heappop(self._entries))

    async def _read_all(self) -> None:
        """Wait for everything that is stored; news is told at once, for nobody knows how long it has waited."""
        self._has_all = True
        try:
            stored = await self.executor.run(self.reminding.stored, Chore())
        except BaseException:
            self._has_all = False
            raise
        if not isinstance(stored, Repeated | Refused):
            for number, reminder in stored:
                self._wait(Fire(number=number), reminder.not_before, self.delays.longest(reminder))
        for is_quiet in (False, True):
            self._wait(ListUntold(is_quiet=is_quiet), self.clock.now(), _NOW)

    def _keep_in_reach(self) -> None:
        """Let nothing wait longer than it ever does after the clock has stepped back."""
        now = self.clock.now()
        if self._looked_at is not None and now < self._looked_at:
            for each in self._entries:
                each.moment = min(each.moment, now + each.longest)
            heapq.heapify(self._entries)
        self._looked_at = now

    async def _try(self, entry: _Entry) -> None:
        try:
            await self._do(entry.due)
        except Exception:  # noqa: BLE001 - an edge: one that fails must not stop the others
            _log.exception("a reminder failed; it is tried again")
            self._wait(entry.due, self.clock.now() + TRIES_AGAIN_AFTER, TRIES_AGAIN_AFTER)

    async def _do(self, due: _Due) -> None:
        match due:
            case Fire():
                await self.executor.run(self.reminding.fire, due)
            case TellNews():
                await self.executor.run(self.reminding.tell_news, due)
            case ListUntold():
                self._collecting.discard(due.is_quiet)
                officers = await self.executor.run(self.reminding.untold, due)
                if not isinstance(officers, Repeated | Refused):
                    for officer in officers:
                        self._wait(TellNews(officer=officer, is_quiet=due.is_quiet), self.clock.now(), _NOW)
            case _:
                assert_never(due)
