"""What the intake promises: nothing is acknowledged before it is settled or set aside, and nothing stops it asking."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.domain.ids import UpdateKey
from bot.intake.handling import UpdateHandler
from bot.intake.polling import Patience, Polling
from bot.ports import StorageUnavailableError, Trouble
from tests.unit.virtual_time import run_virtually

BOT = 42


def text(number: int, chat: int = 1, words: str = "x") -> dict[str, Any]:
    """Make a raw text message."""
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": words}}


class Telegram:
    """A Bot API server's memory of updates: what is asked past is forgotten."""

    def __init__(self, *updates: Any) -> None:
        self.updates: list[Any] = list(updates)
        self.troubles: list[Exception] = []
        self.asked: list[tuple[int, float]] = []

    async def fetch(self, *, offset: int, timeout: float, limit: int) -> list[Any]:  # noqa: ASYNC109  # the port's
        """Forget what is before the offset, and give the rest."""
        self.asked.append((offset, asyncio.get_running_loop().time()))
        if self.troubles:
            raise self.troubles.pop(0)
        if offset:
            self.updates = [each for each in self.updates if not isinstance(each, dict) or each["update_id"] >= offset]
        if not self.updates:
            await asyncio.sleep(timeout)
        return self.updates[:limit]

    @property
    def waiting(self) -> list[int]:
        """Give the ids that are not confirmed."""
        return [each["update_id"] for each in self.updates]


class Handlers:
    """Deals with updates as scripted: an update's list of errors comes first, then it is settled."""

    def __init__(self, troubles: Mapping[int, list[Exception]] | None = None, *, takes: float = 0.01) -> None:
        self.troubles = {number: list(errors) for number, errors in (troubles or {}).items()}
        self.takes = takes
        self.settled: list[int] = []
        self.parked: list[tuple[UpdateKey, str, str]] = []
        self.parking_fails = 0
        self.at_once = self.most_at_once = 0

    async def take(self, raw: Mapping[str, Any]) -> None:
        """Settle an update, or fail."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self.takes)
        self.at_once -= 1
        if self.troubles.get(raw["update_id"]):
            raise self.troubles[raw["update_id"]].pop(0)
        self.settled.append(raw["update_id"])

    async def park(self, key: UpdateKey, raw: str, reason: str) -> None:
        """Set an update aside, or fail."""
        if self.parking_fails:
            self.parking_fails -= 1
            raise StorageUnavailableError
        self.parked.append((key, raw, reason))


def poll(
    telegram: Telegram,
    handlers: Handlers,
    *,
    seconds: float = 300,
    during: Callable[[Polling], Awaitable[None]] | None = None,
    patience: Patience | None = None,
) -> None:
    """Poll for a while of virtual time."""

    async def main() -> None:
        polling = Polling(
            fetch=telegram.fetch,
            handle=UpdateHandler(bot=BOT, take=handlers.take, park=handlers.park).handle,
            chance=lambda: 0.0,
            patience=patience,
        )
        running = asyncio.create_task(polling.run())
        if during is not None:
            await during(polling)
        else:
            await asyncio.sleep(seconds)
        polling.stop()
        await running

    run_virtually(main())


def test_settled_updates_are_confirmed_and_taken_once() -> None:
    """The ordinary day."""
    telegram, handlers = Telegram(*[text(number) for number in range(10, 260)]), Handlers()
    poll(telegram, handlers)
    assert handlers.settled == list(range(10, 260))
    assert telegram.waiting == []


def test_updates_of_one_chat_keep_their_order_and_chats_go_side_by_side() -> None:
    """An answer must not overtake its question; group commit wants many members."""
    telegram = Telegram(*[text(number, chat=number % 5) for number in range(1, 26)])
    handlers = Handlers()
    poll(telegram, handlers)
    for chat in range(5):
        mine = [number for number in handlers.settled if number % 5 == chat]
        assert mine == sorted(mine)
    assert handlers.most_at_once == 5


def test_nothing_past_an_unstored_update_is_acknowledged(caplog: pytest.LogCaptureFixture) -> None:
    """While the disk is full Telegram keeps the tips for us, and the log says what the trouble is."""
    down: list[Exception] = [StorageUnavailableError(Trouble.DAMAGED)] * 3
    telegram = Telegram(text(1, 1), text(2, 2), text(3, 2), text(4, 3))
    handlers = Handlers({2: down})

    async def during(_: Polling) -> None:
        await asyncio.sleep(0.5)
        assert handlers.settled == [1, 4]
        assert telegram.waiting[-3:] == [2, 3, 4]
        await asyncio.sleep(60)

    poll(telegram, handlers, during=during)
    assert handlers.settled == [1, 4, 2, 3]
    assert telegram.waiting == []
    assert handlers.parked == []
    assert [vars(each)["reason"] for each in caplog.records] == ["damaged"] * 3


def test_while_storage_is_down_asking_slows_down_within_a_bound() -> None:
    """A broken disk must not turn into a busy loop, nor into an hour's wait after it is mended."""
    telegram, handlers = Telegram(text(1)), Handlers({1: [StorageUnavailableError()] * 8})
    poll(telegram, handlers, patience=Patience(storage=timedelta(seconds=10)))
    moments = [moment for _, moment in telegram.asked]
    gaps = [round(after - before) for before, after in pairwise(moments)]
    assert gaps[:8] == [1, 2, 4, 8, 10, 10, 10, 10]
    assert handlers.settled == [1]


