"""What becomes of parked updates: each start, each hour and their chat's next update try them, and count."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.domain.conversation import Conversation
from bot.domain.ids import ChatId
from bot.domain.outgoing import Send
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.intake import Intake
from bot.ports import UnitOfWork
from tests.contract.asking import do
from tests.contract.samples import WARD
from tests.memory.fakes import START
from tests.unit.intake_world import FOREVER, Books, Handlers, Telegram, live, park, text

HOUR = 3600
LAN = ChatId(960)


def lives(
    telegram: Telegram, handlers: Handlers, *, parked: tuple[dict[str, Any], ...] = (), seconds: float = 60
) -> Callable[..., None]:
    """Live with updates that failed in an earlier life."""

    def begin(during: Callable[[Intake], Awaitable[None]] | None = None) -> None:
        assert isinstance(handlers.executor, Books)
        asyncio.run(park(handlers.executor, *parked))
        live(telegram, handlers, seconds=seconds, during=during)

    return begin


def test_at_a_start_what_works_now_is_dealt_with_and_what_fails_stays() -> None:
    """A bug may delay a tip; it may not lose one. Nobody waits for it: not even when it hangs."""
    books = Books()
    handlers = Handlers(books, troubles={2: [KeyError()]}, takes={4: FOREVER})
    lives(Telegram(text(9, chat=9)), handlers, parked=(text(3), text(1), text(2), text(4, chat=4)))()
    assert (list(handlers.done), books.aside()) == ([1, 9, 3], [2, 4])
    assert handlers.late == [1, 4, 2, 3]


def test_a_chats_next_update_waits_for_one_try_of_what_failed_and_goes_on_whatever_came_of_it() -> None:
    """In the order they were written, where that is possible; another chat's are left alone."""
    books = Books()
    handlers = Handlers(books, troubles={1: [KeyError()], 2: [KeyError()] * 2, 3: [KeyError()]})
    telegram = Telegram()

    async def during(_: Intake) -> None:
        await asyncio.sleep(1)
        handlers.tried.clear()
        telegram.bring(text(10), text(11))
        await asyncio.sleep(1)

    lives(telegram, handlers, parked=(text(1), text(2), text(3, chat=9)))(during)
    assert handlers.tried == [1, 2, 10, 2, 11]
    assert (list(handlers.done), books.aside()) == ([1, 10, 2, 11], [3])


def test_danger_is_answered_before_what_waited() -> None:
    """Who writes that somebody is being stabbed must not wait for an old sentence that hangs."""
    handlers = Handlers(Books(), troubles={1: [KeyError()]})
    telegram = Telegram()

    async def during(_: Intake) -> None:
        await asyncio.sleep(1)
        telegram.bring(text(10, words="danger"))
        await asyncio.sleep(1)

    lives(telegram, handlers, parked=(text(1),))(during)
    assert list(handlers.done) == [10, 1]


def test_what_failed_is_tried_every_hour() -> None:
    """The person may not write again, and the bot may run for months."""
    books = Books()
    handlers = Handlers(books, troubles={1: [KeyError()] * 5, 2: [KeyError()] * 4})
    lives(Telegram(), handlers, parked=(text(1), text(2)), seconds=3.5 * HOUR)()
    assert (handlers.tried, books.aside()) == ([1, 2] * 4, [1, 2])
    live(Telegram(), handlers, seconds=1.5 * HOUR)
    assert (list(handlers.done), books.aside()) == ([2, 1], [])


def test_what_asks_for_nothing_any_more_is_let_go() -> None:
    """It has no effect that would take it along."""
    books = Books()
    handlers = Handlers(books)
    handlers.ignored = {1}
    lives(Telegram(), handlers, parked=(text(1),))()
    assert books.aside() == []


def test_what_its_chat_has_wiped_meanwhile_is_not_tried() -> None:
    """A chat cleared for whoever looks at the phone must not begin to speak of an old tip."""
    books = Books()
    handlers = Handlers(books, troubles={1: [KeyError()] * 9})

    async def during(_: Intake) -> None:
        await asyncio.sleep(1)
        await do(books, lambda uow: uow.parked.forget(ChatId(1)))
        handlers.tried.clear()
        await asyncio.sleep(3 * HOUR)

    lives(Telegram(), handlers, parked=(text(1), text(2, chat=5)))(during)
    assert (handlers.tried, books.aside()) == ([], [])


def test_what_was_written_after_a_wipe_is_not_wiped() -> None:
    """It was set aside only to wait for its turn, behind the wipe: it is the beginning of a new conversation."""
    books = Books()
    handlers = Handlers(books, takes={1: 3})
    handlers.wipes = {1}
    lives(Telegram(*[text(number) for number in range(1, 31)]), handlers, parked=())()
    assert list(handlers.done) == list(range(1, 31))


@pytest.mark.parametrize("is_officer", [False, True])
def test_after_three_failures_the_person_is_asked_to_write_again_once(*, is_officer: bool) -> None:
    """Silence would be taken for a tip that arrived. Of an officer's words nothing is said."""
    books = Books()

    async def begin(uow: UnitOfWork) -> None:
        await uow.conversations.put(Conversation(chat=LAN, touched=START))
        admin = await uow.officers.enrol(role=Role.ADMIN, unit=WARD, chat=ChatId(970), person="A", inviter=None)
        await uow.officers.activate(admin.number)
        if is_officer:
            await uow.officers.enrol(role=Role.OFFICER, unit=WARD, chat=LAN, person="B", inviter=None)

    asyncio.run(do(books, begin))
    live(Telegram(text(1, chat=LAN)), Handlers(books, troubles={1: [KeyError()] * 99}), seconds=6.5 * HOUR)
    [(row, _)] = books.memory.state.parked.values()
    sent = [each.outgoing for each in books.memory.state.outbox.values()]
    keys = [(each.chat, each.screen.key) for each in sent if isinstance(each, Send) and isinstance(each.screen, Line)]
    told = [] if is_officer else [(LAN, "not-read-write-again")]
    assert row.tries == 7
    assert sorted(keys) == sorted([(970, "alert-parked"), (970, "alert-parked-lasting"), *told])
