"""What a citizen leaves behind in the chat, and how it ends: stopping all replies, wiping the chat."""

from bot.domain import errors
from bot.domain.campaign.periods import hour_of
from bot.domain.ids import TipNumber
from bot.domain.outgoing import Delete, Urgency
from bot.domain.retention import DELETABLE_FOR
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import ConfirmOwn
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
    """Delete what Telegram still lets a bot delete, forget the chat, and say what is left.

    The tips stay; their reply routes are cut, so that nothing new turns up in this chat. The codes still work.
    Raises OfficersLock: where an officer's cards stand must stay known.
    """
    uow = session.uow
    if session.is_of_the_force:
        raise errors.OfficersLock
    if not command.is_sure:
        await session.say(ConfirmOwn(what="wipe"))
        return
    for own in session.conversation.tips:
        await cut_route(session, own.number)
    await uow.reminders.forget(command.chat)
    hour = hour_of(uow.now)
    messages = [each.message for each in session.conversation.traces if hour - each.hour < DELETABLE_FOR]
    if command.message is not None and command.message not in messages:
        messages.append(command.message)
    await uow.parked.forget(command.chat)
    session.forget()
    await session.line("wiped")
    for first in range(0, len(messages), MOST_DELETED):
        await uow.outbox.put(
            Delete(
                chat=command.chat,
                urgency=Urgency.REPLY,
                messages=tuple(messages[first : first + MOST_DELETED]),
            )
        )
