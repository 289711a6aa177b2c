"""A round of the delivery: one unit of work over the outbox and what chats remember of messages that were sent.

It first writes down what became of messages, then looks up those that are about to leave: so each leaves for whom it
may still be read by, to where its card stands by then.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, assert_never

from bot.delivery.card_places import place_of, remember
from bot.delivery.chat_queues import QueuedMessage
from bot.delivery.ends import Departure, End, Gone, Landed, Parked, Tried
from bot.domain.ids import ChatId, MessageId, OutboxId, TipNumber, UpdateKey
from bot.domain.outgoing import FOLDED, Card, EditCard, FreshCard, Outgoing, Send, Shown, Urgency, cover
from bot.ports import BLOCKED, OutboxRow, UnitOfWork

_OLD_NEWS: Final = timedelta(days=1)
"""A digest that waited longer for somebody to come back is not sent any more."""

MayRead = Callable[[UnitOfWork, Shown], Awaitable[bool]]
"""Says whether whoever has the chat may be shown now what a message shows an officer."""
OnBlocked = Callable[[UnitOfWork, ChatId], Awaitable[None]]
"""Hears, in the same unit of work, that a person takes no messages any more."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A parked row of somebody who takes messages again."""

    chat: ChatId
    seq: OutboxId


@dataclass(frozen=True, slots=True)
class RoundRequest:
    """One round's command: what became of rows, which are about to leave, which are owed to who came back."""

    ended: tuple[End, ...] = ()
    leaving: tuple[QueuedMessage, ...] = ()
    owed: tuple[Owed, ...] = ()
    after: OutboxId | None = None
    """Read what was queued behind this row."""
    limit: int = 0
    """How many rows are read at most."""
    key: UpdateKey | None = None


