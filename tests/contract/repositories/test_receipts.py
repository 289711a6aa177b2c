"""Receipt codes, on every engine."""

from bot.domain.ids import ReceiptCode, TipNumber
from bot.ports import Executor
from tests.contract.asking import do


async def test_a_receipt_code_finds_its_tip_until_it_is_dropped(executor: Executor) -> None:
    """The second key."""
    code = ReceiptCode("1234567890123456")
    await do(executor, lambda uow: uow.receipts.add(code, TipNumber(4)))
    assert await do(executor, lambda uow: uow.receipts.find(code)) == 4
    assert await do(executor, lambda uow: uow.receipts.find(ReceiptCode("0" * 16))) is None
    await do(executor, lambda uow: uow.receipts.drop(TipNumber(4)))
    assert await do(executor, lambda uow: uow.receipts.find(code)) is None
