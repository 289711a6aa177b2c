"""Conversations in a dictionary."""

from collections.abc import Sequence

from bot.domain.conversation import Conversation
from bot.domain.ids import ChatId
from tests.memory.state import MemoryRepository


class MemoryConversations(MemoryRepository):
    """Implements `bot.ports.Conversations`."""

    async def get(self, chat: ChatId) -> Conversation | None:
        return self._s.conversations.get(chat)

    async def put(self, conversation: Conversation) -> None:
        self._s.conversations[conversation.chat] = conversation

    async def delete(self, chat: ChatId) -> None:
        self._s.conversations.pop(chat, None)

    async def batch(self, after: bytes, *, limit: int) -> tuple[Sequence[Conversation], bytes | None]:
        marks = sorted((f"{chat}".encode(), chat) for chat in self._s.conversations)
        found = [(mark, self._s.conversations[chat]) for mark, chat in marks if mark > after][:limit]
        return [each for _, each in found], found[-1][0] if len(found) == limit else None
