"""Updates that were set aside are tried again at every start: the bug that stopped them may have been mended since."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.ids import UpdateKey
from bot.ports import Refused, Repeated, UnitOfWork, Work

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parked:
    """Ask for the updates set aside, or forget one."""

    done: UpdateKey | None = None
    key: UpdateKey | None = None


async def retry_parked(work: Work, take: Callable[[Mapping[str, Any]], Awaitable[None]]) -> int:
    """Deal with what was set aside, oldest first; what fails again stays. Gives how many were dealt with."""
    waiting = await work.run(_list, Parked())
    if isinstance(waiting, Repeated | Refused):
        return 0
    dealt_with = 0
    for key, raw in waiting:
        try:
            await take(json.loads(raw))
        except Exception as error:  # noqa: BLE001 - an edge: whatever stopped it may still stop it
            _log.warning("an update set aside failed again", extra={"reason": type(error).__name__})
            continue
        await work.run(_forget, Parked(done=key))
        dealt_with += 1
    return dealt_with


async def _list(uow: UnitOfWork, _: Parked) -> Sequence[tuple[UpdateKey, str]]:
    return await uow.parked.all()


async def _forget(uow: UnitOfWork, command: Parked) -> None:
    if command.done is not None:
        await uow.parked.drop(command.done)
