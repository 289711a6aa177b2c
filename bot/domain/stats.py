"""What counts and why: the campaign's indicators, and the rule of the headline metric.

A tip becomes a valuable source when an officer of the unit that holds it records that it was verified and used, in a
case, with an evidence note; it counts for the unit of its place. Credits are a pure function of a case's standing
decisions; whatever changes a case writes the difference between its credits before and after. docs/metrics.md explains
the rules to people.

What a row adds to the sums is said here once, for the moment it is written and for the recount.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from bot.domain.campaign.activities import Activity, ActivityKind
from bot.domain.campaign.cases import Decision, Outcome
from bot.domain.campaign.periods import city_day
from bot.domain.ids import CaseNumber
from bot.domain.places import UnitCode
from bot.domain.text.categories import Category
from bot.domain.tip import CLOSING, Channel, Status, Tip, Verdict


class Indicator(StrEnum):
    """Everything that is counted: the columns of the rollups."""

    RECEIVED_BOT = "received_bot"
    RECEIVED_PHONE = "received_phone"
    RECEIVED_LETTER = "received_letter"
    RECEIVED_VISIT = "received_visit"
    VALUABLE_BOT = "valuable_bot"
    VALUABLE_PHONE = "valuable_phone"
    VALUABLE_LETTER = "valuable_letter"
    VALUABLE_VISIT = "valuable_visit"
    NOT_USEFUL = "not_useful"
    DUPLICATE = "duplicate"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"
    CASES = "cases"
    PERSONS = "persons"
    FUGITIVES = "fugitives"
    SESSIONS = "sessions"
    PEOPLE = "people"
    COLLECTIVES = "collectives"
    INDIVIDUALS = "individuals"


RECEIVED: Mapping[Channel, Indicator] = {
    Channel.BOT: Indicator.RECEIVED_BOT,
    Channel.PHONE: Indicator.RECEIVED_PHONE,
    Channel.LETTER: Indicator.RECEIVED_LETTER,
    Channel.VISIT: Indicator.RECEIVED_VISIT,
}
VALUABLE: Mapping[Channel, Indicator] = {
    Channel.BOT: Indicator.VALUABLE_BOT,
    Channel.PHONE: Indicator.VALUABLE_PHONE,
    Channel.LETTER: Indicator.VALUABLE_LETTER,
    Channel.VISIT: Indicator.VALUABLE_VISIT,
}
JUDGED: Mapping[Verdict, Indicator] = {each: Indicator(each.value) for each in Verdict if each in CLOSING}
SHOWN_BESIDE = (*JUDGED.values(), Indicator.WITHDRAWN)
"""Indicators that no line of the campaign adds up: they are shown below the lines, in this order."""
BY_CATEGORY = frozenset(RECEIVED.values()) | frozenset(VALUABLE.values())
"""Indicators that are also kept per category."""


class Headline(StrEnum):
    """The campaign's own lines: what targets are set for and 2019 figures exist for."""

    SESSIONS = "sessions"
    PEOPLE = "people"
    VALUABLE = "valuable"
    CASES = "cases"
    PERSONS = "persons"
    FUGITIVES = "fugitives"
    COLLECTIVES = "collectives"
    INDIVIDUALS = "individuals"


TARGET_WORDS: Mapping[Headline, str] = {
    Headline.SESSIONS: "tuyentruyen",
    Headline.PEOPLE: "nguoinghe",
    Headline.VALUABLE: "nguontin",
    Headline.CASES: "vu",
    Headline.PERSONS: "doituong",
    Headline.FUGITIVES: "truyna",
    Headline.COLLECTIVES: "tapthe",
    Headline.INDIVIDUALS: "canhan",
}
"""What a line is called, in Vietnamese, by whoever types a target for it; in English by its own name."""


class Qualifier(StrEnum):
    """How the source says a 2019 figure."""

    OVER = "over"  # "trên"
    NEARLY = "nearly"  # "gần"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Baseline:
    """One 2019 figure of the old city of Cần Thơ."""

    value: int
    qualifier: Qualifier
    is_misprint: bool = False
    """The source's own figure cannot be read as printed; ours is a reading."""


