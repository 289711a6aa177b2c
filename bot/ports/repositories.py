"""The books: one repository for each aggregate, as every storage engine implements it.

This file is a catalogue, longer than the house likes because it is read by name, not from top to bottom.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from bot.domain.activities import Activity
from bot.domain.cases import Case, Decision, Outcome
from bot.domain.conversation import Conversation
from bot.domain.ids import (
    CaseNumber,
    ChatId,
    DecisionNumber,
    InviteNumber,
    OfficerNumber,
    OutboxId,
    ReceiptCode,
    TipNumber,
    UpdateKey,
)
from bot.domain.outgoing import Outgoing
from bot.domain.periods import Period
from bot.domain.places import UnitCode
from bot.domain.roles import Officer, Role
from bot.domain.screens import Exchange
from bot.domain.stats import Entry, Headline, Indicator
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Tip, Verdict
from bot.ports.messaging import Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class TipContent:
    """The sealed words of a tip and what was said about them since."""

    words: str
    exchanges: tuple[Exchange, ...] = ()


class Conversations(Protocol):
    """What live chats remember: one sealed row a chat, found by a keyed look-up."""

    async def get(self, chat: ChatId) -> Conversation | None:
        """Find a chat's conversation."""
        ...

    async def put(self, conversation: Conversation) -> None:
        """Store a conversation, new or changed."""
        ...

    async def delete(self, chat: ChatId) -> None:
        """Forget a chat; nothing happens when there is nothing."""
        ...

    async def all(self) -> Sequence[Conversation]:
        """Give every live conversation, for retention."""
        ...


class Tips(Protocol):
    """Tips without people; words and the reply route are sealed apart."""

    async def add(
        self,
        *,
        unit: UnitCode,
        category: Category,
        urgent: bool,
        channel: Channel,
        received: datetime,
        content: TipContent,
        route: ChatId | None,
    ) -> Tip:
        """Store a new tip under the next number; `received` is a whole hour."""
        ...

    async def get(self, number: TipNumber) -> Tip | None:
        """Find a tip."""
        ...

    async def save(self, tip: Tip) -> None:
        """Store a changed tip over the version before it. Raises ButtonStale when that version is gone."""
        ...

    async def content(self, number: TipNumber) -> TipContent | None:
        """Unseal the words; None when they have died."""
        ...

    async def set_content(self, number: TipNumber, content: TipContent | None) -> None:
        """Seal changed words, or destroy them."""
        ...

    async def route(self, number: TipNumber) -> ChatId | None:
        """Unseal the reply route; None when there is none."""
        ...

    async def set_route(self, number: TipNumber, chat: ChatId | None) -> None:
        """Seal a new reply route, or destroy it."""
        ...

    async def open_for(self, holder: UnitCode, *, below: bool, limit: int, offset: int) -> Sequence[Tip]:
        """List open tips held by a unit and, if `below`, by units under it (no inspectorate): urgent, then oldest."""
        ...

    async def count_open_for(self, holder: UnitCode, *, below: bool) -> int:
        """Count what `open_for` lists."""
        ...

    async def rows(self) -> Sequence[Tip]:
        """Give every tip, for recounting."""
        ...

    async def closed_before(self, day: date, *, having: Literal["route", "content"]) -> Sequence[TipNumber]:
        """List tips over before a day that still have a route or words, for retention (at most 500)."""
        ...


class Receipts(Protocol):
    """Receipt codes, as keyed hashes."""

    async def add(self, code: ReceiptCode, tip: TipNumber) -> None:
        """Store a code's hash."""
        ...

    async def find(self, code: ReceiptCode) -> TipNumber | None:
        """Find the tip of a code."""
        ...

    async def drop(self, tip: TipNumber) -> None:
        """Forget a tip's code."""
        ...


class Updates(Protocol):
    """Keys of updates that were dealt with."""

    async def settle(self, key: UpdateKey) -> bool:
        """Store an update's key, called by the work in the savepoint of its use case; False when it was known.

        An update that was set aside leaves at the same moment. While it is aside its key is not known, whatever else
        was stored of it: it has had no effect.
        """
        ...

    async def forget_before(self, hour: datetime) -> None:
        """Forget the keys of updates dealt with before a whole hour: Telegram no longer repeats those."""
        ...


