"""A small town for the use cases: the real places, the books in dictionaries, and people who type and press."""

import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from bot.delivery.chat_queues import ChatQueue, QueuedMessage
from bot.delivery.ends import Departure, Gone, Landed
from bot.delivery.pacing import Pace
from bot.delivery.rounds import RoundAnswer, RoundRequest, Rounds
from bot.domain.conversation import Conversation
from bot.domain.deadlines import Deadlines
from bot.domain.ids import ChatId, Handle, MessageId, OfficerNumber, OutboxId, TipNumber, UpdateKey
from bot.domain.outgoing import FOLDED, Answer, Delete, EditCard, FreshCard, Send, Shown, cover
from bot.domain.places import UnitCode
from bot.domain.reminders import Delays
from bot.domain.retention import DELETABLE_FOR
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import DraftCard, Receipt
from bot.gazetteer import load, load_finder, load_vocabulary
from bot.ports import Chore, Keyed, Refused, UnitOfWork
from bot.services.background.reminders import ReminderKeeper
from bot.services.background.startup import Startup
from bot.services.background.watch import Watch
from bot.services.campaign.recount import Recount, count_anew
from bot.services.commands import base, citizen
from bot.services.dispatch import Services, build_services
from bot.services.people.invitations import ConfirmFromServer, MakeInvite
from bot.services.session import answer_refusal
from tests.contract.asking import do, listed
from tests.memory.executor import MemoryExecutor, MemoryReader
from tests.memory.fakes import CountingIds, FixedClock

PLACES = load()
FINDER, VOCABULARY = load_finder(PLACES), load_vocabulary()
NOBODY = ChatId(0)
CAI_KHE, NINH_KIEU = UnitCode("31120"), UnitCode("31135")
TIP = "Tối nào cũng có nhóm hút chích ở phường Cái Khế"


AT_ONCE = Delays(done=timedelta(), question=timedelta(), move=timedelta(), merge=timedelta())
"""Nothing waits, but for what an urgent tip is given."""


def services(delays: Delays = AT_ONCE) -> Services:
    """Put the use cases together as the program does."""
    return build_services(places=PLACES, finder=FINDER, vocabulary=VOCABULARY, deadlines=Deadlines(), delays=delays)


SERVICES = services()


