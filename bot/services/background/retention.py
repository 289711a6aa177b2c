"""The end of what has lived long enough: `bot.domain.retention` says how long, this looks for it and lets it die.

A batch at a time, each a unit of work of its own, until nothing is left: whoever writes meanwhile waits for one batch
at most, and twenty thousand tips that were closed on one day end within the hour. What is due is found by a clear,
indexed day or hour. A conversation has none, on purpose: all live ones are looked through, which at twenty thousand is
a second of work, in parts of some ten milliseconds.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from bot.domain.campaign.periods import city_day, hour_of
from bot.domain.conversation import Conversation
from bot.domain.retention import (
    ALERTS_LIVE,
    DELETABLE_FOR,
    EVIDENCE_LIVES,
    EXPIRED_INVITES_LIVE,
    IDLE_CHAT_LIVES,
    PARKED_LIVE,
    PARKED_MESSAGES_LIVE,
    REVOKED_LIVES,
    ROUTE_LIVES,
    UPDATE_KEYS_LIVE,
    WORDS_LIVE,
)
from bot.ports import Chore, Clock, Executor, Refused, Repeated, UnitOfWork, reason_of

BATCH: Final = 200
"""How many rows end in one unit of work."""
EXPIRES_EVERY: Final = timedelta(hours=1)
_LOOKS_EVERY: Final = timedelta(seconds=30)

_log = logging.getLogger(__name__)

Ending: TypeAlias = Callable[[UnitOfWork, Chore], Awaitable[int]]
"""Lets at most `BATCH` things die, and gives how many did: fewer than that are the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtChats(Chore):
    """Let the idle ones among a few chats be forgotten, those behind a mark."""

    after: bytes = b""


async def end_routes(uow: UnitOfWork, _: Chore) -> int:
    """Cut reply routes."""
    found = await uow.tips.closed_before(city_day(uow.now) - ROUTE_LIVES, having="route", limit=BATCH)
    for number in found:
        await uow.tips.set_route(number, None)
    return len(found)


async def end_words(uow: UnitOfWork, _: Chore) -> int:
    """Destroy words, and the codes with them."""
    found = await uow.tips.closed_before(city_day(uow.now) - WORDS_LIVE, having="content", limit=BATCH)
    for number in found:
        await uow.tips.set_content(number, None)
        await uow.receipts.drop(number)
    return len(found)


async def end_sources(uow: UnitOfWork, _: Chore) -> int:
    """Forget who is who in cases that have no words left."""
    return await uow.cases.forget_sources(limit=BATCH)


async def end_evidence(uow: UnitOfWork, _: Chore) -> int:
    """Destroy evidence notes."""
    return await uow.cases.forget_evidence(city_day(uow.now) - EVIDENCE_LIVES, limit=BATCH)


async def end_people(uow: UnitOfWork, _: Chore) -> int:
    """Forget who revoked officers were."""
    return await uow.officers.forget_revoked(city_day(uow.now) - REVOKED_LIVES, limit=BATCH)


async def end_update_keys(uow: UnitOfWork, _: Chore) -> int:
    """Forget which updates were dealt with."""
    return await uow.updates.forget_before(hour_of(uow.now - UPDATE_KEYS_LIVE), limit=BATCH)


async def end_parked_updates(uow: UnitOfWork, _: Chore) -> int:
    """Destroy updates that nothing could handle."""
    return await uow.parked.forget_before(hour_of(uow.now - PARKED_LIVE), limit=BATCH)


async def end_parked_messages(uow: UnitOfWork, _: Chore) -> int:
    """Destroy messages out that could not be sent."""
    return await uow.outbox.forget_parked(hour_of(uow.now - PARKED_MESSAGES_LIVE), limit=BATCH)


async def end_invitations(uow: UnitOfWork, _: Chore) -> int:
    """Forget invitations that nobody used."""
    return await uow.invites.forget_expired(uow.now - EXPIRED_INVITES_LIVE, limit=BATCH)


async def end_alerts(uow: UnitOfWork, _: Chore) -> int:
    """Forget which warnings were given."""
    return await uow.alerts.forget_before(city_day(uow.now) - ALERTS_LIVE, limit=BATCH)


async def end_heard(uow: UnitOfWork, _: Chore) -> int:
    """Forget people's own messages that cannot be deleted any more."""
    return await uow.conversations.forget_heard(hour_of(uow.now) - DELETABLE_FOR, limit=BATCH)


ENDS: Final[tuple[Ending, ...]] = (
    end_routes,
    end_words,
    end_sources,
    end_evidence,
    end_people,
    end_update_keys,
    end_parked_updates,
    end_parked_messages,
    end_invitations,
    end_alerts,
    end_heard,
)
"""Every end by itself, in this order; words die before the tags that die with them. Chats come after these."""


async def end_idle_chats(uow: UnitOfWork, command: LookAtChats) -> bytes | None:
    """Forget the idle ones among a few chats; give the mark to go on from."""
    conversations, mark = await uow.conversations.batch(command.after, limit=BATCH)
    for conversation in conversations:
        if await _is_over(uow, conversation):
            await uow.conversations.forget(conversation.chat)
        elif conversation.said or conversation.tips or conversation.draft:
            await _end_traces(uow, conversation)
    return mark


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


async def expire(executor: Executor) -> bool:
    """Let everything die that has lived long enough; False when something could not, which holds up nothing else."""
    failed = 0
    for end in (*(_to_the_last(each) for each in ENDS), _look_at_all_chats):
        try:
            await end(executor)
        except Exception as error:  # noqa: BLE001 - an edge: one damaged table must not keep the others' people
            extra = {"reason": reason_of(error)}
            _log.exception("something that has lived long enough could not be ended; it is tried again", extra=extra)
            failed += 1
    return not failed


def _to_the_last(end: Ending) -> Callable[[Executor], Awaitable[None]]:
    async def repeat(executor: Executor) -> None:
        while True:
            ended = await executor.run(end, Chore())
            if isinstance(ended, Repeated | Refused) or ended < BATCH:
                return

    return repeat


async def _look_at_all_chats(executor: Executor) -> None:
    mark: bytes | Repeated | Refused | None = b""
    while isinstance(mark, bytes):
        mark = await executor.run(end_idle_chats, LookAtChats(after=mark))


@dataclass
class Retention:
    """Lets die what has lived long enough: at the start, then hourly, until stopped."""

    executor: Executor
    clock: Clock
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _expired_at: datetime | None = None

    async def run(self) -> None:
        """Look at the clock every half minute. What fails is tried again at the next look."""
        while not self._stopping.is_set():
            await self.look()
            try:
                await asyncio.wait_for(self._stopping.wait(), _LOOKS_EVERY.total_seconds())
            except TimeoutError:
                continue

    def stop(self) -> None:
        """Ask `run` to end."""
        self._stopping.set()

    async def look(self) -> None:
        """Expire what is due, if an hour has passed, or the clock was set back."""
        now, before = self.clock.now(), self._expired_at
        if before is not None and timedelta() <= now - before < EXPIRES_EVERY:
            return
        if await expire(self.executor):
            self._expired_at = now


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
