"""One group on the database's thread: use cases one after another, each in a savepoint of one transaction.

A use case's own failure rolls back its savepoint and is its caller's alone. A failure of the engine gives up the whole
transaction: whoever was released before is gone too, so nobody of the group may be told that anything was stored.
"""

import asyncio
import sqlite3
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, LiteralString, Protocol

from bot.domain.errors import Refusal
from bot.ports import (
    REPEATED,
    Clock,
    ForeignAwaitError,
    HandedOver,
    Ids,
    Keyed,
    OnRefusal,
    Refused,
    UnitOfWork,
    UseCase,
)
from storage.crypto.vault import Vault
from storage.sqlite.driver import EngineFailedError, ScopedConnection, run_to_completion
from storage.unit_of_work import SqlUnitOfWork


class Member(Protocol):
    """A use case that waits for its turn."""

    @property
    def use_case(self) -> UseCase[Any, Any]:
        """What to run."""
        ...

    @property
    def command(self) -> Keyed:
        """What to run it with."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class MemberResult:
    """What became of a member; its caller hears of it after the commit."""

    value: Any = None
    error: BaseException | None = None
    queued: Sequence[HandedOver] = ()
    """What is handed over after the commit; a failure leaves nothing."""


class Job(Protocol):
    """What is done in a savepoint."""

    def __call__(self, uow: UnitOfWork, /) -> Coroutine[Any, Any, Any]:
        """Make the coroutine to run."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class GroupRunner:
    """Runs groups; every call is made on the database's thread."""

    vault: Vault
    bot_id: int
    clock: Clock
    ids: Ids
    on_refusal: OnRefusal

    def run(self, raw: sqlite3.Connection, group: Sequence[Member]) -> list[MemberResult]:
        """Run a group and commit it. Raises EngineFailedError: then nothing of it was stored."""
        try:
            if raw.in_transaction:  # an earlier roll-back failed
                raw.execute("ROLLBACK")
            raw.execute("BEGIN IMMEDIATE")
            outcomes = [self._run_member(raw, member) for member in group]
            raw.execute("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error):
                if raw.in_transaction:
                    raw.execute("ROLLBACK")
            raise EngineFailedError from error
        return outcomes

    def _run_member(self, raw: sqlite3.Connection, member: Member) -> MemberResult:
        outcome = self._try(raw, member.command, partial(_ask, member))
        if isinstance(outcome.error, Refusal):
            return self._try(raw, member.command, partial(self._answer, member.command, outcome.error))
        return outcome

    async def _answer(self, command: Keyed, refusal: Refusal, uow: UnitOfWork) -> Refused:
        await self.on_refusal(uow, command, refusal)
        return Refused(refusal)

    def _try(self, raw: sqlite3.Connection, command: Keyed, job: Job) -> MemberResult:
        try:
            return self._in_savepoint(raw, command, job)
        except EngineFailedError:
            raise
        except asyncio.CancelledError as error:  # of something foreign: nobody can cancel what is run at once
            foreign = ForeignAwaitError()
            foreign.__cause__ = error
            return MemberResult(error=foreign)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is its caller's alone
            return MemberResult(error=error)

    def _in_savepoint(self, raw: sqlite3.Connection, command: Keyed, job: Job) -> MemberResult:
        scoped = ScopedConnection(raw)
        uow = SqlUnitOfWork(scoped, vault=self.vault, bot_id=self.bot_id, now=self.clock.now(), ids=self.ids)
        _steer(raw, "SAVEPOINT member")
        try:
            key = command.key
            is_known = key is not None and not run_to_completion(uow.updates.settle(key))
            value = REPEATED if is_known else run_to_completion(job(uow))
        except BaseException:
            scoped.close()
            _steer(raw, "ROLLBACK TO member")
            _steer(raw, "RELEASE member")
            raise
        scoped.close()  # raises when the engine failed and the use case looked away
        _steer(raw, "RELEASE member")
        return MemberResult(value, queued=uow.queued)


async def _ask(member: Member, uow: UnitOfWork) -> Any:
    return await member.use_case(uow, member.command)


def _steer(raw: sqlite3.Connection, sql: LiteralString) -> None:
    try:
        raw.execute(sql)
    except sqlite3.Error as error:
        raise EngineFailedError from error
