"""What the finder answers: a decision, and the units it is about, best first."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.places import UnitCode


class Routing(StrEnum):
    """What to do with a text's place."""

    ROUTE = "route"
    """One clear winner."""
    ASK = "ask"
    """Two to four candidates: the person decides."""
    OUTSIDE = "outside"
    """Clearly elsewhere in the country."""
    UNKNOWN = "unknown"
    """No place was understood."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit the text may mean."""

    code: UnitCode
    name: str
    """Full name: "Phường Ninh Kiều"."""
    score: float
    """0 to 1; comparable within one finding."""
    why: str
    """For whoever maintains the place data, in plain English; never shown to citizens."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The finder's answer to one text."""

    decision: Routing
    candidates: tuple[Candidate, ...] = ()
    """Best first. One or more for ROUTE (the first is the winner), two to four for ASK, none otherwise."""
    why: str = ""
    """Why there is no candidate, when there is none."""
