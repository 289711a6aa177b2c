"""Messages out, on every engine."""

from datetime import timedelta

from bot.domain.conversation import Language
from bot.domain.outgoing import Send, Urgency
from bot.domain.screens.base import Line
from bot.ports import Executor, UnitOfWork
from tests.contract.asking import do
from tests.contract.samples import LAN
from tests.memory.fakes import START, FixedClock


def message(key: str, urgency: Urgency) -> Send:
    """Make a message out."""
    return Send(chat=LAN, language=Language.VI, urgency=urgency, screen=Line(key=key, values={"n": 1}))


async def test_the_outbox_leases_what_is_due_by_urgency_and_age(executor: Executor, clock: FixedClock) -> None:
    """An answer to a press does not wait behind a digest."""

    async def fill(uow: UnitOfWork) -> None:
        await uow.outbox.put(message("digest", Urgency.DIGEST))
        await uow.outbox.put(message("one", Urgency.REPLY))
        await uow.outbox.put(message("two", Urgency.REPLY))
        await uow.outbox.put(message("later", Urgency.ANSWER), due=START + timedelta(hours=1))

    await do(executor, fill)
    until = START + timedelta(hours=2)
    first = await do(executor, lambda uow: uow.outbox.lease(limit=2, until=until))
    rest = await do(executor, lambda uow: uow.outbox.lease(limit=9, until=until))
    keys = [each.outgoing.screen.key for each in (*first, *rest)]
    assert keys == ["one", "two", "digest"]
    assert first[0].outgoing == message("one", Urgency.REPLY)
    assert await do(executor, lambda uow: uow.outbox.next_due()) == START + timedelta(hours=1)
    await do(executor, lambda uow: uow.outbox.drop(first[0].id))
    await do(executor, lambda uow: uow.outbox.retry(first[1].id, due=START + timedelta(minutes=5)))
    await do(executor, lambda uow: uow.outbox.park(rest[0].id, reason="Forbidden"))
    assert dict(await do(executor, lambda uow: uow.outbox.waiting())) == {"due": 2, "leased": 0, "parked": 1}
    clock.advance(minutes=6)
    (again,) = await do(executor, lambda uow: uow.outbox.lease(limit=9, until=until))
    assert (again.id, again.attempts) == (first[1].id, 1)
    await do(executor, lambda uow: uow.outbox.release_all())
    assert len(await do(executor, lambda uow: uow.outbox.lease(limit=9, until=until))) == 1
