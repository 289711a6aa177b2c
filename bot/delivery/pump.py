"""The delivery: takes rows from the outbox, sends them at Telegram's pace, and writes down what became of each.

Two loops side by side. One sends: it only looks at the lanes in memory. The other keeps the ledger: one unit of work
a round, however many messages ended since the last. Nothing is sent inside a transaction, and a row leaves the outbox
only after its message arrived: it is queued once, and may arrive twice when the answer to a request was lost.
"""

import asyncio
import logging
from collections import deque
from datetime import timedelta
from typing import Final, assert_never

from bot.delivery.chat_queues import ChatQueue, QueuedMessage, SendQueue
from bot.delivery.pacing import Pace
from bot.delivery.rounds import Finished, LeasedBatch, Opening, RoundRequest, keep, release
from bot.domain.ids import ChatId, MessageId, OutboxId
from bot.domain.outgoing import Outgoing, Placement
from bot.domain.retry import Advice, Next, SendOutcome, advise, back_off
from bot.domain.screens.base import Line
from bot.ports import Clock, Delivered, Executor, Sender, StorageUnavailableError

__all__ = ["Delivery", "Pace"]

KEEP_IN_HAND: Final = timedelta(seconds=5)
"""A row that waits longer than this goes back to the outbox, with the other rows of its chat."""
STUBBORN: Final = 12
"""After so many unknown ends (about half an hour) a row no longer holds up the others of its chat."""
SLOW_CHATS: Final = 3
"""So many chats asked to slow down within `SLOW_WITHIN` mean the whole bot."""
SLOW_WITHIN: Final = timedelta(seconds=10)
LOOK_EVERY: Final = timedelta(seconds=1)
"""How often the outbox is looked at without a nudge: other programs may write to it."""
LAST_MOMENTS: Final = timedelta(seconds=10)
"""How long `run` waits for requests on their way when it is stopped."""
LONGEST_PAUSE: Final = timedelta(seconds=30)

_log = logging.getLogger(__name__)


