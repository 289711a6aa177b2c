"""What was set aside is tried again at every start, and kept until it is dealt with."""

import json
from collections.abc import Mapping
from typing import Any

from bot.domain.ids import UpdateKey
from bot.intake.parked import retry_parked
from bot.ports import UnitOfWork
from bot.services.dialogue import answer_refusal
from tests.contract.asking import do
from tests.memory.fakes import CountingIds, FixedClock
from tests.memory.work import MemoryWork


async def test_what_works_now_is_dealt_with_and_what_fails_stays() -> None:
    """A bug may delay a tip; it may not lose one."""
    work = MemoryWork(clock=FixedClock(), ids=CountingIds(), on_refusal=answer_refusal)

    async def park(uow: UnitOfWork) -> None:
        for number in (1, 2, 3):
            raw = json.dumps({"update_id": number})
            await uow.parked.add(UpdateKey(4242, number), raw=raw, reason="KeyError")

    await do(work, park)
    seen: list[int] = []

    async def take(raw: Mapping[str, Any]) -> None:
        seen.append(raw["update_id"])
        if raw["update_id"] == 2:
            raise KeyError

    assert await retry_parked(work, take) == 2
    assert seen == [1, 2, 3]
    assert [key.update for key in work.state.parked] == [2]
    assert await retry_parked(work, take) == 0
