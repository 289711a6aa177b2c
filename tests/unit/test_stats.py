"""What counts as a valuable source, and what every change of a case does to the sums."""

from collections import Counter
from datetime import date

from bot.domain.campaign.cases import Decision
from bot.domain.ids import CaseNumber, DecisionNumber, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.stats import (
    BASELINE_2019,
    Entry,
    Headline,
    Indicator,
    Qualifier,
    credited,
    credits_of,
    difference,
    headline,
    verdict_entries,
)
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Verdict

UNIT = UnitCode("31135")

LAN, MAI, TU = 1, 2, 3


def decide(
    number: int,
    source: int | None,
    *,
    day: int = 1,
    withdrawn: bool = False,
    channel: Channel = Channel.BOT,
    verdict: Verdict = Verdict.VALUABLE,
) -> Decision:
    """Make a decision of one case."""
    return Decision(
        number=DecisionNumber(number),
        tip=TipNumber(number),
        verdict=verdict,
        case=CaseNumber(1) if verdict is Verdict.VALUABLE else None,
        unit=UNIT,
        channel=channel,
        category=Category.THEFT,
        day=date(2026, 11, day),
        officer=OfficerNumber(1),
        source=source,
        withdrawn_on=date(2026, 11, 20) if withdrawn else None,
    )


def test_three_messages_of_one_person_are_one_source() -> None:
    """Otherwise the most talkative neighbour would make the best ward."""
    assert len(credited([decide(1, LAN), decide(2, LAN), decide(3, LAN)])) == 1


def test_three_people_are_three_sources() -> None:
    """An independent confirmation is worth as much as the first word."""
    assert len(credited([decide(1, LAN), decide(2, MAI), decide(3, TU)])) == 3


def test_decisions_without_a_known_reporter_count_as_one_source_together() -> None:
    """Nobody can show that they are different people. A tip entered by an officer tells nothing of one of the bot."""
    phone, letter = decide(2, None, channel=Channel.PHONE), decide(5, None, channel=Channel.LETTER)
    assert len(credited([decide(1, None), decide(4, None), decide(3, LAN)])) == 2
    assert len(credited([phone, letter])) == 1
    for of_the_bot in (decide(1, None), decide(1, LAN)):
        assert len(credited([phone, of_the_bot])) == 2


def test_a_withdrawn_decision_passes_the_credit_to_the_next_of_the_same_person() -> None:
    """The person did help; only that decision was wrong."""
    left = credits_of([decide(1, LAN, day=1, withdrawn=True), decide(2, LAN, day=5)])
    assert left == {Entry(UNIT, date(2026, 11, 5), Indicator.VALUABLE_BOT, Category.THEFT): 1}


def test_the_credit_stands_on_the_day_of_the_first_decision() -> None:
    """Counting on the last day would move old successes into this week."""
    (first,) = credited([decide(2, LAN, day=9), decide(1, LAN, day=3)])
    assert first.day == date(2026, 11, 3)


def test_the_difference_takes_a_withdrawn_credit_back_on_its_own_day() -> None:
    """The figure of that day was wrong, not today's."""
    before = credits_of([decide(1, LAN, day=3)])
    after = credits_of([decide(1, LAN, day=3, withdrawn=True)])
    assert difference(before, after) == {Entry(UNIT, date(2026, 11, 3), Indicator.VALUABLE_BOT, Category.THEFT): -1}


def test_spam_and_duplicates_are_counted_apart_and_never_as_valuable() -> None:
    """DESIGN 6: they never count."""
    spam = decide(1, None, verdict=Verdict.SPAM)
    assert credits_of([spam]) == Counter()
    assert verdict_entries(spam) == {Entry(UNIT, date(2026, 11, 1), Indicator.SPAM): 1}
    assert verdict_entries(decide(2, None, verdict=Verdict.SPAM, withdrawn=True)) == Counter()


def test_the_headline_adds_every_channel() -> None:
    """The campaign counts every channel."""
    figures = {Indicator.VALUABLE_BOT: 2, Indicator.VALUABLE_PHONE: 3, Indicator.CASES: 7}
    assert headline(figures, Headline.VALUABLE) == 5
    assert headline(figures, Headline.CASES) == 7


def test_every_baseline_has_its_qualifier_and_only_one_is_a_misprint() -> None:
    """The committee must defend what stands beside its own figures."""
    assert set(BASELINE_2019) == set(Headline)
    assert [line for line, figure in BASELINE_2019.items() if figure.is_misprint] == [Headline.PEOPLE]
    assert BASELINE_2019[Headline.CASES].qualifier is Qualifier.NEARLY
    assert BASELINE_2019[Headline.FUGITIVES] == BASELINE_2019[Headline.FUGITIVES].__class__(61, Qualifier.EXACT)
