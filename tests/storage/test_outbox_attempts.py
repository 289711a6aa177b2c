"""How often a message was tried is written down however the try ended: the operator judges what is stuck by it."""

from datetime import timedelta
from pathlib import Path

from bot.domain.outgoing import Urgency
from bot.ports import UnitOfWork
from tests.contract.asking import do
from tests.contract.repositories.test_outbox import message
from tests.storage.opening import look, open_storage


async def test_every_try_is_counted_the_one_that_parks_too(tmp_path: Path) -> None:
    """A parked row that says it was never tried sends the operator looking in the wrong place."""

    async def put(uow: UnitOfWork) -> None:
        await uow.outbox.put(message("x", Urgency.REPLY))

    async def retry(uow: UnitOfWork) -> None:
        (row,) = await uow.outbox.lease(limit=1, until=uow.now + timedelta(hours=1))
        await uow.outbox.retry(row.id, due=uow.now)

    async def park(uow: UnitOfWork) -> None:
        (row,) = await uow.outbox.lease(limit=1, until=uow.now + timedelta(hours=1))
        assert row.attempts == 2
        await uow.outbox.park(row.id, reason="Forbidden")

    async with open_storage(tmp_path) as executor:
        for step in (put, retry, retry, park):
            await do(executor, step)
        assert look(tmp_path, "SELECT attempts, parked FROM outbox") == [(3, "Forbidden")]
