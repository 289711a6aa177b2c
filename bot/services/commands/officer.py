"""What officers ask: the queue, and what they do with a tip."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.ids import CaseNumber, TipNumber
from bot.domain.tip import Channel, Verdict
from bot.services.commands.base import Command, OnTip


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowQueue(Command):
    """Ask for the queue; pages count from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTip(OnTip):
    """Open the card at the end of the chat, or turn its pages where it is."""

    page: int | None = None
    """Set by a button that turns pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldTip(OnTip):
    """Fold the card to its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(OnTip):
    """Take the tip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(OnTip):
    """Ask the reporter; without a text the bot asks for it."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeValuable(OnTip):
    """Record a valuable source. Without an evidence note: choose the case, then write the note."""

    case: CaseNumber | Literal["new", "choose"] = "choose"
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge(OnTip):
    """Give a verdict other than valuable; a button asks once more unless sure, a typed command is sure."""

    verdict: Verdict
    is_sure: bool = False
    duplicate_of: TipNumber | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack(OnTip):
    """Take a verdict back."""

    is_sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOutcome(OnTip):
    """Record what came of it: "vu 1 bat 2 truyna 1"; without a text the bot asks for it."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTip(OnTip):
    """End the work on a tip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenTip(OnTip):
    """Take a closed tip up again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterTip(Command):
    """Enter a tip from phone, letter or visit; what is missing is asked for."""

    channel: Channel | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPrompt(Command):
    """Stop waiting for the text that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock(Command):
    """Fold every card in this chat."""
