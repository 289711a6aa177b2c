"""Warnings given, on every engine."""

from datetime import timedelta

from bot.ports import Executor
from tests.contract.asking import do
from tests.contract.samples import TODAY, WARD


async def test_a_warning_is_given_once_a_day(executor: Executor) -> None:
    """Whoever is told the same every minute stops reading."""
    assert await do(executor, lambda uow: uow.alerts.once("empty", WARD, TODAY)) is True
    assert await do(executor, lambda uow: uow.alerts.once("empty", WARD, TODAY)) is False
    assert await do(executor, lambda uow: uow.alerts.once("empty", WARD, TODAY + timedelta(days=1))) is True
