"""Which message goes next: one queue a chat, one message of a chat on its way, and chats take turns.

All of it lives in memory and is decided from times given by the caller; nothing here waits or sends.
"""

import heapq
from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, assert_never

from bot.delivery.pacing import Meter, Pace
from bot.domain.ids import CardName, ChatId, MessageId, OutboxId
from bot.domain.outgoing import Answer, Card, Delete, EditCard, FreshCard, Outgoing, Send, Shown, Urgency, hidden

_PRUNE_ABOVE: Final = 1000
"""Queues kept before the rested ones are looked for and let go."""


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """An outbox row in hand."""

    id: OutboxId
    outgoing: Outgoing
    attempts: int = 0
    """How often it was tried."""
    at: MessageId | None = None
    """Where its card stands in the chat, as far as is known."""

    @property
    def card(self) -> CardName | None:
        """Name the card it shows, if any."""
        return self.outgoing.card if isinstance(self.outgoing, Card) else None

    @property
    def is_paced(self) -> bool:
        """Tell whether it counts against the chat's pace: what shows nothing new does not."""
        match self.outgoing:
            case Send() | EditCard() | FreshCard():
                return True
            case Answer() | Delete():
                return False
            case _:
                assert_never(self.outgoing)

    @property
    def order(self) -> tuple[Urgency, OutboxId]:
        """Give its place in the queue of its chat."""
        return self.outgoing.urgency, self.id


class ChatQueue:
    """The messages of one chat."""

    __slots__ = (
        "away_until",
        "chat",
        "entry",
        "is_busy",
        "is_ended",
        "is_paced",
        "meter",
        "not_before",
        "rows",
        "wiped_by",
    )

    def __init__(self, chat: ChatId, pace: Pace) -> None:
        self.chat = chat
        self.meter = Meter(pace.chat if chat > 0 else pace.group)
        self.rows: list[QueuedMessage] = []
        self.is_busy = False
        self.is_paced = False
        self.not_before = float("-inf")
        self.away_until: datetime | None = None
        """Rows of it went back to the outbox until then; what is taken before that must not overtake them."""
        self.entry: tuple[float, float, ChatId] | None = None
        self.wiped_by: OutboxId | None = None
        self.is_ended = False
        """It was wiped because its officer's role has ended."""

    def add(self, row: QueuedMessage) -> list[QueuedMessage]:
        """Put a row in its place; gives back what is not sent any more.

        Of two for one card the newest stays, and nothing stays that was queued before the chat was wiped.
        """
        if self.is_wiped(row):
            return [row]
        gone: list[QueuedMessage] = []
        if isinstance(row.outgoing, Send) and row.outgoing.wipes:
            self.wiped_by, self.is_ended = row.id, row.outgoing.outlives_role
            gone = self._wipe()
        older = self._insert(row)
        return gone if older is None else [*gone, older]

    def _wipe(self) -> list[QueuedMessage]:
        """Take out what must not be shown any more; an edit goes on as one that hides what it was to replace."""
        rows, gone = self.rows, []
        self.rows = []
        for row in rows:
            instead = hidden(row.outgoing) if self.is_ended else None
            if not self.is_wiped(row):
                self.rows.append(row)
            elif instead is not None:
                self.rows.append(replace(row, outgoing=instead))
            else:
                gone.append(row)
        return gone

    def is_wiped(self, row: QueuedMessage) -> bool:
        """Tell whether a row would show what must not be shown any more since its chat was wiped."""
        is_older = self.wiped_by is not None and row.id < self.wiped_by
        if not is_older or not isinstance(row.outgoing, Shown):
            return False
        return row.outgoing.may_carry_words or (self.is_ended and not row.outgoing.outlives_role)

    def _insert(self, row: QueuedMessage) -> QueuedMessage | None:
        for index, other in enumerate(self.rows):
            if _is_same_card(row, other):
                older, newer = sorted((row, other), key=lambda each: each.id)
                del self.rows[index]
                insort(self.rows, _merged(newer, older), key=lambda each: each.order)
                return older
        insort(self.rows, row, key=lambda each: each.order)
        return None

    def move(self, card: CardName, old: MessageId | None, new: MessageId) -> None:
        """Say where a card stands now to the rows that do not know it yet."""
        for index, row in enumerate(self.rows):
            if row.card == card and row.at in (None, old):
                self.rows[index] = replace(row, at=new)

    def ready_at(self) -> float:
        """Tell from when on the first row may leave."""
        return max(self.not_before, self.meter.ready_at()) if self.rows[0].is_paced else self.not_before

    def is_rested(self, now: float) -> bool:
        """Tell whether the queue can be forgotten."""
        return not (self.rows or self.is_busy) and self.not_before <= now and self.meter.is_rested(now)


