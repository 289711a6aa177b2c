"""Messages out, on every engine."""

from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import Language
from bot.domain.ids import OutboxId
from bot.domain.outgoing import Send, Urgency
from bot.domain.screens.base import Line
from bot.ports import Executor, OutboxRow, UnitOfWork
from tests.contract.asking import do
from tests.contract.samples import LAN
from tests.memory.fakes import START, FixedClock

FIRST, SECOND, THIRD = OutboxId(1), OutboxId(2), OutboxId(3)


def message(key: str, urgency: Urgency) -> Send:
    """Make a message out."""
    return Send(chat=LAN, language=Language.VI, urgency=urgency, screen=Line(key=key, values={"n": 1}))


async def fill(uow: UnitOfWork) -> None:
    """Queue three messages."""
    for key in ("one", "two", "three"):
        await uow.outbox.put(message(key, Urgency.REPLY))


async def test_rows_are_read_in_the_order_of_queueing_from_where_one_is(executor: Executor) -> None:
    """A number that grows is all that is known of a row's age; numbers are not given twice."""
    await do(executor, fill)
    first = await do(executor, lambda uow: uow.outbox.after(OutboxId(0), limit=2))
    assert first == [
        OutboxRow(FIRST, 0, message("one", Urgency.REPLY)),
        OutboxRow(SECOND, 0, message("two", Urgency.REPLY)),
    ]
    rest = await do(executor, lambda uow: uow.outbox.after(SECOND, limit=2))
    assert [row.seq for row in rest] == [THIRD]
    await do(executor, lambda uow: uow.outbox.drop(THIRD))
    assert await do(executor, lambda uow: uow.outbox.get(THIRD)) is None
    await do(executor, lambda uow: uow.outbox.put(message("four", Urgency.REPLY)))
    assert [row.seq for row in await do(executor, lambda uow: uow.outbox.after(SECOND, limit=9))] == [4]


async def test_a_parked_row_is_kept_with_its_hour_and_reason_until_its_time_is_over(
    executor: Executor, clock: FixedClock
) -> None:
    """Every attempt is counted, the one that parks too: the operator judges what is stuck by it."""
    await do(executor, fill)
    await do(executor, lambda uow: uow.outbox.count_attempt(FIRST))
    for seq in (FIRST, SECOND):
        await do(executor, lambda uow, seq=seq: uow.outbox.park(seq, reason="Forbidden"))  # type: ignore[misc]  # bound on purpose
    row = await do(executor, lambda uow: uow.outbox.get(FIRST))
    assert (row.attempts, row.parked_hour, row.reason) == (2, hour_of(START), "Forbidden")
    assert dict(await do(executor, lambda uow: uow.outbox.waiting())) == {"due": 1, "parked": 2}
    await do(executor, lambda uow: uow.outbox.take_back(SECOND))
    row = await do(executor, lambda uow: uow.outbox.get(SECOND))
    assert (row.attempts, row.parked_hour, row.reason) == (1, None, None)
    await do(executor, lambda uow: uow.outbox.forget_parked(hour_of(START), limit=9))
    assert dict(await do(executor, lambda uow: uow.outbox.waiting())) == {"due": 2, "parked": 1}
    clock.advance(hours=1)
    await do(executor, lambda uow: uow.outbox.forget_parked(hour_of(uow.now), limit=9))
    assert dict(await do(executor, lambda uow: uow.outbox.waiting())) == {"due": 2, "parked": 0}