@dataclass(frozen=True, slots=True)
class RoundAnswer:
    """What a round gives."""

    follow_ups: tuple[Outgoing | None, ...] = ()
    """What is still to be sent for each row that ended."""
    departures: tuple[Departure | None, ...] = ()
    """Each row that is about to leave, as it leaves; None when it is not sent any more."""
    found: tuple[OutboxRow, ...] = ()
    returned: tuple[OutboxRow, ...] = ()
    """Parked rows that wait for their turn again."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """Keeps rounds."""

    may_read: MayRead
    on_blocked: OnBlocked | None = None

    async def keep(self, uow: UnitOfWork, request: RoundRequest) -> RoundAnswer:
        """Write down what became of rows, then look at what is next."""
        follow_ups = [await self._write_down(uow, end) for end in request.ended]
        returned = [await _take_back(uow, each.seq) for each in request.owed]
        departures = [await self._look_up(uow, row) for row in request.leaving]
        found = () if request.after is None else await uow.outbox.after(request.after, limit=request.limit)
        return RoundAnswer(
            tuple(follow_ups), tuple(departures), tuple(found), tuple(row for row in returned if row is not None)
        )

    async def _write_down(self, uow: UnitOfWork, end: End) -> Outgoing | None:
        match end:
            case Gone():
                await uow.outbox.drop(end.row.seq)
            case Tried():
                await uow.outbox.count_attempt(end.row.seq)
            case Parked():
                await self._park(uow, end)
            case Landed():
                await remember(uow, end)
                follow_up = await self._follow_up(uow, end)
                if follow_up is None:
                    await uow.outbox.drop(end.row.seq)
                return follow_up
            case _:
                assert_never(end)
        return None

    async def _follow_up(self, uow: UnitOfWork, end: Landed) -> Outgoing | None:
        """Say what must follow: the content of a placeholder, or the end of what may not be read any more."""
        departure, outgoing = end.departure, end.departure.outgoing
        if departure.is_placeholder:
            row = departure.row.outgoing or await _load(uow, departure.row)
            return _as(EditCard, row) if isinstance(row, Card) else None
        if isinstance(outgoing, Card) and outgoing.is_content and not await self.may_read(uow, outgoing):
            return _covering(outgoing, end.sent or departure.at)
        return None

    async def _park(self, uow: UnitOfWork, end: Parked) -> None:
        """Set rows aside; what only answers the moment is dropped, and so is content: it is asked for again."""
        for row in end.rows:
            is_momentary = row.is_answer or (row.has_words and await _is_content(uow, row))
            if end.reason == BLOCKED and is_momentary:
                await uow.outbox.drop(row.seq)
            else:
                await uow.outbox.park(row.seq, reason=end.reason)
        if end.reason == BLOCKED and self.on_blocked is not None:
            await self.on_blocked(uow, end.row.chat)

    async def _look_up(self, uow: UnitOfWork, row: QueuedMessage) -> Departure | None:
        outgoing = row.outgoing or await _load(uow, row)
        if isinstance(outgoing, Card):
            outgoing = _as(FreshCard if row.is_fresh else EditCard, outgoing)
        at = await place_of(uow, outgoing) if isinstance(outgoing, Card) else None
        if outgoing is not None and not await self._holds(uow, outgoing):
            outgoing = _covering(outgoing, at) if isinstance(outgoing, Card) and outgoing.protect else None
        if outgoing is None or (isinstance(outgoing, Card) and outgoing.is_cover and at is None):
            await uow.outbox.drop(row.seq)
            return None
        if isinstance(outgoing, Card) and outgoing.is_content and (at is None or isinstance(outgoing, FreshCard)):
            return placeholder_of(Departure(row, outgoing, at))
        return Departure(row, outgoing, at)

    async def _holds(self, uow: UnitOfWork, outgoing: Outgoing) -> bool:
        """Look up whether a message is still wanted, and what it tells still true and still theirs to read."""
        match outgoing:
            case Send(tip=int() as number):
                return await _is_true(uow, number, outgoing)
            case Shown(protect=True):
                return outgoing.outlives_role or await self._is_for_reader(uow, outgoing)
            case Shown(traced=True):
                # A chat that is not known was wiped meanwhile, or idle so long that nothing it is told still matters.
                return await uow.conversations.get(outgoing.chat) is not None
            case _:
                return True

    async def _is_for_reader(self, uow: UnitOfWork, shown: Shown) -> bool:
        if (
            isinstance(shown, Card) and shown.opens is not None
        ):  # folded, locked or revoked meanwhile: not shown any more
            known = await uow.conversations.get(shown.chat)
            if known is None or not known.may_show(shown.opens, shown.at):
                return False
        if shown.is_content:
            return await self.may_read(uow, shown)
        reader = await uow.officers.by_chat(shown.chat)
        is_reply = shown.urgency <= Urgency.REPLY
        return reader is not None and (reader.is_active or is_reply)  # whoever waits to be let in is answered


async def _take_back(uow: UnitOfWork, seq: OutboxId) -> OutboxRow | None:
    """Let a parked row wait for its turn again, to be looked up as any other; what is old news goes."""
    row = await uow.outbox.get(seq)
    if row is None or row.outgoing is None or row.parked_hour is None or row.reason != BLOCKED:
        return None
    if _is_old_news(row.outgoing, row.parked_hour, now=uow.now):
        await uow.outbox.drop(seq)
        return None
    await uow.outbox.take_back(seq)
    return row


def _is_old_news(outgoing: Outgoing, parked: datetime, *, now: datetime) -> bool:
    return outgoing.urgency is Urgency.DIGEST and now - parked > _OLD_NEWS


async def _is_content(uow: UnitOfWork, row: QueuedMessage) -> bool:
    outgoing = row.outgoing or await _load(uow, row)
    return isinstance(outgoing, Shown) and outgoing.is_content


async def _load(uow: UnitOfWork, row: QueuedMessage) -> Outgoing | None:
    kept = await uow.outbox.get(row.seq)
    return None if kept is None or kept.parked_hour is not None else kept.outgoing


async def _is_true(uow: UnitOfWork, number: TipNumber, told: Send) -> bool:
    known, tip = await uow.conversations.get(told.chat), await uow.tips.get(number)
    if known is None or tip is None or told.version not in {None, tip.version}:
        return False
    return known.handle_of(number) is not None and await uow.tips.route(number) == known.chat


def _covering(card: Card, at: MessageId | None) -> EditCard | None:
    """Give what hides an officer's card that may not be shown any more, or what it was to replace."""
    return None if at is None else cover(card.chat, at, screen=FOLDED, language=card.language)


def placeholder_of(departure: Departure) -> Departure:
    """Give what is sent first where content has no place yet that is written down: nothing but a place."""
    empty = departure.outgoing.model_copy(update={"screen": FOLDED})
    return Departure(departure.row, empty, departure.at, is_placeholder=True)


def _as(kind: type[EditCard | FreshCard], card: Card) -> EditCard | FreshCard:
    """Give a card as one that is edited where it is, or sent anew."""
    if isinstance(card, kind):
        return card
    return kind(**{name: value for name, value in card if name != "kind"})
