"""A round of the delivery: one unit of work over the outbox and what chats remember of messages that were sent.

It first writes down what became of messages, then looks up those that are about to leave: so each leaves for whom it
may still be read by, to where its card stands by then.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final, assert_never

from bot.delivery.chat_queues import QueuedMessage
from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import Conversation, place_name
from bot.domain.ids import ChatId, MessageId, OutboxId, TipNumber, UpdateKey
from bot.domain.outgoing import FOLDED, Card, EditCard, FreshCard, Outgoing, Send, Shown, Urgency
from bot.ports import BLOCKED, OutboxRow, UnitOfWork

_OLD_NEWS: Final = timedelta(days=1)
"""A digest that waited longer for somebody to come back is not sent any more."""

MayRead = Callable[[UnitOfWork, Shown], Awaitable[bool]]
"""Says whether whoever has the chat may be shown now what a message shows an officer."""
OnBlocked = Callable[[UnitOfWork, ChatId], Awaitable[None]]
"""Hears, in the same unit of work, that a person takes no messages any more."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A message as it leaves: what is sent, and where its card stands."""

    row: QueuedMessage
    outgoing: Outgoing
    at: MessageId | None = None
    is_placeholder: bool = False
    """It says nothing yet: what it is for is edited in when it is written down where it stands."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that is not sent: a newer one says the same, its chat was wiped, or nobody waits for it any more."""

    row: QueuedMessage


@dataclass(frozen=True, slots=True)
class Tried:
    """A row stays: it may not have arrived."""

    row: QueuedMessage


@dataclass(frozen=True, slots=True)
class Landed:
    """A message arrived."""

    departure: Departure
    sent: MessageId | None = None
    """The new message in the chat, when one was sent."""
    deleted: MessageId | None = None
    """The old card, when it was deleted or folded."""
    left: MessageId | None = None
    """The old card, when it could be neither."""

    @property
    def row(self) -> QueuedMessage:
        """The row it was sent for."""
        return self.departure.row


@dataclass(frozen=True, slots=True)
class Parked:
    """A row cannot be sent, and with it, when its person takes no messages, all that wait for the same chat."""

    row: QueuedMessage
    reason: str
    """`BLOCKED`, or an error's class name."""
    others: tuple[QueuedMessage, ...] = ()

    @property
    def rows(self) -> tuple[QueuedMessage, ...]:
        """All of them."""
        return (self.row, *self.others)


End = Gone | Tried | Landed | Parked
"""What became of a row."""


class Why(Enum):
    """Why parked rows of a chat are looked at again."""

    RETURNED = "the person takes messages again"
    WIPED = "the chat was wiped or locked"
    ENDED = "the role of its officer has ended"


@dataclass(frozen=True, slots=True)
class Revisit:
    """A parked row that is to be looked at again."""

    why: Why
    chat: ChatId
    seq: OutboxId


@dataclass(frozen=True, slots=True)
class RoundRequest:
    """One round's command: what became of rows, which are about to leave, which parked ones to look at."""

    ended: tuple[End, ...] = ()
    leaving: tuple[QueuedMessage, ...] = ()
    revisited: tuple[Revisit, ...] = ()
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
        returned = [await _revisit(uow, each.why, each.seq) for each in request.revisited]
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
                await _remember(uow, end)
                follow_up = await self._follow_up(uow, end.departure)
                if follow_up is None:
                    await uow.outbox.drop(end.row.seq)
                return follow_up
            case _:
                assert_never(end)
        return None

    async def _follow_up(self, uow: UnitOfWork, departure: Departure) -> Outgoing | None:
        """Say what must follow: the content of a placeholder, or the end of what may not be read any more."""
        outgoing = departure.outgoing
        if departure.is_placeholder:
            row = departure.row.outgoing or await _load(uow, departure.row)
            return _as(EditCard, row) if isinstance(row, Card) else None
        if isinstance(outgoing, Card) and outgoing.is_content and not await self.may_read(uow, outgoing):
            return folding_of(outgoing)
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
        at = await _place_of(uow, outgoing) if isinstance(outgoing, Card) else None
        if outgoing is not None and not await self._holds(uow, outgoing, attempts=row.attempts):
            is_on_phone = at is not None and isinstance(outgoing, Card) and outgoing.is_content
            outgoing = folding_of(outgoing) if is_on_phone else None  # type: ignore[arg-type]  # a card, as was asked
        if outgoing is None or (is_folding(outgoing) and at is None):
            await uow.outbox.drop(row.seq)
            return None
        if isinstance(outgoing, Card) and outgoing.is_content and (at is None or isinstance(outgoing, FreshCard)):
            return placeholder_of(Departure(row, outgoing, at))
        return Departure(row, outgoing, at)

    async def _holds(self, uow: UnitOfWork, outgoing: Outgoing, *, attempts: int) -> bool:
        """Look up whether a message is still wanted, and what it tells still true and still theirs to read."""
        match outgoing:
            case Send(tip=int() as number):
                return await _is_true(uow, number, outgoing)
            case Shown(protect=True):
                return outgoing.outlives_role or await self._is_for_reader(uow, outgoing)
            case Shown(traced=True) if attempts:
                # A chat that is not known was wiped meanwhile, or idle so long that nothing it is told still matters.
                return await uow.conversations.get(outgoing.chat) is not None
            case _:
                return True

    async def _is_for_reader(self, uow: UnitOfWork, shown: Shown) -> bool:
        if shown.is_content:
            return await self.may_read(uow, shown)
        reader = await uow.officers.by_chat(shown.chat)
        is_reply = shown.urgency <= Urgency.REPLY
        return reader is not None and (reader.is_active or is_reply)  # whoever waits to be let in is answered


