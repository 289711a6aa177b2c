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

    async def all(self) -> Sequence[Conversation]:
        return list(self._s.conversations.values())
