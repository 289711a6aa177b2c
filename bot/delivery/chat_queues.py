"""Which message goes next: one queue a chat, one message of a chat in hand, and chats take turns.

All of it lives in memory and is decided from times given by the caller; nothing here waits or sends.
"""

import heapq
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.delivery.pacing import Meter, Pace
from bot.domain.conversation import card_at
from bot.domain.ids import CardName, ChatId, OutboxId
from bot.domain.outgoing import Answer, Card, FreshCard, Outgoing, Send, Shown, Urgency
from bot.domain.retention import ANSWER_LIVES
from bot.domain.screens.base import Line

STUBBORN: Final = 12
"""After so many attempts (about half an hour) a message no longer holds up the others of its chat."""
_PRUNE_ABOVE: Final = 1000
"""Queues kept before the rested ones are looked for and let go."""
_NEVER: Final = float("-inf")


@dataclass(slots=True, eq=False)
class QueuedMessage:
    """An outbox row as it waits here: what decides about its turn, and the message itself while there is room."""

    seq: OutboxId
    chat: ChatId
    urgency: Urgency
    outgoing: Outgoing | None
    attempts: int
    matter: str | None
    """What it is about: of two messages about the same, only the newer is sent."""
    card: CardName | None
    is_fresh: bool
    """It is a card to be sent anew at the end of the chat."""
    is_paced: bool
    """It counts against the chat's pace: what shows nothing new does not."""
    is_simple: bool
    """Nothing need be looked up before it leaves, as long as it is known here since it was queued."""
    has_words: bool
    """It may show a citizen's words."""
    is_in_place: bool
    """It goes into an officer's message that is known: what stands there must be hidden where it may not be shown."""
    outlives_role: bool
    wipes: bool
    is_answer: bool
    heard_at: float | None
    """When it was handed over; None when it was read from the table, with an age that nobody knows."""
    not_before: float = _NEVER

    @classmethod
    def of(
        cls, seq: OutboxId, outgoing: Outgoing, *, attempts: int = 0, heard_at: float | None = None
    ) -> "QueuedMessage":
        """Say of a message what its turn is decided by."""
        shown = outgoing if isinstance(outgoing, Shown) else None
        send = outgoing if isinstance(outgoing, Send) else None
        card = outgoing.card if isinstance(outgoing, Card) else None
        is_line = send is not None and isinstance(send.screen, Line) and not send.wipes
        is_reply = is_line and outgoing.urgency <= Urgency.REPLY  # two equal notices are news of two things
        return cls(
            seq=seq,
            chat=outgoing.chat,
            urgency=outgoing.urgency,
            outgoing=outgoing,
            attempts=attempts,
            matter=_matter_of(outgoing) or (outgoing.model_dump_json() if is_reply else None),
            card=card,
            is_fresh=isinstance(outgoing, FreshCard),
            is_paced=shown is not None,
            is_simple=shown is None or (send is not None and not send.protect and send.tip is None),
            has_words=shown is not None and shown.may_carry_words,
            is_in_place=isinstance(outgoing, Card) and outgoing.protect and outgoing.at is not None,
            outlives_role=shown is None or shown.outlives_role,
            wipes=send is not None and send.wipes,
            is_answer=isinstance(outgoing, Answer),
            heard_at=heard_at,
        )

    @property
    def order(self) -> tuple[bool, Urgency, OutboxId]:
        """Give its place in the queue of its chat."""
        return self.attempts > STUBBORN, self.urgency, self.seq

    @property
    def must_be_looked_up(self) -> bool:
        """Say whether it has to be asked before it leaves what it holds, for whom, and where it goes."""
        return not self.is_simple or self.outgoing is None or self.heard_at is None or self.attempts > 0

    def is_stale(self, now: float) -> bool:
        """Say whether it answers a press for whose answer nobody waits any more."""
        return self.is_answer and (self.heard_at is None or now - self.heard_at > ANSWER_LIVES.total_seconds())

    def take_over(self, older: "QueuedMessage") -> None:
        """Keep what an older state of the same card was for: its urgency, and the place at the end of the chat."""
        self.urgency = min(self.urgency, older.urgency)
        self.is_fresh = self.is_fresh or older.is_fresh


def _matter_of(outgoing: Outgoing) -> str | None:
    """Name what a card is about: copies of one are told apart by the message they stand in."""
    if not isinstance(outgoing, Card) or outgoing.at is None:
        return outgoing.card if isinstance(outgoing, Card) else None
    return f"{outgoing.kind}:{card_at(outgoing.at)}"


