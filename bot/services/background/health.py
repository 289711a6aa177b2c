"""Whether the books are in order: counts and checks without content, for the operator."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.ids import UpdateKey
from bot.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Examine:
    """Look at the books."""

    key: UpdateKey | None = None


async def examine(uow: UnitOfWork, _: Examine) -> Mapping[str, int]:
    """Count what waits, and check the audit chain: its first broken row, or 0."""
    waiting = await uow.outbox.waiting()
    return {
        "people": len(await uow.officers.everyone()),
        "staffed": len(await uow.officers.staffed()),
        "messages-waiting": waiting["due"],
        "messages-parked": waiting["parked"],
        "updates-parked": len(await uow.parked.all()),
        "audit-broken": await uow.audit.broken_at() or 0,
    }