class Cases(Protocol):
    """Cases, their decisions, evidence and outcomes."""

    async def open(self, *, unit: UnitCode, on: date) -> Case:
        """Open a case under the next number."""
        ...

    async def get(self, number: CaseNumber) -> Case | None:
        """Find a case."""
        ...

    async def recent(self, unit: UnitCode, *, limit: int) -> Sequence[Case]:
        """List a unit's newest cases, newest first."""
        ...

    async def decide(
        self,
        *,
        tip: Tip,
        verdict: Verdict,
        case: CaseNumber | None,
        unit: UnitCode,
        day: date,
        officer: OfficerNumber,
        reporter: ChatId | None,
        evidence: str | None,
    ) -> Decision:
        """Record a decision; the reporter becomes a tag that says only "the same one within this case"."""
        ...

    async def decisions(self, case: CaseNumber) -> Sequence[Decision]:
        """List a case's decisions, withdrawn ones too, in the order they were made."""
        ...

    async def standing(self, tip: TipNumber) -> Decision | None:
        """Find the standing decision about a tip."""
        ...

    async def withdraw(self, number: DecisionNumber, *, on: date) -> None:
        """Withdraw a standing decision."""
        ...

    async def evidence(self, number: DecisionNumber) -> str | None:
        """Unseal the evidence note of a decision."""
        ...

    async def record_outcome(self, outcome: Outcome) -> None:
        """Store an outcome record."""
        ...

    async def outcomes(self, case: CaseNumber) -> tuple[int, int, int]:
        """Sum a case's outcomes: cases solved, persons, fugitives."""
        ...

    async def all_decisions(self) -> Sequence[Decision]:
        """Give every decision, for recounting."""
        ...

    async def all_outcomes(self) -> Sequence[Outcome]:
        """Give every outcome record, for recounting."""
        ...

    async def withdrawn_between(self, first: date, last: date) -> Sequence[Decision]:
        """List valuable decisions of earlier days (before `first`) that were withdrawn within the span."""
        ...


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach an officer: unsealed only to write to them or to list them to who manages them."""

    officer: Officer
    chat: ChatId
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A one-time invitation."""

    number: InviteNumber
    role: Role
    unit: UnitCode
    inviter: OfficerNumber | None
    """None: the command line of the server."""
    expires: datetime


class Officers(Protocol):
    """People with a role; chats and names are sealed and found by a keyed look-up."""

    async def by_chat(self, chat: ChatId) -> Officer | None:
        """Find the officer (waiting or active) of a chat."""
        ...

    async def get(self, number: OfficerNumber) -> Officer | None:
        """Find an officer by number."""
        ...

    async def contact(self, number: OfficerNumber) -> Contact | None:
        """Unseal how to reach an officer; None when revoked long ago."""
        ...

    async def enrol(
        self, *, role: Role, unit: UnitCode, chat: ChatId, person: str, inviter: OfficerNumber | None
    ) -> Officer:
        """Store a new officer, waiting for confirmation."""
        ...

    async def inviter(self, number: OfficerNumber) -> OfficerNumber | None:
        """Tell who invited an officer; None: the command line."""
        ...

    async def activate(self, number: OfficerNumber) -> bool:
        """Make a waiting officer active; False when there was none waiting."""
        ...

    async def revoke(self, number: OfficerNumber, *, on: date) -> bool:
        """End an officer's role; False when it was over already."""
        ...

    async def forget_revoked(self, before: date) -> None:
        """Destroy chats and names of officers revoked before a day; number, role and unit stay for the audit log."""
        ...

    async def on_duty(self, unit: UnitCode) -> Sequence[Contact]:
        """List the active officers of exactly this unit whose role triages tips."""
        ...

    async def with_role(self, role: Role) -> Sequence[Contact]:
        """List the active officers with a role, in every unit."""
        ...

    async def everyone(self) -> Sequence[Contact]:
        """List waiting and active officers."""
        ...

    async def staffed(self) -> frozenset[UnitCode]:
        """Name the units with at least one active officer whose role triages tips."""
        ...


class Invites(Protocol):
    """One-time invitations, found by the hash of their token."""

    async def add(
        self, *, token: str, role: Role, unit: UnitCode, inviter: OfficerNumber | None, expires: datetime
    ) -> InviteNumber:
        """Store an invitation."""
        ...

    async def take(self, token: str, *, now: datetime) -> Invite | None:
        """Use an invitation up; None when it is used, expired or unknown."""
        ...


class Units(Protocol):
    """The units as the database knows them: their tree, and who holds whose queue."""

    async def sync(
        self,
        parents: Mapping[UnitCode, UnitCode | None],
        *,
        old_city: frozenset[UnitCode],
        secluded: frozenset[UnitCode],
    ) -> None:
        """Make the unit table equal to the gazetteer; holders of known units stay.

        Tips of a secluded unit are seen in no queue but its own: it is below nobody.
        """
        ...

    async def holder(self, unit: UnitCode) -> UnitCode:
        """Tell which unit works on a unit's tips."""
        ...

    async def set_holders(self, holders: Mapping[UnitCode, UnitCode]) -> None:
        """Store who holds whose queue."""
        ...


@dataclass(frozen=True, slots=True)
class Leased:
    """An outbox row in this process's hands."""

    id: OutboxId
    attempts: int
    """How often it was tried before."""
    outgoing: Outgoing