class Delivery:
    """Sends what is in the outbox, until stopped."""

    def __init__(self, *, executor: Executor, sender: Sender, clock: Clock, pace: Pace | None = None) -> None:
        self._executor = executor
        self._sender = sender
        self._clock = clock
        self._pace = pace or Pace()
        self._send_queue = SendQueue(self._pace)
        self._held: set[OutboxId] = set()
        self._ended: list[Finished] = []
        self._moved: dict[tuple[ChatId, str], tuple[MessageId | None, MessageId]] = {}
        self._tried: dict[OutboxId, int] = {}
        self._slow: deque[tuple[float, ChatId]] = deque()
        self._flying: set[asyncio.Task[None]] = set()
        self._is_stopping = False
        self._must_look = True
        self._wake_sending = asyncio.Event()
        self._wake_keeping = asyncio.Event()

    def nudge(self) -> None:
        """Say that something was written to the outbox: call it after a commit."""
        self._must_look = True
        self._wake_keeping.set()

    def stop(self) -> None:
        """Ask `run` to end: nothing new is sent, what is on its way may arrive."""
        self._is_stopping = True
        self._wake_sending.set()
        self._wake_keeping.set()

    async def run(self) -> None:
        """Deliver until `stop`. What is in hand then stays in the outbox for the next start."""
        await self._release()
        keeping = asyncio.create_task(self._keep())
        sending = asyncio.create_task(self._send())
        try:
            await asyncio.gather(keeping, sending)
        finally:
            for task in (keeping, sending, *self._flying):
                task.cancel()
            await asyncio.gather(keeping, sending, *self._flying, return_exceptions=True)

    # --- sending ------------------------------------------------------------------------------------------------

    async def _send(self) -> None:
        while not self._is_stopping:
            self._wake_sending.clear()
            now = _moment()
            while len(self._flying) < self._pace.at_once and (turn := self._send_queue.next(now)) is not None:
                task = asyncio.create_task(self._attempt(*turn))
                self._flying.add(task)
                task.add_done_callback(self._landed)
            at = None if len(self._flying) >= self._pace.at_once else self._send_queue.wake_at()
            await _until(self._wake_sending, at)
        if self._flying:
            _, late = await asyncio.wait(self._flying, timeout=LAST_MOMENTS.total_seconds())
            for task in late:
                task.cancel()

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._wake_sending.set()
        self._wake_keeping.set()

    async def _attempt(self, chat_queue: ChatQueue, row: QueuedMessage) -> None:
        """Try one row, decide what becomes of it, and let its lane go on."""
        try:
            await self._try(chat_queue, row)
        finally:
            self._send_queue.end(chat_queue, _moment())

    async def _try(self, chat_queue: ChatQueue, row: QueuedMessage) -> None:
        delivered = await self._deliver(
            row.outgoing, None if row.outgoing.placement is Placement.FRESH_CARD else row.at
        )
        if delivered.outcome is SendOutcome.GONE and row.outgoing.placement is Placement.CARD and row.at is not None:
            delivered = await self._deliver(row.outgoing, None)
        advice = advise(delivered.outcome, attempts=row.attempts + 1, retry_after=delivered.retry_after)
        match advice.next:
            case Next.DROP | Next.SEND_ANEW:
                await self._arrived(chat_queue, row, delivered)
            case Next.PARK:
                self._park(chat_queue, row, delivered)
            case Next.RETRY:
                self._retry(chat_queue, row, delivered, advice)
            case _:
                assert_never(advice.next)

    async def _deliver(self, outgoing: Outgoing, message: MessageId | None) -> Delivered:
        try:
            return await self._sender.deliver(outgoing, message=message)
        except Exception as error:  # noqa: BLE001  # an edge: a screen that cannot be shown must not stop the others
            reason = type(error).__name__
            _log.exception("a message could not be made; it is parked", extra={"reason": reason})
            return Delivered(outcome=SendOutcome.REFUSED, reason=reason)

    async def _arrived(self, chat_queue: ChatQueue, row: QueuedMessage, delivered: Delivered) -> None:
        sent = delivered.message if delivered.outcome is SendOutcome.SENT and delivered.message != row.at else None
        deleted = left = None
        if sent is not None and chat_queue.is_wiped(row):
            sent = None if await self._take_away(row, sent) else sent
        elif sent is not None and row.outgoing.placement is Placement.FRESH_CARD and row.at is not None:
            is_away = await self._take_away(row, row.at)
            deleted, left = (row.at, None) if is_away else (None, row.at)
        if sent is not None and row.card is not None:
            chat_queue.move(row.card, row.at, sent)
            self._moved[chat_queue.chat, row.card] = (row.at, sent)
        self._ended.append(Finished(row, Next.DROP, sent=sent, deleted=deleted, left=left))

    async def _take_away(self, row: QueuedMessage, message: MessageId) -> bool:
        """Delete a message, or fold an officer's card that is too old for it. False: it still shows what it showed."""
        deleting = row.outgoing.model_copy(update={"placement": Placement.DELETE, "messages": (message,)})
        ended = await self._deliver(deleting, None)
        if ended.outcome is SendOutcome.SENT or not row.outgoing.protect:
            return True
        folding = row.outgoing.model_copy(update={"placement": Placement.CARD, "screen": Line(key="card-folded")})
        ended = await self._deliver(folding, message)
        return ended.outcome in {SendOutcome.SENT, SendOutcome.HARMLESS, SendOutcome.GONE}

    def _park(self, chat_queue: ChatQueue, row: QueuedMessage, delivered: Delivered) -> None:
        rows = [row]
        if delivered.outcome is SendOutcome.BLOCKED:
            rows += chat_queue.rows
            chat_queue.rows.clear()
        self._ended.extend(Finished(each, Next.PARK, reason=delivered.reason) for each in rows)
        _log.warning("messages were parked", extra={"reason": delivered.reason, "count": len(rows)})

    def _retry(self, chat_queue: ChatQueue, row: QueuedMessage, delivered: Delivered, advice: Advice) -> None:
        now = _moment()
        row = QueuedMessage(row.id, row.outgoing, row.attempts + 1, row.at)
        _log.info("a message is tried again later", extra={"reason": delivered.reason, "attempts": row.attempts})
        if delivered.outcome is SendOutcome.SLOW_DOWN:
            self._note_slow(chat_queue.chat, now, advice.delay)
        if advice.delay <= KEEP_IN_HAND:
            chat_queue.not_before = now + advice.delay.total_seconds()
            self._add(chat_queue, row)
        elif row.attempts > STUBBORN and delivered.outcome is SendOutcome.UNKNOWN:
            chat_queue.not_before = now + KEEP_IN_HAND.total_seconds()
            self._put_back([row], advice.delay)
        else:
            chat_queue.not_before = now + advice.delay.total_seconds()
            self._put_back([row, *chat_queue.rows], advice.delay)
            chat_queue.rows.clear()

    def _note_slow(self, chat: ChatId, now: float, delay: timedelta) -> None:
        """Slow everything down when several chats are told to wait within a short time."""
        self._slow.append((now, chat))
        while self._slow and self._slow[0][0] < now - SLOW_WITHIN.total_seconds():
            self._slow.popleft()
        if len({each for _, each in self._slow}) >= SLOW_CHATS:
            self._send_queue.not_before = max(self._send_queue.not_before, now + delay.total_seconds())
            _log.warning("the Bot API asks everything to slow down", extra={"delay": delay.total_seconds()})

    # --- the ledger ---------------------------------------------------------------------------------------------

    async def _release(self) -> None:
        failures = 0
        while not self._is_stopping:
            try:
                await self._executor.run(release, Opening())
            except StorageUnavailableError:
                failures += 1
                await asyncio.sleep(_pause(failures))
            else:
                return

    async def _keep(self) -> None:
        failures = 0
        next_look = _moment()
        while True:
            self._wake_keeping.clear()
            if self._is_stopping and not self._flying and not self._ended:
                return
            if _moment() >= next_look:
                self._must_look = True
            command = self._round()
            if command is None:
                waits_for_room = self._must_look or self._is_stopping
                await _until(self._wake_keeping, None if waits_for_room else next_look)
                continue
            taken = await self._settle(command)
            failures = 0 if taken is not None else failures + 1
            if taken is None:
                if self._is_stopping:
                    return
                await asyncio.sleep(_pause(failures))
                continue
            if command.limit:
                next_look = _moment() + self._rest_before_look(taken)
            self._take_in(taken)

    def _round(self) -> RoundRequest | None:
        """Give the next round's command: what ended since the last, and how much there is room for."""
        room = self._pace.in_hand - len(self._held)
        limit = min(self._pace.batch, room) if self._must_look and not self._is_stopping else 0
        if not self._ended and limit <= 0:
            return None
        command = RoundRequest(tuple(self._ended), max(limit, 0))
        self._ended.clear()
        if command.limit:
            self._must_look = False
        return command

    async def _settle(self, command: RoundRequest) -> LeasedBatch | None:
        """Run a round; None when it could not be stored whole."""
        moved, self._moved = self._moved, {}
        try:
            taken = await self._executor.run(keep, command)
        except StorageUnavailableError as error:
            _log.warning("the ledger cannot be kept at present", extra={"reason": type(error).__name__})
            self._ended[:0] = command.ended
        except Exception as error:  # noqa: BLE001  # an edge: one row that cannot be read must not stop the others
            _log.exception("a round of the ledger failed", extra={"reason": type(error).__name__})
            await self._settle_apart(command)
        else:
            self._held -= {each.row.id for each in command.ended}
            return taken if isinstance(taken, LeasedBatch) else LeasedBatch()
        self._moved = moved | self._moved
        self._must_look = True
        return None

    async def _settle_apart(self, command: RoundRequest) -> None:
        """Write down one by one what became of rows; one that fails stays in hand until the next start."""
        for end in command.ended:
            try:
                await self._executor.run(keep, RoundRequest((end,)))
            except StorageUnavailableError:
                self._ended.append(end)
            except Exception as error:  # noqa: BLE001  # as above
                _log.exception("a row could not be written down", extra={"reason": type(error).__name__})
            else:
                self._held.discard(end.row.id)

    def _rest_before_look(self, taken: LeasedBatch) -> float:
        if taken.next_due is None:
            return LOOK_EVERY.total_seconds()
        wait = (taken.next_due - self._clock.now()).total_seconds()
        return min(max(wait, 0.01), LOOK_EVERY.total_seconds())

    def _take_in(self, taken: LeasedBatch) -> None:
        now = _moment()
        if taken.has_more:
            self._must_look = True
            self._wake_keeping.set()
        touched: dict[ChatId, ChatQueue] = {}
        for row in taken.rows:
            if row.id in self._held:
                continue
            self._held.add(row.id)
            chat_queue = touched[row.outgoing.chat] = self._send_queue.of(row.outgoing.chat)
            if chat_queue.not_before > now + KEEP_IN_HAND.total_seconds():
                self._put_back([row], timedelta(seconds=chat_queue.not_before - now))
                continue
            self._add(chat_queue, self._brought_up_to_date(row))
        for chat_queue in touched.values():
            self._send_queue.queue(chat_queue, now)
        if touched:
            self._wake_sending.set()

    def _brought_up_to_date(self, row: QueuedMessage) -> QueuedMessage:
        """Add what this process knows and the books do not yet: tries in memory, and where a card went meanwhile."""
        attempts = max(row.attempts, self._tried.pop(row.id, 0))
        old, new = self._moved.get((row.outgoing.chat, row.card or ""), (None, None))
        at = new if new is not None and row.at in {None, old} else row.at
        return QueuedMessage(row.id, row.outgoing, attempts, at)

    def _add(self, chat_queue: ChatQueue, row: QueuedMessage) -> None:
        self._ended.extend(Finished(gone, Next.DROP) for gone in chat_queue.add(row))

    def _put_back(self, rows: list[QueuedMessage], delay: timedelta) -> None:
        due = self._clock.now() + delay
        self._ended.extend(Finished(row, Next.RETRY, due=due) for row in rows)
        self._tried |= {row.id: row.attempts for row in rows if row.attempts}
        self._wake_keeping.set()


def _moment() -> float:
    return asyncio.get_running_loop().time()


def _pause(failures: int) -> float:
    return back_off(failures, chance=0, longest=LONGEST_PAUSE).total_seconds()


async def _until(event: asyncio.Event, at: float | None) -> None:
    """Wait for an event, or for a moment of the loop's clock."""
    if at is None:
        await event.wait()
        return
    timer = asyncio.get_running_loop().call_at(at, event.set)
    try:
        await event.wait()
    finally:
        timer.cancel()
