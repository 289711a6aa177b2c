"""A small town for the use cases: the real places, the books in dictionaries, and people who type and press."""

import itertools
from datetime import timedelta
from typing import Any

from bot.domain.conversation import Conversation
from bot.domain.deadlines import Deadlines
from bot.domain.ids import ChatId, Handle, MessageId, OfficerNumber, TipNumber, UpdateKey
from bot.domain.outgoing import How, Outgoing
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.domain.screens import DraftCard, Line, Receipt
from bot.gazetteer import load, load_finder, load_vocabulary
from bot.ports import Refused
from bot.services import commands as c
from bot.services.catalogue import build_services
from bot.services.dialogue import answer_refusal
from bot.services.enrolment import ConfirmFromServer, MakeInvite
from bot.services.figures import Recount
from bot.services.upkeep import Upkeep
from tests.memory.fakes import CountingIds, FixedClock
from tests.memory.work import MemoryWork

PLACES = load()
SERVICES = build_services(
    places=PLACES,
    finder=load_finder(PLACES),
    vocabulary=load_vocabulary(),
    deadlines=Deadlines(),
    feedback_delay=timedelta(),
)
NOBODY = ChatId(0)
CAI_KHE, NINH_KIEU = UnitCode("31120"), UnitCode("31135")
TIP = "Tối nào cũng có nhóm hút chích ở phường Cái Khế"


class Town:
    """Everything at hand, and what each chat was sent."""

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.work = MemoryWork(clock=self.clock, ids=CountingIds(), on_refusal=answer_refusal)
        self.updates = itertools.count(1)
        self.messages = itertools.count(1)
        self.sent: dict[int, list[Outgoing]] = {}
        self.upkeep = Upkeep(PLACES, SERVICES.announcing, SERVICES.atlas)

    async def begin(self) -> "Town":
        """Open the books."""
        await self.work.run(self.upkeep.begin, c.Command(key=None, chat=NOBODY))
        return self

    async def ask(self, use_case: Any, command: c.Command) -> Any:
        """Run a use case, then deliver."""
        answer = await self.work.run(use_case, command)
        self._deliver()
        return answer

    async def do(self, kind: type[c.Command], chat: int, /, *, pressed: bool = False, **fields: Any) -> Any:
        """Let a chat do something."""
        command = kind(
            key=UpdateKey(4242, next(self.updates)),
            chat=ChatId(chat),
            message=MessageId(next(self.messages)),
            callback="q" if pressed else None,
            **fields,
        )
        return await self.ask(SERVICES.table[kind], command)

    def _deliver(self) -> None:
        state = self.work.state
        for number in sorted(state.outbox):
            row = state.outbox[number]
            if row.due > self.clock.now():
                continue
            del state.outbox[number]
            self.sent.setdefault(row.outgoing.chat, []).append(row.outgoing)
            known = state.conversations.get(row.outgoing.chat)
            if known is not None and row.outgoing.card is not None and row.outgoing.how is not How.DELETE:
                at = known.cards.get(row.outgoing.card, MessageId(next(self.messages)))
                state.conversations[row.outgoing.chat] = known.but(cards={**known.cards, row.outgoing.card: at})

    async def enrol(self, chat: int, role: Role, unit: UnitCode) -> OfficerNumber:
        """Bring someone of the force in, the way it is done."""
        invite = MakeInvite(key=None, chat=NOBODY, role=role, unit=unit)
        link = await self.ask(SERVICES.enrolment.invite_from_server, invite)
        await self.do(c.Start, chat, payload=link.payload, person=f"Người {chat}")
        number = OfficerNumber(max(self.work.state.officers))
        await self.ask(SERVICES.enrolment.confirm_from_server, ConfirmFromServer(key=None, chat=NOBODY, officer=number))
        return number

    async def report(self, chat: int, text: str = TIP) -> TipNumber:
        """Let a citizen send a tip whose place is clear."""
        await self.do(c.Write, chat, text=text)
        card = self.last(chat, DraftCard)
        await self.do(c.PressDraft, chat, pressed=True, handle=card.handle, step=c.DraftStep.SEND)
        return TipNumber(max(self.work.state.tips))

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
        return self.work.state.conversations.get(ChatId(chat))

    async def off_by(self) -> Any:
        """Recount; give the differences."""
        return await self.ask(SERVICES.figures.recount, Recount(key=None, chat=NOBODY, mend=False))


def refusal_of(answer: Any) -> str:
    """Give the key of a refusal."""
    assert isinstance(answer, Refused), answer
    return answer.refusal.key
