"""What an officer is shown; never anything about a reporter."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Literal

from bot.domain.ids import CaseNumber, OfficerNumber, TipNumber
from bot.domain.screens.base import Exchange, Screen
from bot.domain.text.categories import Category
from bot.domain.tip import CLOSING, Channel, Status, Verdict


class Notice(Screen):
    """A tip came in or changed hands: number, kind and urgency, no content."""

    name: Literal["notice"] = "notice"
    tip: TipNumber
    category: Category
    urgent: bool
    unit: str
    what: Literal["new", "answered", "added", "withdrawn", "unopened"]


class MergedNotice(Screen):
    """What happened to several tips within a minute."""

    name: Literal["merged_notice"] = "merged_notice"
    notices: tuple[Notice, ...]


class QueueLine(Screen):
    """One tip in the queue."""

    tip: TipNumber
    category: Category
    urgent: bool
    status: Status
    hours_left: int
    """Until the next deadline; negative when it is over."""
    is_mine: bool


class HeldElsewhere(Screen):
    """A tip of a commander's place that somebody of another unit works on: that it is there, and who has it."""

    tip: TipNumber
    unit: str
    claimer: OfficerNumber


class Queue(Screen):
    """The open tips of an officer's unit, most pressing first."""

    name: Literal["queue"] = "queue"
    unit: str
    lines: tuple[QueueLine, ...]
    page: int
    pages: int
    total: int
    elsewhere: tuple[HeldElsewhere, ...] = ()

    @property
    def tips_shown(self) -> tuple[TipNumber, ...]:
        """Name the tips on the page."""
        return tuple(line.tip for line in self.lines)


class CardAction(StrEnum):
    """What an officer can do on a card; the card lists what fits the tip's state."""

    CLAIM = "claim"
    ASK = "ask"
    VALUABLE = "valuable"
    NOT_USEFUL = "not_useful"
    SPAM = "spam"
    OUTCOME = "outcome"
    CLOSE = "close"
    REOPEN = "reopen"
    TAKE_BACK = "take_back"
    FOLD = "fold"


CLOSING_ACTIONS: Mapping[CardAction, Verdict] = {
    each: Verdict(each.value) for each in CardAction if each.value in CLOSING
}
"""The verdicts that one button gives, after one more question."""


class TipCard(Screen):
    """A tip as an officer sees it; folded, it is its number and state alone."""

    name: Literal["tip"] = "tip"
    tip: TipNumber
    version: int
    folded: bool = False
    page: int = 0
    """0 shows what is most needed; from 1 on everything that was said, in order, when one message is too short."""
    unit: str
    category: Category
    urgent: bool
    status: Status
    verdict: Verdict
    channel: Channel
    received: datetime
    hours_left: int | None
    claimer: OfficerNumber | None
    is_mine: bool
    words: str = ""
    exchanges: tuple[Exchange, ...] = ()
    case: CaseNumber | None = None
    outcomes: tuple[int, int, int] = (0, 0, 0)
    """Cases solved, persons handled, fugitives: sums over the case."""
    actions: tuple[CardAction, ...] = ()

    @property
    def tips_shown(self) -> tuple[TipNumber, ...]:
        """Name the tip, unless it is folded away."""
        return () if self.folded else (self.tip,)


class CaseChoice(Screen):
    """In which case the tip was used: a new one, or one of the unit's recent cases."""

    name: Literal["case_choice"] = "case_choice"
    tip: TipNumber
    version: int
    cases: tuple[CaseNumber, ...]


class ConfirmVerdict(Screen):
    """Ask once more before a verdict that closes the tip, or before one is taken back."""

    name: Literal["confirm_verdict"] = "confirm_verdict"
    tip: TipNumber
    version: int
    what: CardAction


class Prompt(Screen):
    """Ask an officer for the text a step needs."""

    name: Literal["prompt"] = "prompt"
    purpose: Literal["question", "evidence", "outcome", "walk_in"]
    tip: TipNumber | None = None
    channel: Channel | None = None


class ChannelChoice(Screen):
    """How a tip from outside the bot came in."""

    name: Literal["channel_choice"] = "channel_choice"


OfficerScreen = Notice | MergedNotice | Queue | TipCard | CaseChoice | ConfirmVerdict | Prompt | ChannelChoice
