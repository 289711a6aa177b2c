"""Writes that name a row which is not there: what a late button, a repeated job or a wiped chat asks for.

One line for each method of the books that names a row and changes it; a test keeps the list whole.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from bot.domain.campaign.periods import hour_of
from bot.domain.errors import ButtonStale
from bot.domain.ids import CardName, ChatId, DecisionNumber, OfficerNumber, OutboxId, TipNumber, UpdateKey
from bot.domain.places import UnitCode
from bot.domain.screens.base import Exchange
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Status, Tip, Verdict
from bot.ports import TipContent, UnitOfWork
from tests.contract.asking import BOT

DAY = date(2026, 11, 29)
NOWHERE = UnitCode("nowhere")


async def _save(uow: UnitOfWork, number: int) -> str:
    tip = Tip(
        number=TipNumber(number),
        unit=NOWHERE,
        held_by=NOWHERE,
        category=Category.DRUGS,
        urgent=False,
        channel=Channel.BOT,
        status=Status.NEW,
        verdict=Verdict.NONE,
        received=hour_of(uow.now),
        version=99,
    )
    try:
        await uow.tips.save(tip)
    except ButtonStale as refusal:
        return refusal.key
    return "saved"


WRITES: dict[str, Callable[[UnitOfWork, int], Awaitable[Any]]] = {
    "conversations.forget": lambda uow, n: uow.conversations.forget(ChatId(n)),
    "conversations.drop_place": lambda uow, n: uow.conversations.drop_place(ChatId(n), CardName("queue")),
    "tips.save": _save,
    "tips.set_content": lambda uow, n: uow.tips.set_content(
        TipNumber(n), TipContent(words="lạc", exchanges=(Exchange(by="officer", text="ai?"),))
    ),
    "tips.set_route": lambda uow, n: uow.tips.set_route(TipNumber(n), ChatId(12)),
    "parked.drop": lambda uow, n: uow.parked.drop(UpdateKey(BOT, n)),
    "parked.forget": lambda uow, n: uow.parked.forget(ChatId(n)),
    "receipts.drop": lambda uow, n: uow.receipts.drop(TipNumber(n)),
    "cases.withdraw": lambda uow, n: uow.cases.withdraw(DecisionNumber(n), on=DAY),
    "officers.set_blocked": lambda uow, n: uow.officers.set_blocked(OfficerNumber(n), blocked=True),
    "officers.activate": lambda uow, n: uow.officers.activate(OfficerNumber(n)),
    "officers.revoke": lambda uow, n: uow.officers.revoke(OfficerNumber(n), on=DAY),
    "invites.take": lambda uow, n: uow.invites.take(f"unknown{n}", now=uow.now),
    "reminders.forget": lambda uow, n: uow.reminders.forget(ChatId(n)),
    "outbox.drop": lambda uow, n: uow.outbox.drop(OutboxId(n)),
    "outbox.count_attempt": lambda uow, n: uow.outbox.count_attempt(OutboxId(n)),
    "outbox.forget": lambda uow, n: uow.outbox.forget(ChatId(n)),
    "outbox.park": lambda uow, n: uow.outbox.park(OutboxId(n), reason="Forbidden"),
    "outbox.take_back": lambda uow, n: uow.outbox.take_back(OutboxId(n)),
}
