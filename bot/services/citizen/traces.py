"""What a citizen leaves behind in the chat, and how it ends: stopping all replies, wiping the chat."""

from collections.abc import Sequence

from bot.domain import errors
from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import Trace
from bot.domain.ids import MessageId, TipNumber
from bot.domain.outgoing import BLANK, Delete, Urgency, cover
from bot.domain.retention import DELETABLE_FOR
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import ConfirmOwn
from bot.ports import ForgetsChats, UnitOfWork
from bot.services.commands.citizen import StopReplies, Wipe
from bot.services.session import ChatSession

MOST_DELETED = 100
"""Messages deleted with one call (Bot API, deleteMessages)."""


async def cut_route(session: ChatSession, number: TipNumber) -> None:
    """Let no reply about a tip reach this chat any more; a route to another chat is not this one's to cut."""
    if await session.uow.tips.route(number) == session.command.chat:
        await session.uow.tips.set_route(number, None)


async def stop(session: ChatSession, command: StopReplies) -> None:
    """Cut the reply route of every own tip."""
    if not command.is_sure:
        await session.say(ConfirmOwn(what="stop"))
        return
    for own in session.conversation.tips:
        await cut_route(session, own.number)
    await session.uow.reminders.forget(session.command.chat)
    session.remember(listening=None)
    await session.replace(Line(key="own-stopped"))


async def wipe(session: ChatSession, command: Wipe) -> None:
    """Delete what Telegram still lets a bot delete, blank its older messages, forget the chat, and say what is left.

    The tips stay; their reply routes are cut, so that nothing new turns up in this chat. The codes still work.
    Raises OfficersLock: where an officer's cards stand must stay known.
    """
    if session.is_of_the_force:
        raise errors.OfficersLock
    if not command.is_sure:
        await session.say(ConfirmOwn(what="wipe"))
        return
    for own in session.conversation.tips:
        await cut_route(session, own.number)
    standing = list(await session.uow.conversations.traces(session.conversation))
    if command.message is not None and command.message not in {each.message for each in standing}:
        standing.append(Trace(message=command.message, hour=None, is_own=command.callback is not None))
    session.forget()
    for store in stores_of_chats(session.uow):
        await store.forget(command.chat)
    await session.line("wiped")
    await _take_away(session, standing)


def stores_of_chats(uow: UnitOfWork) -> Sequence[ForgetsChats]:
    """List everything that forgets a chat when it is wiped.

    Of the outbox that is what was set aside; what is on its way is dropped by the message that says so (`Send.wipes`).
    Reply routes are found through the chat's own tips, and are cut before.
    """
    return uow.conversations, uow.outbox, uow.parked, uow.reminders


async def _take_away(session: ChatSession, standing: Sequence[Trace]) -> None:
    """Delete what is young enough, and blank what the bot wrote before; a person's own older messages stay."""
    chat, hour = session.command.chat, hour_of(session.uow.now)
    young: list[MessageId] = []
    edge: list[
        MessageId
    ] = []  # perhaps too old already: apart, so that one does not keep the others from being deleted
    for each in standing:
        age = DELETABLE_FOR if each.hour is None else hour - each.hour
        if age < DELETABLE_FOR:
            young.append(each.message)
        elif each.is_own:
            await session.uow.outbox.put(
                cover(chat, each.message, screen=BLANK, language=session.conversation.language)
            )
        elif age == DELETABLE_FOR:
            edge.append(each.message)
    for messages in (young, edge):
        for first in range(0, len(messages), MOST_DELETED):
            batch = tuple(messages[first : first + MOST_DELETED])
            await session.uow.outbox.put(Delete(chat=chat, urgency=Urgency.REPLY, messages=batch))
