"""What the intake promises: nothing is acknowledged before it is settled or set aside, and nothing stops it asking."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.intake import Intake, Patience, Raw
from bot.intake.batch import number_of
from bot.ports import Handled, StorageUnavailableError
from tests.unit.intake_world import FOREVER, Books, Handlers, Telegram, live, make_intake, text
from tests.unit.virtual_time import run_virtually


def test_nothing_past_an_unstored_update_is_acknowledged_and_asking_slows_down() -> None:
    """While the disk is full Telegram keeps the tips for us; nobody hammers it, nor waits an hour when it is mended."""
    books = Books(is_down=True)
    telegram, handlers = Telegram(text(1, 1), text(2, 2), text(3, 2), text(4, 3)), Handlers(books)
    books.is_down = False

    async def during(_: Intake) -> None:
        await asyncio.sleep(0.005)
        books.is_down = True
        await asyncio.sleep(120)
        assert (handlers.done, telegram.waiting) == ({}, [1, 2, 3, 4])
        books.is_down = False
        await asyncio.sleep(12)

    live(telegram, handlers, during=during, patience=Patience(storage=timedelta(seconds=10)))
    assert [number for number in handlers.done if number in {2, 3}] == [2, 3]
    assert (sorted(handlers.done), telegram.waiting, books.aside()) == ([1, 2, 3, 4], [], [])
    gaps = [after[1] - before[1] for before, after in pairwise(telegram.asked)]
    assert len([gap for gap in gaps[:25] if gap >= 10]) >= 9


def test_an_update_that_fails_three_times_is_set_aside_whole_and_the_rest_goes_on() -> None:
    """A bug costs one update's handling, never the update and never the service; some failures pass by themselves."""
    telegram = Telegram(text(1, 1, "bí mật"), text(2, 2), text(3, 3))
    books = Books()
    handlers = Handlers(books, troubles={1: [ValueError()] * 3, 2: [ValueError()]})
    live(telegram, handlers)
    assert (sorted(handlers.done), telegram.waiting, books.aside()) == ([2, 3], [], [1])
    [(row, _)] = books.memory.state.parked.values()
    assert (row.raw, row.tries, row.chat) == (
        '{"update_id":1,"message":{"chat":{"id":1},"text":"b\\u00ed m\\u1eadt"}}',
        1,
        1,
    )


def test_an_update_that_cannot_even_be_set_aside_is_not_acknowledged_and_stops_no_other_chat() -> None:
    """The last resort needs the storage, and may have a bug too."""

    class Refusing(Books):
        async def run(self, use_case: Any, command: Any) -> Any:
            if type(command).__name__ == "SetAside" and command.update.update == 1:
                raise ZeroDivisionError
            return await super().run(use_case, command)

    handlers = Handlers(Refusing(), troubles={1: [ValueError()] * 1000})
    telegram = Telegram(text(1, 1), text(2, 2))
    live(telegram, handlers, seconds=100)
    assert list(handlers.done) == [2]
    assert telegram.waiting == [1, 2]
    assert len(telegram.asked) < 20


