"""A small town for the use cases: the real places, the books in dictionaries, and people who type and press."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from bot.delivery.chat_queues import ChatQueue, QueuedMessage
from bot.delivery.pacing import Pace
from bot.delivery.rounds import End, Finished, LeasedBatch, RoundRequest, keep_round
from bot.domain.conversation import Conversation
from bot.domain.deadlines import Deadlines
from bot.domain.ids import ChatId, Handle, MessageId, OfficerNumber, TipNumber, UpdateKey
from bot.domain.outgoing import FOLDED, Answer, Delete, EditCard, FreshCard, Send, Shown, cover
from bot.domain.places import UnitCode
from bot.domain.retention import DELETABLE_FOR
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import DraftCard, Receipt
from bot.gazetteer import load, load_finder, load_vocabulary
from bot.ports import Chore, Keyed, Refused
from bot.services.background.startup import Startup
from bot.services.campaign.recount import Recount, count_anew
from bot.services.commands import base, citizen
from bot.services.dispatch import Services, build_services
from bot.services.people.invitations import ConfirmFromServer, MakeInvite
from bot.services.session import answer_refusal
from tests.memory.executor import MemoryExecutor
from tests.memory.fakes import CountingIds, FixedClock

PLACES = load()
FINDER, VOCABULARY = load_finder(PLACES), load_vocabulary()
NOBODY = ChatId(0)
CAI_KHE, NINH_KIEU = UnitCode("31120"), UnitCode("31135")
TIP = "Tối nào cũng có nhóm hút chích ở phường Cái Khế"


def services(feedback_delay: timedelta = timedelta()) -> Services:
    """Put the use cases together as the program does."""
    return build_services(
        places=PLACES, finder=FINDER, vocabulary=VOCABULARY, deadlines=Deadlines(), feedback_delay=feedback_delay
    )


SERVICES = services()


class Town:
    """Everything at hand, and what each chat was sent."""

    def __init__(self, *, feedback_delay: timedelta = timedelta()) -> None:
        self.services = services(feedback_delay) if feedback_delay else SERVICES
        self.clock = FixedClock()
        self.executor = MemoryExecutor(clock=self.clock, ids=CountingIds(), on_refusal=answer_refusal)
        self.updates = itertools.count(1)
        self.messages = itertools.count(1)
        self.is_online = True
        self.sent: dict[int, list[Send | EditCard | FreshCard | Answer]] = {}
        self.deleted: dict[int, list[MessageId]] = {}
        self.phones: dict[int, dict[MessageId, Shown | None]] = {}
        self.since: dict[MessageId, datetime] = {}
        self.is_stuck = False
        self.startup = Startup(PLACES, self.services.notices, self.services.live_finder)

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
        """Let everything that is due arrive on the phones, as the real delivery takes it and writes it down."""
        if not self.is_online:
            return
        for _ in range(2):  # what a round queues goes with the next
            taken = await self.executor.run(keep_round, RoundRequest(limit=10_000))
            assert isinstance(taken, LeasedBatch)
            queues = {row.outgoing.chat: ChatQueue(row.outgoing.chat, Pace()) for row in taken.rows}
            ended: list[End] = []
            for row in sorted(taken.rows, key=lambda each: each.id):
                ended += map(Finished, queues[row.outgoing.chat].add(row))
            for queue in queues.values():
                while queue.rows:
                    end = self._arrive(row := queue.rows.pop(0))
                    if row.card is not None and end.sent is not None:
                        queue.move(row.card, row.at, end.sent)
                    ended.append(end)
            await self.executor.run(keep_round, RoundRequest(tuple(ended)))

    def _arrive(self, row: QueuedMessage) -> Finished:
        """Change what a phone shows, as Telegram would and as the pump would go about it."""
        outgoing, chat = row.outgoing, row.outgoing.chat
        phone, sent = self.phones.setdefault(chat, {}), self.sent.setdefault(chat, [])
        if isinstance(outgoing, Delete):
            for gone in outgoing.messages:
                self._delete(chat, gone)
            self.deleted.setdefault(chat, []).extend(outgoing.messages)
            return Finished(row)
        sent.append(outgoing)
        if isinstance(outgoing, Answer):
            return Finished(row)
        if isinstance(outgoing, EditCard) and row.at is not None and (row.at in phone or outgoing.is_cover):
            if row.at in phone:
                phone[row.at] = outgoing
            return Finished(row)
        new = MessageId(next(self.messages))
        self._stands(chat, new, outgoing)
        if row.at is None or isinstance(outgoing, EditCard):
            return Finished(row, sent=new)
        is_away = not self.is_stuck and self._delete(chat, row.at)
        if not is_away and outgoing.protect and not self.is_stuck:
            phone[row.at] = cover(chat, row.at, screen=FOLDED, language=outgoing.language)
            is_away = True
        return Finished(row, sent=new, deleted=row.at if is_away else None, left=None if is_away else row.at)

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
        number = OfficerNumber(max(self.executor.state.officers))
        await self.ask(self.services.invitations.confirm_from_server, ConfirmFromServer(officer=number))
        return number

    async def report(self, chat: int, text: str = TIP) -> TipNumber:
        """Let a citizen send a tip whose place is clear."""
        await self.do(citizen.Write, chat, text=text)
        card = self.last(chat, DraftCard)
        await self.do(citizen.PressDraft, chat, pressed=True, handle=card.handle, step=citizen.DraftStep.SEND)
        return TipNumber(max(self.executor.state.tips))

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

    async def off_by(self) -> Any:
        """Recount; give the differences."""
        return await self.ask(count_anew, Recount(mend=False))


def refusal_of(answer: Any) -> str:
    """Give the key of a refusal."""
    assert isinstance(answer, Refused), answer
    return answer.refusal.key
