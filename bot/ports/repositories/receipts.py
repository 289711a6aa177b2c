"""Receipt codes."""

from typing import Protocol

from bot.domain.ids import ReceiptCode, TipNumber


class Receipts(Protocol):
    """Receipt codes, as keyed hashes."""

    async def add(self, code: ReceiptCode, tip: TipNumber) -> None:
        """Store a code's hash."""
        ...

    async def find(self, code: ReceiptCode) -> TipNumber | None:
        """Find the tip of a code."""
        ...

    async def drop(self, tip: TipNumber) -> None:
        """Forget a tip's code."""
        ...