class ChatQueue:
    """The messages of one chat."""

    __slots__ = (
        "_by_matter",
        "chat",
        "ended_by",
        "entry",
        "is_busy",
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
        self.not_before = _NEVER
        self.entry: tuple[float, float, ChatId] | None = None
        self.wiped_by = self.ended_by = OutboxId(0)
        """The newest row that said that the chat was wiped or locked; that its officer's role has ended."""
        self._by_matter: dict[str, QueuedMessage] = {}

    def add(self, row: QueuedMessage) -> list[QueuedMessage]:
        """Put a row in its place; gives back what is not sent any more.

        Of two about the same the newest stays, and nothing stays that was queued before the chat was wiped.
        """
        if self.is_wiped(row):
            return [row]
        gone: list[QueuedMessage] = []
        if row.wipes:
            self.wiped_by = max(self.wiped_by, row.seq)
            self.ended_by = max(self.ended_by, row.seq) if row.outlives_role else self.ended_by
            gone = [each for each in self.rows if self.is_wiped(each)]
            for each in gone:
                self._remove(each)
        if row.matter is not None and (other := self._by_matter.get(row.matter)) is not None:
            self._remove(other)
            older, row = (other, row) if other.seq < row.seq else (row, other)
            row.take_over(older)
            gone.append(older)
        insort(self.rows, row, key=lambda each: each.order)
        if row.matter is not None:
            self._by_matter[row.matter] = row
        return gone

    def is_wiped(self, row: QueuedMessage) -> bool:
        """Tell whether a row would show what must not be shown any more since its chat was wiped."""
        if row.is_in_place:  # it is looked up before it leaves, and covers what it was to replace
            return False
        return (row.has_words and row.seq < self.wiped_by) or (not row.outlives_role and row.seq < self.ended_by)

    def take(self) -> QueuedMessage:
        """Take the first row in hand."""
        row = self.rows[0]
        self._remove(row)
        return row

    def _remove(self, row: QueuedMessage) -> None:
        del self.rows[bisect_left(self.rows, row.order, key=lambda each: each.order)]
        if row.matter is not None:
            del self._by_matter[row.matter]

    def ready_at(self) -> float:
        """Tell from when on the first row may leave."""
        first = self.rows[0]
        return max(self.not_before, first.not_before, self.meter.ready_at() if first.is_paced else _NEVER)

    def is_rested(self, now: float) -> bool:
        """Tell whether the queue can be forgotten."""
        return not (self.rows or self.is_busy) and self.not_before <= now and self.meter.is_rested(now)


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
        self.not_before = _NEVER
        """Nothing leaves before this moment."""
        self.size = 0
        """Rows that wait."""

    @property
    def room(self) -> int:
        """Tell how many more rows may be known."""
        return max(self._pace.known - self.size, 0)

    def __len__(self) -> int:
        return len(self._queues)

    def of(self, chat: ChatId) -> ChatQueue:
        """Give a chat's queue."""
        chat_queue = self._queues.get(chat)
        if chat_queue is None:
            chat_queue = self._queues[chat] = ChatQueue(chat, self._pace)
        return chat_queue

    def add(self, row: QueuedMessage, now: float) -> list[QueuedMessage]:
        """Let a row wait for its turn; gives back what is not sent any more."""
        chat_queue = self.of(row.chat)
        if self.size >= self._pace.loaded or len(chat_queue.rows) >= self._pace.loaded_of_chat:
            row.outgoing = None
        gone = chat_queue.add(row)
        self.size += 1 - len(gone)
        self._line_up(chat_queue, now)
        return gone

    def resume(self, chat: ChatId, now: float) -> None:
        """Let a chat go on at once."""
        chat_queue = self.of(chat)
        chat_queue.not_before = min(chat_queue.not_before, now)
        self._line_up(chat_queue, now)

    def take_all(self, chat: ChatId) -> list[QueuedMessage]:
        """Take everything that waits for a chat."""
        chat_queue = self.of(chat)
        rows = [chat_queue.take() for _ in range(len(chat_queue.rows))]
        self.size -= len(rows)
        return rows

    def next(self, now: float) -> QueuedMessage | None:
        """Take the next row that may leave now, and count it; its chat is busy until `end`."""
        for due in self._due(now):
            due.entry = None
            self._line_up(due, now)
        if max(self.not_before, self._overall.ready_at()) > now:
            return None
        chat_queue = self._first_ready()
        if chat_queue is None:
            return None
        row = chat_queue.take()
        self.size -= 1
        chat_queue.entry, chat_queue.is_busy = None, True
        self._overall.take(now)
        if row.is_paced:
            chat_queue.meter.take(now)
        return row

    def end(self, chat: ChatId, now: float) -> None:
        """Let a chat go on after its message came to an end."""
        chat_queue = self.of(chat)
        chat_queue.is_busy = False
        self._line_up(chat_queue, now)
        if len(self._queues) > self._prune_at:
            self._queues = {chat: each for chat, each in self._queues.items() if not each.is_rested(now)}
            self._prune_at = max(_PRUNE_ABOVE, 2 * len(self._queues))

    def wake_at(self) -> float | None:
        """Tell when to call `next` again, when it has just given None; None when only new rows can change that."""
        moments = [self._paced[0][0]] if self._paced else []
        if self._ready:
            moments.append(max(self.not_before, self._overall.ready_at()))
        return min(moments, default=None)

    def _line_up(self, chat_queue: ChatQueue, now: float) -> None:
        """Give a chat its place in the turn: after rows were added, or a message came to its end."""
        if chat_queue.is_busy or not chat_queue.rows:
            chat_queue.entry = None
            return
        at = chat_queue.ready_at()
        is_paced = at > now
        place = at if is_paced else float(chat_queue.rows[0].urgency)
        if chat_queue.entry is None:
            self._turn += 1
            turn: float = self._turn
        elif chat_queue.entry[0] == place and chat_queue.is_paced == is_paced:
            return
        else:
            turn = chat_queue.entry[1]
        chat_queue.entry, chat_queue.is_paced = (place, turn, chat_queue.chat), is_paced
        heapq.heappush(self._paced if is_paced else self._ready, chat_queue.entry)

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
