"""A message that tells of a tip is looked up by the delivery as it leaves, over every engine."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.delivery.chat_queues import QueuedMessage
from bot.delivery.rounds import RoundAnswer, RoundRequest, Rounds
from bot.domain.conversation import Conversation, Language, OwnTip
from bot.domain.ids import ChatId, Handle, OfficerNumber, OutboxId, TipNumber
from bot.domain.outgoing import Send, Shown, Urgency
from bot.domain.places import UnitCode
from bot.domain.screens.base import Line
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Verdict
from bot.ports import Executor, TipContent, UnitOfWork
from tests.contract.asking import do
from tests.memory.fakes import START

LAN, MAI = ChatId(5), ChatId(6)
HUNG = OfficerNumber(1)
HANDLE = Handle("abcdefgh")
HOUR = START.replace(minute=0)

Event = Callable[[UnitOfWork, TipNumber], Awaitable[Any]]


async def close(uow: UnitOfWork) -> TipNumber:
    """Store a tip that is closed, and queue what tells of it."""
    tip = await uow.tips.add(
        unit=UnitCode("31120"),
        held_by=UnitCode("31120"),
        category=Category.DRUGS,
        urgent=False,
        channel=Channel.BOT,
        received=HOUR,
        content=TipContent(words="x"),
        route=LAN,
    )
    own = OwnTip(handle=HANDLE, number=tip.number)
    await uow.conversations.put(Conversation(chat=LAN, touched=HOUR, tips=(own,)))
    closed, _ = tip.judge(Verdict.SPAM, by=HUNG, on=START.date())
    await uow.tips.save(closed)
    told = Send(
        chat=LAN,
        language=Language.VI,
        urgency=Urgency.DIGEST,
        screen=Line(key="own-done"),
        traced=True,
        tip=tip.number,
        version=closed.version,
    )
    await uow.outbox.put(told)
    return tip.number


async def nothing(_: UnitOfWork, __: TipNumber) -> None:
    """Leave all as it is."""


async def wipe(uow: UnitOfWork, _: TipNumber) -> None:
    """Forget the chat, but not the route."""
    await uow.conversations.forget(LAN)


async def unfollow(uow: UnitOfWork, _: TipNumber) -> None:
    """Let the chat begin anew."""
    await uow.conversations.put(Conversation(chat=LAN, touched=HOUR))


async def stop(uow: UnitOfWork, number: TipNumber) -> None:
    """Cut the route."""
    await uow.tips.set_route(number, None)


async def lead_elsewhere(uow: UnitOfWork, number: TipNumber) -> None:
    """Let the route lead to another chat."""
    await uow.tips.set_route(number, MAI)


async def reopen(uow: UnitOfWork, number: TipNumber) -> None:
    """Take the tip up again."""
    tip = await uow.tips.get(number)
    assert tip is not None
    await uow.tips.save(tip.reopen()[0])


async def take_back(uow: UnitOfWork, number: TipNumber) -> None:
    """Take the verdict back."""
    tip = await uow.tips.get(number)
    assert tip is not None
    await uow.tips.save(tip.take_back_verdict(HUNG)[0])


async def close_again(uow: UnitOfWork, number: TipNumber) -> None:
    """Close it a second time: that has a message of its own."""
    tip = await uow.tips.get(number)
    assert tip is not None
    again = tip.reopen()[0]
    await uow.tips.save(again)
    await uow.tips.save(again.close(on=START.date())[0])


@pytest.mark.parametrize(
    ("event", "sent"),
    [
        (nothing, 1),
        (wipe, 0),
        (unfollow, 0),
        (stop, 0),
        (lead_elsewhere, 0),
        (reopen, 0),
        (take_back, 0),
        (close_again, 0),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
async def test_a_row_leaves_only_while_it_holds(executor: Executor, event: Event, sent: int) -> None:
    """The row carries no right to write to a chat: tip, route and chat are asked as it leaves."""
    number: TipNumber = await do(executor, close)
    await do(executor, lambda uow: event(uow, number))
    (row,) = await do(executor, lambda uow: uow.outbox.after(OutboxId(0), limit=9))
    leaving = QueuedMessage.of(row.seq, row.outgoing)
    answer = await executor.run(Rounds(_everything).keep, RoundRequest(leaving=(leaving,)))
    assert isinstance(answer, RoundAnswer)
    assert [each is not None for each in answer.departures] == [bool(sent)]
    assert dict(await do(executor, lambda uow: uow.outbox.waiting())) == {"due": sent, "parked": 0}


async def _everything(_: UnitOfWork, __: Shown) -> bool:
    return True
