"""Running a few lines as a use case."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.domain.conversation import Conversation
from bot.domain.ids import UpdateKey
from bot.ports import AuditLink, Executor, UnitOfWork

_T = TypeVar("_T")

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


async def listed(stream: AsyncIterator[_T]) -> list[_T]:
    """Read a stream to its end."""
    return [each async for each in stream]


async def broken_at(uow: UnitOfWork) -> int | None:
    """Follow the audit log, a row at a time; give the first that does not fit."""
    link = AuditLink()
    while not link.is_end:
        link = await uow.audit.follow(link, limit=2)
    return link.broken_at


async def all_conversations(uow: UnitOfWork) -> Sequence[Conversation]:
    """Give every live conversation."""
    found: list[Conversation] = []
    mark: bytes | None = b""
    while mark is not None:
        few, mark = await uow.conversations.batch(mark, limit=1)
        found += few
    return found
