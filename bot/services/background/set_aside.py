"""Updates that wait aside, sealed: for their turn, or because they failed; who hears of those that go on failing."""

from dataclasses import dataclass, field
from typing import Final

from bot.domain.campaign.periods import city_day
from bot.domain.ids import ChatId, UpdateKey
from bot.domain.outgoing import Send, Urgency
from bot.domain.screens.base import Line
from bot.ports import Chore, UnitOfWork
from bot.services.session import language_of, write_to_admins

TRIES_BEFORE_ASKING: Final = 3
"""Failures after which the person is asked, once, to write again: by then it will hardly pass by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside(Chore):
    """Keep an update until its effect; not under its own key, which stays free for that."""

    update: UpdateKey
    chat: ChatId | None = field(repr=False)
    raw: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFailure(Chore):
    """Count that an update which is aside failed; `reason` is an error's class name."""

    update: UpdateKey
    chat: ChatId | None = field(repr=False)
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropParked(Chore):
    """Let an update go that asks for nothing."""

    update: UpdateKey


async def set_aside(uow: UnitOfWork, command: SetAside) -> None:
    """Keep an update."""
    await uow.parked.add(command.update, chat=command.chat, raw=command.raw)


async def drop_parked(uow: UnitOfWork, command: DropParked) -> None:
    """Let an update go."""
    await uow.parked.drop(command.update)


async def note_failure(uow: UnitOfWork, command: NoteFailure) -> None:
    """Count a failure; the admins hear once a day that something waits, and when it lasts, never what it says.

    What lasts is told to the person, too, once. An officer's update is an officer's affair: they see that nothing came.
    """
    tries = await uow.parked.note_failure(command.update, reason=command.reason)
    if tries == 1:
        await _tell_admins(uow, "parked", tries=1)
    if tries == TRIES_BEFORE_ASKING:
        await _tell_admins(uow, "parked-lasting", tries=TRIES_BEFORE_ASKING)
        await _ask_to_write_again(uow, command.chat)


async def _tell_admins(uow: UnitOfWork, kind: str, *, tries: int) -> None:
    if not await uow.alerts.once(kind, "", city_day(uow.now)):
        return
    waiting = sum(each.tries >= tries for each in await uow.parked.all())
    await write_to_admins(uow, Line(key=f"alert-{kind}", values={"number": waiting}))


async def _ask_to_write_again(uow: UnitOfWork, chat: ChatId | None) -> None:
    """Ask the person: what `/xoa` has destroyed is not counted any more, so nobody is asked after it."""
    if chat is None or chat < 0 or await uow.officers.by_chat(chat) is not None:
        return
    await uow.outbox.put(
        Send(
            chat=chat,
            language=await language_of(uow, chat),
            urgency=Urgency.REPLY,
            screen=Line(key="not-read-write-again"),
            traced=True,
        )
    )
