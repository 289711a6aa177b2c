"""The round keeper: writes down what became of messages, looks up what is about to leave, and reads what is new."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final, Protocol

from bot.delivery.alarm import Alarm, moment
from bot.delivery.backlog import Backlog
from bot.delivery.chat_queues import QueuedMessage, SendQueue
from bot.delivery.ends import Departure, End, Parked
from bot.delivery.retry import back_off
from bot.delivery.rounds import Owed, RoundAnswer, RoundRequest, Rounds
from bot.domain.ids import ChatId
from bot.domain.outgoing import Outgoing
from bot.ports import Executor, HandedOver, OutboxRow, StorageUnavailableError, reason_of

_READ_AT_ONCE: Final = 500
"""Rows read from the outbox in one round."""
_LOOK_EVERY: Final = timedelta(seconds=1)
"""How often the outbox is looked at without being told to: other programs may write to it."""
_LONGEST_PAUSE: Final = timedelta(seconds=30)

_log = logging.getLogger(__name__)


class Courier(Protocol):
    """Who sends what a round gives."""

    def put(self, row: QueuedMessage) -> None:
        """Let a row wait for its turn."""

    def depart(self, departure: Departure) -> None:
        """Send a message that was looked up."""

    def settle(self, end: End, follow_up: Outgoing | None) -> None:
        """Go on after what became of a message was written down."""

    def end(self, row: QueuedMessage) -> None:
        """Let the chat of a row go on that is not sent."""

    def resume(self, chat: ChatId) -> None:
        """Let a chat go on that waited for what it is owed."""

    def put_back(self, row: QueuedMessage) -> None:
        """Let a row that could not be looked up wait."""


class RoundKeeper:
    """Keeps rounds until it is told to finish."""

    def __init__(self, *, executor: Executor, rounds: Rounds, queues: SendQueue) -> None:
        self._executor = executor
        self._rounds = rounds
        self._queues = queues
        self._backlog = Backlog()
        self._ended: list[End] = []
        self._leaving: list[QueuedMessage] = []
        self._owed: list[Owed] = []
        self._takes_more = True
        self._is_finishing = False
        self._alarm = Alarm()

    def hear(self, handed_over: Sequence[HandedOver]) -> list[QueuedMessage]:
        """Give what is new of what was handed over; what it cannot take is read from the table."""
        rows = self._backlog.hear(handed_over, now=moment(), has_room=self._queues.room > len(handed_over))
        if self._backlog.is_behind:
            self._alarm.ring()
        return rows

    def owes(self, chat: ChatId) -> bool:
        """Say whether rows are parked that a person is sent when they come back."""
        return self._backlog.owes(chat)

    def heard_from(self, chat: ChatId) -> None:
        """Look at what is parked for a chat, now that its person takes messages again."""
        self._owed += self._backlog.take_owed(chat)
        if self._owed:
            self._alarm.ring()

    def note(self, *ends: End) -> None:
        """Write down in the next round what became of messages."""
        self._ended.extend(ends)
        if ends:
            self._alarm.ring()

    def look_up(self, row: QueuedMessage) -> None:
        """Look up in the next round a message that is about to leave."""
        self._leaving.append(row)
        self._alarm.ring()

    def take_no_more(self) -> None:
        """Leave in the outbox what is there."""
        self._takes_more = False
        self._alarm.ring()

    def finish(self) -> None:
        """Ask `run` to end when everything noted so far is written down."""
        self._is_finishing = True
        self._alarm.ring()

    async def run(self, courier: Courier) -> None:
        """Keep rounds; `courier` sends what they give."""
        failures = 0
        next_look = moment()
        while self._ended or not self._is_finishing:
            if moment() >= next_look:
                self._backlog.is_behind = True
                next_look = moment() + _LOOK_EVERY.total_seconds()
            request = self._next_request()
            if request is None:
                await self._alarm.wait(next_look if self._takes_more else None)
                continue
            is_kept = await self._keep(request, courier)
            failures = 0 if is_kept else failures + 1
            if failures:
                if not self._takes_more:
                    return
                pause = back_off(failures, chance=0, longest=_LONGEST_PAUSE)
                await asyncio.sleep(pause.total_seconds())

    def _next_request(self) -> RoundRequest | None:
        """Give the next round's command, if there is anything to do."""
        limit = min(self._queues.room, _READ_AT_ONCE) if self._takes_more and self._backlog.is_behind else 0
        request = RoundRequest(
            ended=tuple(self._ended),
            leaving=tuple(self._leaving) if self._takes_more else (),
            owed=tuple(self._owed),
            after=self._backlog.seen if limit else None,
            limit=limit,
        )
        self._ended, self._leaving, self._owed = [], [], []
        return request if request.ended or request.leaving or request.owed or limit else None

    async def _keep(self, request: RoundRequest, courier: Courier) -> bool:
        """Run a round; False when nothing can be stored at present."""
        try:
            answer = await self._executor.run(self._rounds.keep, request)
        except StorageUnavailableError as error:
            _log.warning("what was sent cannot be written down at present", extra={"reason": reason_of(error)})
            self._ended[:0], self._leaving[:0] = request.ended, request.leaving
            self._owed[:0] = request.owed
            return False
        except Exception as error:  # noqa: BLE001  # an edge: one row that cannot be read must not stop the others
            _log.exception("a round of the delivery failed", extra={"reason": type(error).__name__})
            parts = list(_parts(request))
            if len(parts) == 1:
                self._give_up(request, courier)
                return True
            return all([await self._keep(part, courier) for part in parts])
        if isinstance(answer, RoundAnswer):
            self._apply(request, answer, courier)
        return True

    def _apply(self, request: RoundRequest, answer: RoundAnswer, courier: Courier) -> None:
        for end, follow_up in zip(request.ended, answer.follow_ups, strict=True):
            if isinstance(end, Parked):
                self._backlog.park(end)
            courier.settle(end, follow_up)
        for row, departure in zip(request.leaving, answer.departures, strict=True):
            if departure is None:
                courier.end(row)
            else:
                courier.depart(departure)
        if request.limit:
            self._take_in(self._backlog.find(answer.found, is_all=len(answer.found) < request.limit), courier)
        self._take_in([_back(row) for row in answer.returned], courier)
        for chat in {each.chat for each in request.owed}:
            courier.resume(chat)

    def _take_in(self, rows: Sequence[QueuedMessage], courier: Courier) -> None:
        for row in rows:
            courier.put(row)

    def _give_up(self, request: RoundRequest, courier: Courier) -> None:
        """Let the chat go on whose row cannot be read or written down: it waits, or stays for the next start."""
        for end in request.ended:
            courier.settle(end, None)
        for row in request.leaving:
            courier.put_back(row)
        if request.limit:
            self._backlog.is_behind = False  # until the next look


def _parts(request: RoundRequest) -> Iterator[RoundRequest]:
    """Take a request apart into what can fail by itself."""
    yield from (RoundRequest(ended=(each,)) for each in request.ended)
    yield from (RoundRequest(leaving=(each,)) for each in request.leaving)
    yield from (RoundRequest(owed=(each,)) for each in request.owed)
    if request.limit:
        yield RoundRequest(after=request.after, limit=request.limit)


def _back(row: OutboxRow) -> QueuedMessage:
    if row.outgoing is None:
        raise LookupError
    return QueuedMessage.of(row.seq, row.outgoing, attempts=row.attempts)
