"""Cases, and the decisions that tips were worth something in them: what credits are computed from."""

import re
from dataclasses import dataclass
from datetime import date

from bot.domain import errors
from bot.domain.ids import CaseNumber, DecisionNumber, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Verdict

EVIDENCE_WORDS = 4
"""An evidence note of "at least a sentence" (DESIGN 6): no fewer words than this."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One matter that several tips may be about."""

    number: CaseNumber
    unit: UnitCode
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An officer's record of what a tip was worth; a valuable one was verified and used in a case."""

    number: DecisionNumber
    tip: TipNumber
    verdict: Verdict
    case: CaseNumber | None
    """Set for the verdict VALUABLE alone."""
    unit: UnitCode
    """The unit of the tip's place: the credit is its own, whoever verified the tip."""
    channel: Channel
    category: Category
    day: date
    """City day of the decision, or of its confirmation where a second officer must confirm."""
    officer: OfficerNumber
    source: int | None
    """Which of the case's reporters it was, from 1; None where none is known (code-only, phone, letter, visit)."""
    withdrawn_on: date | None = None

    @property
    def stands(self) -> bool:
        """Say whether the decision has not been withdrawn."""
        return self.withdrawn_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a case led to, as one record; records of a case add up."""

    case: CaseNumber
    tip: TipNumber
    unit: UnitCode
    day: date
    officer: OfficerNumber
    cases: int = 0
    persons: int = 0
    fugitives: int = 0


def check_evidence(note: str) -> str:
    """Give the note back when it is at least a sentence. Raises EvidenceTooShort."""
    if len(_WORD.findall(note)) < EVIDENCE_WORDS:
        raise errors.EvidenceTooShort(words=EVIDENCE_WORDS)
    return note
