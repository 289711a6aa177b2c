"""The audit log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import OfficerNumber
from bot.domain.places import UnitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One action, without content and without people outside the force."""

    action: str
    officer: OfficerNumber | None = None
    subject: str = ""
    """What it was about: "tip 1042", "officer 7", "invite 3"."""
    unit: UnitCode | None = None


@dataclass(frozen=True, slots=True)
class AuditLink:
    """How far the chain was followed."""

    number: int = 0
    hash: bytes = b""
    hour: datetime | None = None
    """Of the latest row so far."""
    is_end: bool = False
    broken_at: int | None = None
    """The number of the first row that does not fit."""


class Audit(Protocol):
    """The append-only log: each row carries the hash of the one before."""

    async def append(self, row: AuditRow) -> None:
        """Add a row at the unit of work's time, rounded to the hour."""
        ...

    async def began(self) -> datetime | None:
        """Tell the hour of the first row: since when anything is on record."""
        ...

    async def follow(self, link: AuditLink, *, limit: int) -> AuditLink:
        """Check a few more rows of the chain, and say how far it was followed. The log only grows: parts are enough."""
        ...