class Outbox(Protocol):
    """Messages out, sealed, written with the decision that causes them."""

    async def put(self, outgoing: Outgoing, *, due: datetime | None = None) -> None:
        """Queue a message, due now unless said otherwise."""
        ...

    async def lease(self, *, limit: int, until: datetime) -> Sequence[Leased]:
        """Take due rows that are in nobody's hands, by urgency and age."""
        ...

    async def drop(self, row: OutboxId) -> None:
        """Forget a row that was sent or is not wanted any more."""
        ...

    async def retry(self, row: OutboxId, *, due: datetime) -> None:
        """Put a row back for later and count the attempt."""
        ...

    async def park(self, row: OutboxId, *, reason: str) -> None:
        """Set a row aside that cannot be sent now: it is kept, and not tried by itself."""
        ...

    async def release_all(self) -> None:
        """Take every row out of all hands: called when the one active process starts."""
        ...

    async def next_due(self) -> datetime | None:
        """Tell when the earliest free row is due."""
        ...

    async def waiting(self) -> Mapping[str, int]:
        """Count rows by state: "due", "leased", "parked"."""
        ...


class Rollups(Protocol):
    """Sums per day × unit, month × unit, and month × unit × category, written with each decision."""

    async def add(self, entries: Counter[Entry]) -> None:
        """Add to the sums; negative numbers take away."""
        ...

    async def by_unit(self, period: Period, *, unit: UnitCode | None = None) -> Mapping[UnitCode, Counter[Indicator]]:
        """Sum a period per unit, for one unit or for all; units without figures are left out."""
        ...

    async def by_category(self, period: Period, *, unit: UnitCode | None = None) -> Counter[tuple[Category, Indicator]]:
        """Sum a month or a year per category."""
        ...

    async def all(self) -> Counter[Entry]:
        """Give the day sums, with category None (see `by_category` for the rest), for recounting."""
        ...

    async def rebuild(self, entries: Counter[Entry]) -> None:
        """Replace every sum by these entries; entries with a category count in the plain sums too."""
        ...


class Activities(Protocol):
    """Records of the campaign's activities."""

    async def add(self, activity: Activity) -> None:
        """Store a record."""
        ...

    async def all(self) -> Sequence[Activity]:
        """Give every record, for recounting."""
        ...


class Targets(Protocol):
    """The number each unit aims at in a year."""

    async def set(self, *, unit: UnitCode, year: int, line: Headline, value: int) -> None:
        """Set or change a target."""
        ...

    async def of(self, unit: UnitCode, year: int) -> Mapping[Headline, int]:
        """Give a unit's targets of a year."""
        ...


class Digests(Protocol):
    """Which digests were queued."""

    async def queue_once(self, unit: UnitCode, week: Period) -> bool:
        """Claim the digest of a unit and week; False when it was queued before."""
        ...


class Alerts(Protocol):
    """Warnings that must not be repeated."""

    async def once(self, kind: str, subject: str, day: date) -> bool:
        """Claim a warning for the day; False when it was given before."""
        ...


class Aliases(Protocol):
    """Names of places the admin added: landmarks for the ward finder."""

    async def add(self, *, name: str, unit: UnitCode, officer: OfficerNumber | None) -> None:
        """Store a name; a name known already gets the new unit."""
        ...

    async def all(self) -> Mapping[str, UnitCode]:
        """Give every added name."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One action, without content and without people outside the force."""

    action: str
    officer: OfficerNumber | None = None
    subject: str = ""
    """What it was about: "tip 1042", "officer 7", "invite 3"."""
    unit: UnitCode | None = None


class Audit(Protocol):
    """The append-only log: each row carries the hash of the one before."""

    async def append(self, row: AuditRow) -> None:
        """Add a row at the unit of work's time, rounded to the hour."""
        ...

    async def began(self) -> datetime | None:
        """Tell the hour of the first row: since when there are books."""
        ...

    async def broken_at(self) -> int | None:
        """Check the chain; give the number of the first row that does not fit, or None."""
        ...


class ParkedUpdates(Protocol):
    """Updates that could not be handled, sealed whole, so that nothing is lost."""

    async def add(self, key: UpdateKey, *, raw: str, reason: str) -> None:
        """Set an update aside; `reason` is an error's class name. Nothing happens when it is aside, or was dealt with.

        Not to be called under the update's own key: its next try would be a repeat.
        """
        ...

    async def all(self) -> Sequence[tuple[UpdateKey, str]]:
        """Give the updates set aside, oldest first, as JSON."""
        ...

    async def get(self, key: UpdateKey) -> str | None:
        """Find one that is aside, as JSON; None when it was dealt with, or does not open."""
        ...


class UnitOfWork(Protocol):
    """The books, open for one use case, inside one transaction."""

    @property
    def now(self) -> datetime:
        """The moment of this use case."""
        ...

    ids: Ids
    conversations: Conversations
    tips: Tips
    receipts: Receipts
    updates: Updates
    cases: Cases
    officers: Officers
    invites: Invites
    units: Units
    outbox: Outbox
    rollups: Rollups
    activities: Activities
    targets: Targets
    digests: Digests
    alerts: Alerts
    aliases: Aliases
    audit: Audit
    parked: ParkedUpdates
