"""What live chats remember, where their cards stand, and which messages a citizen may want gone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.conversation import Conversation, Trace
from bot.domain.ids import CardName, ChatId


class Conversations(Protocol):
    """What live chats remember: one sealed row a chat, and a narrow one for each card and each message in it.

    Places and traces are rows of their own, because a row that grew with every message would be rewritten by every
    message. Each is found by a keyed look-up; nothing in clear ties two of them, or one to its conversation.
    """

    async def get(self, chat: ChatId) -> Conversation | None:
        """Find a chat's conversation."""
        ...

    async def put(self, conversation: Conversation) -> None:
        """Store a conversation, new or changed."""
        ...

    async def batch(self, after: bytes, *, limit: int) -> tuple[Sequence[Conversation], bytes | None]:
        """Give a few live conversations behind a mark, in an order that means nothing, and the mark to go on from.

        The first mark is b""; None: there are no more. One that does not open is passed over.
        """
        ...

    async def forget(self, chat: ChatId) -> None:
        """Forget a chat with its places and traces; nothing happens when there is nothing."""
        ...

    async def place(self, chat: ChatId, card: CardName) -> Trace | None:
        """Find where a card stands."""
        ...

    async def put_place(self, chat: ChatId, card: CardName, trace: Trace) -> None:
        """Store where a card stands, one of `Conversation.card_names`: others would be found by nobody any more."""
        ...

    async def drop_place(self, chat: ChatId, card: CardName) -> None:
        """Forget where a card stands."""
        ...

    async def add_trace(self, chat: ChatId, trace: Trace, *, number: int) -> int:
        """Store a message that stands in the chat, under a number or the next free one; give the number after it.

        The person's messages are numbered within their hour, the bot's own for as long as the conversation lives. A
        number left out ends what `traces` finds.
        """
        ...

    async def traces(self, conversation: Conversation) -> Sequence[Trace]:
        """List the messages that are known to stand in a chat, the citizen's cards among them, each once."""
        ...

    async def drop_traces(self, conversation: Conversation) -> None:
        """Forget what `traces` lists, and the places of the cards."""
        ...

    async def forget_heard(self, before: datetime, *, limit: int) -> int:
        """Forget a few of people's own messages of the hours before a whole hour: they cannot be deleted any more."""
        ...
