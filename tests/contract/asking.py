"""Running a few lines as a use case."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.domain.ids import UpdateKey
from bot.ports import Executor, UnitOfWork

BOT = 4242
"""The bot of the tests."""


@dataclass(frozen=True)
class Asked:
    """A command without content."""

    key: UpdateKey | None = None


async def do(executor: Executor, job: Callable[[UnitOfWork], Awaitable[Any]], *, update: int | None = None) -> Any:
    """Run a job in a unit of work of its own."""

    async def use_case(uow: UnitOfWork, _: Asked) -> Any:
        return await job(uow)

    return await executor.run(use_case, Asked(UpdateKey(BOT, update) if update is not None else None))
