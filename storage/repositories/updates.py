"""Updates: the keys of those that were settled, and those that were set aside whole, sealed."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.domain.campaign.periods import hour_of
from bot.domain.ids import ChatId, UpdateKey
from bot.ports.repositories.updates import is_of
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
_FORGET = "DELETE FROM seen_update WHERE hour < $1"
_PARK = """
    INSERT INTO parked_update (bot, update_id, hour, reason, epoch, raw)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (bot, update_id) DO NOTHING
"""
_PARKED = "SELECT bot, update_id, raw FROM parked_update ORDER BY bot, update_id"
_ONE = "SELECT bot, update_id, raw FROM parked_update WHERE bot = $1 AND update_id = $2"
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

    async def forget_before(self, hour: datetime) -> None:
        """Forget the keys of updates settled before an hour."""
        await self._connection.run(_FORGET, to_ms(hour))


class ParkedUpdateRepository:
    """Implements `bot.ports.ParkedUpdates`."""

    __slots__ = ("_connection", "_now", "_vault")

    def __init__(self, connection: Connection, vault: Vault, now: datetime) -> None:
        self._connection = connection
        self._vault = vault
        self._now = now

    async def add(self, key: UpdateKey, *, raw: str, reason: str) -> None:
        """Set an update aside, unless it is already, or was settled."""
        if await self._connection.row(_IS_SETTLED, key.bot, key.update) is not None:
            return
        sealed = self._vault.seal(raw, SealedColumn.PARKED_UPDATE, key.bot, key.update)
        hour = to_ms(hour_of(self._now))
        await self._connection.run(_PARK, key.bot, key.update, hour, reason, self._vault.epoch, sealed)

    async def all(self) -> Sequence[tuple[UpdateKey, str]]:
        """Give the updates set aside, oldest first; one that does not open is passed over."""
        found = [(_key(row), self._open(row)) for row in await self._connection.rows(_PARKED)]
        return [(key, raw) for key, raw in found if raw is not None]

    async def get(self, key: UpdateKey) -> str | None:
        """Find one; None when it is not there, or does not open."""
        row = await self._connection.row(_ONE, key.bot, key.update)
        return self._open(row) if row is not None else None

    async def forget(self, chat: ChatId) -> None:
        """Forget what is aside of a chat."""
        for key, raw in await self.all():
            if is_of(raw, chat):
                await self._connection.run(_TAKE_BACK, key.bot, key.update)

    def _open(self, row: SqlRow) -> str | None:
        try:
            return self._vault.open(row["raw"], SealedColumn.PARKED_UPDATE, row["bot"], row["update_id"])
        except SealBrokenError:  # it must not keep others from being set aside
            _log.error("an update set aside does not open")
            return None


def _key(row: SqlRow) -> UpdateKey:
    return UpdateKey(row["bot"], row["update_id"])
