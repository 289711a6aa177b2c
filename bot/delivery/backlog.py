"""How far the outbox is known in memory: what was handed over, what must still be read, and whose rows are parked."""

from collections.abc import Sequence

from bot.delivery.chat_queues import QueuedMessage
from bot.delivery.ends import Parked
from bot.delivery.rounds import Revisit, Why
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
        self._parked: dict[ChatId, dict[OutboxId, bool]] = {}

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
                self._parked.setdefault(each.outgoing.chat, {})[each.seq] = each.reason == BLOCKED
            else:
                heard_at = self._heard.get(each.seq)
                rows.append(QueuedMessage.of(each.seq, each.outgoing, attempts=each.attempts, heard_at=heard_at))
        self.seen = max([self.seen, *(each.seq for each in found)])
        self._heard = {seq: at for seq, at in self._heard.items() if seq > self.seen}
        self.is_behind = bool(self._heard) or not is_all
        return rows

    def park(self, end: Parked) -> None:
        """Remember whose rows were parked."""
        self._parked.setdefault(end.row.chat, {}).update({row.seq: end.reason == BLOCKED for row in end.rows})

    def owes(self, chat: ChatId) -> bool:
        """Say whether rows are parked that a person is sent when they come back."""
        return any(self._parked.get(chat, {}).values())

    def revisited(self, chat: ChatId, why: Why) -> list[Revisit]:
        """Name the parked rows of a chat that are to be looked at again; whoever returned is not owed them twice."""
        parked = self._parked.get(chat, {})
        if why is not Why.RETURNED:
            return [Revisit(why, chat, seq) for seq in parked]
        owed = [seq for seq, is_blocked in parked.items() if is_blocked]
        for seq in owed:
            del parked[seq]
        if not parked:
            self._parked.pop(chat, None)
        return [Revisit(why, chat, seq) for seq in owed]
