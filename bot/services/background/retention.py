"""The end of what has lived long enough: `bot.domain.retention` says how long, this looks for it and lets it die."""

from bot.domain.campaign.periods import city_day, hour_of
from bot.domain.conversation import Conversation
from bot.domain.retention import (
    DELETABLE_FOR,
    IDLE_CHAT_LIVES,
    REVOKED_LIVES,
    ROUTE_LIVES,
    UPDATE_KEYS_LIVE,
    WORDS_LIVE,
)
from bot.ports import Chore, UnitOfWork


async def expire(uow: UnitOfWork, _: Chore) -> None:
    """Let die what has lived long enough: routes, words, codes, revoked people, update keys, idle chats."""
    today = city_day(uow.now)
    for number in await uow.tips.closed_before(today - ROUTE_LIVES, having="route"):
        await uow.tips.set_route(number, None)
    for number in await uow.tips.closed_before(today - WORDS_LIVE, having="content"):
        await uow.tips.set_content(number, None)
        await uow.receipts.drop(number)
    await uow.officers.forget_revoked(today - REVOKED_LIVES)
    await uow.updates.forget_before(hour_of(uow.now - UPDATE_KEYS_LIVE))
    await uow.conversations.forget_heard(hour_of(uow.now) - DELETABLE_FOR)
    for conversation in await uow.conversations.all():
        if await _is_over(uow, conversation):
            await uow.conversations.forget(conversation.chat)
        elif conversation.said or conversation.tips or conversation.draft:
            await _end_traces(uow, conversation)


async def _is_over(uow: UnitOfWork, conversation: Conversation) -> bool:
    if hour_of(uow.now) - conversation.touched < IDLE_CHAT_LIVES:
        return False
    if await uow.officers.by_chat(conversation.chat) is not None:
        return False
    for own in conversation.tips:
        tip = await uow.tips.get(own.number)
        if tip is not None and (tip.is_open or await uow.tips.route(own.number) is not None):
            return False
    return True


async def _end_traces(uow: UnitOfWork, conversation: Conversation) -> None:
    """Forget which messages somebody of the force was sent as a citizen, once the last is too old to be deleted.

    Their conversation goes on, and there is no wiping for them any more that would need to know.
    """
    officer = await uow.officers.by_chat(conversation.chat)
    if officer is None or not officer.is_active:
        return
    first_hour = hour_of(uow.now) - DELETABLE_FOR
    traces = await uow.conversations.traces(conversation)
    if not any(each.hour is not None and each.hour > first_hour for each in traces):
        await uow.conversations.drop_traces(conversation)
        await uow.conversations.put(conversation.but(said=0))
