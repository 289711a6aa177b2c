"""What live chats remember."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.conversation import Conversation
from bot.domain.ids import ChatId


class Conversations(Protocol):
    """What live chats remember: one sealed row a chat, found by a keyed look-up."""

    async def get(self, chat: ChatId) -> Conversation | None:
        """Find a chat's conversation."""
        ...

    async def put(self, conversation: Conversation) -> None:
        """Store a conversation, new or changed."""
        ...

    async def delete(self, chat: ChatId) -> None:
        """Forget a chat; nothing happens when there is nothing."""
        ...

    async def batch(self, after: bytes, *, limit: int) -> tuple[Sequence[Conversation], bytes | None]:
        """Give a few live conversations behind a mark, in an order that means nothing, and the mark to go on from.

        The first mark is b""; None: there are no more. One that does not open is passed over.
        """
        ...