def test_an_update_that_fails_three_times_is_set_aside_whole_and_the_rest_goes_on() -> None:
    """A bug costs one update's handling, never the update and never the service."""
    telegram = Telegram(text(1, 1, "bí mật"), text(2, 1), text(3, 2))
    handlers = Handlers({1: [ValueError("a"), KeyError("b"), ZeroDivisionError("c")]})
    poll(telegram, handlers)
    assert sorted(handlers.settled) == [2, 3]
    [(key, raw, reason)] = handlers.parked
    assert key == UpdateKey(BOT, 1)
    assert json.loads(raw) == text(1, 1, "bí mật")
    assert reason == "ZeroDivisionError"
    assert telegram.waiting == []


def test_an_update_that_works_at_the_second_try_is_not_set_aside() -> None:
    """Some failures pass."""
    telegram, handlers = Telegram(text(1)), Handlers({1: [ValueError()]})
    poll(telegram, handlers)
    assert handlers.settled == [1]
    assert handlers.parked == []


def test_an_update_that_cannot_even_be_set_aside_is_not_acknowledged() -> None:
    """The last resort needs the storage too."""
    telegram, handlers = Telegram(text(1)), Handlers({1: [ValueError()] * 9})
    handlers.parking_fails = 2

    async def during(_: Polling) -> None:
        await asyncio.sleep(1.2)
        assert telegram.waiting == [1]
        await asyncio.sleep(60)

    poll(telegram, handlers, during=during)
    assert len(handlers.parked) == 1
    assert telegram.waiting == []


@pytest.mark.parametrize(
    "trouble",
    [NetworkError("x"), TimedOut(), Conflict("x"), InvalidToken(), TelegramError("x"), ValueError("a bug of ours")],
)
def test_whatever_the_bot_api_does_the_bot_asks_again(trouble: Exception) -> None:
    """It may be unreachable for days; nobody restarts the bot at night."""
    telegram, handlers = Telegram(text(1)), Handlers()
    telegram.troubles = [trouble] * 10
    poll(telegram, handlers, seconds=900)
    assert handlers.settled == [1]
    gaps = [after[1] - before[1] for before, after in pairwise(telegram.asked)]
    assert [round(gap) for gap in gaps[:8]] == [1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.parametrize("as_timedelta", ["true", "false"])
@pytest.mark.filterwarnings("ignore:.*PTB_TIMEDELTA")
def test_telegrams_waiting_time_is_honoured(monkeypatch: pytest.MonkeyPatch, as_timedelta: str) -> None:
    """Asking earlier makes it longer."""
    monkeypatch.setenv("PTB_TIMEDELTA", as_timedelta)
    telegram, handlers = Telegram(text(1)), Handlers()
    telegram.troubles = [RetryAfter(timedelta(seconds=50))]
    poll(telegram, handlers)
    assert telegram.asked[1][1] - telegram.asked[0][1] >= 50
    assert handlers.settled == [1]


def test_stopping_finishes_the_batch_in_hand_and_confirms_it() -> None:
    """A restart repeats nothing."""
    telegram = Telegram(*[text(number, 1) for number in range(1, 6)])
    handlers = Handlers(takes=1)

    async def during(_: Polling) -> None:
        await asyncio.sleep(1.5)

    poll(telegram, handlers, during=during)
    assert handlers.settled == [1, 2, 3, 4, 5]
    assert telegram.waiting == []


def test_stopping_does_not_wait_for_the_long_poll() -> None:
    """A restart takes a moment, not half a minute."""
    telegram, handlers = Telegram(), Handlers()

    async def during(polling: Polling) -> None:
        await asyncio.sleep(5)
        polling.stop()

    async def main() -> float:
        polling = Polling(
            fetch=telegram.fetch,
            handle=UpdateHandler(bot=BOT, take=handlers.take, park=handlers.park).handle,
            chance=lambda: 0.0,
        )
        await asyncio.gather(polling.run(), during(polling))
        return asyncio.get_running_loop().time() - 1000

    assert run_virtually(main()) < 6


def test_an_update_without_an_id_stops_nobody() -> None:
    """It can be neither kept nor confirmed; the others can."""
    telegram, handlers = Telegram(text(1), {"message": {}}, "nonsense", text(2)), Handlers()
    first = list(telegram.updates)

    async def fetch(*, offset: int, timeout: float, limit: int) -> list[Any]:  # noqa: ASYNC109  # the port's
        if offset >= 3 or not offset:
            await asyncio.sleep(timeout if telegram.asked else 0)
        telegram.asked.append((offset, 0))
        return first if offset == 0 and len(telegram.asked) == 1 else []

    telegram.fetch = fetch  # type: ignore[method-assign]  # this server sends nonsense
    poll(telegram, handlers)
    assert handlers.settled == [1, 2]
    assert telegram.asked[1][0] == 3


def test_ids_that_begin_anew_after_a_quiet_week_are_heard() -> None:
    """Telegram says it chooses the next id at random then; an offset above it would make the bot deaf."""
    telegram, handlers = Telegram(text(900)), Handlers()

    async def during(_: Polling) -> None:
        await asyncio.sleep(100)
        telegram.updates.append(text(7))
        await asyncio.sleep(100)

    poll(telegram, handlers, during=during)
    assert handlers.settled == [900, 7]
    assert telegram.waiting == []
