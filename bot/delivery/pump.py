"""The pump: sends messages when it is their turn, and decides what becomes of each."""

import asyncio
import logging
from datetime import timedelta
from typing import Final, assert_never

from bot.delivery.alarm import Alarm, moment
from bot.delivery.chat_queues import STUBBORN, QueuedMessage, SendQueue
from bot.delivery.ends import Departure, End, Gone, Landed, Parked, Tried
from bot.delivery.pacing import Pace, Storm
from bot.delivery.retry import LONGEST_DELAY, Advice, Next, advise
from bot.delivery.round_keeper import RoundKeeper
from bot.delivery.rounds import placeholder_of
from bot.domain.ids import ChatId, MessageId
from bot.domain.outgoing import FOLDED, Card, Delete, EditCard, FreshCard, Outgoing, Shown, cover
from bot.ports import BLOCKED, Delivered, Sender, SendOutcome

_OTHERS_WAIT: Final = timedelta(seconds=5)
"""How long the others of a chat wait after a message that never gets an answer failed again."""
_OWED_FIRST: Final = timedelta(seconds=1)
"""How long a new message to someone who took none waits for the older ones, which come back when its person did."""
_LAST_MOMENTS: Final = timedelta(seconds=10)
"""How long `run` waits for requests on their way when it is stopped."""

_log = logging.getLogger(__name__)


