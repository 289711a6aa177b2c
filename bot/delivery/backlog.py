"""How far the outbox is known in memory: what was handed over, what must still be read, and whose rows are parked."""

from collections.abc import Sequence

from bot.delivery.chat_queues import QueuedMessage
from bot.delivery.ends import Parked
from bot.delivery.rounds import Owed
from bot.domain.ids import ChatId, OutboxId
from bot.ports import BLOCKED, HandedOver, LostTrack, OutboxRow, QueuedRow


class Backlog:
    """Numbers alone; the messages wait in their chats' queues."""

    def __init__(self) -> None:
        self.seen = OutboxId(0)
        """Every row up to this one is known, or over."""
        self.is_behind = True
        """There may be rows behind it."""
        self._heard: dict[OutboxId, float] = {}
        self._owed: dict[ChatId, list[OutboxId]] = {}

    def hear(self, handed_over: Sequence[HandedOver], *, now: float, has_room: bool) -> list[QueuedMessage]:
        """Take what was handed over, without a gap: behind one, or without room, the table is read when it can be."""
        rows = []
        for each in handed_over:
            match each:
                case QueuedRow() if each.seq == self.seen + 1 and has_room:
                    self.seen = each.seq
                    rows.append(QueuedMessage.of(each.seq, each.outgoing, heard_at=now))
                case QueuedRow() if each.seq > self.seen:
                    self.is_behind = True
                    if has_room:
                        self._heard[each.seq] = now
                case QueuedRow():
                    continue
                case LostTrack():
                    self.is_behind = True
        return rows

    def find(self, found: Sequence[OutboxRow], *, is_all: bool) -> list[QueuedMessage]:
        """Take what was read from the table: all there is, or as much as was asked for."""
        rows = []
        for each in found:
            if each.seq <= self.seen or each.outgoing is None:
                continue
            if each.parked_hour is not None:
                self._owe(each.outgoing.chat, each.reason, [each.seq])
            else:
                heard_at = self._heard.get(each.seq)
                rows.append(QueuedMessage.of(each.seq, each.outgoing, attempts=each.attempts, heard_at=heard_at))
        self.seen = max([self.seen, *(each.seq for each in found)])
        self._heard = {seq: at for seq, at in self._heard.items() if seq > self.seen}
        self.is_behind = bool(self._heard) or not is_all
        return rows

    def park(self, end: Parked) -> None:
        """Remember what was parked because its person takes no messages."""
        self._owe(end.row.chat, end.reason, [row.seq for row in end.rows])

    def owes(self, chat: ChatId) -> bool:
        """Say whether rows are parked that a person is sent when they come back."""
        return chat in self._owed

    def _owe(self, chat: ChatId, reason: str | None, rows: Sequence[OutboxId]) -> None:
        if reason == BLOCKED:
            self._owed.setdefault(chat, []).extend(rows)

    def take_owed(self, chat: ChatId) -> list[Owed]:
        """Name the parked rows that somebody who came back is owed, once."""
        return [Owed(chat, seq) for seq in self._owed.pop(chat, ())]
