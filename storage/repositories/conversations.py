"""Conversations: one sealed row for each live chat, and narrow ones for its cards and messages, found by keyed tags."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import Conversation, Trace, each_once
from bot.domain.ids import CardName, ChatId
from bot.domain.retention import DELETABLE_FOR
from storage.connection import Connection, SqlRow
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault
from storage.errors import SealBrokenError
from storage.times import to_ms

_M = TypeVar("_M", bound=BaseModel)

_log = logging.getLogger(__name__)

_GET = "SELECT tag, epoch, body FROM conversation WHERE tag = $1"
_BATCH = "SELECT tag, epoch, body FROM conversation WHERE tag > $1 ORDER BY tag LIMIT $2"
_PUT = """
    INSERT INTO conversation (tag, epoch, body)
    VALUES ($1, $2, $3)
    ON CONFLICT (tag) DO UPDATE SET epoch = excluded.epoch, body = excluded.body
"""
_DELETE = "DELETE FROM conversation WHERE tag = $1"
_PLACE = "SELECT tag, body FROM card_place WHERE tag = $1"
_PUT_PLACE = """
    INSERT INTO card_place (tag, epoch, body)
    VALUES ($1, $2, $3)
    ON CONFLICT (tag) DO UPDATE SET epoch = excluded.epoch, body = excluded.body
"""
_DROP_PLACE = "DELETE FROM card_place WHERE tag = $1"
_TRACE = "SELECT tag, body FROM trace WHERE tag = $1"
_ADD_TRACE = """
    INSERT INTO trace (tag, epoch, hour, body)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (tag) DO NOTHING
