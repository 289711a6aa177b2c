"""A small world for the delivery: outbox and conversations in dictionaries, and a channel that does as it is told."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType, SimpleNamespace
from typing import Any, cast

from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import Conversation, Language, Trace
from bot.domain.ids import CardName, ChatId, MessageId, OfficerNumber, OutboxId, first_outbox_id
from bot.domain.outgoing import Answer, Delete, EditCard, Outgoing, Send, Shown, Urgency
from bot.domain.places import UnitCode
from bot.domain.roles import Enrolment, Officer, Role
from bot.domain.screens.base import Line
from bot.ports import Clock, Delivered, Leased, SendOutcome, StorageUnavailableError, UnitOfWork
from tests.memory.repositories.conversations import MemoryConversations
from tests.memory.state import State
from tests.unit.virtual_time import START


def message(chat: int = 1, text: str = "x", *, kind: type[Shown | Answer] = Send, **changes: Any) -> Any:
    """Make a message out that shows a text, a reply unless said otherwise."""
    given: dict[str, Any] = {"callback": "q"} if kind is Answer else {"urgency": Urgency.REPLY}
    return kind(chat=ChatId(chat), language=Language.VI, screen=Line(key=text), **given | changes)


@dataclass
class Kept:
    """A row as the outbox keeps it."""

    outgoing: Outgoing
    due: datetime
    attempts: int = 0
    is_leased: bool = False
    parked: str | None = None


@dataclass
class Outbox:
    """The outbox port in a dictionary."""

    clock: Clock
    rows: dict[OutboxId, Kept] = field(default_factory=dict)
    leases: int = 0

    def write(self, outgoing: Outgoing, *, due: datetime | None = None, written: datetime | None = None) -> OutboxId:
        """Put a row in from outside a use case."""
        number = id_at(written or self.clock.now(), len(self.rows) + self.leases)
        while number in self.rows:
            number = OutboxId(number + 1)
        self.rows[number] = Kept(outgoing, due or self.clock.now())
        return number

    async def put(self, outgoing: Outgoing) -> None:
        """Put a row in from a use case."""
        self.write(outgoing)

    async def lease(self, *, limit: int, until: datetime) -> Sequence[Leased]:
        """Take due rows."""
        self.leases += 1
        now = self.clock.now()
        free = [
            (kept.outgoing.urgency, number)
            for number, kept in self.rows.items()
            if not kept.is_leased and kept.parked is None and kept.due <= now
        ]
        taken = [number for _, number in sorted(free)[:limit]]
        for number in taken:
            self.rows[number].is_leased = True
        return [Leased(number, self.rows[number].attempts, self.rows[number].outgoing) for number in taken]

    async def drop(self, row: OutboxId) -> None:
        """Forget a row."""
        del self.rows[row]

    async def retry(self, row: OutboxId, *, due: datetime) -> None:
        """Put a row back and count the attempt."""
        kept = self.rows[row]
        kept.attempts, kept.due, kept.is_leased = kept.attempts + 1, due, False

    async def park(self, row: OutboxId, *, reason: str) -> None:
        """Set a row aside."""
        self.rows[row].parked, self.rows[row].is_leased = reason, False

    async def release_all(self) -> None:
        """Take every row out of all hands."""
        for kept in self.rows.values():
            kept.is_leased = False

    async def next_due(self) -> datetime | None:
        """Tell when the next free row is due."""
        return min((k.due for k in self.rows.values() if not k.is_leased and k.parked is None), default=None)


class Chats(MemoryConversations):
    """The conversations of the memory engine, begun from outside and looked at."""

    def __init__(self) -> None:
        super().__init__(State())

    @property
    def known(self) -> dict[ChatId, Conversation]:
        """Give what is remembered."""
        return self._s.conversations

    def begin(self, chat: int, *, places: Mapping[str, int] = MappingProxyType({}), **changes: Any) -> None:
        """Let a chat have a conversation, and cards that stand somewhere."""
        self.known[ChatId(chat)] = Conversation(chat=ChatId(chat), touched=hour_of(START), **changes)
        for name, at in places.items():
            self._s.places[ChatId(chat), CardName(name)] = Trace(message=MessageId(at), hour=None, is_own=True)

    def stand(self, chat: int) -> dict[str, int]:
        """Tell where a chat's cards are known to stand."""
        return {name: at.message for (of, name), at in self._s.places.items() if of == chat}

    def traced(self, chat: int) -> list[tuple[int, datetime | None]]:
        """List the other messages that are known to stand there, with their hour."""
        return [(each.message, each.hour) for (of, *_), each in self._s.traces.items() if of == chat]

    def savepoint(self) -> State:
        """Give what to go back to."""
        return self._s.copy()

    def roll_back(self, to: State) -> None:
        """Go back."""
        self._s = to