class Pump:
    """Sends what waits, until stopped."""

    def __init__(self, *, sender: Sender, pace: Pace, queues: SendQueue, keeper: RoundKeeper) -> None:
        self._sender = sender
        self._pace = pace
        self._queues = queues
        self._keeper = keeper
        self._storm = Storm()
        self._in_hand = 0
        self._flying: set[asyncio.Task[None]] = set()
        self._is_stopping = False
        self._alarm = Alarm()

    def put(self, row: QueuedMessage) -> None:
        """Let a row wait for its turn; what its person is owed from before goes first, if they are back."""
        if self._keeper.owes(row.chat):
            chat_queue = self._queues.of(row.chat)
            chat_queue.not_before = max(chat_queue.not_before, moment() + _OWED_FIRST.total_seconds())
        self._keeper.note(*map(Gone, self._queues.add(row, moment())))
        self._alarm.ring()

    def resume(self, chat: ChatId) -> None:
        """Let a chat go on that waited for what it is owed."""
        self._queues.resume(chat, moment())
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
                while self._in_hand < self._pace.at_once and (row := self._queues.next(now)) is not None:
                    self._in_hand += 1
                    self._begin(row, now)
                await self._alarm.wait(None if self._in_hand >= self._pace.at_once else self._queues.wake_at())
            if self._flying:
                await asyncio.wait(self._flying, timeout=_LAST_MOMENTS.total_seconds())
        finally:
            late = tuple(self._flying)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _begin(self, row: QueuedMessage, now: float) -> None:
        if row.is_stale(now):
            self._keeper.note(Gone(row))
            self.end(row)
        elif row.must_be_looked_up or row.outgoing is None:
            self._keeper.look_up(row)
        else:
            self.depart(Departure(row, row.outgoing))

    def depart(self, departure: Departure) -> None:
        """Send a message that was looked up."""
        if self._is_stopping:
            return
        task = asyncio.create_task(self._attempt(departure))
        self._flying.add(task)
        task.add_done_callback(self._flying.discard)

    def settle(self, end: End, follow_up: Outgoing | None) -> None:
        """Go on after what became of a message was written down: with what must follow it, or with the next."""
        if not isinstance(end, Landed | Parked):
            return
        if follow_up is not None:
            row = QueuedMessage.of(end.row.seq, follow_up, attempts=end.row.attempts)
            row.is_paced = False
            self.put(row)
        self.end(end.row)

    def end(self, row: QueuedMessage) -> None:
        """Let a chat go on after its message in hand came to an end."""
        self._in_hand -= 1
        self._queues.end(row.chat, moment())
        self._alarm.ring()

    async def _attempt(self, departure: Departure) -> None:
        """Try one message, and decide what becomes of it."""
        outgoing, row = departure.outgoing, departure.row
        at = departure.at if isinstance(outgoing, EditCard) and not departure.is_placeholder else None
        delivered = await (self._delete(outgoing) if isinstance(outgoing, Delete) else self._deliver(outgoing, at))
        if delivered.outcome is SendOutcome.GONE and at is not None and not _stays_away(outgoing):
            if isinstance(outgoing, Shown) and outgoing.is_content:
                departure = placeholder_of(departure)
            delivered = await self._deliver(departure.outgoing, None)
        advice = advise(delivered.outcome, attempts=row.attempts + 1, retry_after=delivered.retry_after)
        if advice.next is not Next.RETRY:
            self._storm.is_over()
        match advice.next:
            case Next.DROP:
                self._keeper.note(await self._landed(departure, delivered))
            case Next.PARK:
                self._park(row, delivered)
            case Next.RETRY:
                self._retry(row, delivered, advice)
            case _:
                assert_never(advice.next)

    async def _deliver(self, outgoing: Outgoing, message: MessageId | None) -> Delivered:
        try:
            return await self._sender.deliver(outgoing, message=message)
        except Exception as error:  # noqa: BLE001  # an edge: a screen that cannot be shown must not stop the others
            reason = type(error).__name__
            _log.exception("a message could not be made; it is parked", extra={"reason": reason})
            return Delivered(outcome=SendOutcome.REFUSED, reason=reason)

    async def _delete(self, deleting: Delete) -> Delivered:
        """Delete messages; one that cannot be deleted any more makes Telegram refuse the call, and is singled out."""
        delivered = await self._deliver(deleting, None)
        half = len(deleting.messages) // 2
        if not half or delivered.outcome is not SendOutcome.HARMLESS:
            return delivered
        for messages in (deleting.messages[:half], deleting.messages[half:]):
            delivered = await self._delete(deleting.model_copy(update={"messages": messages}))
            if delivered.outcome not in {SendOutcome.SENT, SendOutcome.HARMLESS}:
                break
        return delivered

    async def _landed(self, departure: Departure, delivered: Delivered) -> Landed:
        outgoing, at = departure.outgoing, departure.at
        if delivered.outcome is SendOutcome.GONE:
            return Landed(departure, deleted=at)
        is_new = delivered.outcome is SendOutcome.SENT and delivered.message != at
        sent = delivered.message if is_new else None
        if sent is None or not isinstance(outgoing, Shown):
            return Landed(departure)
        if outgoing.traced and self._queues.of(outgoing.chat).is_wiped(departure.row):
            return Landed(departure, None if await self._take_away(outgoing, sent) else sent)
        if isinstance(outgoing, FreshCard) and at is not None:
            is_away = await self._take_away(outgoing, at)
            return Landed(departure, sent, deleted=at if is_away else None, left=None if is_away else at)
        return Landed(departure, sent)

    async def _take_away(self, shown: Shown, message: MessageId) -> bool:
        """Delete a message, or fold an officer's card that is too old for it. False: it still shows what it showed."""
        deleting = Delete(chat=shown.chat, urgency=shown.urgency, messages=(message,))
        ended = await self._deliver(deleting, None)
        if ended.outcome is SendOutcome.SENT or not shown.protect:
            return ended.outcome is SendOutcome.SENT
        folding = cover(shown.chat, message, screen=FOLDED, language=shown.language)
        ended = await self._deliver(folding, message)
        return ended.outcome in {SendOutcome.SENT, SendOutcome.HARMLESS, SendOutcome.GONE}

    def _park(self, row: QueuedMessage, delivered: Delivered) -> None:
        is_blocked = delivered.outcome is SendOutcome.BLOCKED
        others = self._queues.take_all(row.chat) if is_blocked else []
        if self._queues.of(row.chat).is_wiped(row):
            self._keeper.note(Gone(row))  # and so there is nothing to park
        parked = Parked(row, BLOCKED if is_blocked else delivered.reason, tuple(others))
        self._keeper.note(parked)
        _log.warning("messages were parked", extra={"reason": delivered.reason, "count": len(parked.rows)})

    def _retry(self, row: QueuedMessage, delivered: Delivered, advice: Advice) -> None:
        now = moment()
        row.attempts += 1
        _log.info("a message is tried again later", extra={"reason": delivered.reason, "attempts": row.attempts})
        chat_queue = self._queues.of(row.chat)
        if delivered.outcome is SendOutcome.SLOW_DOWN and self._storm.grows(row.chat, now):
            self._queues.not_before = now + min(advice.delay, Storm.PAUSE).total_seconds()
            _log.warning("the Bot API asks everything to slow down", extra={"delay": advice.delay.total_seconds()})
        if row.attempts > STUBBORN and delivered.outcome is SendOutcome.UNKNOWN:
            row.not_before = now + advice.delay.total_seconds()
            chat_queue.not_before = now + _OTHERS_WAIT.total_seconds()
        else:
            chat_queue.not_before = now + advice.delay.total_seconds()
        self._keeper.note(Tried(row))
        self.put(row)
        self.end(row)

    def put_back(self, row: QueuedMessage) -> None:
        """Let a row that could not be looked up wait as one that never gets an answer."""
        row.attempts = max(row.attempts, STUBBORN) + 1
        row.not_before = moment() + LONGEST_DELAY.total_seconds()
        self.put(row)
        self.end(row)


def _stays_away(outgoing: Outgoing) -> bool:
    """Say whether a card that is gone from the phone is not sent anew: nothing to hide, nor to bring up to date."""
    return isinstance(outgoing, Card) and (outgoing.is_cover or (outgoing.at is not None and outgoing.is_content))
