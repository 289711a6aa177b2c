"""A small world for the delivery: outbox and conversations in dictionaries, and a channel that does as it is told."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import Conversation, Language, Trace
from bot.domain.ids import CardName, ChatId, MessageId, OfficerNumber, OutboxId
from bot.domain.outgoing import Answer, Delete, EditCard, Outgoing, Send, Shown, Urgency
from bot.domain.places import UnitCode
from bot.domain.roles import Enrolment, Officer, Role
from bot.domain.screens.base import Line
from bot.ports import (
    Clock,
    Contact,
    Delivered,
    OnCommit,
    OutboxRow,
    QueuedRow,
    SendOutcome,
    StorageUnavailableError,
    UnitOfWork,
)
from tests.memory.fakes import CountingIds
from tests.memory.state import State
from tests.memory.unit_of_work import MemoryUnitOfWork
from tests.unit.virtual_time import START


def message(chat: int = 1, text: str = "x", *, kind: type[Shown | Answer] = Send, **changes: Any) -> Any:
    """Make a message out that shows a text, a reply unless said otherwise."""
    given: dict[str, Any] = {"callback": "q"} if kind is Answer else {"urgency": Urgency.REPLY}
    return kind(chat=ChatId(chat), language=Language.VI, screen=Line(key=text), **given | changes)


class World:
    """Books in dictionaries; `failures` commits fail first, `commit_takes` seconds each."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.state = State()
        self.failures = 0
        self.commit_takes = 0.001
        self.rounds = 0
        self.trouble: Callable[[MemoryUnitOfWork], None] = lambda _: None
        """Breaks the books of a unit of work."""
        self._listener: OnCommit | None = None
        self._turn = asyncio.Lock()

    def hand_over_to(self, listener: OnCommit) -> None:
        """Let a listener hear what is written."""
        self._listener = listener

    def write(self, outgoing: Outgoing, *, is_heard: bool = True) -> OutboxId:
        """Queue a message, as a use case does; another program's are not heard of."""
        seq = OutboxId(self.state.next("outbox"))
        self.state.outbox[seq] = OutboxRow(seq, 0, outgoing)
        if is_heard and self._listener is not None:
            self._listener([QueuedRow(seq, outgoing)])
        return seq

    @property
    def rows(self) -> dict[OutboxId, OutboxRow]:
        """Give what is in the outbox."""
        return self.state.outbox

    def begin(self, chat: int, *, places: Mapping[str, int] = MappingProxyType({}), **changes: Any) -> None:
        """Let a chat have a conversation, and cards that stand somewhere."""
        self.state.conversations[ChatId(chat)] = Conversation(chat=ChatId(chat), touched=hour_of(START), **changes)
        for name, at in places.items():
            self.state.places[ChatId(chat), CardName(name)] = Trace(message=MessageId(at), hour=None, is_own=True)

    def stand(self, chat: int) -> dict[str, int]:
        """Tell where a chat's cards are known to stand."""
        return {name: at.message for (of, name), at in self.state.places.items() if of == chat}

    def traced(self, chat: int) -> list[tuple[int, datetime | None]]:
        """List the other messages that are known to stand there, with their hour."""
        return [(each.message, each.hour) for (of, *_), each in self.state.traces.items() if of == chat]

    def known(self, chat: int) -> Conversation:
        """Give what a chat remembers."""
        return self.state.conversations[ChatId(chat)]

    def forget(self, chat: int) -> None:
        """Let a chat's memory be wiped."""
        del self.state.conversations[ChatId(chat)]

    def enrol(self, chat: int) -> None:
        """Let a chat be an active officer's."""
        officer = Officer(
            number=OfficerNumber(chat), role=Role.OFFICER, unit=UnitCode("31120"), enrolment=Enrolment.ACTIVE
        )
        self.state.officers[officer.number] = Contact(officer=officer, chat=ChatId(chat), person="Hùng")

    def revoke(self, chat: int) -> None:
        """End an officer's role."""
        contact = self.state.officers[OfficerNumber(chat)]
        ended = replace(contact.officer, enrolment=Enrolment.REVOKED)
        self.state.officers[OfficerNumber(chat)] = replace(contact, officer=ended)

    async def run(self, use_case: Any, command: Any) -> Any:
        """Run a use case, one at a time, after the time a commit takes."""
        async with self._turn:
            await asyncio.sleep(self.commit_takes)
            if self.failures:
                self.failures -= 1
                raise StorageUnavailableError
            self.rounds += 1
            before = self.state.copy()
            uow = MemoryUnitOfWork(self.state, now=self.clock.now(), ids=CountingIds())
            self.trouble(uow)
            try:
                return await use_case(uow, command)
            except Exception:
                vars(self.state).update(vars(before))
                raise


async def may_read(uow: UnitOfWork, shown: Shown) -> bool:
    """Let every active officer read everything."""
    reader = await uow.officers.by_chat(shown.chat)
    return reader is not None and reader.is_active


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


def waiting(world: World) -> Mapping[str, int]:
    """Count rows by state."""
    parked = sum(row.parked_hour is not None for row in world.rows.values())
    return {"left": len(world.rows) - parked, "parked": parked}
