"""Units, and who holds whose queue, on every engine."""

from bot.ports import Executor, UnitOfWork
from tests.contract.asking import do
from tests.contract.samples import CITY, WARD, add_tip, add_units


async def test_a_queue_follows_its_holder(executor: Executor) -> None:
    """An empty unit's tips are in the queue above, and come back when it is staffed."""

    async def fill(uow: UnitOfWork) -> None:
        await add_units(uow)
        await add_tip(uow)
        await uow.units.set_holders({WARD: CITY})

    await do(executor, fill)
    assert await do(executor, lambda uow: uow.units.holder(WARD)) == CITY
    assert await do(executor, lambda uow: uow.tips.count_open_for(CITY, below=False)) == 1
    assert await do(executor, lambda uow: uow.tips.count_open_for(WARD, below=False)) == 0
    await do(executor, add_units)
    assert await do(executor, lambda uow: uow.units.holder(WARD)) == CITY
    await do(executor, lambda uow: uow.units.set_holders({WARD: WARD}))
    assert await do(executor, lambda uow: uow.tips.count_open_for(WARD, below=True)) == 1
