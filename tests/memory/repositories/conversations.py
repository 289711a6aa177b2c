"""Conversations in dictionaries."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count, takewhile

from bot.domain.conversation import Conversation, Trace, each_once
from bot.domain.ids import CardName, ChatId
from tests.memory.fakes import START
from tests.memory.state import MemoryRepository


class MemoryConversations(MemoryRepository):
    """Implements `bot.ports.Conversations`."""

    async def get(self, chat: ChatId) -> Conversation | None:
        return self._s.conversations.get(chat)

    async def put(self, conversation: Conversation) -> None:
        self._s.conversations[conversation.chat] = conversation

    async def batch(self, after: bytes, *, limit: int) -> tuple[Sequence[Conversation], bytes | None]:
        marks = sorted((f"{chat}".encode(), chat) for chat in self._s.conversations)
        found = [(mark, self._s.conversations[chat]) for mark, chat in marks if mark > after][:limit]
        return [each for _, each in found], found[-1][0] if len(found) == limit else None

    async def forget(self, chat: ChatId) -> None:
        known = self._s.conversations.pop(chat, None)
        await self.drop_traces(known or Conversation(chat=chat, touched=START))

    async def place(self, chat: ChatId, card: CardName) -> Trace | None:
        return self._s.places.get((chat, card))

    async def put_place(self, chat: ChatId, card: CardName, trace: Trace) -> None:
        self._s.places[chat, card] = trace

    async def drop_place(self, chat: ChatId, card: CardName) -> None:
        self._s.places.pop((chat, card), None)

    async def add_trace(self, chat: ChatId, trace: Trace, *, number: int) -> int:
        series = None if trace.is_own else trace.hour
        free = next(each for each in count(number) if (chat, series, each) not in self._s.traces)
        self._s.traces[chat, series, free] = trace
        return free + 1

    async def traces(self, conversation: Conversation) -> Sequence[Trace]:
        places = [self._s.places.get((conversation.chat, card)) for card in sorted(conversation.card_names)]
        traces = [self._s.traces[key] for key in self._keys(conversation.chat)]
        return each_once(each for each in (*places, *traces) if each is not None)

    async def drop_traces(self, conversation: Conversation) -> None:
        for card in conversation.card_names:
            await self.drop_place(conversation.chat, card)
        for key in list(self._keys(conversation.chat)):
            del self._s.traces[key]

    async def forget_heard(self, before: datetime, *, limit: int) -> int:
        dying = [key for key in self._s.traces if key[1] is not None and key[1] < before][:limit]
        for key in dying:
            del self._s.traces[key]
        return len(dying)

    def _keys(self, chat: ChatId) -> Iterator[tuple[ChatId, datetime | None, int]]:
        """Find the rows of every series, each from its first number to the first that is not there."""
        for series in sorted({each[1] for each in self._s.traces if each[0] == chat}, key=str):
            yield from takewhile(self._s.traces.__contains__, ((chat, series, number) for number in count()))
