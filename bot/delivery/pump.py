"""The pump: sends the messages in hand, and decides what becomes of each."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, assert_never

from bot.delivery.alarm import Alarm, moment
from bot.delivery.chat_queues import ChatQueue, QueuedMessage, SendQueue
from bot.delivery.pacing import Pace
from bot.delivery.retry import Advice, Next, advise
from bot.delivery.round_keeper import RoundKeeper
from bot.delivery.rounds import Finished, Parked
from bot.domain.ids import ChatId, MessageId
from bot.domain.outgoing import FOLDED, Delete, EditCard, FreshCard, Outgoing, Shown, cover
from bot.ports import Clock, Delivered, Sender, SendOutcome

_KEEP_IN_HAND: Final = timedelta(seconds=5)
"""A message that waits longer than this goes back to the outbox, with the others of its chat."""
_STUBBORN: Final = 12
"""After so many unknown ends (about half an hour) a message no longer holds up the others of its chat."""
_SLOW_CHATS: Final = 3
"""So many chats asked to slow down within `_SLOW_WITHIN` mean the whole bot."""
_SLOW_WITHIN: Final = timedelta(seconds=10)
_LAST_MOMENTS: Final = timedelta(seconds=10)
"""How long `run` waits for requests on their way when it is stopped."""

_log = logging.getLogger(__name__)


class Pump:
    """Sends what it is given, until stopped."""

    def __init__(self, *, sender: Sender, clock: Clock, pace: Pace, keeper: RoundKeeper) -> None:
        self._sender = sender
        self._clock = clock
        self._pace = pace
        self._keeper = keeper
        self._queues = SendQueue(pace)
        self._slow: deque[tuple[float, ChatId]] = deque()
        self._flying: set[asyncio.Task[None]] = set()
        self._is_stopping = False
        self._alarm = Alarm()

    def take_in(self, rows: Sequence[QueuedMessage], asked_at: datetime) -> None:
        """Queue messages; those that would overtake others of their chat go back where the others are."""
        now = moment()
        touched: dict[ChatId, ChatQueue] = {}
        for row in rows:
            chat_queue = touched[row.outgoing.chat] = self._queues.of(row.outgoing.chat)
            if chat_queue.away_until is not None and chat_queue.away_until > asked_at:
                self._keeper.put_back([row], until=chat_queue.away_until)
            else:
                self._add(chat_queue, row)
        for chat_queue in touched.values():
            self._queues.line_up(chat_queue, now)
        if touched:
            self._alarm.ring()

    def stop(self) -> None:
        """Ask `run` to end: nothing new is sent."""
        self._is_stopping = True
        self._alarm.ring()

    async def run(self) -> None:
        """Send until `stop`, then wait a while for what is on its way."""
        try:
            while not self._is_stopping:
                now = moment()
                while len(self._flying) < self._pace.at_once and (turn := self._queues.next(now)) is not None:
                    task = asyncio.create_task(self._attempt(*turn))
                    self._flying.add(task)
                    task.add_done_callback(self._landed)
                await self._alarm.wait(None if len(self._flying) >= self._pace.at_once else self._queues.wake_at())
            if self._flying:
                await asyncio.wait(self._flying, timeout=_LAST_MOMENTS.total_seconds())
        finally:
            late = tuple(self._flying)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._alarm.ring()

    async def _attempt(self, chat_queue: ChatQueue, row: QueuedMessage) -> None:
        """Try one message, decide what becomes of it, and let its chat's queue go on."""
        try:
            await self._try(chat_queue, row)
        finally:
            self._queues.end(chat_queue, moment())

    async def _try(self, chat_queue: ChatQueue, row: QueuedMessage) -> None:
        at = row.at if isinstance(row.outgoing, EditCard) else None
        delivered = await self._deliver(row.outgoing, at)
        is_cover = isinstance(row.outgoing, EditCard) and row.outgoing.is_cover
        if delivered.outcome is SendOutcome.GONE and at is not None and not is_cover:
            delivered = await self._deliver(row.outgoing, None)
        advice = advise(delivered.outcome, attempts=row.attempts + 1, retry_after=delivered.retry_after)
        match advice.next:
            case Next.DROP:
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
        shown = row.outgoing if isinstance(row.outgoing, Shown) else None
        if sent is not None and shown is not None and chat_queue.is_wiped(row):
            sent = None if await self._take_away(shown, sent) else sent
        elif sent is not None and isinstance(row.outgoing, FreshCard) and row.at is not None:
            is_away = await self._take_away(row.outgoing, row.at)
            deleted, left = (row.at, None) if is_away else (None, row.at)
        if sent is not None and row.card is not None:
            chat_queue.move(row.card, row.at, sent)
        self._keeper.note(Finished(row, sent=sent, deleted=deleted, left=left))

    async def _take_away(self, shown: Shown, message: MessageId) -> bool:
        """Delete a message, or fold an officer's card that is too old for it. False: it still shows what it showed."""
        deleting = Delete(chat=shown.chat, urgency=shown.urgency, messages=(message,))
        ended = await self._deliver(deleting, None)
        if ended.outcome is SendOutcome.SENT or not shown.protect:
            return ended.outcome is SendOutcome.SENT
        folding = cover(shown.chat, message, screen=FOLDED, language=shown.language)
        ended = await self._deliver(folding, message)
        return ended.outcome in {SendOutcome.SENT, SendOutcome.HARMLESS, SendOutcome.GONE}

    def _park(self, chat_queue: ChatQueue, row: QueuedMessage, delivered: Delivered) -> None:
        rows = [row]
        if delivered.outcome is SendOutcome.BLOCKED:
            rows += chat_queue.rows
            chat_queue.rows.clear()
        self._keeper.note(*(Parked(each, delivered.reason) for each in rows))
        _log.warning("messages were parked", extra={"reason": delivered.reason, "count": len(rows)})

    def _retry(self, chat_queue: ChatQueue, row: QueuedMessage, delivered: Delivered, advice: Advice) -> None:
        now = moment()
        until = self._clock.now() + advice.delay
        row = QueuedMessage(row.id, row.outgoing, row.attempts + 1, row.at)
        _log.info("a message is tried again later", extra={"reason": delivered.reason, "attempts": row.attempts})
        if delivered.outcome is SendOutcome.SLOW_DOWN:
            self._note_slow(chat_queue.chat, now, advice.delay)
        if advice.delay <= _KEEP_IN_HAND:
            chat_queue.not_before = now + advice.delay.total_seconds()
            self._add(chat_queue, row)
        elif row.attempts > _STUBBORN and delivered.outcome is SendOutcome.UNKNOWN:
            chat_queue.not_before = now + _KEEP_IN_HAND.total_seconds()
            self._keeper.put_back([row], until=until)
        else:
            chat_queue.not_before = now + advice.delay.total_seconds()
            chat_queue.away_until = until
            self._keeper.put_back([row, *chat_queue.rows], until=until)
            chat_queue.rows.clear()

    def _note_slow(self, chat: ChatId, now: float, delay: timedelta) -> None:
        """Slow everything down when several chats are told to wait within a short time."""
        self._slow.append((now, chat))
        while self._slow and self._slow[0][0] < now - _SLOW_WITHIN.total_seconds():
            self._slow.popleft()
        if len({each for _, each in self._slow}) >= _SLOW_CHATS:
            self._queues.not_before = max(self._queues.not_before, now + delay.total_seconds())
            _log.warning("the Bot API asks everything to slow down", extra={"delay": delay.total_seconds()})

    def _add(self, chat_queue: ChatQueue, row: QueuedMessage) -> None:
        self._keeper.note(*(Finished(gone) for gone in chat_queue.add(row)))