@dataclass
class Officers:
    """The officers port as far as the delivery asks it: whose role is active."""

    active: set[ChatId] = field(default_factory=set)

    async def by_chat(self, chat: ChatId) -> Officer | None:
        """Find an officer."""
        if chat not in self.active:
            return None
        return Officer(number=OfficerNumber(1), role=Role.OFFICER, unit=UnitCode("31120"), enrolment=Enrolment.ACTIVE)


def id_at(moment: datetime, number: int = 0) -> OutboxId:
    """Make ids that sort by time, then by number."""
    return OutboxId(first_outbox_id(moment) | number)


class World:
    """Work over the two books; `failures` commits fail first, `commit_takes` seconds each."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.outbox = Outbox(clock)
        self.chats = Chats()
        self.officers = Officers()
        self.failures = 0
        self.commit_takes = 0.001
        self.rounds = 0
        self._turn = asyncio.Lock()

    async def run(self, use_case: Any, command: Any) -> Any:
        """Run a use case, one at a time, after the time a commit takes."""
        async with self._turn:
            await asyncio.sleep(self.commit_takes)
            if self.failures:
                self.failures -= 1
                raise StorageUnavailableError
            self.rounds += 1
            ids = SimpleNamespace(outbox_id=id_at)
            books = SimpleNamespace(
                now=self.clock.now(), ids=ids, outbox=self.outbox, conversations=self.chats, officers=self.officers
            )
            before = {number: replace(kept) for number, kept in self.outbox.rows.items()}, self.chats.savepoint()
            try:
                return await use_case(cast("UnitOfWork", books), command)
            except Exception:
                self.outbox.rows, chats = before
                self.chats.roll_back(chats)
                raise


@dataclass(frozen=True)
class Sent:
    """One call on the channel."""

    at: float
    kind: type[Outgoing]
    chat: int
    text: str
    message: MessageId | None
    deleted: tuple[MessageId, ...] = ()


@dataclass
class Channel:
    """The sender port: answers as scripted per chat, else accepts; `takes` seconds a call."""

    script: dict[int, list[Delivered]] = field(default_factory=dict)
    takes: float = 0.0
    calls: list[Sent] = field(default_factory=list)
    in_flight: dict[int, int] = field(default_factory=dict)
    most_at_once: int = 0
    most_in_chat: int = 0
    next_message: int = 100

    async def deliver(self, outgoing: Outgoing, *, message: MessageId | None) -> Delivered:
        """Note the call, and end as scripted."""
        chat = int(outgoing.chat)
        self.in_flight[chat] = self.in_flight.get(chat, 0) + 1
        self.most_in_chat = max(self.most_in_chat, self.in_flight[chat])
        self.most_at_once = max(self.most_at_once, sum(self.in_flight.values()))
        now = asyncio.get_running_loop().time()
        screen, deleted = (None, outgoing.messages) if isinstance(outgoing, Delete) else (outgoing.screen, ())
        text = screen.key if isinstance(screen, Line) else ""
        self.calls.append(Sent(now, type(outgoing), chat, text, message, deleted))
        try:
            await asyncio.sleep(self.takes)
        finally:
            self.in_flight[chat] -= 1
        if self.script.get(chat):
            return self.script[chat].pop(0)
        if isinstance(outgoing, Answer | Delete):
            return Delivered(SendOutcome.SENT)
        if message is not None and isinstance(outgoing, EditCard):
            return Delivered(SendOutcome.SENT, message)
        self.next_message += 1
        return Delivered(SendOutcome.SENT, MessageId(self.next_message))

    @property
    def texts(self) -> list[str]:
        """Give what was tried, in order."""
        return [call.text for call in self.calls]


def told(outcome: SendOutcome, *, seconds: float | None = None) -> Delivered:
    """Script one answer of the channel."""
    return Delivered(outcome, retry_after=None if seconds is None else timedelta(seconds=seconds), reason="Scripted")


def waiting(outbox: Outbox) -> Mapping[str, int]:
    """Count rows by state."""
    parked = sum(kept.parked is not None for kept in outbox.rows.values())
    return {"left": len(outbox.rows) - parked, "parked": parked}
