"""What a committed use case queued is handed over, on every engine."""

import asyncio
from collections.abc import Sequence

from bot.domain.errors import NoSuchTip, Refusal
from bot.domain.outgoing import Urgency
from bot.ports import Executor, HandedOver, Keyed, QueuedRow, UnitOfWork
from tests.contract.asking import do
from tests.contract.engines import Engines
from tests.contract.repositories.test_outbox import message


def _listen(executor: Executor) -> list[str]:
    heard: list[str] = []

    def listener(handed_over: Sequence[HandedOver]) -> None:
        heard.extend(each.outgoing.screen.key for each in handed_over if isinstance(each, QueuedRow))  # type: ignore[union-attr]  # lines alone

    executor.hand_over_to(listener)
    return heard


async def _put(uow: UnitOfWork, *keys: str) -> None:
    for key in keys:
        await uow.outbox.put(message(key, Urgency.REPLY))


async def test_what_was_queued_is_heard_in_order_before_the_caller_is_answered(executor: Executor) -> None:
    """A receipt leaves at once, without a look into the table, and only when its tip is safe."""
    heard = _listen(executor)
    await do(executor, lambda uow: _put(uow, "một", "hai"), update=1)
    assert heard == ["một", "hai"]
    await do(executor, lambda uow: _put(uow, "ba"), update=1)  # a repeat does nothing
    await do(executor, lambda uow: uow.outbox.waiting())
    assert heard == ["một", "hai"]


async def test_what_was_rolled_back_is_not_heard_of(engines: Engines) -> None:
    """Whoever sent it would tell of what never happened; a neighbour's stands."""

    async def answer(uow: UnitOfWork, command: Keyed, refusal: Refusal) -> None:
        await _put(uow, "không được")

    async def refuse(uow: UnitOfWork) -> None:
        await _put(uow, "được")
        raise NoSuchTip(number=1)

    async def fail(uow: UnitOfWork) -> None:
        await _put(uow, "hỏng")
        raise ZeroDivisionError

    async def stray(uow: UnitOfWork) -> None:
        await _put(uow, "lạc")
        await asyncio.sleep(0)

    async with engines.open(on_refusal=answer) as executor:
        heard = _listen(executor)
        await asyncio.gather(
            *(do(executor, job) for job in (refuse, fail, stray, lambda uow: _put(uow, "cuối"))),
            return_exceptions=True,
        )
        assert heard == ["không được", "cuối"]