@pytest.mark.parametrize(
    "trouble",
    [NetworkError("x"), TimedOut(), Conflict("x"), InvalidToken(), TelegramError("x"), ValueError("a bug of ours")],
)
def test_whatever_the_bot_api_does_the_bot_asks_again(trouble: Exception) -> None:
    """It may be unreachable for days; nobody restarts the bot at night."""
    telegram, handlers = Telegram(text(1)), Handlers(Books())
    telegram.troubles = [trouble] * 10
    live(telegram, handlers, seconds=900)
    assert list(handlers.done) == [1]
    gaps = [after[1] - before[1] for before, after in pairwise(telegram.asked)]
    assert [round(gap) for gap in gaps[:8]] == [1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.parametrize("as_timedelta", ["true", "false"])
@pytest.mark.filterwarnings("ignore:.*PTB_TIMEDELTA")
def test_telegrams_waiting_time_is_honoured(monkeypatch: pytest.MonkeyPatch, as_timedelta: str) -> None:
    """Asking earlier makes it longer."""
    monkeypatch.setenv("PTB_TIMEDELTA", as_timedelta)
    telegram, handlers = Telegram(text(1)), Handlers(Books())
    telegram.troubles = [RetryAfter(timedelta(seconds=50))]
    live(telegram, handlers)
    assert telegram.asked[1][1] - telegram.asked[0][1] >= 50
    assert list(handlers.done) == [1]


def test_stopping_ends_what_is_begun_confirms_it_and_waits_for_nothing_else() -> None:
    """A restart repeats nothing, and takes neither half a minute of the long poll nor a handler that hangs."""

    async def main() -> float:
        handlers = Handlers(Books(), takes={3: FOREVER}, usually=2)
        telegram = Telegram(text(1, 1), text(2, 1), text(3, 2))
        intake = make_intake(telegram, handlers, handlers.executor)  # type: ignore[arg-type]  # they are books
        running = asyncio.create_task(intake.run())
        await asyncio.sleep(0.5)
        intake.stop()
        await running
        assert (list(handlers.done), telegram.waiting) == ([1], [2, 3])
        return asyncio.get_running_loop().time() - 1000

    assert run_virtually(main()) < 15


def test_what_has_no_id_stops_nobody_and_is_no_reason_to_hurry() -> None:
    """It can be neither kept nor confirmed; the others can."""
    telegram, handlers = Telegram({"message": {}}, "nonsense", text(1), text(2)), Handlers(Books())
    live(telegram, handlers, seconds=100)
    assert list(handlers.done) == [1, 2]
    assert telegram.waiting == []
    assert len(telegram.asked) < 12


def test_ids_that_begin_anew_after_a_quiet_week_are_heard() -> None:
    """Telegram says it chooses the next id at random then; an offset above it would make the bot deaf."""
    telegram, handlers = Telegram(text(900)), Handlers(Books())

    async def during(_: Intake) -> None:
        await asyncio.sleep(100)
        telegram.bring(text(7))
        await asyncio.sleep(100)

    live(telegram, handlers, during=during)
    assert list(handlers.done) == [900, 7]
    assert telegram.waiting == []


def test_a_handler_that_hangs_costs_its_update_its_turn_and_nobody_anything() -> None:
    """After its budget it is set aside, and its own chat goes on, too."""
    telegram = Telegram(text(1, 1), text(2, 1), text(3, 2))
    handlers = Handlers(Books(), takes={1: FOREVER})

    async def during(_: Intake) -> None:
        await asyncio.sleep(0.1)
        assert list(handlers.done) == [3]
        await asyncio.sleep(60)
        assert list(handlers.done) == [3, 2]
        handlers.takes.clear()
        await asyncio.sleep(3600)

    live(telegram, handlers, during=during)
    assert (list(handlers.done), handlers.late) == ([3, 2, 1], [1, 1])
    assert len(telegram.asked) < 10 + 3700 / 30


def test_a_storage_that_is_away_while_a_handler_asks_is_no_failure_of_the_update() -> None:
    """It is not set aside for that, nor counted."""
    books = Books()
    handlers = Handlers(books, troubles={1: [StorageUnavailableError()] * 8})
    live(Telegram(text(1)), handlers)
    assert (list(handlers.done), books.aside(), handlers.late) == ([1], [], [])


def test_a_handler_that_is_cancelled_by_something_of_its_own_or_answers_it_with_an_error_fails_like_any_other() -> None:
    """Either would end the queue of its chat, or outlive its budget."""

    class Stubborn(Handlers):
        async def take(self, raw: Raw, *, is_late: bool) -> Handled:
            if number_of(raw) == 2:
                try:
                    await asyncio.sleep(FOREVER)
                except asyncio.CancelledError:
                    raise ValueError from None
            return await super().take(raw, is_late=is_late)

    books = Books()
    handlers = Stubborn(books, troubles={1: [asyncio.CancelledError() for _ in range(3)]})
    live(Telegram(text(1, 1), text(2, 2), text(3, 1), text(4, 2)), handlers, seconds=60)
    assert (sorted(handlers.done), books.aside()) == ([1, 3, 4], [2])
