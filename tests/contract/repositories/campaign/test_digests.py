"""Digests queued, on every engine."""

from bot.domain.campaign.periods import parse_week
from bot.ports import Executor
from tests.contract.asking import do
from tests.contract.samples import OTHER, WARD


async def test_the_digest_of_a_week_is_queued_once(executor: Executor) -> None:
    """A start in the middle of Monday sends nobody a second one."""
    week = parse_week("2026-W47")
    assert await do(executor, lambda uow: uow.digests.queue_once(WARD, week)) is True
    assert await do(executor, lambda uow: uow.digests.queue_once(WARD, week)) is False
    assert await do(executor, lambda uow: uow.digests.queue_once(OTHER, week)) is True
