"""Everything that is kept, in dictionaries with immutable values: a copy of the dictionaries is a savepoint."""

from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from bot.domain.campaign.activities import Activity
from bot.domain.campaign.cases import Case, Decision, Outcome
from bot.domain.campaign.sums import Cell
from bot.domain.conversation import Conversation, Trace
from bot.domain.ids import (
    CardName,
    CaseNumber,
    ChatId,
    DecisionNumber,
    OfficerNumber,
    OutboxId,
    ReceiptCode,
    ReminderNumber,
    TipNumber,
    UpdateKey,
)
from bot.domain.places import UnitCode
from bot.domain.reminders import News, Reminder
from bot.domain.stats import Headline
from bot.domain.tip import Tip
from bot.ports import AuditRow, Contact, Invite, OutboxRow, ParkedUpdate, TipContent


@dataclass
class State:
    """Everything that is kept."""

    numbers: Counter[str] = field(default_factory=Counter)
    conversations: dict[ChatId, Conversation] = field(default_factory=dict)
    places: dict[tuple[ChatId, CardName], Trace] = field(default_factory=dict)
    traces: dict[tuple[ChatId, datetime | None, int], Trace] = field(default_factory=dict)
    tips: dict[TipNumber, Tip] = field(default_factory=dict)
    contents: dict[TipNumber, TipContent] = field(default_factory=dict)
    routes: dict[TipNumber, ChatId] = field(default_factory=dict)
    receipts: dict[ReceiptCode, TipNumber] = field(default_factory=dict)
    updates: dict[UpdateKey, datetime] = field(default_factory=dict)
    parked: dict[UpdateKey, tuple[ParkedUpdate, datetime]] = field(default_factory=dict)
    cases: dict[CaseNumber, Case] = field(default_factory=dict)
    decisions: dict[DecisionNumber, Decision] = field(default_factory=dict)
    sources: dict[tuple[CaseNumber, ChatId], int] = field(default_factory=dict)
    evidence: dict[DecisionNumber, str] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    officers: dict[OfficerNumber, Contact] = field(default_factory=dict)
    inviters: dict[OfficerNumber, OfficerNumber | None] = field(default_factory=dict)
    revoked: dict[OfficerNumber, date] = field(default_factory=dict)
    forgotten: dict[OfficerNumber, bool] = field(default_factory=dict)
    invites: dict[str, Invite] = field(default_factory=dict)
    parents: dict[UnitCode, UnitCode | None] = field(default_factory=dict)
    outbox: dict[OutboxId, OutboxRow] = field(default_factory=dict)
    outbox_parked: dict[OutboxId, datetime] = field(default_factory=dict)
    reminders: dict[ReminderNumber, Reminder] = field(default_factory=dict)
    untold: dict[tuple[OfficerNumber, TipNumber, News], bool] = field(default_factory=dict)
    sums: Counter[tuple[UnitCode, Cell]] = field(default_factory=Counter)
    activities: dict[int, Activity] = field(default_factory=dict)
    targets: dict[tuple[UnitCode, int, Headline], int] = field(default_factory=dict)
    digests: dict[tuple[UnitCode, str], bool] = field(default_factory=dict)
    alerts: dict[tuple[str, str, date], bool] = field(default_factory=dict)
    aliases: dict[str, UnitCode] = field(default_factory=dict)
    audit: dict[int, tuple[datetime, AuditRow]] = field(default_factory=dict)

    def copy(self) -> "State":
        """Give a savepoint."""
        return State(**{each.name: getattr(self, each.name).copy() for each in fields(self)})

    def next(self, series: str) -> int:
        """Give the next number of a series."""
        self.numbers[series] += 1
        return self.numbers[series]


class MemoryRepository:
    """A repository over the state."""

    def __init__(self, state: State) -> None:
        self._s = state

    def _up_from(self, unit: UnitCode) -> list[UnitCode]:
        found: list[UnitCode] = []
        at = unit if unit in self._s.parents else None
        while at is not None:
            found.append(at)
            at = self._s.parents.get(at)
        return found