async def _revisit(uow: UnitOfWork, why: Why, seq: OutboxId) -> OutboxRow | None:
    """Look at a parked row again: let it wait for its turn, forget it, or leave it."""
    row = await uow.outbox.get(seq)
    if row is None or row.outgoing is None or row.parked_hour is None:
        return None
    shown = row.outgoing if isinstance(row.outgoing, Shown) else None
    match why:
        case Why.RETURNED if row.reason != BLOCKED:
            return None
        case Why.RETURNED if _is_old_news(row.outgoing, row.parked_hour, now=uow.now):
            is_over = True
        case Why.RETURNED:
            await uow.outbox.take_back(seq)
            return row
        case Why.WIPED:
            is_over = shown is not None and shown.may_carry_words
        case Why.ENDED:
            is_over = shown is not None and not shown.outlives_role
        case _:
            assert_never(why)
    if is_over:
        await uow.outbox.drop(seq)
    return None


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


async def _place_of(uow: UnitOfWork, card: Card) -> MessageId | None:
    known = await uow.conversations.get(card.chat)
    return known.cards.get(card.card, card.at) if known else card.at


async def _remember(uow: UnitOfWork, end: Landed) -> None:
    """Store where a card stands and what can be deleted later; a chat that was wiped stays wiped."""
    outgoing = end.departure.outgoing
    if not isinstance(outgoing, Shown) or (end.deleted is None and end.sent is None):
        return
    known = await uow.conversations.get(outgoing.chat)
    if known is not None and (changed := _noted(known, outgoing, end, hour=hour_of(uow.now))) != known:
        await uow.conversations.put(changed)


def _noted(conversation: Conversation, shown: Shown, end: Landed, *, hour: datetime) -> Conversation:
    if end.deleted is not None:
        kept = tuple(each for each in conversation.traces if each.message != end.deleted)
        conversation = conversation.but(traces=kept)
    if end.sent is None:
        return conversation
    if shown.traced:
        conversation = conversation.trace(end.sent, hour=hour)
    if not isinstance(shown, Card):
        return conversation
    left = {} if end.left is None else {place_name(shown.card, end.left): end.left}
    return conversation.but(cards={**conversation.cards, **left, shown.card: end.sent})


def placeholder_of(departure: Departure) -> Departure:
    """Give what is sent first where content has no place yet that is written down: nothing but a place."""
    empty = departure.outgoing.model_copy(update={"screen": FOLDED})
    return Departure(departure.row, empty, departure.at, is_placeholder=True)


def folding_of(card: Card) -> Outgoing:
    """Give what replaces a card by a line that says nothing."""
    return _as(EditCard, card).model_copy(update={"screen": FOLDED, "urgency": Urgency.REPLY})


def is_folding(outgoing: Outgoing) -> bool:
    """Say whether a message replaces a card by a line that says nothing: without a card there is nothing to do."""
    return isinstance(outgoing, EditCard) and outgoing.screen == FOLDED


def _as(kind: type[EditCard | FreshCard], card: Card) -> EditCard | FreshCard:
    """Give a card as one that is edited where it is, or sent anew."""
    if isinstance(card, kind):
        return card
    return kind(**{name: value for name, value in card if name != "kind"})
