"""The units' tree, on every engine."""

from bot.ports import Executor, UnitOfWork
from tests.contract.asking import do
from tests.contract.samples import CITY, SECLUDED, WARD, add_tip, add_units


async def test_a_tree_that_is_planted_anew_is_as_if_it_had_been_so_always(executor: Executor) -> None:
    """Queues above follow the place data of the newest start."""

    async def fill(uow: UnitOfWork) -> None:
        await add_units(uow)
        await add_tip(uow)

    await do(executor, fill)
    assert await do(executor, lambda uow: uow.tips.count_open_for(CITY, below=True)) == 1
    parents = {CITY: None, WARD: SECLUDED, SECLUDED: None}
    await do(executor, lambda uow: uow.units.sync(parents, old_city=frozenset()))
    assert await do(executor, lambda uow: uow.tips.count_open_for(CITY, below=True)) == 0
    assert await do(executor, lambda uow: uow.tips.count_open_for(SECLUDED, below=True)) == 1
