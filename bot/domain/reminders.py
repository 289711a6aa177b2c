"""What happens later by itself: each kind of reminder, what it is looked up by as it fires, and how long it waits.

A reminder holds no right to write to anybody and no words: whether it is still true, still wanted and still allowed is
asked when it fires. Its moment lives inside it, sealed: no clear time tells when somebody did something.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal, assert_never

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.ids import ChatId, TipNumber

ReporterMove = Literal["answered", "added", "withdrawn"]
"""What a reporter did about a tip they had sent."""
News = Literal["new", "quiet", "unopened"] | ReporterMove
"""What an officer is told of a tip; "quiet" is a new one that waits for the unit's hourly notice."""

MERGES_QUIET = timedelta(hours=1)
"""How long quiet tips are collected for one notice."""
_LEAST = timedelta(minutes=1)
"""What is drawn by chance is at least this long, when it is anything."""


class _Later(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    not_before: datetime
    tip: TipNumber


class TellDone(_Later):
    """Tell a reporter that a tip was looked at to its end, if it is closed in this version still."""

    kind: Literal["done"] = "done"
    chat: ChatId
    version: int


class TellQuestion(_Later):
    """Give a reporter the sign that there is a question, if nobody has read it meanwhile."""

    kind: Literal["question"] = "question"
    chat: ChatId


class TellMove(_Later):
    """Tell officers what a reporter did."""

    kind: Literal["move"] = "move"
    what: ReporterMove


class CheckOpened(_Later):
    """Look whether an officer has opened an urgent tip."""

    kind: Literal["check_opened"] = "check_opened"


Reminder = Annotated[TellDone | TellQuestion | TellMove | CheckOpened, Field(discriminator="kind")]
"""One thing that happens later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """How much later than the fact each thing is told: someone may be watching for the ring."""

    done: timedelta = timedelta(hours=12)
    """To a reporter, that a tip was looked at to its end."""
    question: timedelta = timedelta(minutes=5)
    """To a reporter, that there is a question: at most."""
    move: timedelta = timedelta(minutes=10)
    """To officers, what a reporter did: at most."""
    merge: timedelta = timedelta(seconds=60)
    """How long news to one officer is collected for one message."""
    urgent: timedelta = timedelta(minutes=15)
    """How long an urgent tip may lie unopened."""

    def longest(self, reminder: Reminder) -> timedelta:
        """Give the longest that a reminder of this kind waits."""
        match reminder:
            case TellDone():
                return self.done
            case TellQuestion():
                return self.question
            case TellMove():
                return self.move
            case CheckOpened():
                return self.urgent
            case _:
                assert_never(reminder)

    def collecting(self, *, is_quiet: bool) -> timedelta:
        """Give how long news is collected before it is told."""
        return MERGES_QUIET if is_quiet else self.merge


def by_chance(longest: timedelta) -> tuple[timedelta, timedelta]:
    """Give the bounds between which a delay is drawn."""
    return min(_LEAST, longest), longest
