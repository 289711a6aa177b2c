"""Conversations: one sealed row for each live chat, found by a keyed tag."""

import logging
from collections.abc import Sequence

from pydantic import ValidationError

from bot.domain.conversation import Conversation
from bot.domain.ids import ChatId
from storage.connection import Connection, SqlRow
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault
from storage.errors import SealBrokenError

_log = logging.getLogger(__name__)

_GET = "SELECT tag, epoch, body FROM conversation WHERE tag = $1"
_BATCH = "SELECT tag, epoch, body FROM conversation WHERE tag > $1 ORDER BY tag LIMIT $2"
_PUT = """
    INSERT INTO conversation (tag, epoch, body)
    VALUES ($1, $2, $3)
    ON CONFLICT (tag) DO UPDATE SET epoch = excluded.epoch, body = excluded.body
"""
_DELETE = "DELETE FROM conversation WHERE tag = $1"


class ConversationRepository:
    """Implements `bot.ports.Conversations`."""

    __slots__ = ("_bot_id", "_connection", "_vault")

    def __init__(self, connection: Connection, vault: Vault, bot_id: int) -> None:
        self._connection = connection
        self._vault = vault
        self._bot_id = bot_id

    async def get(self, chat: ChatId) -> Conversation | None:
        """Find a chat's conversation, under the newest epoch that knows it; one that does not open begins anew."""
        for epoch in self._vault.epochs:
            row = await self._connection.row(_GET, self._tag(chat, epoch))
            if row is not None:
                return self._open(row)
        return None

    async def put(self, conversation: Conversation) -> None:
        """Store a conversation under the present epoch; a row of an older one goes."""
        epoch = self._vault.epoch
        tag = self._tag(conversation.chat, epoch)
        text = conversation.model_dump_json(exclude_defaults=True)
        body = self._vault.seal(text, SealedColumn.CONVERSATION, tag)
        await self._connection.run(_PUT, tag, epoch, body)
        for older in self._vault.epochs[1:]:
            await self._connection.run(_DELETE, self._tag(conversation.chat, older))

    async def delete(self, chat: ChatId) -> None:
        """Forget a chat."""
        for epoch in self._vault.epochs:
            await self._connection.run(_DELETE, self._tag(chat, epoch))

    async def batch(self, after: bytes, *, limit: int) -> tuple[Sequence[Conversation], bytes | None]:
        """Give a few live conversations by their tags."""
        rows = await self._connection.rows(_BATCH, after, limit)
        opened = [conversation for conversation in map(self._open, rows) if conversation is not None]
        return opened, rows[-1]["tag"] if len(rows) == limit else None

    def _open(self, row: SqlRow) -> Conversation | None:
        try:
            text = self._vault.open(row["body"], SealedColumn.CONVERSATION, row["tag"])
            return Conversation.model_validate_json(text)
        except (SealBrokenError, ValidationError) as error:  # a draft is lost; a bot deaf to this chat would be worse
            _log.error("a conversation does not open and begins anew", extra={"reason": type(error).__name__})
            return None

    def _tag(self, chat: ChatId, epoch: int) -> bytes:
        return self._vault.tag(f"{self._bot_id}|{chat}", purpose="conversation", epoch=epoch)
