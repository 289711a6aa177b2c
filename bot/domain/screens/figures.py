"""What figures are shown as."""

from datetime import date
from typing import Literal

from bot.domain.campaign.periods import Span
from bot.domain.places import UnitCode
from bot.domain.screens.base import Screen
from bot.domain.stats import Headline, Indicator, Qualifier
from bot.domain.tip import Channel


class FigureLine(Screen):
    """One of the campaign's lines with its target and its 2019 figure."""

    line: Headline
    value: int
    target: int | None = None
    baseline: int | None = None
    qualifier: Qualifier | None = None
    is_misprint: bool = False


class Stats(Screen):
    """Figures of a unit or the city over a period."""

    name: Literal["stats"] = "stats"
    unit: str
    unit_code: UnitCode
    span: Span
    back: int = 0
    """How many periods before the present one."""
    period: str
    first: date
    last: date
    received: dict[Channel, int]
    valuable: dict[Channel, int]
    beside: dict[Indicator, int]
    """What `SHOWN_BESIDE` names: tips that came to nothing."""
    lines: tuple[FigureLine, ...]
    old_city: tuple[FigureLine, ...] = ()
    """For the city: the same lines for the 32 units that lie in the city of 2019; the baselines belong beside these."""
    corrections: int = 0
    """Credits of earlier periods taken back within this one (zero or negative)."""
    open_tips: int = 0
    inspectorate: tuple[int, int] | None = None
    """For the committee and a year of the city: what the inspectorate received and found valuable, in no sum."""
    ladder: tuple[tuple[str, int], ...] = ()
    """Units with the most valuable sources, for the city."""


class Digest(Screen):
    """The Monday message: the figures of the week, beside the week before."""

    name: Literal["digest"] = "digest"
    figures: Stats
    before: dict[Headline, int]
    """The campaign's lines in the week before."""
    received_before: int
    overdue: int
    """Open tips whose deadline is over, at the time of writing."""


FiguresScreen = Stats | Digest
