"""The round keeper: takes messages from the outbox, and writes down what became of those it took, round by round."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.alarm import Alarm, moment
from bot.delivery.chat_queues import QueuedMessage
from bot.delivery.pacing import Pace
from bot.delivery.retry import back_off
from bot.delivery.rounds import (
    End,
    Finished,
    LeasedBatch,
    PutBack,
    ReleaseLeases,
    RoundRequest,
    keep_round,
    release_leases,
)
from bot.domain.ids import ChatId, MessageId, OutboxId
from bot.ports import Clock, Executor, StorageUnavailableError, reason_of

_LOOK_EVERY: Final = timedelta(seconds=1)
"""How often the outbox is looked at without being told to: other programs may write to it."""
_LONGEST_PAUSE: Final = timedelta(seconds=30)

_log = logging.getLogger(__name__)


class RoundKeeper:
    """Keeps rounds until it is told to finish, and knows what is in hand meanwhile."""

    def __init__(self, *, executor: Executor, clock: Clock, pace: Pace) -> None:
        self._executor = executor
        self._clock = clock
        self._pace = pace
        self._held: set[OutboxId] = set()
        self._ended: list[End] = []
        self._tried: dict[OutboxId, int] = {}
        self._must_look = True
        self._takes_more = True
        self._is_finishing = False
        self._alarm = Alarm()

    def look(self) -> None:
        """Look into the outbox now."""
        self._must_look = True
        self._alarm.ring()

    def note(self, *ends: End) -> None:
        """Write down in the next round what became of messages."""
        self._ended.extend(ends)
        if ends:
            self._alarm.ring()

    def put_back(self, rows: Sequence[QueuedMessage], *, until: datetime) -> None:
        """Let messages wait in the outbox, until a moment of the clock."""
        self._tried |= {row.id: row.attempts for row in rows if row.attempts}
        self.note(*(PutBack(row, until) for row in rows))

    def take_no_more(self) -> None:
        """Leave in the outbox what is there."""
        self._takes_more = False
        self._alarm.ring()

    def finish(self) -> None:
        """Ask `run` to end when everything noted so far is written down."""
        self._is_finishing = True
        self._alarm.ring()

    async def release_leases(self) -> None:
        """Take back what a stopped process had in its hands, as soon as that can be stored."""
        failures = 0
        while self._takes_more:
            try:
                await self._executor.run(release_leases, ReleaseLeases())
            except StorageUnavailableError:
                failures += 1
                await asyncio.sleep(_pause(failures))
            else:
                return

    async def run(self, hand_over: Callable[[Sequence[QueuedMessage], datetime], None]) -> None:
        """Keep rounds; `hand_over` is given what was taken, and the moment it was asked for."""
        failures = 0
        next_look = moment()
        while self._ended or not self._is_finishing:
            if moment() >= next_look:
                self._must_look = True
            asked_at = self._clock.now()
            request = self._next_request()
            if request is None:
                waits_for_room = self._must_look or not self._takes_more
                await self._alarm.wait(None if waits_for_room else next_look)
                continue
            batch = await self._keep(request)
            failures = 0 if batch is not None else failures + 1
            if batch is None:
                if not self._takes_more:
                    return
                await asyncio.sleep(_pause(failures))
                continue
            if request.limit:
                next_look = moment() + self._rest_before_look(batch)
            if batch.has_more:
                self.look()
            hand_over(self._new_in(batch), asked_at)

    def _next_request(self) -> RoundRequest | None:
        """Give the next round's command: what ended since the last, and how much there is room for."""
        room = self._pace.in_hand - len(self._held)
        limit = min(self._pace.batch, room) if self._must_look and self._takes_more else 0
        if not self._ended and limit <= 0:
            return None
        request = RoundRequest(tuple(self._ended), max(limit, 0))
        self._ended.clear()
        if request.limit:
            self._must_look = False
        return request

    async def _keep(self, request: RoundRequest) -> LeasedBatch | None:
        """Run a round; None when it could not be stored whole."""
        try:
            batch = await self._executor.run(keep_round, request)
        except StorageUnavailableError as error:
            _log.warning("what was sent cannot be written down at present", extra={"reason": reason_of(error)})
            self._ended[:0] = request.ended
        except Exception as error:  # noqa: BLE001  # an edge: one row that cannot be read must not stop the others
            _log.exception("a round of the delivery failed", extra={"reason": type(error).__name__})
            await self._keep_apart(request)
        else:
            self._held -= {each.row.id for each in request.ended}
            return batch if isinstance(batch, LeasedBatch) else LeasedBatch()
        self._must_look = True
        return None

    async def _keep_apart(self, request: RoundRequest) -> None:
        """Write down one by one what became of messages; one that fails stays in hand until the next start."""
        for end in request.ended:
            try:
                await self._executor.run(keep_round, RoundRequest((end,)))
            except StorageUnavailableError:
                self._ended.append(end)
            except Exception as error:  # noqa: BLE001  # as above
                _log.exception("a row could not be written down", extra={"reason": type(error).__name__})
            else:
                self._held.discard(end.row.id)

    def _rest_before_look(self, batch: LeasedBatch) -> float:
        if batch.next_due is None:
            return _LOOK_EVERY.total_seconds()
        wait = (batch.next_due - self._clock.now()).total_seconds()
        return min(max(wait, 0.01), _LOOK_EVERY.total_seconds())

    def _new_in(self, batch: LeasedBatch) -> list[QueuedMessage]:
        """Give what is not in hand yet, with what is known here and not stored yet: tries, and where cards went."""
        moved = _moves(self._ended)
        new = []
        for row in batch.rows:
            if row.id in self._held:
                continue
            self._held.add(row.id)
            attempts, at = max(row.attempts, self._tried.pop(row.id, 0)), row.at
            for old, sent in moved.get((row.outgoing.chat, row.card), ()):
                at = sent if at in {None, old} else at
            new.append(replace(row, attempts=attempts, at=at))
        return new


def _moves(ends: Sequence[End]) -> dict[tuple[ChatId, str | None], list[tuple[MessageId | None, MessageId]]]:
    """Tell from where to where cards went, in order."""
    moved: dict[tuple[ChatId, str | None], list[tuple[MessageId | None, MessageId]]] = {}
    for end in ends:
        if isinstance(end, Finished) and end.sent is not None and end.row.card is not None:
            moved.setdefault((end.row.outgoing.chat, end.row.card), []).append((end.row.at, end.sent))
    return moved


def _pause(failures: int) -> float:
    return back_off(failures, chance=0, longest=_LONGEST_PAUSE).total_seconds()
