"""Parked updates: what was set aside is tried again, at every start and before its chat's next update.

What stopped one may have been mended since, or may have passed by itself. An update is parked until the transaction of
its effect (`bot.ports.Updates.settle`); a try that came back without an error is not enough.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.ids import UpdateKey
from bot.intake.batch import Raw, chat_of
from bot.ports import Executor, Refused, Repeated, StorageUnavailableError, UnitOfWork

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Ask for the updates set aside, for one of them, or say under its own key that one asks for nothing."""

    key: UpdateKey | None = None
    which: UpdateKey | None = None


class ParkedUpdateHandler:
    """Sets updates aside, and deals with others after what is aside of their chat."""

    def __init__(
        self,
        *,
        executor: Executor,
        take: Callable[[Raw], Awaitable[None]],
        park: Callable[[UpdateKey, str, str], Awaitable[object]],
    ) -> None:
        """Wire the handler.

        Args:
            executor: Reads what is aside.
            take: Deals with one raw update, to the commit.
            park: Sets an update aside durably: key, JSON, class name of the error.
        """
        self._executor = executor
        self._take = take
        self._park = park
        self._by_chat: dict[int, list[UpdateKey]] = {}

    async def try_all(self) -> None:
        """Try every one once, oldest first; what fails again stays. To be done before newer updates are asked for."""
        found = await self._executor.run(_all, _Asked())
        for key, raw in () if isinstance(found, Repeated | Refused) else found:
            try:
                await self._deal(key, raw)
            except Exception as error:  # noqa: BLE001 - an edge: whatever stopped it may still stop it
                _note_failure(error)
                self._remember(key, raw)

    async def take(self, raw: Raw) -> None:
        """Deal with an update, after one try of what is aside of its chat, whatever comes of that."""
        chat = chat_of(raw)
        while chat is not None and (waiting := self._by_chat.get(chat)):
            await self._try(waiting[0])
            waiting.pop(0)
            if not waiting:
                del self._by_chat[chat]
        await self._take(raw)

    async def park(self, key: UpdateKey, raw: str, reason: str) -> None:
        """Set an update aside durably."""
        await self._park(key, raw, reason)
        self._remember(key, raw)

    async def _try(self, key: UpdateKey) -> None:
        raw = await self._executor.run(_one, _Asked(which=key))
        if not isinstance(raw, str):
            return
        try:
            await self._deal(key, raw)
        except StorageUnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - an edge: it must not hold up what came after it
            _note_failure(error)

    async def _deal(self, key: UpdateKey, raw: str) -> None:
        await self._take(json.loads(raw))
        # A repeat, unless the update is of a kind that is ignored by now.
        await self._executor.run(_nothing, _Asked(key=key))

    def _remember(self, key: UpdateKey, raw: str) -> None:
        chat = chat_of(json.loads(raw))
        if chat is not None and key not in (waiting := self._by_chat.setdefault(chat, [])):
            waiting.append(key)


def _note_failure(error: Exception) -> None:
    _log.warning("an update set aside failed again", extra={"reason": type(error).__name__})


async def _all(uow: UnitOfWork, _: _Asked) -> Sequence[tuple[UpdateKey, str]]:
    return await uow.parked.all()


async def _one(uow: UnitOfWork, asked: _Asked) -> str | None:
    return await uow.parked.get(asked.which) if asked.which is not None else None


async def _nothing(_uow: UnitOfWork, _: _Asked) -> Any:
    return None
