"""Receipt codes as keyed hashes; each live epoch's key is tried."""

from bot.domain.ids import ReceiptCode, TipNumber
from storage.connection import Connection
from storage.crypto.vault import Vault

_ADD = "INSERT INTO receipt (hash, epoch, tip) VALUES ($1, $2, $3)"
_FIND = "SELECT tip FROM receipt WHERE hash = $1"
_DROP = "DELETE FROM receipt WHERE tip = $1"


class ReceiptRepository:
    """Implements `bot.ports.Receipts`."""

    __slots__ = ("_connection", "_vault")

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def add(self, code: ReceiptCode, tip: TipNumber) -> None:
        """Store a code's hash."""
        epoch = self._vault.epoch
        await self._connection.run(_ADD, self._vault.tag(code, purpose="receipt", epoch=epoch), epoch, tip)

    async def find(self, code: ReceiptCode) -> TipNumber | None:
        """Find the tip of a code."""
        for epoch in self._vault.epochs:
            row = await self._connection.row(_FIND, self._vault.tag(code, purpose="receipt", epoch=epoch))
            if row is not None:
                return TipNumber(row["tip"])
        return None

    async def drop(self, tip: TipNumber) -> None:
        """Forget a tip's code."""
        await self._connection.run(_DROP, tip)
