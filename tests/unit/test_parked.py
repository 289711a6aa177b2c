"""What becomes of parked updates: each start and the next update of their chat try them, until they are dealt with."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.domain.ids import UpdateKey
from bot.intake.parked import ParkedUpdateHandler
from bot.ports import Executor, StorageUnavailableError, UnitOfWork
from bot.services.session import answer_refusal
from tests.contract.asking import BOT, do
from tests.memory.executor import MemoryExecutor
from tests.memory.fakes import CountingIds, FixedClock
from tests.storage.opening import look, open_storage


def text(number: int, chat: int = 1) -> dict[str, Any]:
    """Make a raw text message."""
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": "x"}}


class Handlers:
    """Deals with updates under their own key, except those of which a trouble is left, and those it ignores."""

    def __init__(self, executor: Executor, troubles: Mapping[int, list[Exception]] | None = None) -> None:
        self.executor = executor
        self.troubles = {number: list(errors) for number, errors in (troubles or {}).items()}
        self.ignored: set[int] = set()
        self.tried: list[int] = []
        self.done: list[int] = []

    async def take(self, raw: Mapping[str, Any]) -> None:
        """Deal with one update."""
        number = raw["update_id"]
        self.tried.append(number)
        if self.troubles.get(number):
            raise self.troubles[number].pop(0)
        if number in self.ignored:
            return

        async def effect(_: UnitOfWork) -> None:
            self.done.append(number)

        await do(self.executor, effect, update=number)

    async def park(self, key: UpdateKey, raw: str, reason: str) -> None:
        """Set an update aside durably."""
        await do(self.executor, lambda uow: uow.parked.add(key, raw=raw, reason=reason))

    def parked(self) -> ParkedUpdateHandler:
        """Give the parked updates as after a start."""
        return ParkedUpdateHandler(executor=self.executor, take=self.take, park=self.park)


@pytest.fixture
def executor() -> MemoryExecutor:
    """An empty engine."""
    return MemoryExecutor(clock=FixedClock(), ids=CountingIds(), on_refusal=answer_refusal)


async def put(parked: ParkedUpdateHandler, *updates: dict[str, Any]) -> None:
    """Set updates aside."""
    for raw in updates:
        await parked.park(UpdateKey(BOT, raw["update_id"]), json.dumps(raw), "KeyError")


def aside(executor: MemoryExecutor) -> list[int]:
    """Name the updates set aside."""
    return sorted(key.update for key in executor.state.parked)


async def test_what_works_now_is_dealt_with_and_what_fails_stays(executor: MemoryExecutor) -> None:
    """A bug may delay a tip; it may not lose one."""
    handlers = Handlers(executor, {2: [KeyError(), KeyError()]})
    await put(handlers.parked(), text(3), text(1), text(2))
    await handlers.parked().try_all()
    assert (handlers.tried, handlers.done, aside(executor)) == ([1, 2, 3], [1, 3], [2])
    await handlers.parked().try_all()
    assert (handlers.done, aside(executor)) == ([1, 3], [2])
    await handlers.parked().try_all()
    assert (handlers.done, aside(executor)) == ([1, 3, 2], [])


async def test_a_kind_that_is_ignored_by_now_is_parked_no_longer(executor: MemoryExecutor) -> None:
    """It asks for nothing any more, so its effect is none."""
    handlers = Handlers(executor)
    handlers.ignored = {1}
    await put(handlers.parked(), text(1))
    await handlers.parked().try_all()
    assert aside(executor) == []


@pytest.mark.parametrize("is_restarted", [False, True])
async def test_a_chats_next_update_waits_for_one_try_of_what_is_aside(
    executor: MemoryExecutor, *, is_restarted: bool
) -> None:
    """In the order they were written, where that is possible; another chat's are left alone."""
    handlers = Handlers(executor, {1: [KeyError()] * is_restarted, 2: [KeyError()] * (1 + is_restarted)})
    parked = handlers.parked()
    await put(parked, text(1), text(2), text(3, chat=9))
    if is_restarted:
        handlers.troubles[3] = [KeyError()]
        parked = handlers.parked()
        await parked.try_all()
        handlers.tried.clear()
    await parked.take(text(10))
    await parked.take(text(11))
    assert handlers.tried == [1, 2, 10, 11]
    assert handlers.done == [1, 10, 11]
    assert aside(executor) == [2, 3]


async def test_what_comes_again_while_it_is_aside_is_dealt_with_once(executor: MemoryExecutor) -> None:
    """Telegram repeats what it did not hear was kept."""
    handlers = Handlers(executor)
    parked = handlers.parked()
    await put(parked, text(1), text(1))
    await parked.take(text(1))
    await parked.take(text(1))
    assert (handlers.done, aside(executor)) == ([1], [])


async def test_while_storage_is_down_nothing_is_forgotten(executor: MemoryExecutor) -> None:
    """The next update is not taken, and the one before it keeps its turn."""
    handlers = Handlers(executor, {1: [StorageUnavailableError(), StorageUnavailableError()]})
    parked = handlers.parked()
    await put(parked, text(1))
    for _ in range(2):
        with pytest.raises(StorageUnavailableError):
            await parked.take(text(2))
    await parked.take(text(2))
    assert (handlers.done, aside(executor)) == ([1, 2], [])


async def test_an_update_of_no_chat_is_tried_at_the_next_start(executor: MemoryExecutor) -> None:
    """Nothing comes after it, so nothing waits for it."""
    handlers = Handlers(executor, {1: [KeyError()]})
    parked = handlers.parked()
    await put(parked, {"update_id": 1, "poll": {}})
    await parked.try_all()
    await handlers.parked().try_all()
    assert (handlers.done, aside(executor)) == ([1], [])


async def test_what_an_earlier_version_set_aside_under_its_own_key_still_has_its_effect(tmp_path: Path) -> None:
    """Its key was stored as if it had been dealt with; it was not."""
    async with open_storage(tmp_path) as executor:
        handlers = Handlers(executor)
        await put(handlers.parked(), text(1))
        look(tmp_path, "INSERT INTO seen_update SELECT bot, update_id, hour FROM parked_update")
        await handlers.parked().try_all()
        assert handlers.done == [1]
        assert look(tmp_path, "SELECT * FROM parked_update") == []


async def test_one_that_does_not_open_any_more_stops_nobody(tmp_path: Path) -> None:
    """Not at a start, and not its own chat."""
    async with open_storage(tmp_path) as executor:
        handlers = Handlers(executor)
        parked = handlers.parked()
        await put(parked, text(1), text(2))
        look(tmp_path, "UPDATE parked_update SET raw = x'00' WHERE update_id = 1")
        await parked.take(text(3))
        await handlers.parked().try_all()
        assert handlers.done == [2, 3]
        assert look(tmp_path, "SELECT update_id FROM parked_update") == [(1,)]