"""
_DROP_TRACE = "DELETE FROM trace WHERE tag = $1"
_FORGET_HEARD = "DELETE FROM trace WHERE tag IN (SELECT tag FROM trace WHERE hour < $1 LIMIT $2)"

_OWN = "own"
"""The series of the bot's own messages; each hour of a person's messages is one too."""


class ConversationRepository:
    """Implements `bot.ports.Conversations`."""

    __slots__ = ("_bot_id", "_connection", "_known", "_now", "_vault")

    def __init__(self, connection: Connection, vault: Vault, bot_id: int, now: datetime) -> None:
        self._connection = connection
        self._vault = vault
        self._bot_id = bot_id
        self._now = now
        self._known: dict[ChatId, Conversation | None] = {}  # within one unit of work nobody else writes

    async def get(self, chat: ChatId) -> Conversation | None:
        """Find a chat's conversation, under the newest epoch that knows it; one that does not open begins anew."""
        if chat not in self._known:
            self._known[chat] = await self._find(chat)
        return self._known[chat]

    async def _find(self, chat: ChatId) -> Conversation | None:
        for _, tag in self._tags("conversation", chat):
            row = await self._connection.row(_GET, tag)
            if row is not None:
                return self._open(row, SealedColumn.CONVERSATION, Conversation)
        return None

    async def put(self, conversation: Conversation) -> None:
        """Store a conversation under the present epoch; a row of an older one goes."""
        (epoch, tag), *older = self._tags("conversation", conversation.chat)
        text = conversation.model_dump_json(exclude_defaults=True)
        body = self._vault.seal(text, SealedColumn.CONVERSATION, tag)
        await self._connection.run(_PUT, tag, epoch, body)
        for _, each in older:
            await self._connection.run(_DELETE, each)
        self._known[conversation.chat] = conversation

    async def batch(self, after: bytes, *, limit: int) -> tuple[Sequence[Conversation], bytes | None]:
        """Give a few live conversations by their tags."""
        rows = await self._connection.rows(_BATCH, after, limit)
        opened = (self._open(row, SealedColumn.CONVERSATION, Conversation) for row in rows)
        return [each for each in opened if each is not None], rows[-1]["tag"] if len(rows) == limit else None

    async def forget(self, chat: ChatId) -> None:
        """Forget a chat with its places and traces."""
        await self.drop_traces(await self.get(chat) or Conversation(chat=chat, touched=hour_of(self._now)))
        for _, tag in self._tags("conversation", chat):
            await self._connection.run(_DELETE, tag)
        self._known[chat] = None

    async def place(self, chat: ChatId, card: CardName) -> Trace | None:
        """Find where a card stands."""
        for _, tag in self._tags("card_place", chat, card):
            row = await self._connection.row(_PLACE, tag)
            if row is not None:
                return self._open(row, SealedColumn.CARD_PLACE, Trace)
        return None

    async def put_place(self, chat: ChatId, card: CardName, trace: Trace) -> None:
        """Store where a card stands under the present epoch; a row of an older one goes."""
        (epoch, tag), *older = self._tags("card_place", chat, card)
        body = self._vault.seal(trace.model_dump_json(), SealedColumn.CARD_PLACE, tag)
        await self._connection.run(_PUT_PLACE, tag, epoch, body)
        for _, each in older:
            await self._connection.run(_DROP_PLACE, each)

    async def drop_place(self, chat: ChatId, card: CardName) -> None:
        """Forget where a card stands."""
        for _, tag in self._tags("card_place", chat, card):
            await self._connection.run(_DROP_PLACE, tag)

    async def add_trace(self, chat: ChatId, trace: Trace, *, number: int) -> int:
        """Store a message that stands in the chat."""
        hour = None if trace.is_own or trace.hour is None else to_ms(trace.hour)
        for free in count(number):
            epoch, tag = next(self._tags("trace", chat, _OWN if hour is None else hour, free))
            body = self._vault.seal(trace.model_dump_json(), SealedColumn.TRACE, tag)
            if await self._connection.run(_ADD_TRACE, tag, epoch, hour, body):
                return free + 1
        raise AssertionError  # numbers do not end

    async def traces(self, conversation: Conversation) -> Sequence[Trace]:
        """List the messages that are known to stand in a chat."""
        places = [await self.place(conversation.chat, card) for card in sorted(conversation.card_names)]
        rows = await self._trace_rows(conversation.chat)
        traces = [self._open(row, SealedColumn.TRACE, Trace) for row in rows]
        return each_once(trace for trace in (*places, *traces) if trace is not None)

    async def drop_traces(self, conversation: Conversation) -> None:
        """Forget what `traces` lists, and the places of the cards."""
        for card in conversation.card_names:
            await self.drop_place(conversation.chat, card)
        for row in await self._trace_rows(conversation.chat):
            await self._connection.run(_DROP_TRACE, row["tag"])

    async def forget_heard(self, before: datetime, *, limit: int) -> int:
        """Forget a few of people's own messages of the hours before a whole hour."""
        return await self._connection.run(_FORGET_HEARD, to_ms(before), limit)

    async def _trace_rows(self, chat: ChatId) -> list[SqlRow]:
        """Find the rows of every series that can be alive, each up to the first number that is not there."""
        hours = (hour_of(self._now) - timedelta(hours=back) for back in range(DELETABLE_FOR // timedelta(hours=1) + 1))
        found: list[SqlRow] = []
        every: list[int | str] = [_OWN, *map(to_ms, hours)]
        for series in every:
            for number in count():
                tags = self._tags("trace", chat, series, number)
                rows = [row for _, tag in tags if (row := await self._connection.row(_TRACE, tag)) is not None]
                if not rows:
                    break
                found += rows
        return found

    def _open(self, row: SqlRow, column: SealedColumn, kind: type[_M]) -> _M | None:
        try:
            return kind.model_validate_json(self._vault.open(row["body"], column, row["tag"]))
        except (SealBrokenError, ValidationError) as error:  # a draft is lost; a bot deaf to this chat would be worse
            _log.error("what a chat remembers does not open", extra={"reason": type(error).__name__})
            return None

    def _tags(self, purpose: str, chat: ChatId, *what: str | int) -> Iterator[tuple[int, bytes]]:
        """Make a row's tag under every live epoch, the present one first."""
        name = "|".join(map(str, (self._bot_id, chat, *what)))
        for epoch in self._vault.epochs:
            yield epoch, self._vault.tag(name, purpose=purpose, epoch=epoch)
