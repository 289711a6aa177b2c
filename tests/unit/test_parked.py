"""What the shelf promises: what was set aside is tried at every start and before its chat's next update, until done."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.domain.ids import UpdateKey
from bot.intake.parked import Shelf
from bot.ports import StorageUnavailableError, UnitOfWork, Work
from bot.services.dialogue import answer_refusal
from tests.contract.asking import BOT, do
from tests.memory.fakes import CountingIds, FixedClock
from tests.memory.work import MemoryWork
from tests.storage.opening import look, open_books


def text(number: int, chat: int = 1) -> dict[str, Any]:
    """Make a raw text message."""
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": "x"}}


class Desk:
    """Deals with updates under their own key, except those of which a trouble is left, and those it ignores."""

    def __init__(self, work: Work, troubles: Mapping[int, list[Exception]] | None = None) -> None:
        self.work = work
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

        await do(self.work, effect, update=number)

    async def park(self, key: UpdateKey, raw: str, reason: str) -> None:
        """Set an update aside durably."""
        await do(self.work, lambda uow: uow.parked.add(key, raw=raw, reason=reason))

    def shelf(self) -> Shelf:
        """Give a shelf as after a start."""
        return Shelf(work=self.work, take=self.take, park=self.park)


@pytest.fixture
def work() -> MemoryWork:
    """An empty engine."""
    return MemoryWork(clock=FixedClock(), ids=CountingIds(), on_refusal=answer_refusal)


async def put(shelf: Shelf, *updates: dict[str, Any]) -> None:
    """Set updates aside."""
    for raw in updates:
        await shelf.park(UpdateKey(BOT, raw["update_id"]), json.dumps(raw), "KeyError")


def aside(work: MemoryWork) -> list[int]:
    """Name the updates set aside."""
    return sorted(key.update for key in work.state.parked)


async def test_what_works_now_is_dealt_with_and_what_fails_stays(work: MemoryWork) -> None:
    """A bug may delay a tip; it may not lose one."""
    desk = Desk(work, {2: [KeyError(), KeyError()]})
    await put(desk.shelf(), text(3), text(1), text(2))
    await desk.shelf().begin()
    assert (desk.tried, desk.done, aside(work)) == ([1, 2, 3], [1, 3], [2])
    await desk.shelf().begin()
    assert (desk.done, aside(work)) == ([1, 3], [2])
    await desk.shelf().begin()
    assert (desk.done, aside(work)) == ([1, 3, 2], [])


async def test_a_kind_that_is_ignored_by_now_leaves_the_shelf(work: MemoryWork) -> None:
    """It asks for nothing any more, so its effect is none."""
    desk = Desk(work)
    desk.ignored = {1}
    await put(desk.shelf(), text(1))
    await desk.shelf().begin()
    assert aside(work) == []


@pytest.mark.parametrize("is_restarted", [False, True])
async def test_a_chats_next_update_waits_for_one_try_of_what_is_aside(work: MemoryWork, *, is_restarted: bool) -> None:
    """In the order they were written, where that is possible; another chat's are left alone."""
    desk = Desk(work, {1: [KeyError()] * is_restarted, 2: [KeyError()] * (1 + is_restarted)})
    shelf = desk.shelf()
    await put(shelf, text(1), text(2), text(3, chat=9))
    if is_restarted:
        desk.troubles[3] = [KeyError()]
        shelf = desk.shelf()
        await shelf.begin()
        desk.tried.clear()
    await shelf.take(text(10))
    await shelf.take(text(11))
    assert desk.tried == [1, 2, 10, 11]
    assert desk.done == [1, 10, 11]
    assert aside(work) == [2, 3]


async def test_what_comes_again_while_it_is_aside_is_dealt_with_once(work: MemoryWork) -> None:
    """Telegram repeats what it did not hear was kept."""
    desk = Desk(work)
    shelf = desk.shelf()
    await put(shelf, text(1), text(1))
    await shelf.take(text(1))
    await shelf.take(text(1))
    assert (desk.done, aside(work)) == ([1], [])


async def test_while_storage_is_down_nothing_is_forgotten(work: MemoryWork) -> None:
    """The next update is not taken, and the one before it keeps its turn."""
    desk = Desk(work, {1: [StorageUnavailableError(), StorageUnavailableError()]})
    shelf = desk.shelf()
    await put(shelf, text(1))
    for _ in range(2):
        with pytest.raises(StorageUnavailableError):
            await shelf.take(text(2))
    await shelf.take(text(2))
    assert (desk.done, aside(work)) == ([1, 2], [])


async def test_an_update_of_no_chat_is_tried_at_the_next_start(work: MemoryWork) -> None:
    """Nothing comes after it, so nothing waits for it."""
    desk = Desk(work, {1: [KeyError()]})
    shelf = desk.shelf()
    await put(shelf, {"update_id": 1, "poll": {}})
    await shelf.begin()
    await desk.shelf().begin()
    assert (desk.done, aside(work)) == ([1], [])


async def test_what_an_earlier_version_set_aside_under_its_own_key_still_has_its_effect(tmp_path: Path) -> None:
    """Its key was stored as if it had been dealt with; it was not."""
    async with open_books(tmp_path) as work:
        desk = Desk(work)
        await put(desk.shelf(), text(1))
        look(tmp_path, "INSERT INTO seen_update SELECT bot, update_id, hour FROM parked_update")
        await desk.shelf().begin()
        assert desk.done == [1]
        assert look(tmp_path, "SELECT * FROM parked_update") == []


async def test_one_that_does_not_open_any_more_stops_nobody(tmp_path: Path) -> None:
    """Not at a start, and not its own chat."""
    async with open_books(tmp_path) as work:
        desk = Desk(work)
        shelf = desk.shelf()
        await put(shelf, text(1), text(2))
        look(tmp_path, "UPDATE parked_update SET raw = x'00' WHERE update_id = 1")
        await shelf.take(text(3))
        await desk.shelf().begin()
        assert desk.done == [2, 3]
        assert look(tmp_path, "SELECT update_id FROM parked_update") == [(1,)]
