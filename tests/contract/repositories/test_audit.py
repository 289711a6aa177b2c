"""The audit log, on every engine."""

import pytest

from bot.domain.campaign.periods import hour_of
from bot.ports import AuditRow, Executor, UnitOfWork
from tests.contract.asking import broken_at, do
from tests.memory.fakes import START


async def test_the_audit_chain_is_whole_after_any_actions(executor: Executor) -> None:
    """And a refused use case leaves no hole."""

    async def fail(uow: UnitOfWork) -> None:
        await uow.audit.append(AuditRow(action="tip.claimed"))
        raise ZeroDivisionError

    assert await do(executor, lambda uow: uow.audit.began()) is None
    for number in range(3):
        await do(executor, lambda uow, n=number: uow.audit.append(AuditRow(action="tip.opened", subject=f"tip {n}")))  # type: ignore[misc]  # n is bound on purpose
        with pytest.raises(ZeroDivisionError):
            await do(executor, fail)
    assert await do(executor, broken_at) is None
    assert await do(executor, lambda uow: uow.audit.began()) == hour_of(START)
