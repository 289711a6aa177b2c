"""Every repository over dictionaries with immutable values, so that a copy of the dictionaries is a savepoint."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from bot.domain.activities import Activity
from bot.domain.cases import Case, Decision, Outcome
from bot.domain.conversation import Conversation
from bot.domain.errors import ButtonStale
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
from bot.domain.periods import Period, Span, hour_of, month_of
from bot.domain.places import UnitCode
from bot.domain.roles import TRIAGING, Enrolment, Officer, Role
from bot.domain.stats import BY_CATEGORY, Entry, Headline, Indicator
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Status, Tip, Verdict
from bot.ports import AuditRow, Contact, Ids, Invite, Leased, TipContent

K = TypeVar("K")


@dataclass(frozen=True)
class Row:
    """An outbox row."""

    outgoing: Outgoing
    due: datetime
    attempts: int = 0
    is_leased: bool = False
    parked: str | None = None


@dataclass
class State:
    """Everything that is kept."""

    numbers: Counter[str] = field(default_factory=Counter)
    conversations: dict[ChatId, Conversation] = field(default_factory=dict)
    tips: dict[TipNumber, Tip] = field(default_factory=dict)
    contents: dict[TipNumber, TipContent] = field(default_factory=dict)
    routes: dict[TipNumber, ChatId] = field(default_factory=dict)
    receipts: dict[ReceiptCode, TipNumber] = field(default_factory=dict)
    updates: dict[UpdateKey, datetime] = field(default_factory=dict)
    parked: dict[UpdateKey, str] = field(default_factory=dict)
    cases: dict[CaseNumber, Case] = field(default_factory=dict)
    decisions: dict[DecisionNumber, Decision] = field(default_factory=dict)
    evidence: dict[DecisionNumber, str] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    officers: dict[OfficerNumber, Contact] = field(default_factory=dict)
    inviters: dict[OfficerNumber, OfficerNumber | None] = field(default_factory=dict)
    revoked: dict[OfficerNumber, date] = field(default_factory=dict)
    forgotten: dict[OfficerNumber, bool] = field(default_factory=dict)
    invites: dict[str, Invite] = field(default_factory=dict)
    parents: dict[UnitCode, UnitCode | None] = field(default_factory=dict)
    secluded: dict[UnitCode, bool] = field(default_factory=dict)
    holders: dict[UnitCode, UnitCode] = field(default_factory=dict)
    outbox: dict[OutboxId, Row] = field(default_factory=dict)
    sums: Counter[Entry] = field(default_factory=Counter)
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


class SqlUnitOfWork:
    """The unit of work over a state."""

    def __init__(self, state: State, *, now: datetime, ids: Ids) -> None:
        self.now = now
        self.ids = ids
        self.conversations: Any = Conversations(state)
        self.tips: Any = Tips(state)
        self.receipts: Any = Receipts(state)
        self.updates: Any = Updates(state, now)
        self.cases: Any = Cases(state)
        self.officers: Any = Officers(state)
        self.invites: Any = Invites(state)
        self.units: Any = Units(state)
        self.outbox: Any = Outbox(state, now, ids)
        self.rollups: Any = Rollups(state)
        self.activities: Any = Activities(state)
        self.targets: Any = Targets(state)
        self.digests: Any = Digests(state)
        self.alerts: Any = Alerts(state)
        self.aliases: Any = Aliases(state)
        self.audit: Any = Audit(state, now)
        self.parked: Any = Parked(state)


class _Book:
    def __init__(self, state: State) -> None:
        self._s = state


class Conversations(_Book):
    """Implements `bot.ports.Conversations`."""

    async def get(self, chat: ChatId) -> Conversation | None:
        return self._s.conversations.get(chat)

    async def put(self, conversation: Conversation) -> None:
        self._s.conversations[conversation.chat] = conversation

    async def delete(self, chat: ChatId) -> None:
        self._s.conversations.pop(chat, None)

    async def all(self) -> Sequence[Conversation]:
        return list(self._s.conversations.values())


class Tips(_Book):
    """Implements `bot.ports.Tips`."""

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
        number = TipNumber(self._s.next("tip"))
        tip = Tip(
            number=number,
            unit=unit,
            category=category,
            urgent=urgent,
            channel=channel,
            status=Status.NEW,
            verdict=Verdict.NONE,
            received=received,
        )
        self._s.tips[number] = tip
        self._s.contents[number] = content
        await self.set_route(number, route)
        return tip

    async def get(self, number: TipNumber) -> Tip | None:
        return self._s.tips.get(number)

    async def save(self, tip: Tip) -> None:
        known = self._s.tips.get(tip.number)
        if known is None or known.version != tip.version - 1:
            raise ButtonStale
        self._s.tips[tip.number] = tip

    async def content(self, number: TipNumber) -> TipContent | None:
        return self._s.contents.get(number)

    async def set_content(self, number: TipNumber, content: TipContent | None) -> None:
        if content is None:
            self._s.contents.pop(number, None)
        elif number in self._s.tips:
            self._s.contents[number] = content

    async def route(self, number: TipNumber) -> ChatId | None:
        return self._s.routes.get(number)

    async def set_route(self, number: TipNumber, chat: ChatId | None) -> None:
        if chat is None:
            self._s.routes.pop(number, None)
        elif number in self._s.tips:
            self._s.routes[number] = chat

    def _open(self, holder: UnitCode, *, below: bool) -> list[Tip]:
        found = []
        for tip in self._s.tips.values():
            held = self._s.holders.get(tip.unit, tip.unit)
            if tip.is_open and (held == holder or (below and holder in self._above(held))):
                found.append(tip)
        return sorted(found, key=lambda tip: (not tip.urgent, tip.received, tip.number))

    def _above(self, unit: UnitCode) -> list[UnitCode]:
        found: list[UnitCode] = []
        at: UnitCode | None = unit
        while at is not None and at not in self._s.secluded:
            at = self._s.parents.get(at)
            if at is not None:
                found.append(at)
        return found

    async def open_for(self, holder: UnitCode, *, below: bool, limit: int, offset: int) -> Sequence[Tip]:
        return self._open(holder, below=below)[offset : offset + limit]

    async def count_open_for(self, holder: UnitCode, *, below: bool) -> int:
        return len(self._open(holder, below=below))

    async def rows(self) -> Sequence[Tip]:
        return list(self._s.tips.values())

    async def closed_before(self, day: date, *, having: Literal["route", "content"]) -> Sequence[TipNumber]:
        kept: Mapping[TipNumber, object] = self._s.routes if having == "route" else self._s.contents
        return [
            tip.number
            for tip in self._s.tips.values()
            if tip.number in kept and not tip.is_open and tip.closed_on is not None and tip.closed_on < day
        ]


class Receipts(_Book):
    """Implements `bot.ports.Receipts`."""

    async def add(self, code: ReceiptCode, tip: TipNumber) -> None:
        self._s.receipts[code] = tip

    async def find(self, code: ReceiptCode) -> TipNumber | None:
        return self._s.receipts.get(code)

    async def drop(self, tip: TipNumber) -> None:
        for code in [code for code, number in self._s.receipts.items() if number == tip]:
            del self._s.receipts[code]


class Updates:
    """Implements `bot.ports.Updates`."""

    def __init__(self, state: State, now: datetime) -> None:
        self._s = state
        self._now = now

    async def settle(self, key: UpdateKey) -> bool:
        is_known = key in self._s.updates and key not in self._s.parked
        self._s.updates.setdefault(key, self._now)
        self._s.parked.pop(key, None)
        return not is_known

    async def forget_before(self, hour: datetime) -> None:
        for key in [key for key, at in self._s.updates.items() if at < hour]:
            del self._s.updates[key]


class Parked(_Book):
    """Implements `bot.ports.ParkedUpdates`."""

    async def add(self, key: UpdateKey, *, raw: str, reason: str) -> None:
        if key not in self._s.updates:
            self._s.parked.setdefault(key, raw)

    async def all(self) -> Sequence[tuple[UpdateKey, str]]:
        return sorted(self._s.parked.items(), key=lambda each: (each[0].bot, each[0].update))

    async def get(self, key: UpdateKey) -> str | None:
        return self._s.parked.get(key)


class Cases(_Book):
    """Implements `bot.ports.Cases`."""

    async def open(self, *, unit: UnitCode, on: date) -> Case:
        case = Case(number=CaseNumber(self._s.next("case")), unit=unit, opened_on=on)
        self._s.cases[case.number] = case
        return case

    async def get(self, number: CaseNumber) -> Case | None:
        return self._s.cases.get(number)

    async def recent(self, unit: UnitCode, *, limit: int) -> Sequence[Case]:
        return [case for case in reversed(self._s.cases.values()) if case.unit == unit][:limit]

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
        number = DecisionNumber(self._s.next("decision"))
        source = f"{case}|{reporter}".encode() if case in self._s.cases and reporter is not None else None
        decision = Decision(
            number=number,
            tip=tip.number,
            verdict=verdict,
            case=case,
            unit=unit,
            channel=tip.channel,
            category=tip.category,
            day=day,
            officer=officer,
            source=source,
        )
        self._s.decisions[number] = decision
        if evidence is not None:
            self._s.evidence[number] = evidence
        return decision

    async def decisions(self, case: CaseNumber) -> Sequence[Decision]:
        return [each for each in self._s.decisions.values() if each.case == case]

    async def standing(self, tip: TipNumber) -> Decision | None:
        return next((each for each in self._s.decisions.values() if each.tip == tip and each.stands), None)

    async def withdraw(self, number: DecisionNumber, *, on: date) -> None:
        decision = self._s.decisions.get(number)
        if decision is not None and decision.stands:
            self._s.decisions[number] = replace(decision, withdrawn_on=on)

    async def evidence(self, number: DecisionNumber) -> str | None:
        return self._s.evidence.get(number)

    async def record_outcome(self, outcome: Outcome) -> None:
        self._s.outcomes[self._s.next("outcome")] = outcome

    async def outcomes(self, case: CaseNumber) -> tuple[int, int, int]:
        mine = [each for each in self._s.outcomes.values() if each.case == case]
        return sum(e.cases for e in mine), sum(e.persons for e in mine), sum(e.fugitives for e in mine)

    async def all_decisions(self) -> Sequence[Decision]:
        return list(self._s.decisions.values())

    async def all_outcomes(self) -> Sequence[Outcome]:
        return list(self._s.outcomes.values())

    async def withdrawn_between(self, first: date, last: date) -> Sequence[Decision]:
        return [
            each
            for each in self._s.decisions.values()
            if each.withdrawn_on is not None
            and first <= each.withdrawn_on <= last
            and each.day < first
            and each.verdict is Verdict.VALUABLE
        ]


class Officers(_Book):
    """Implements `bot.ports.Officers`."""

    async def by_chat(self, chat: ChatId) -> Officer | None:
        for contact in self._s.officers.values():
            if contact.chat == chat and contact.officer.standing is not Enrolment.REVOKED:
                return contact.officer
        return None

    async def get(self, number: OfficerNumber) -> Officer | None:
        contact = self._s.officers.get(number)
        return contact.officer if contact else None

    async def contact(self, number: OfficerNumber) -> Contact | None:
        return None if number in self._s.forgotten else self._s.officers.get(number)

    async def enrol(
        self, *, role: Role, unit: UnitCode, chat: ChatId, person: str, inviter: OfficerNumber | None
    ) -> Officer:
        officer = Officer(
            number=OfficerNumber(self._s.next("officer")), role=role, unit=unit, standing=Enrolment.WAITING
        )
        self._s.officers[officer.number] = Contact(officer, chat, person)
        self._s.inviters[officer.number] = inviter
        return officer

    async def inviter(self, number: OfficerNumber) -> OfficerNumber | None:
        return self._s.inviters.get(number)

    def _stand(self, number: OfficerNumber, standing: Enrolment, but: frozenset[Enrolment]) -> bool:
        contact = self._s.officers.get(number)
        if contact is None or contact.officer.standing in but:
            return False
        self._s.officers[number] = replace(contact, officer=replace(contact.officer, standing=standing))
        return True

    async def activate(self, number: OfficerNumber) -> bool:
        return self._stand(number, Enrolment.ACTIVE, frozenset({Enrolment.ACTIVE, Enrolment.REVOKED}))

    async def revoke(self, number: OfficerNumber, *, on: date) -> bool:
        if not self._stand(number, Enrolment.REVOKED, frozenset({Enrolment.REVOKED})):
            return False
        self._s.revoked[number] = on
        return True

    async def forget_revoked(self, before: date) -> None:
        self._s.forgotten.update({number: True for number, on in self._s.revoked.items() if on < before})

    def _active(self) -> list[Contact]:
        return [each for each in self._s.officers.values() if each.officer.is_active]

    async def on_duty(self, unit: UnitCode) -> Sequence[Contact]:
        return [each for each in self._active() if each.officer.unit == unit and each.officer.role in TRIAGING]

    async def with_role(self, role: Role) -> Sequence[Contact]:
        return [each for each in self._active() if each.officer.role is role]

    async def everyone(self) -> Sequence[Contact]:
        return [each for each in self._s.officers.values() if each.officer.standing is not Enrolment.REVOKED]

    async def staffed(self) -> frozenset[UnitCode]:
        return frozenset(each.officer.unit for each in self._active() if each.officer.role in TRIAGING)


class Invites(_Book):
    """Implements `bot.ports.Invites`."""

    async def add(
        self, *, token: str, role: Role, unit: UnitCode, inviter: OfficerNumber | None, expires: datetime
    ) -> InviteNumber:
        number = InviteNumber(self._s.next("invite"))
        self._s.invites[token] = Invite(number=number, role=role, unit=unit, inviter=inviter, expires=expires)
        return number

    async def take(self, token: str, *, now: datetime) -> Invite | None:
        invite = self._s.invites.get(token)
        if invite is None or invite.expires <= now:
            return None
        return self._s.invites.pop(token)


class Units(_Book):
    """Implements `bot.ports.Units`."""

    async def sync(
        self,
        parents: Mapping[UnitCode, UnitCode | None],
        *,
        old_city: frozenset[UnitCode],
        secluded: frozenset[UnitCode],
    ) -> None:
        self._s.parents.clear()
        self._s.parents.update(parents)
        self._s.secluded.clear()
        self._s.secluded.update(dict.fromkeys(secluded, True))
        for code in parents:
            self._s.holders.setdefault(code, code)

    async def holder(self, unit: UnitCode) -> UnitCode:
        return self._s.holders.get(unit, unit)

    async def set_holders(self, holders: Mapping[UnitCode, UnitCode]) -> None:
        self._s.holders.update({code: held_by for code, held_by in holders.items() if code in self._s.holders})


class Outbox:
    """Implements `bot.ports.Outbox`."""

    def __init__(self, state: State, now: datetime, ids: Ids) -> None:
        self._s = state
        self._now = now
        self._ids = ids

    async def put(self, outgoing: Outgoing, *, due: datetime | None = None) -> None:
        self._s.outbox[self._ids.outbox_id(self._now)] = Row(outgoing, due or self._now)

    async def lease(self, *, limit: int, until: datetime) -> Sequence[Leased]:
        free = [
            (row.outgoing.urgency, number)
            for number, row in self._s.outbox.items()
            if not row.is_leased and row.parked is None and row.due <= self._now
        ]
        leased = []
        for _, number in sorted(free)[:limit]:
            row = self._s.outbox[number]
            self._s.outbox[number] = replace(row, is_leased=True)
            leased.append(Leased(number, row.attempts, row.outgoing))
        return leased

    async def drop(self, row: OutboxId) -> None:
        self._s.outbox.pop(row, None)

    async def retry(self, row: OutboxId, *, due: datetime) -> None:
        kept = self._s.outbox.get(row)
        if kept is not None:
            self._s.outbox[row] = replace(kept, is_leased=False, due=due, attempts=kept.attempts + 1)

    async def park(self, row: OutboxId, *, reason: str) -> None:
        kept = self._s.outbox.get(row)
        if kept is not None:
            self._s.outbox[row] = replace(kept, is_leased=False, parked=reason, attempts=kept.attempts + 1)

    async def release_all(self) -> None:
        for number, row in self._s.outbox.items():
            self._s.outbox[number] = replace(row, is_leased=False)

    async def next_due(self) -> datetime | None:
        return min((row.due for row in self._s.outbox.values() if not row.is_leased and not row.parked), default=None)

    async def waiting(self) -> Mapping[str, int]:
        rows = self._s.outbox.values()
        return {
            "due": sum(not row.parked and not row.is_leased for row in rows),
            "leased": sum(not row.parked and row.is_leased for row in rows),
            "parked": sum(row.parked is not None for row in rows),
        }


class Rollups(_Book):
    """Implements `bot.ports.Rollups`."""

    async def add(self, entries: Counter[Entry]) -> None:
        for entry, number in entries.items():
            self._s.sums[entry] += number

    async def by_unit(self, period: Period, *, unit: UnitCode | None = None) -> Mapping[UnitCode, Counter[Indicator]]:
        found: dict[UnitCode, Counter[Indicator]] = {}
        for entry, number in self._s.sums.items():
            inside = entry.day in period if period.span is Span.WEEK else _months_in(entry.day, period)
            if inside and unit in {None, entry.unit}:
                found.setdefault(entry.unit, Counter())[entry.indicator] += number
        return {code: _without_zeros(figures) for code, figures in found.items() if any(figures.values())}

    async def by_category(self, period: Period, *, unit: UnitCode | None = None) -> Counter[tuple[Category, Indicator]]:
        found: Counter[tuple[Category, Indicator]] = Counter()
        for entry, number in self._s.sums.items():
            is_kept = entry.category is not None and entry.indicator in BY_CATEGORY
            if is_kept and entry.category and _months_in(entry.day, period) and unit in {None, entry.unit}:
                found[entry.category, entry.indicator] += number
        return _without_zeros(found)

    async def all(self) -> Counter[Entry]:
        found: Counter[Entry] = Counter()
        for entry, number in self._s.sums.items():
            found[Entry(entry.unit, entry.day, entry.indicator)] += number
        return _without_zeros(found)

    async def rebuild(self, entries: Counter[Entry]) -> None:
        self._s.sums.clear()
        await self.add(entries)


def _without_zeros(figures: Counter[K]) -> Counter[K]:
    return Counter({what: number for what, number in figures.items() if number})


def _months_in(day: date, period: Period) -> bool:
    return month_of(period.first).first <= day <= month_of(period.last).last


class Activities(_Book):
    """Implements `bot.ports.Activities`."""

    async def add(self, activity: Activity) -> None:
        self._s.activities[self._s.next("activity")] = activity

    async def all(self) -> Sequence[Activity]:
        return list(self._s.activities.values())


class Targets(_Book):
    """Implements `bot.ports.Targets`."""

    async def set(self, *, unit: UnitCode, year: int, line: Headline, value: int) -> None:
        self._s.targets[unit, year, line] = value

    async def of(self, unit: UnitCode, year: int) -> Mapping[Headline, int]:
        return {line: value for (at, when, line), value in self._s.targets.items() if (at, when) == (unit, year)}


class Digests(_Book):
    """Implements `bot.ports.Digests`."""

    async def queue_once(self, unit: UnitCode, week: Period) -> bool:
        if (unit, week.name) in self._s.digests:
            return False
        self._s.digests[unit, week.name] = True
        return True


class Alerts(_Book):
    """Implements `bot.ports.Alerts`."""

    async def once(self, kind: str, subject: str, day: date) -> bool:
        if (kind, subject, day) in self._s.alerts:
            return False
        self._s.alerts[kind, subject, day] = True
        return True


class Aliases(_Book):
    """Implements `bot.ports.Aliases`."""

    async def add(self, *, name: str, unit: UnitCode, officer: OfficerNumber | None) -> None:
        self._s.aliases[name] = unit

    async def all(self) -> Mapping[str, UnitCode]:
        return dict(sorted(self._s.aliases.items()))


class Audit(_Book):
    """Implements `bot.ports.Audit`; a chain of hashes is what the real one adds."""

    def __init__(self, state: State, now: datetime) -> None:
        super().__init__(state)
        self._now = now

    async def append(self, row: AuditRow) -> None:
        self._s.audit[len(self._s.audit) + 1] = (hour_of(self._now), row)

    async def began(self) -> datetime | None:
        return self._s.audit[1][0] if self._s.audit else None

    async def broken_at(self) -> int | None:
        return None
