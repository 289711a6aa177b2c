"""Whether the books are in order: counts and checks without content, for the operator."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.ids import UpdateKey
from bot.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Examine:
    """Look at the books."""

    key: UpdateKey | None = None


async def examine(uow: UnitOfWork, _: Examine) -> Mapping[str, str]:
    """Count what waits, and check the audit chain."""
    waiting = await uow.outbox.waiting()
    broken = await uow.audit.broken_at()
    people = await uow.officers.everyone()
    return {
        "Người có vai trò": str(len(people)),
        "Đơn vị có người trực": str(len(await uow.officers.staffed())),
        "Tin nhắn chờ gửi": str(waiting["due"] + waiting["leased"]),
        "Tin nhắn không gửi được": str(waiting["parked"]),
        "Cập nhật cất riêng": str(len(await uow.parked.all())),
        "Nhật ký": "nguyên vẹn" if broken is None else f"ĐỨT tại dòng {broken}",
    }
