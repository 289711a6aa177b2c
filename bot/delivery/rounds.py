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
from bot.domain.conversation import Conversation, Trace, tip_of
from bot.domain.ids import ChatId, MessageId, TipNumber, UpdateKey, first_outbox_id
from bot.domain.outgoing import (
    FOLDED,
    Answer,
    Card,
    Delete,
    EditCard,
    FreshCard,
    Outgoing,
    Send,
    Shown,
    Urgency,
    cover,
    hidden,
)
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
        noted = _note_traced if _is_traced(end) else _note_officers
        changed = await noted(uow, changed, end)
    if changed != known:
        await uow.conversations.put(changed)


async def _note_traced(uow: UnitOfWork, chat: Conversation, end: Finished) -> Conversation:
    """Store where a citizen's card stands, and every other message among the traces: each stands in one of the two."""
    for message, card in ((end.left, None), (end.sent, end.row.card)):
        if message is None:
            continue
        trace = Trace(message=message, hour=hour_of(uow.now) if message == end.sent else None, is_own=True)
        if card is not None and card in chat.card_names:
            await uow.conversations.put_place(chat.chat, card, trace)
        else:
            chat = chat.but(said=await uow.conversations.add_trace(chat.chat, trace, number=chat.said))
    return chat


async def _note_officers(uow: UnitOfWork, chat: Conversation, end: Finished) -> Conversation:
    """Store where an officer's card stands; one that may be shown no more by now is folded where it landed."""
    card = end.row.outgoing
    if not isinstance(card, Card):
        return chat
    tip = tip_of(card.card)
    if tip is None:
        if end.sent is not None and card.card in chat.card_names:
            place = Trace(message=end.sent, hour=None, is_own=True)
            await uow.conversations.put_place(chat.chat, card.card, place)
        return chat
    is_wanted = chat.may_show(tip, None)
    for message in (end.left, end.sent if card.opens is not None else None):
        if message is not None and is_wanted:
            chat = chat.opened(tip, message)
        elif message is not None:
            await uow.outbox.put(cover(chat.chat, message, screen=FOLDED, language=chat.language))
    is_gone = isinstance(card, EditCard) and end.sent is not None
    gone = end.row.at if is_gone else end.deleted
    return chat if gone is None else chat.covered(gone)


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
                instead = hidden(each.outgoing)
                if instead is not None and await self.uow.officers.by_chat(instead.chat) is None:
                    await self.uow.outbox.put(instead)
                continue
            rows.append(QueuedMessage(each.id, each.outgoing, each.attempts, await self._place_of(each.outgoing)))
        return rows

    async def _place_of(self, outgoing: Outgoing) -> MessageId | None:
        if not isinstance(outgoing, Card):
            return None
        known = await self._chat(outgoing.chat)
        if outgoing.at is not None or known is None:
            return outgoing.at
        if (tip := tip_of(outgoing.card)) is not None:
            return known.newest_open(tip)
        place = await self.uow.conversations.place(outgoing.chat, outgoing.card)
        return place.message if place is not None else None

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
                return await self._may_be_read(leased.outgoing)
            case _:
                assert_never(leased.outgoing)

    async def _may_be_read(self, shown: Shown) -> bool:
        if shown.protect and not shown.outlives_role:
            reader = await self.uow.officers.by_chat(shown.chat)
            is_answer = shown.urgency <= Urgency.REPLY and not shown.may_carry_words
            if reader is None or not (reader.is_active or is_answer):  # whoever waits to be let in is answered
                return False
        known = await self._chat(shown.chat)
        if (
            isinstance(shown, Card) and shown.opens is not None
        ):  # folded, locked or revoked meanwhile: not shown any more
            return known is not None and known.may_show(shown.opens, shown.at)
        # A chat that is not known was wiped meanwhile, or idle so long that nothing it is told matters any more.
        return not shown.traced or known is not None

    async def _is_true(self, number: TipNumber, chat: ChatId, *, version: int | None) -> bool:
        known, tip = await self._chat(chat), await self.uow.tips.get(number)
        if known is None or tip is None or version not in {None, tip.version}:
            return False
        return known.handle_of(number) is not None and await self.uow.tips.route(number) == known.chat

    async def _chat(self, chat: ChatId) -> Conversation | None:
        if chat not in self.chats:
            self.chats[chat] = await self.uow.conversations.get(chat)
        return self.chats[chat]
