"""The executor over dictionaries: each use case is run to its end at once, and a failure puts the copy back."""

from asyncio import CancelledError
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, cast

from bot.domain.errors import Refusal
from bot.ports import (
    REPEATED,
    Clock,
    ForeignAwaitError,
    Ids,
    Keyed,
    OnCommit,
    OnRefusal,
    Refused,
    Repeated,
    StorageUnavailableError,
    UnitOfWork,
    UseCase,
)
from tests.memory.state import State
from tests.memory.unit_of_work import MemoryUnitOfWork

_C = TypeVar("_C", bound=Keyed)
_R = TypeVar("_R")


class MemoryExecutor:
    """Implements `bot.ports.Executor`."""

    def __init__(self, *, clock: Clock, ids: Ids, on_refusal: OnRefusal) -> None:
        self.state = State()
        self.clock = clock
        self.ids = ids
        self._on_refusal = on_refusal
        self._listener: OnCommit | None = None

    def hand_over_to(self, listener: OnCommit) -> None:
        """Let a listener hear what use cases queued."""
        self._listener = listener

    async def run(self, use_case: UseCase[_C, _R], command: _C) -> _R | Repeated | Refused:
        """Run one use case."""
        try:
            answer = self._in_savepoint(command, lambda uow: cast("Coroutine[Any, Any, _R]", use_case(uow, command)))
        except Refusal as error:
            refusal = error

            async def tell(uow: UnitOfWork) -> Refused:
                await self._on_refusal(uow, command, refusal)
                return Refused(refusal)

            return cast("Refused", self._in_savepoint(command, tell))
        return cast("_R | Repeated", answer)

    def _in_savepoint(self, command: Keyed, job: Callable[[UnitOfWork], Coroutine[Any, Any, Any]]) -> Any:
        before = self.state.copy()
        uow = MemoryUnitOfWork(self.state, now=self.clock.now(), ids=self.ids)
        try:
            if command.key is not None and not _run_to_completion(uow.updates.settle(command.key)):
                return REPEATED
            value = _run_to_completion(job(uow))
        except BaseException:
            self.state = before
            raise
        if uow.queued and self._listener is not None:
            self._listener(uow.queued)
        return value


class MemoryReader:
    """Implements `bot.ports.Reader`: a copy of what is kept, looked at once more afterwards."""

    def __init__(self, executor: MemoryExecutor) -> None:
        self._executor = executor

    async def read(self, use_case: UseCase[_C, _R], command: _C) -> _R:
        """Run one use case over a copy."""
        state = self._executor.state.copy()
        uow = MemoryUnitOfWork(state, now=self._executor.clock.now(), ids=self._executor.ids)
        found = _run_to_completion(cast("Coroutine[Any, Any, _R]", use_case(uow, command)))
        if state != self._executor.state:
            raise StorageUnavailableError
        return cast("_R", found)


def _run_to_completion(coroutine: Coroutine[Any, Any, Any]) -> Any:
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    except CancelledError as error:
        raise ForeignAwaitError from error
    try:
        coroutine.close()
    except Exception as error:
        raise ForeignAwaitError from error
    raise ForeignAwaitError
