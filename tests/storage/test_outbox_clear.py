"""What the outbox says without a key: an order, classes and counts, and no moment."""

from datetime import timedelta
from pathlib import Path

from bot.domain.ids import OutboxId
from bot.domain.outgoing import Urgency
from tests.contract.asking import do
from tests.contract.repositories.test_outbox import message
from tests.memory.fakes import START, FixedClock
from tests.storage.opening import look, open_storage

ALLOWED = {"seq", "urgency", "attempts", "parked_hour", "reason", "epoch", "body"}


async def test_no_clear_column_is_finer_than_an_hour(tmp_path: Path) -> None:
    """The moment of a press beside a tip's number of that hour would tell whose press it was."""
    clear = []
    for number, seconds in enumerate((0, 7, 1234)):
        clock = FixedClock(START.replace(minute=0) + timedelta(seconds=seconds))
        folder = tmp_path / f"{number}"
        async with open_storage(folder, clock=clock) as executor:
            for _ in range(2):
                await do(executor, lambda uow: uow.outbox.put(message("x", Urgency.REPLY)))
            await do(executor, lambda uow: uow.outbox.park(OutboxId(1), reason="blocked"))
            columns = {str(row[0]) for row in look(folder, "SELECT name FROM pragma_table_info('outbox')")}
            assert columns == ALLOWED
            names = ", ".join(sorted(columns - {"body"}))
            clear.append(look(folder, f"SELECT {names} FROM outbox ORDER BY seq"))  # noqa: S608 - names of ours alone
    assert clear[0] == clear[1] == clear[2]
