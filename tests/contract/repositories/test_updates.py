"""Updates that were settled, and those that were set aside, on every engine."""

from datetime import timedelta

from bot.domain.campaign.periods import hour_of
from bot.ports import Executor, UnitOfWork
from tests.contract.asking import do
from tests.memory.fakes import START, FixedClock


async def test_update_keys_are_forgotten_by_the_hour(executor: Executor, clock: FixedClock) -> None:
    """Telegram repeats for a day; after two nothing is left of who was busy when."""

    async def nothing(uow: UnitOfWork) -> str:
        return "ran"

    await do(executor, nothing, update=1)
    await do(executor, lambda uow: uow.updates.forget_before(hour_of(START), limit=9))
    assert await do(executor, nothing, update=1) != "ran"
    clock.advance(hours=49)
    await do(executor, lambda uow: uow.updates.forget_before(hour_of(clock.now() - timedelta(hours=48)), limit=9))
    assert await do(executor, nothing, update=1) == "ran"
