"""A Bot API server's memory of updates, handlers that do as scripted, and the intake between them, in virtual time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from bot.domain.ids import ChatId, UpdateKey
from bot.intake import Intake, Patience, Raw
from bot.intake.batch import chat_of, number_of
from bot.ports import (
    Executor,
    Handled,
    Keyed,
    OnCommit,
    Refused,
    Repeated,
    StorageUnavailableError,
    UnitOfWork,
    UseCase,
)
from bot.services.session import answer_refusal
from tests.contract.asking import BOT, do
from tests.memory.executor import MemoryExecutor
from tests.memory.fakes import CountingIds, FixedClock
from tests.unit.virtual_time import run_virtually

FOREVER = 10.0**6
_C = TypeVar("_C", bound=Keyed)
_R = TypeVar("_R")


def text(number: int, chat: int = 1, words: str = "x") -> dict[str, Any]:
    """Make a raw text message."""
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": words}}


class Telegram:
    """A server that shows the first updates which are not confirmed, and forgets what is asked past."""

    def __init__(self, *updates: Any) -> None:
        self.updates: list[Any] = list(updates)
        self.troubles: list[Exception] = []
        self.asked: list[tuple[int, float]] = []
        self.may_forget: Callable[[int], bool] = lambda _: True
        self._arrived = asyncio.Event()

    def bring(self, *updates: Any) -> None:
        """Let updates arrive."""
        self.updates.extend(updates)
        self._arrived.set()

    async def fetch(self, *, offset: int, timeout: float, limit: int) -> list[Any]:  # noqa: ASYNC109  # the port's
        """Forget what is before the offset, and give the first of the rest, at once if there is any."""
        self.asked.append((offset, asyncio.get_running_loop().time()))
        if self.troubles:
            raise self.troubles.pop(0)
        forgotten = [each for each in self.updates if 0 < (number_of(each) or 0) < offset]
        assert all(self.may_forget(number_of(each) or 0) for each in forgotten), "confirmed before it was dealt with"
        self.updates = [each for each in self.updates if each not in forgotten]
        if not self.updates:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), timeout)
            except TimeoutError:
                return []
        return self.updates[:limit]

    @property
    def waiting(self) -> list[int]:
        """Give the ids that are not confirmed."""
        return [number for each in self.updates if (number := number_of(each))]


@dataclass
class Books:
    """The memory engine, which can be away."""

    memory: MemoryExecutor = field(
        default_factory=lambda: MemoryExecutor(clock=FixedClock(), ids=CountingIds(), on_refusal=answer_refusal)
    )
    is_down: bool = False

    async def run(self, use_case: UseCase[_C, _R], command: _C) -> _R | Repeated | Refused:
        """Run a use case, or fail."""
        await asyncio.sleep(0)
        if self.is_down:
            raise StorageUnavailableError
        return await self.memory.run(use_case, command)

    def hand_over_to(self, listener: OnCommit) -> None:
        """Let a listener hear what was queued."""
        self.memory.hand_over_to(listener)

    def is_safe(self, number: int) -> bool:
        """Say whether an update has had its effect, or is aside."""
        return UpdateKey(BOT, number) in {**self.memory.state.updates, **self.memory.state.parked}

    def aside(self) -> list[int]:
        """Name the updates that are aside."""
        return sorted(key.update for key in self.memory.state.parked)


class Handlers:
    """Deals with updates under their own key, each in its time, after the errors that are left for it."""

    def __init__(
        self,
        executor: Executor,
        *,
        troubles: Mapping[int, list[BaseException]] | None = None,
        takes: Mapping[int, float] | None = None,
        usually: float = 0.01,
    ) -> None:
        self.executor = executor
        self.troubles = {number: list(errors) for number, errors in (troubles or {}).items()}
        self.takes = dict(takes or {})
        self.usually = usually
        self.ignored: set[int] = set()
        self.wipes: set[int] = set()
        self.tried: list[int] = []
        self.late: list[int] = []
        self.done: dict[int, float] = {}
        """When each had its effect, in that order."""
        self.busy: set[int] = set()

    async def take(self, raw: Raw, *, is_late: bool) -> Handled:
        """Deal with one update."""
        number = number_of(raw) or 0
        assert number not in self.busy, "handled twice at once"
        self.busy.add(number)
        self.tried.append(number)
        self.late += [number] * is_late
        try:
            await asyncio.sleep(self.takes.get(number, self.usually))
        finally:
            self.busy.discard(number)
        if self.troubles.get(number):
            raise self.troubles[number].pop(0)
        if number in self.ignored:
            return Handled.IGNORED

        async def effect(uow: UnitOfWork) -> None:
            self.done[number] = asyncio.get_running_loop().time()
            if number in self.wipes:
                await uow.parked.forget(chat_of(raw) or ChatId(0))

        answer = await do(self.executor, effect, update=number)
        return Handled.REPEATED if isinstance(answer, Repeated) else Handled.DONE


def is_pressing(raw: Raw) -> bool:
    """Tell danger by its word."""
    return isinstance(raw, Mapping) and raw["message"]["text"] == "danger"


def make_intake(telegram: Telegram, handlers: Handlers, books: Books, **given: Any) -> Intake:
    """Put a life of the intake together."""
    return Intake(
        bot=BOT,
        executor=books,
        fetch=telegram.fetch,
        take=handlers.take,
        is_pressing=is_pressing,
        chance=lambda: 0.0,
        **given,
    )


def live(
    telegram: Telegram,
    handlers: Handlers,
    *,
    seconds: float = 300,
    during: Callable[[Intake], Awaitable[None]] | None = None,
    patience: Patience | None = None,
    budget: timedelta = timedelta(seconds=20),
) -> None:
    """Live one life of the intake, to an orderly end, in virtual time."""

    async def main() -> None:
        assert isinstance(handlers.executor, Books)
        intake = make_intake(telegram, handlers, handlers.executor, patience=patience, budget=budget)
        running = asyncio.create_task(intake.run())
        if during is None:
            await asyncio.sleep(seconds)
        else:
            await during(intake)
        intake.stop()
        await running

    run_virtually(main())


async def park(books: Books, *updates: dict[str, Any]) -> None:
    """Set updates aside as ones that have failed."""
    for raw in updates:
        key, chat = UpdateKey(BOT, raw["update_id"]), ChatId(raw["message"]["chat"]["id"])

        async def add(uow: UnitOfWork, key: UpdateKey = key, chat: ChatId = chat, raw: str = repr(raw)) -> None:
            await uow.parked.add(key, chat=chat, raw=raw.replace("'", '"'))
            await uow.parked.note_failure(key, reason="KeyError")

        await do(books, add)
