"""How a new tip is stored with its count, what is said about one is added, and what happens is put on record.

A tip that changes is stored through `bot.services.officer.whose_work`.
"""

from dataclasses import replace

from bot.domain import errors
from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import Conversation
from bot.domain.ids import ChatId, Handle, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.screens.base import Exchange
from bot.domain.text.asking import Objection, objectionable
from bot.domain.text.categories import Category
from bot.domain.tip import WORDS_LIMIT, Channel, Event, Tip
from bot.ports import AuditRow, TipContent, UnitOfWork
from bot.services import counting

_REFUSALS = {Objection.LEADS_OUT: errors.LeadsOut, Objection.ASKS_WHO: errors.AsksWho}


async def store_new(
    uow: UnitOfWork,
    *,
    unit: UnitCode,
    held_by: UnitCode,
    category: Category | None,
    urgent: bool,
    channel: Channel,
    content: TipContent,
    route: ChatId | None = None,
    by: OfficerNumber | None = None,
    listed_last: bool = False,
) -> Tip:
    """Store a new tip and count it; `by` is the officer who entered it, `route` where its reporter is answered."""
    tip = await uow.tips.add(
        unit=unit,
        held_by=held_by,
        category=category or Category.OTHER,
        urgent=urgent,
        channel=channel,
        received=hour_of(uow.now),
        content=content,
        route=route,
        listed_last=listed_last,
    )
    await counting.received(uow, tip)
    await log_event(uow, tip, Event.RECEIVED if by is None else Event.ENTERED, by=by)
    return tip


async def log_event(uow: UnitOfWork, tip: Tip, event: Event, *, by: OfficerNumber | None = None) -> None:
    """Write what happened to a tip in the audit log."""
    await uow.audit.append(AuditRow(action=event, officer=by, subject=f"tip {tip.number}", unit=tip.unit))


async def note_opening(uow: UnitOfWork, tip: Tip, *, by: OfficerNumber) -> None:
    """Write down that someone of the force has opened a tip: an urgent one is waited for."""
    await log_event(uow, tip, Event.OPENED, by=by)
    content = await uow.tips.content(tip.number) if tip.urgent else None
    if content is not None and not content.is_opened:
        await uow.tips.set_content(tip.number, replace(content, is_opened=True))


async def add_exchange(uow: UnitOfWork, number: TipNumber, exchange: Exchange) -> bool:
    """Put what was said to a tip; False, and nothing is stored, when the tip would hold too many words.

    An officer's words go to the reporter: they are looked at here, whichever way they came. Whoever answers has no
    question left unread. Raises LeadsOut, AsksWho.
    """
    found = objectionable(exchange.text) if exchange.by == "officer" else None
    if found is not None:
        raise _REFUSALS[found.objection](words=found.words)
    content = await uow.tips.content(number) or TipContent(words="")
    exchanges = (*content.exchanges, exchange)
    if len(content.words) + sum(len(each.text) for each in exchanges) > WORDS_LIMIT:
        return False
    unread_since = None if exchange.by == "reporter" else content.unread_since
    await uow.tips.set_content(number, replace(content, exchanges=exchanges, unread_since=unread_since))
    return True


async def reporter_of(uow: UnitOfWork, number: TipNumber) -> tuple[Conversation, Handle] | None:
    """Find the chat that is told of a tip, and its name there; None when nobody follows it any more."""
    route = await uow.tips.route(number)
    conversation = await uow.conversations.get(route) if route is not None else None
    handle = conversation.handle_of(number) if conversation else None
    return (conversation, handle) if conversation and handle else None
