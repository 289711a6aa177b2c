"""Targets, on every engine."""

from bot.domain.stats import Headline
from bot.ports import Executor
from tests.contract.asking import do
from tests.contract.samples import WARD


async def test_a_target_of_a_year_can_be_changed(executor: Executor) -> None:
    """The last word counts, and another year has targets of its own."""
    for value in (50, 60):
        await do(executor, lambda uow, v=value: uow.targets.set(unit=WARD, year=2026, line=Headline.VALUABLE, value=v))  # type: ignore[misc]  # v is bound on purpose
    assert dict(await do(executor, lambda uow: uow.targets.of(WARD, 2026))) == {Headline.VALUABLE: 60}
    assert dict(await do(executor, lambda uow: uow.targets.of(WARD, 2027))) == {}
