"""A tip's life: its states, the legal moves between them, and what each move leaves in the audit log.

Status says where the work stands; the verdict, apart from it, says what the tip was worth; `held_by` says whose work it
is. Every move returns a new tip and the name of the event, and refuses an illegal move with a typed error.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain import errors
from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.text.categories import Category

WORDS_LIMIT = 16_000
"""Characters of words and answers one tip holds: four full Telegram messages."""


class Status(StrEnum):
    """Where the work on a tip stands."""

    NEW = "new"
    CLAIMED = "claimed"
    VERIFYING = "verifying"
    REOPENED = "reopened"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({Status.NEW, Status.CLAIMED, Status.VERIFYING, Status.REOPENED})


class Verdict(StrEnum):
    """What a tip was worth, once an officer knows."""

    NONE = "none"
    VALUABLE = "valuable"
    NOT_USEFUL = "not_useful"
    DUPLICATE = "duplicate"
    SPAM = "spam"


CLOSING = frozenset(Verdict) - {Verdict.NONE, Verdict.VALUABLE}
"""Verdicts that end the work on a tip; a valuable one stays open for its outcomes."""


class Channel(StrEnum):
    """How a tip reached the police."""

    BOT = "bot"
    PHONE = "phone"
    LETTER = "letter"
    VISIT = "visit"


class Event(StrEnum):
    """What happened to a tip: the action column of the audit log."""

    RECEIVED = "tip.received"
    ENTERED = "tip.entered"
    ADDED = "tip.added"
    CLAIMED = "tip.claimed"
    ASKED = "tip.asked"
    ANSWERED = "tip.answered"
    JUDGED_VALUABLE = "tip.judged.valuable"
    JUDGED_NOT_USEFUL = "tip.judged.not_useful"
    JUDGED_DUPLICATE = "tip.judged.duplicate"
    JUDGED_SPAM = "tip.judged.spam"
    VERDICT_TAKEN_BACK = "tip.verdict.taken_back"
    CLOSED = "tip.closed"
    REOPENED = "tip.reopened"
    WITHDRAWN = "tip.withdrawn"
    OPENED = "tip.opened"
    RETURNED = "tip.returned"
    MOVED = "tip.moved"
    TO_INSPECTORATE = "tip.to_inspectorate"
    UNOPENED = "tip.unopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """One report about one matter, without its words and without its reporter."""

    number: TipNumber
    unit: UnitCode
    """The unit of the place, for which the tip counts whoever works on it; the inspectorate for a tip about police."""
    held_by: UnitCode
    """The unit whose work it is: `roles.holders` says which may be; a claimed tip stays where its claimer took it."""
    category: Category
    urgent: bool
    channel: Channel
    status: Status
    verdict: Verdict
    received: datetime
    """UTC, rounded down to the hour."""
    claimer: OfficerNumber | None = None
    closed_on: date | None = None
    listed_last: bool = False
    """Its place is at the end of the queue: whoever sent it had sent many. It says nothing about the tip."""
    urgent_overdue: bool = False
    """Nobody of the force opened the tip in the time that an urgent one has."""
    version: int = 1
    """Grows with every change; a button of an older version is stale."""

    @property
    def is_open(self) -> bool:
        """Say whether work on the tip goes on."""
        return self.status in OPEN

    @property
    def is_claimed(self) -> bool:
        """Say whether an officer works on the tip."""
        return self.is_open and self.claimer is not None

    @property
    def may_be_asked(self) -> bool:
        """Say whether its reporter can be asked: a matter of how it came, never of what the reporter did since."""
        return self.channel is Channel.BOT

    def claim(self, by: OfficerNumber) -> tuple["Tip", Event]:
        """Take the tip. Raises AlreadyClaimed or IllegalMove."""
        if self.status in {Status.CLAIMED, Status.VERIFYING}:
            raise errors.AlreadyClaimed(number=self.number)
        self._must_be_open()
        return self._next(status=Status.CLAIMED, claimer=by), Event.CLAIMED

    def ask(self, by: OfficerNumber) -> tuple["Tip", Event]:
        """Begin to verify by a question to the reporter; an unclaimed tip is claimed with it."""
        self._must_be_open()
        return self._next(status=Status.VERIFYING, claimer=self.claimer or by), Event.ASKED

    def answer(self) -> tuple["Tip", Event]:
        """Take a reporter's answer to a question. Raises TipIsOver."""
        self._must_not_be_over()
        return self._next(), Event.ANSWERED

    def add(self) -> tuple["Tip", Event]:
        """Take more words of the reporter. Raises TipIsOver."""
        self._must_not_be_over()
        return self._next(), Event.ADDED

    def judge(self, verdict: Verdict, *, by: OfficerNumber, on: date) -> tuple["Tip", Event]:
        """Give the verdict. A valuable tip stays open for its outcomes; any other verdict closes it."""
        self._must_be_open()
        if self.verdict is not Verdict.NONE:
            raise errors.AlreadyJudged(number=self.number)
        claimer = self.claimer or by
        if verdict is Verdict.VALUABLE:
            changed = self._next(status=Status.VERIFYING, verdict=verdict, claimer=claimer)
        else:
            changed = self._next(status=Status.CLOSED, verdict=verdict, claimer=claimer, closed_on=on)
        return changed, Event(f"tip.judged.{verdict}")

    def take_back_verdict(self, by: OfficerNumber) -> tuple["Tip", Event]:
        """Undo the verdict; a closed tip opens again. Whoever does it works on a tip nobody has. Raises IllegalMove."""
        if self.verdict is Verdict.NONE or self.status is Status.WITHDRAWN:
            raise errors.IllegalMove(number=self.number, status=self.status)
        claimer = self.claimer if self.is_claimed else by
        undone = self._next(status=Status.VERIFYING, verdict=Verdict.NONE, claimer=claimer, closed_on=None)
        return undone, Event.VERDICT_TAKEN_BACK

    def give_back(self) -> tuple["Tip", Event]:
        """Let go of a claimed tip: as new, unless its reporter was asked or it has a verdict. Raises IllegalMove."""
        if not self.is_claimed:
            raise errors.IllegalMove(number=self.number, status=self.status)
        is_as_new = self.status is Status.CLAIMED and self.verdict is Verdict.NONE
        return self._next(status=Status.NEW if is_as_new else Status.REOPENED, claimer=None), Event.RETURNED

    def move(self, to: UnitCode) -> tuple["Tip", Event]:
        """Let another unit hold a tip that nobody works on, because officers came or went. Raises IllegalMove."""
        if self.is_claimed:
            raise errors.IllegalMove(number=self.number, status=self.status)
        return replace(self._next(), held_by=to), Event.MOVED

    def hand_to_inspectorate(self, inspectorate: UnitCode) -> tuple["Tip", Event]:
        """Make it a tip about police: nobody has it any more, least of all its claimer. Raises IllegalMove.

        The unit it was of is then kept with its words alone. A tip with a verdict keeps its figures where they are.
        """
        self._must_be_open()
        if self.verdict is not Verdict.NONE:
            raise errors.AlreadyJudged(number=self.number)
        handed = replace(self._next(status=Status.NEW, claimer=None), unit=inspectorate, held_by=inspectorate)
        return handed, Event.TO_INSPECTORATE

    def close(self, *, on: date) -> tuple["Tip", Event]:
        """End the work. Raises VerdictMissing or IllegalMove."""
        self._must_be_open()
        if self.verdict is Verdict.NONE:
            raise errors.VerdictMissing(number=self.number)
        return self._next(status=Status.CLOSED, closed_on=on), Event.CLOSED

    def reopen(self) -> tuple["Tip", Event]:
        """Take a closed tip up again; its verdict stands until it is taken back."""
        if self.status is not Status.CLOSED:
            raise errors.IllegalMove(number=self.number, status=self.status)
        return self._next(status=Status.REOPENED, claimer=None, closed_on=None), Event.REOPENED

    def withdraw(self, *, on: date) -> tuple["Tip", Event]:
        """Take the tip back, by the reporter. Raises TipIsOver."""
        self._must_not_be_over()
        return self._next(status=Status.WITHDRAWN, verdict=Verdict.NONE, closed_on=on), Event.WITHDRAWN

    def miss(self) -> tuple["Tip", Event]:
        """Note that an urgent tip was not opened in time. Raises IllegalMove."""
        self._must_be_open()
        return replace(self._next(), urgent_overdue=True), Event.UNOPENED

    def _next(
        self,
        *,
        status: Status | None = None,
        verdict: Verdict | None = None,
        claimer: OfficerNumber | str | None = "same",
        closed_on: date | str | None = "same",
    ) -> "Tip":
        return replace(
            self,
            status=self.status if status is None else status,
            verdict=self.verdict if verdict is None else verdict,
            claimer=self.claimer if isinstance(claimer, str) else claimer,
            closed_on=self.closed_on if isinstance(closed_on, str) else closed_on,
            version=self.version + 1,
        )

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise errors.IllegalMove(number=self.number, status=self.status)

    def _must_not_be_over(self) -> None:
        if not self.is_open:
            raise errors.TipIsOver(number=self.number)
