"""Laws of the headline metric, for any history of a case."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaign.cases import Decision
from bot.domain.ids import CaseNumber, DecisionNumber, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.stats import Entry, credited, credits_of, difference
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Verdict

DAYS = st.integers(0, 400).map(lambda n: date(2026, 1, 1) + timedelta(days=n))


@st.composite
def histories(draw: st.DrawFn) -> list[Decision]:
    """Make a case's decisions, in the order they were made."""
    rows = draw(
        st.lists(
            st.tuples(st.sampled_from([None, 1, 2, 3]), DAYS, st.booleans(), st.sampled_from(list(Channel))),
            max_size=12,
        )
    )
    return [
        Decision(
            number=DecisionNumber(number),
            tip=TipNumber(number),
            verdict=Verdict.VALUABLE,
            case=CaseNumber(1),
            unit=UnitCode("31135"),
            channel=channel,
            category=Category.OTHER,
            day=day,
            officer=OfficerNumber(1),
            source=source,
            withdrawn_on=day if is_withdrawn else None,
        )
        for number, (source, day, is_withdrawn, channel) in enumerate(rows, start=1)
    ]


@given(histories())
def test_credits_are_the_number_of_different_standing_sources(decisions: list[Decision]) -> None:
    """One credit per reporter per case, whatever was withdrawn and in whichever order."""
    sources = {each.source for each in decisions if each.stands}
    assert len(credited(decisions)) == len(sources)
    assert sum(credits_of(decisions).values()) == len(sources)


@given(histories(), st.randoms(use_true_random=False))
def test_credits_do_not_depend_on_the_order_of_reading(decisions: list[Decision], random: object) -> None:
    """A recount reads rows in any order and must find the same."""
    shuffled = list(decisions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis's own Random
    assert credits_of(shuffled) == credits_of(decisions)


@given(histories())
def test_the_differences_of_every_step_add_up_to_the_credits(decisions: list[Decision]) -> None:
    """What is written step by step equals what a recount finds: decisions come first, withdrawals after."""
    sums: Counter[Entry] = Counter()
    so_far: list[Decision] = []
    for decision in decisions:
        before = credits_of(so_far)
        so_far.append(replace(decision, withdrawn_on=None))
        sums.update(difference(before, credits_of(so_far)))
    for index, decision in enumerate(decisions):
        before = credits_of(so_far)
        so_far[index] = decision
        sums.update(difference(before, credits_of(so_far)))
    assert Counter({entry: number for entry, number in sums.items() if number}) == credits_of(decisions)