def _is_same_card(one: QueuedMessage, other: QueuedMessage) -> bool:
    """Tell whether two rows are for one card: what tells copies of a card apart is the message."""
    if one.card is None or other.card is None or one.at != other.at:
        return False
    are_edits = isinstance(one.outgoing, EditCard) and isinstance(other.outgoing, EditCard)
    return one.card == other.card or (are_edits and one.at is not None)


def _merged(newer: QueuedMessage, older: QueuedMessage) -> QueuedMessage:
    """Let a card's newer row keep what the older one was for: its urgency, and the place at the end of the chat."""
    kind = FreshCard if FreshCard in {type(newer.outgoing), type(older.outgoing)} else EditCard
    urgency = min(newer.outgoing.urgency, older.outgoing.urgency)
    fields = {name: value for name, value in newer.outgoing if name not in {"kind", "urgency"}}
    return replace(newer, outgoing=kind(urgency=urgency, **fields))


class SendQueue:
    """Every chat's queue, and whose turn it is: the most urgent first, then whoever waits longest."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._overall = Meter(pace.overall)
        self._queues: dict[ChatId, ChatQueue] = {}
        self._ready: list[tuple[float, float, ChatId]] = []  # urgency, turn
        self._paced: list[tuple[float, float, ChatId]] = []  # moment, turn
        self._turn = 0
        self._prune_at = _PRUNE_ABOVE
        self.not_before = float("-inf")
        """Nothing leaves before this moment."""

    def __len__(self) -> int:
        return len(self._queues)

    def of(self, chat: ChatId) -> ChatQueue:
        """Give a chat's queue."""
        chat_queue = self._queues.get(chat)
        if chat_queue is None:
            chat_queue = self._queues[chat] = ChatQueue(chat, self._pace)
        return chat_queue

    def line_up(self, chat_queue: ChatQueue, now: float) -> None:
        """Give a chat its place in the turn: after rows were added, a message came to its end, or it was paused."""
        if chat_queue.is_busy or not chat_queue.rows:
            chat_queue.entry = None
            return
        at = chat_queue.ready_at()
        is_paced = at > now
        place = at if is_paced else float(chat_queue.rows[0].outgoing.urgency)
        if chat_queue.entry is None:
            self._turn += 1
            turn: float = self._turn
        elif chat_queue.entry[0] == place and chat_queue.is_paced == is_paced:
            return
        else:
            turn = chat_queue.entry[1]
        chat_queue.entry, chat_queue.is_paced = (place, turn, chat_queue.chat), is_paced
        heapq.heappush(self._paced if is_paced else self._ready, chat_queue.entry)

    def next(self, now: float) -> tuple[ChatQueue, QueuedMessage] | None:
        """Take the next row that may leave now, and count it; its chat is busy until `end`."""
        for due in self._due(now):
            due.entry = None
            self.line_up(due, now)
        if max(self.not_before, self._overall.ready_at()) > now:
            return None
        chat_queue = self._first_ready()
        if chat_queue is None:
            return None
        row = chat_queue.rows.pop(0)
        chat_queue.entry, chat_queue.is_busy = None, True
        self._overall.take(now)
        if row.is_paced:
            chat_queue.meter.take(now)
        return chat_queue, row

    def end(self, chat_queue: ChatQueue, now: float) -> None:
        """Let a chat go on after its message came to an end."""
        chat_queue.is_busy = False
        self.line_up(chat_queue, now)
        if len(self._queues) > self._prune_at:
            self._queues = {chat: each for chat, each in self._queues.items() if not each.is_rested(now)}
            self._prune_at = max(_PRUNE_ABOVE, 2 * len(self._queues))

    def wake_at(self) -> float | None:
        """Tell when to call `next` again, when it has just given None; None when only new rows can change that."""
        moments = [self._paced[0][0]] if self._paced else []
        if self._ready:
            moments.append(max(self.not_before, self._overall.ready_at()))
        return min(moments, default=None)

    def _due(self, now: float) -> Iterator[ChatQueue]:
        while self._paced and self._paced[0][0] <= now:
            chat_queue = self._holder(heapq.heappop(self._paced))
            if chat_queue is not None:
                yield chat_queue

    def _first_ready(self) -> ChatQueue | None:
        while self._ready:
            chat_queue = self._holder(heapq.heappop(self._ready))
            if chat_queue is not None:
                return chat_queue
        return None

    def _holder(self, entry: tuple[float, float, ChatId]) -> ChatQueue | None:
        chat_queue = self._queues.get(entry[2])
        return chat_queue if chat_queue is not None and chat_queue.entry is entry else None
