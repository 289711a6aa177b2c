"""Receipt codes in a dictionary."""

from bot.domain.ids import ReceiptCode, TipNumber
from tests.memory.state import MemoryRepository


class MemoryReceipts(MemoryRepository):
    """Implements `bot.ports.Receipts`."""

    async def add(self, code: ReceiptCode, tip: TipNumber) -> None:
        self._s.receipts[code] = tip

    async def find(self, code: ReceiptCode) -> TipNumber | None:
        return self._s.receipts.get(code)

    async def drop(self, tip: TipNumber) -> None:
        for code in [code for code, number in self._s.receipts.items() if number == tip]:
            del self._s.receipts[code]