BASELINE_2019: Mapping[Headline, Baseline] = {
    Headline.SESSIONS: Baseline(23_000, Qualifier.OVER),
    Headline.PEOPLE: Baseline(1_360_000, Qualifier.OVER, is_misprint=True),
    Headline.VALUABLE: Baseline(2_000, Qualifier.OVER),
    Headline.CASES: Baseline(1_500, Qualifier.NEARLY),
    Headline.PERSONS: Baseline(2_800, Qualifier.OVER),
    Headline.FUGITIVES: Baseline(61, Qualifier.EXACT),
    Headline.COLLECTIVES: Baseline(296, Qualifier.EXACT),
    Headline.INDIVIDUALS: Baseline(839, Qualifier.EXACT),
}
"""Source: the report on the 2019 review in Cần Thơ by Trần Lĩnh, Báo Công an Nhân dân ("1.3600.000" is a misprint)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to add to the rollups: where, when, what. The number beside it may be negative."""

    unit: UnitCode
    day: date
    indicator: Indicator
    category: Category | None = None
    """Set for the indicators of `BY_CATEGORY` alone."""


IndicatorCounts = Mapping[Indicator, int]
"""Sums of a unit, or of several, over a period. A missing indicator is zero."""


def headline(figures: IndicatorCounts, line: Headline) -> int:
    """Read one of the campaign's lines off the figures."""
    if line is Headline.VALUABLE:
        return sum(figures.get(indicator, 0) for indicator in VALUABLE.values())
    return figures.get(Indicator(line.value), 0)


def tip_entries(tip: Tip) -> Counter[Entry]:
    """Count what a tip adds: that it was received, and that its reporter withdrew it, each on its own day."""
    counted = Counter({Entry(tip.unit, city_day(tip.received), RECEIVED[tip.channel], tip.category): 1})
    if tip.status is Status.WITHDRAWN and tip.closed_on is not None:
        counted[Entry(tip.unit, tip.closed_on, Indicator.WITHDRAWN)] += 1
    return counted


def credited(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Choose the decisions of ONE case that carry its credits: for each source the first that stands.

    One credit per reporter per case. Decisions without a known reporter count as one source together, those on tips of
    the bot apart from those of other channels: else an officer who enters one of these would see whose chat was wiped.
    """
    first: dict[tuple[int] | bool, Decision] = {}
    for decision in sorted(decisions, key=lambda each: (each.day, each.number)):
        if decision.stands and decision.verdict is Verdict.VALUABLE:
            source = decision.channel is Channel.BOT if decision.source is None else (decision.source,)
            first.setdefault(source, decision)
    return tuple(first.values())


def credits_of(decisions: Iterable[Decision]) -> Counter[Entry]:
    """Count the valuable sources of one case, each on the day and for the unit of the decision that earned it."""
    return Counter(Entry(each.unit, each.day, VALUABLE[each.channel], each.category) for each in credited(decisions))


def difference(before: Counter[Entry], after: Counter[Entry]) -> Counter[Entry]:
    """Tell what must be added to the rollups to get from one count to the other; entries that cancel are left out."""
    changed = Counter(after)
    changed.subtract(before)
    return Counter({entry: number for entry, number in changed.items() if number})


def verdict_entries(decision: Decision) -> Counter[Entry]:
    """Count what a standing decision that is not a valuable one adds, on its day and for its unit."""
    if not decision.stands or decision.verdict not in JUDGED:
        return Counter()
    return Counter({Entry(decision.unit, decision.day, JUDGED[decision.verdict]): 1})


def decision_entries(decisions: Iterable[Decision]) -> Counter[Entry]:
    """Count what decisions add, given all those of every case among them: credits, and what other verdicts count."""
    counted: Counter[Entry] = Counter()
    cases: defaultdict[CaseNumber, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.case is None:
            counted.update(verdict_entries(decision))
        else:
            cases[decision.case].append(decision)
    for decided in cases.values():
        counted.update(credits_of(decided))
    return counted


def outcome_entries(outcome: Outcome) -> Counter[Entry]:
    """Count what one outcome record adds."""
    parts = {
        Indicator.CASES: outcome.cases,
        Indicator.PERSONS: outcome.persons,
        Indicator.FUGITIVES: outcome.fugitives,
    }
    return Counter({Entry(outcome.unit, outcome.day, what): number for what, number in parts.items() if number})


def activity_entries(activity: Activity) -> Counter[Entry]:
    """Count what one activity record adds; models, checks and deeds are kept as rows alone."""
    match activity.kind:
        case ActivityKind.OUTREACH:
            parts = {Indicator.SESSIONS: 1, Indicator.PEOPLE: activity.number}
        case ActivityKind.COLLECTIVES:
            parts = {Indicator.COLLECTIVES: activity.number}
        case ActivityKind.INDIVIDUALS:
            parts = {Indicator.INDIVIDUALS: activity.number}
        case ActivityKind.MODEL | ActivityKind.JOINT_CHECK | ActivityKind.GOOD_DEED:
            parts = {}
        case _:
            assert_never(activity.kind)
    return Counter({Entry(activity.unit, activity.day, what): number for what, number in parts.items() if number})
