"""Whether the books are in order: counts and checks without content, for the operator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.ports import AuditLink, Chore, Reader, UnitOfWork

ROWS_AT_ONCE: Final = 10_000
"""Rows of the audit log checked in one reading."""


@dataclass(frozen=True, slots=True)
class FollowAudit(Chore):
    """Check a few more rows of the audit log."""

    link: AuditLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What was found."""

    counts: Mapping[str, int]
    audit: AuditLink
    """How far the audit log was followed: to its end, or to where it is broken."""


async def count_waiting(uow: UnitOfWork, _: Chore) -> Mapping[str, int]:
    """Count who is there and what waits."""
    waiting = await uow.outbox.waiting()
    return {
        "people": len(await uow.officers.everyone()),
        "staffed": len(await uow.officers.staffed()),
        "messages-waiting": waiting["due"],
        "messages-parked": waiting["parked"],
        "updates-parked": len(await uow.parked.all()),
    }


async def follow_audit(uow: UnitOfWork, command: FollowAudit) -> AuditLink:
    """Check a few more rows of the audit log."""
    return await uow.audit.follow(command.link, limit=ROWS_AT_ONCE)


async def examine(reader: Reader) -> Health:
    """Look at everything, beside whoever writes. The audit log is read in parts: it only grows."""
    counts = await reader.read(count_waiting, Chore())
    link = AuditLink()
    while not link.is_end:
        link = await reader.read(follow_audit, FollowAudit(link))
    return Health(counts=counts, audit=link)