class Town:
    """Everything at hand, and what each chat was sent."""

    def __init__(self, *, delays: Delays = AT_ONCE, executor: Any = None, reader: Any = None) -> None:
        self.services = services(delays)  # of its own: what it counts in memory is of this town
        self.delays = delays
        self.clock = FixedClock()
        self.executor: MemoryExecutor = executor or MemoryExecutor(
            clock=self.clock, ids=CountingIds(), on_refusal=answer_refusal
        )
        self.reader = reader or MemoryReader(self.executor)
        self.rounds = Rounds(self.services.whose_work.may_be_shown)
        self.updates = itertools.count(1)
        self.messages = itertools.count(1)
        self.is_online = True
        self.sent: dict[int, list[Send | EditCard | FreshCard | Answer]] = {}
        self.deleted: dict[int, list[MessageId]] = {}
        self.phones: dict[int, dict[MessageId, Shown | None]] = {}
        self.since: dict[MessageId, datetime] = {}
        self.is_stuck = False
        self.start_reminders()
        self.startup = Startup(PLACES, self.services.whose_work, self.services.live_finder)
        self.watch = Watch(self.services.whose_work)

    def start_reminders(self) -> None:
        """Start what fires reminders, as a start of the program does: it knows nothing of what was before."""
        self.reminders = ReminderKeeper(self.executor, self.clock, self.services.reminding, self.delays)
        self.executor.hand_over_to(self.reminders.hear)

    async def begin(self) -> "Town":
        """Open the books."""
        await self.executor.run(self.startup.begin, Chore())
        return self

    async def ask(self, use_case: Any, command: Keyed) -> Any:
        """Run a use case, then deliver."""
        answer = await self.executor.run(use_case, command)
        await self.deliver()
        return answer

    async def do(
        self,
        kind: type[base.Command],
        chat: int,
        /,
        *,
        pressed: bool = False,
        at: MessageId | None = None,
        **fields: Any,
    ) -> Any:
        """Let a chat do something: type it, or press a button, below the bot's message `at` if that matters."""
        command = kind(
            key=UpdateKey(4242, next(self.updates)),
            actor=ChatId(chat),
            chat=ChatId(chat),
            message=at or MessageId(next(self.messages)),
            callback="q" if pressed else None,
            **fields,
        )
        if not pressed and command.message is not None:
            self._stands(chat, command.message, None)
        return await self.ask(self.services.dispatcher.run, command)

    async def deliver(self) -> None:
        """Let everything that waits arrive on the phones, as the real delivery queues, looks up and writes it down."""
        await self.reminders.look()
        seen = OutboxId(0)
        while self.is_online and (found := (await self._round(RoundRequest(after=seen, limit=100))).found):
            seen = found[-1].seq
            queues: dict[ChatId, ChatQueue] = {}
            gone: list[Gone] = []
            for row in found:
                if row.outgoing is not None and row.parked_hour is None:
                    chat = row.outgoing.chat
                    queue = queues.setdefault(chat, ChatQueue(chat, Pace()))
                    gone += map(Gone, queue.add(QueuedMessage.of(row.seq, row.outgoing, attempts=row.attempts)))
            await self._round(RoundRequest(ended=tuple(gone)))
            for queue in queues.values():
                while queue.rows:
                    await self._send(queue.take())

    async def _round(self, request: RoundRequest) -> RoundAnswer:
        answer = await self.executor.run(self.rounds.keep, request)
        assert isinstance(answer, RoundAnswer)
        return answer

    async def _send(self, row: QueuedMessage) -> None:
        (departure,) = (await self._round(RoundRequest(leaving=(row,)))).departures
        if departure is None:
            return
        (follow_up,) = (await self._round(RoundRequest(ended=(self._arrive(departure),)))).follow_ups
        if follow_up is not None:
            await self._send(QueuedMessage.of(row.seq, follow_up))

    def _arrive(self, departure: Departure) -> Landed:
        """Change what a phone shows, as Telegram would and as the pump would go about it."""
        outgoing, chat, at = departure.outgoing, departure.outgoing.chat, departure.at
        phone, sent = self.phones.setdefault(chat, {}), self.sent.setdefault(chat, [])
        if isinstance(outgoing, Delete):
            for gone in outgoing.messages:
                self._delete(chat, gone)
            self.deleted.setdefault(chat, []).extend(outgoing.messages)
            return Landed(departure)
        if not departure.is_placeholder:
            sent.append(outgoing)
        if isinstance(outgoing, Answer):
            return Landed(departure)
        is_there = at in phone or (isinstance(outgoing, EditCard) and outgoing.is_cover)
        if isinstance(outgoing, EditCard) and at is not None and is_there and not departure.is_placeholder:
            if at in phone:
                phone[at] = outgoing
            return Landed(departure)
        new = MessageId(next(self.messages))
        self._stands(chat, new, outgoing)
        if at is None or isinstance(outgoing, EditCard):
            return Landed(departure, sent=new)
        is_away = not self.is_stuck and self._delete(chat, at)
        if not is_away and outgoing.protect and not self.is_stuck:
            phone[at] = cover(chat, at, screen=FOLDED, language=outgoing.language)
            is_away = True
        return Landed(departure, sent=new, deleted=at if is_away else None, left=None if is_away else at)

    def _stands(self, chat: int, message: MessageId, shown: Shown | None) -> None:
        """Let a message stand on a phone from now on; the person's own shows nothing of ours."""
        self.phones.setdefault(chat, {})[message] = shown
        self.since[message] = self.clock.now()

    def _delete(self, chat: int, message: MessageId) -> bool:
        """Delete a message, which Telegram does for 48 hours; says whether it is gone."""
        if message in self.phones[chat] and self.clock.now() - self.since[message] >= DELETABLE_FOR:
            return False
        self.phones[chat].pop(message, None)
        return True

    async def enrol(self, chat: int, role: Role, unit: UnitCode) -> OfficerNumber:
        """Bring someone of the force in, the way it is done."""
        invite = MakeInvite(role=role, unit=unit)
        link = await self.ask(self.services.invitations.invite_from_server, invite)
        await self.do(citizen.Start, chat, payload=link.payload, person=f"Người {chat}")
        number: OfficerNumber = max(
            each.officer.number for each in await self.read(lambda uow: uow.officers.everyone())
        )
        await self.ask(self.services.invitations.confirm_from_server, ConfirmFromServer(officer=number))
        return number

    async def report(self, chat: int, text: str = TIP) -> TipNumber:
        """Let a citizen send a tip whose place is clear."""
        await self.do(citizen.Write, chat, text=text)
        card = self.last(chat, DraftCard)
        await self.do(citizen.PressDraft, chat, pressed=True, handle=card.handle, step=citizen.DraftStep.SEND)
        return TipNumber(max(tip.number for tip in await self.read(lambda uow: listed(uow.tips.every()))))

    def handle(self, chat: int) -> Handle:
        """Give the handle of a chat's newest tip."""
        receipt: Receipt = self.last(chat, Receipt)
        return receipt.handle

    def last(self, chat: int, kind: type[Any]) -> Any:
        """Give the newest screen of a kind a chat was sent."""
        return next(each.screen for each in reversed(self.sent.get(chat, [])) if isinstance(each.screen, kind))

    def keys(self, chat: int) -> list[str]:
        """Give the text keys a chat was sent."""
        return [each.screen.key for each in self.sent.get(chat, []) if isinstance(each.screen, Line)]

    def conversation(self, chat: int) -> Conversation | None:
        """Give what a chat remembers."""
        return self.executor.state.conversations.get(ChatId(chat))

    async def read(self, look: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
        """Look into the books."""
        return await do(self.executor, look)

    async def off_by(self) -> Any:
        """Recount; give the differences."""
        return (await self.reader.read(count_anew, Recount())).off


def refusal_of(answer: Any) -> str:
    """Give the key of a refusal."""
    assert isinstance(answer, Refused), answer
    return answer.refusal.key
