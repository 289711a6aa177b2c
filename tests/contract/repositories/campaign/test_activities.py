"""Activities, on every engine."""

from bot.domain.campaign.activities import Activity, ActivityKind
from bot.ports import Executor
from tests.contract.asking import do, listed
from tests.contract.samples import HUNG, TODAY, WARD


async def test_an_activity_comes_back_as_it_was_recorded(executor: Executor) -> None:
    """The recount reads it."""
    activity = Activity(unit=WARD, day=TODAY, kind=ActivityKind.OUTREACH, number=120, officer=HUNG)
    await do(executor, lambda uow: uow.activities.add(activity))
    assert await do(executor, lambda uow: listed(uow.activities.every())) == [activity]
