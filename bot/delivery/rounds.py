"""A round of the delivery: one unit of work over the outbox and what chats remember of messages that were sent.

It first writes down what became of the rows in hand, then takes new ones: so a row taken knows every card that
was written down before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, assert_never

from bot.delivery.chat_queues import QueuedMessage
from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import Conversation, place_name
from bot.domain.ids import ChatId, MessageId, TipNumber, UpdateKey, first_outbox_id
from bot.domain.outgoing import Answer, Card, Delete, EditCard, FreshCard, Outgoing, Send, Shown, Urgency
from bot.domain.retention import ANSWER_LIVES
from bot.ports import Leased, UnitOfWork

_LEASE: Final = timedelta(hours=1)
"""Longer than any row is held; what a stopped process held is released when the next one starts."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A row has come to its end, and leaves the outbox."""

    row: QueuedMessage
    sent: MessageId | None = None
    """The new message in the chat, when one was sent."""
    deleted: MessageId | None = None
    """The old card, when it was deleted or folded."""
    left: MessageId | None = None
    """The old card, when it could be neither."""


@dataclass(frozen=True, slots=True)
class Parked:
    """A row is set aside: it cannot be sent."""

    row: QueuedMessage
    reason: str
    """An error's class name."""


@dataclass(frozen=True, slots=True)
class PutBack:
    """A row waits in the outbox for its next try."""

    row: QueuedMessage
    due: datetime


End = Finished | Parked | PutBack
"""What became of a row in hand."""


@dataclass(frozen=True, slots=True)
class RoundRequest:
    """One round's command: what became of rows, and how many new ones to take."""

    ended: tuple[End, ...] = ()
    limit: int = 0
    key: UpdateKey | None = None


@dataclass(frozen=True, slots=True)
class LeasedBatch:
    """What a round gives: rows in hand, and when the next one is due if none is due now."""

    rows: tuple[QueuedMessage, ...] = ()
    has_more: bool = False
    next_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReleaseLeases:
    """The command with which delivery starts."""

    key: UpdateKey | None = None


async def release_leases(uow: UnitOfWork, _: ReleaseLeases) -> None:
    """Take back the rows that a stopped process had in its hands."""
    await uow.outbox.release_all()


async def keep_round(uow: UnitOfWork, command: RoundRequest) -> LeasedBatch:
    """Write down what became of rows, then take new ones."""
    for end in command.ended:
        match end:
            case Finished():
                await uow.outbox.drop(end.row.id)
            case Parked():
                await uow.outbox.park(end.row.id, reason=end.reason)
            case PutBack():
                await uow.outbox.retry(end.row.id, due=end.due)
            case _:
                assert_never(end)
    for chat, ends in _by_chat(command.ended).items():
        await _remember(uow, chat, ends)
    if not command.limit:
        return LeasedBatch()
    leased = await uow.outbox.lease(limit=command.limit, until=uow.now + _LEASE)
    rows = await _Taking(uow).rows(leased)
    has_more = len(leased) >= command.limit
    return LeasedBatch(tuple(rows), has_more, None if has_more else await uow.outbox.next_due())


def _by_chat(ended: Sequence[End]) -> Mapping[ChatId, list[Finished]]:
    chats: dict[ChatId, list[Finished]] = {}
    for end in ended:
        if isinstance(end, Finished) and _changes_chat(end):
            chats.setdefault(end.row.outgoing.chat, []).append(end)
    return chats


def _changes_chat(end: Finished) -> bool:
    return end.deleted is not None or (end.sent is not None and (end.row.card is not None or _is_traced(end)))


def _is_traced(end: Finished) -> bool:
    return isinstance(end.row.outgoing, Shown) and end.row.outgoing.traced


async def _remember(uow: UnitOfWork, chat: ChatId, ends: list[Finished]) -> None:
    """Store where cards stand and what can be deleted later; a chat that was wiped stays wiped."""
    known = await uow.conversations.get(chat)
    if known is None:
        return
    changed = known
    for end in ends:
        changed = _noted(changed, end, hour=hour_of(uow.now))
    if changed != known:
        await uow.conversations.put(changed)


def _noted(conversation: Conversation, end: Finished, *, hour: datetime) -> Conversation:
    if end.deleted is not None:
        kept = tuple(each for each in conversation.traces if each.message != end.deleted)
        conversation = conversation.but(traces=kept)
    if end.sent is None:
        return conversation
    if _is_traced(end):
        conversation = conversation.trace(end.sent, hour=hour)
    card = end.row.card
    if card is None:
        return conversation
    left = {} if end.left is None else {place_name(card, end.left): end.left}
    return conversation.but(cards={**conversation.cards, **left, card: end.sent})


@dataclass(frozen=True, slots=True)
class _Taking:
    """Reads each chat once, to tell which rows still hold and where their cards stand."""

    uow: UnitOfWork
    chats: dict[ChatId, Conversation | None] = field(default_factory=dict)

    async def rows(self, leased: Sequence[Leased]) -> list[QueuedMessage]:
        rows = []
        for each in leased:
            if not await self._holds(each):
                await self.uow.outbox.drop(each.id)
                continue
            rows.append(QueuedMessage(each.id, each.outgoing, each.attempts, await self._place_of(each.outgoing)))
        return rows

    async def _place_of(self, outgoing: Outgoing) -> MessageId | None:
        if not isinstance(outgoing, Card):
            return None
        known = await self._chat(outgoing.chat)
        return known.cards.get(outgoing.card, outgoing.at) if known else outgoing.at

    async def _holds(self, leased: Leased) -> bool:
        """Look up whether a message that had to wait is still wanted, and what it tells of a tip still true."""
        match leased.outgoing:
            case Answer():
                return leased.id >= first_outbox_id(self.uow.now - ANSWER_LIVES)
            case Delete():
                return True
            case Send(tip=int() as number, version=version):
                return await self._is_true(number, leased.outgoing.chat, version=version)
            case Send() | EditCard() | FreshCard():
                return await self._may_be_read(leased.outgoing, attempts=leased.attempts)
            case _:
                assert_never(leased.outgoing)

    async def _may_be_read(self, shown: Shown, *, attempts: int) -> bool:
        if shown.protect and not shown.outlives_role:
            reader = await self.uow.officers.by_chat(shown.chat)
            is_answer = shown.urgency <= Urgency.REPLY and not shown.may_carry_words
            return reader is not None and (reader.is_active or is_answer)  # whoever waits to be let in is answered
        # A chat that is not known was wiped meanwhile, or idle so long that nothing it is told matters any more.
        return not (shown.traced and attempts) or await self._chat(shown.chat) is not None

    async def _is_true(self, number: TipNumber, chat: ChatId, *, version: int | None) -> bool:
        known, tip = await self._chat(chat), await self.uow.tips.get(number)
        if known is None or tip is None or version not in {None, tip.version}:
            return False
        return known.handle_of(number) is not None and await self.uow.tips.route(number) == known.chat

    async def _chat(self, chat: ChatId) -> Conversation | None:
        if chat not in self.chats:
            self.chats[chat] = await self.uow.conversations.get(chat)
        return self.chats[chat]
