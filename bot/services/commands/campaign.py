"""What is asked of the figures: records, targets, statistics, digests."""

from dataclasses import dataclass

from bot.domain.campaign.activities import ActivityKind
from bot.domain.campaign.periods import Span
from bot.domain.places import UnitCode
from bot.services.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordActivity(Command):
    """Record an activity of the campaign; `number` as typed."""

    kind: ActivityKind | None
    """None when the kind was missing or unknown: the bot says how to write it."""
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStats(Command):
    """Ask for figures. No unit: the officer's own, the city for the committee."""

    unit: UnitCode | None = None
    span: Span = Span.WEEK
    back: int = 0
    """How many periods before the present one."""
    words: str = ""
    """What stood behind the command: "thang", "nam", "tp" or a unit's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDigest(Command):
    """Ask for a digest again: the last one, or a week's ("2026-W47")."""

    week: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTarget(Command):
    """Set a target as typed: "valuable 50", "nguontin 50"."""

    words: str
