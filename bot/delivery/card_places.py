"""Where cards and messages stand, looked up as one leaves and written down when it has arrived."""

from bot.delivery.ends import Landed
from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import Conversation, Trace, tip_of
from bot.domain.ids import MessageId
from bot.domain.outgoing import FOLDED, Card, EditCard, Shown, cover
from bot.ports import UnitOfWork


async def place_of(uow: UnitOfWork, card: Card) -> MessageId | None:
    """Find the message a card stands in."""
    known = await uow.conversations.get(card.chat) if card.at is None else None
    if known is None:
        return card.at
    if (tip := tip_of(card.card)) is not None:
        return known.newest_open(tip)
    place = await uow.conversations.place(card.chat, card.card)
    return place.message if place is not None else None


async def remember(uow: UnitOfWork, end: Landed) -> None:
    """Store where a card stands and what can be deleted later; a chat that was wiped stays wiped."""
    outgoing = end.departure.outgoing
    known = await uow.conversations.get(outgoing.chat) if isinstance(outgoing, Shown) else None
    if known is None or not isinstance(outgoing, Shown):
        return
    if outgoing.traced:
        changed = await _note_traced(uow, known, end)
    elif isinstance(outgoing, Card):
        changed = await _note_officers(uow, known, outgoing, end)
    else:
        return
    if changed != known:
        await uow.conversations.put(changed)


async def _note_traced(uow: UnitOfWork, chat: Conversation, end: Landed) -> Conversation:
    """Store where a citizen's card stands, and every other message among the traces: each stands in one of the two."""
    outgoing = end.departure.outgoing
    name = outgoing.card if isinstance(outgoing, Card) else None
    for message, card in ((end.left, None), (end.sent, name)):
        if message is None:
            continue
        trace = Trace(message=message, hour=hour_of(uow.now) if message == end.sent else None, is_own=True)
        if card is not None and card in chat.card_names:
            await uow.conversations.put_place(chat.chat, card, trace)
        else:
            chat = chat.but(said=await uow.conversations.add_trace(chat.chat, trace, number=chat.said))
    return chat


async def _note_officers(uow: UnitOfWork, chat: Conversation, card: Card, end: Landed) -> Conversation:
    """Store where an officer's card stands; one that may be shown no more by now is covered where it landed."""
    departure, tip = end.departure, tip_of(card.card)
    if card.is_cover and not departure.is_placeholder:
        return chat if departure.at is None else chat.covered(departure.at)
    if tip is None:
        if end.sent is not None and card.card in chat.card_names:
            await uow.conversations.put_place(chat.chat, card.card, Trace(message=end.sent, hour=None, is_own=True))
        return chat
    is_opening = card.opens is not None or departure.is_placeholder
    is_wanted = chat.may_show(tip, None)
    for message in (end.left, end.sent if is_opening else None):
        if message is not None and is_wanted:
            chat = chat.opened(tip, message)
        elif message is not None:
            await uow.outbox.put(cover(chat.chat, message, screen=FOLDED, language=chat.language))
    is_gone = isinstance(card, EditCard) and (end.sent is not None or card.opens is None)
    gone = departure.at if is_gone else end.deleted
    return chat if gone is None else chat.covered(gone)
