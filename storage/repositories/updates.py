"""Updates: the keys of those that were settled, and those that were set aside whole, sealed."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.domain.campaign.periods import hour_of
from bot.domain.ids import ChatId, UpdateKey
from bot.ports import ParkedUpdate
from storage.connection import Connection, SqlRow
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault
from storage.errors import SealBrokenError
from storage.times import to_ms

_log = logging.getLogger(__name__)

_SETTLE = """
    INSERT INTO seen_update (bot, update_id, hour)
    VALUES ($1, $2, $3)
    ON CONFLICT (bot, update_id) DO NOTHING
"""
_IS_SETTLED = "SELECT 1 FROM seen_update WHERE bot = $1 AND update_id = $2"
_FORGET = """
    DELETE FROM seen_update
    WHERE (bot, update_id) IN (SELECT bot, update_id FROM seen_update WHERE hour < $1 LIMIT $2)
"""
_PARK = """
    INSERT INTO parked_update (bot, update_id, hour, tries, reason, epoch, raw)
    VALUES ($1, $2, $3, 0, '', $4, $5)
    ON CONFLICT (bot, update_id) DO NOTHING
"""
_NOTE_FAILURE = """
    UPDATE parked_update
    SET tries = tries + 1, reason = $3
    WHERE bot = $1 AND update_id = $2
    RETURNING tries
"""
_PARKED = "SELECT bot, update_id, tries, raw FROM parked_update ORDER BY bot, update_id"
_ONE = "SELECT bot, update_id, tries, raw FROM parked_update WHERE bot = $1 AND update_id = $2"
_FORGET_PARKED = """
    DELETE FROM parked_update
    WHERE (bot, update_id) IN (SELECT bot, update_id FROM parked_update WHERE hour < $1 LIMIT $2)
"""
_TAKE_BACK = "DELETE FROM parked_update WHERE bot = $1 AND update_id = $2"


class UpdateRepository:
    """Implements `bot.ports.Updates`; the engine settles each update in the savepoint of its use case."""

    __slots__ = ("_connection", "_now")

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def settle(self, key: UpdateKey) -> bool:
        """Store an update's key and take it back from what is aside; False when it was settled before."""
        is_new = await self._connection.run(_SETTLE, key.bot, key.update, to_ms(hour_of(self._now))) == 1
        was_aside = await self._connection.run(_TAKE_BACK, key.bot, key.update) == 1
        return is_new or was_aside

    async def forget_before(self, hour: datetime, *, limit: int) -> int:
        """Forget a few keys of updates settled before an hour."""
        return await self._connection.run(_FORGET, to_ms(hour), limit)


class ParkedUpdateRepository:
    """Implements `bot.ports.ParkedUpdates`."""

    __slots__ = ("_connection", "_now", "_vault")

    def __init__(self, connection: Connection, vault: Vault, now: datetime) -> None:
        self._connection = connection
        self._vault = vault
        self._now = now

    async def add(self, key: UpdateKey, *, chat: ChatId | None, raw: str) -> None:
        """Set an update aside, unless it is already, or was settled."""
        if await self._connection.row(_IS_SETTLED, key.bot, key.update) is not None:
            return
        body = f"{'' if chat is None else chat}|{raw}"
        sealed = self._vault.seal(body, SealedColumn.PARKED_UPDATE, key.bot, key.update)
        await self._connection.run(_PARK, key.bot, key.update, to_ms(hour_of(self._now)), self._vault.epoch, sealed)

    async def note_failure(self, key: UpdateKey, *, reason: str) -> int:
        """Count a failure; 0 when the update is aside no more."""
        row = await self._connection.row(_NOTE_FAILURE, key.bot, key.update, reason)
        return int(row["tries"]) if row is not None else 0

    async def all(self) -> Sequence[ParkedUpdate]:
        """Give the updates set aside, oldest first; one that does not open is passed over."""
        found = [self._open(row) for row in await self._connection.rows(_PARKED)]
        return [each for each in found if each is not None]

    async def get(self, key: UpdateKey) -> ParkedUpdate | None:
        """Find one; None when it is not there, or does not open."""
        row = await self._connection.row(_ONE, key.bot, key.update)
        return self._open(row) if row is not None else None

    async def drop(self, key: UpdateKey) -> None:
        """Let one go."""
        await self._connection.run(_TAKE_BACK, key.bot, key.update)

    async def forget(self, chat: ChatId) -> None:
        """Destroy what has failed of a chat: all are opened, for no column says whose one is; they are few."""
        for each in await self.all():
            if each.chat == chat and each.tries:
                await self.drop(each.key)

    async def forget_before(self, hour: datetime, *, limit: int) -> int:
        """Forget a few updates set aside before an hour."""
        return await self._connection.run(_FORGET_PARKED, to_ms(hour), limit)

    def _open(self, row: SqlRow) -> ParkedUpdate | None:
        key = UpdateKey(row["bot"], row["update_id"])
        try:
            body = self._vault.open(row["raw"], SealedColumn.PARKED_UPDATE, key.bot, key.update)
        except SealBrokenError:  # it must not keep others from being set aside
            _log.error("an update set aside does not open")
            return None
        chat, _, raw = body.partition("|")
        return ParkedUpdate(key=key, chat=ChatId(int(chat)) if chat else None, raw=raw, tries=row["tries"])
