"""A tip's life: which moves are legal, and what they leave behind."""

from datetime import UTC, date, datetime

import pytest

from bot.domain import errors
from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Event, Status, Tip, Verdict

HUNG, MINH = OfficerNumber(1), OfficerNumber(2)
TODAY = date(2026, 11, 23)
WARD, CITY, INSPECTORATE = UnitCode("31135"), UnitCode("92"), UnitCode("92-ttra")


def make_tip(status: Status = Status.NEW, verdict: Verdict = Verdict.NONE, claimer: OfficerNumber | None = None) -> Tip:
    """Make a tip in some state."""
    return Tip(
        number=TipNumber(1042),
        unit=WARD,
        held_by=WARD,
        category=Category.DRUGS,
        urgent=False,
        channel=Channel.BOT,
        status=status,
        verdict=verdict,
        received=datetime(2026, 11, 23, 2, tzinfo=UTC),
        claimer=claimer,
    )


def test_claim_takes_a_new_tip() -> None:
    """The first tap of an officer."""
    tip, event = make_tip().claim(HUNG)
    assert (tip.status, tip.claimer, tip.version, event) == (Status.CLAIMED, HUNG, 2, Event.CLAIMED)


@pytest.mark.parametrize("status", [Status.CLAIMED, Status.VERIFYING])
def test_a_claimed_tip_cannot_be_claimed_again(status: Status) -> None:
    """Two officers must never both believe a tip is theirs."""
    with pytest.raises(errors.AlreadyClaimed):
        make_tip(status, claimer=HUNG).claim(MINH)


def test_a_question_claims_an_unclaimed_tip_and_leaves_a_claimer_in_place() -> None:
    """Asking is working; a colleague's question does not take the tip away."""
    assert make_tip().ask(HUNG)[0].claimer == HUNG
    assert make_tip(Status.CLAIMED, claimer=HUNG).ask(MINH)[0].claimer == HUNG


def test_a_valuable_tip_stays_open_for_its_outcomes() -> None:
    """The case goes on after the verdict."""
    tip, event = make_tip().judge(Verdict.VALUABLE, by=HUNG, on=TODAY)
    assert tip.is_open
    assert event is Event.JUDGED_VALUABLE


@pytest.mark.parametrize("verdict", [Verdict.NOT_USEFUL, Verdict.SPAM, Verdict.DUPLICATE])
def test_other_verdicts_close_the_tip(verdict: Verdict) -> None:
    """Nothing is left to do, so no second tap is asked for."""
    tip, _ = make_tip().judge(verdict, by=HUNG, on=TODAY)
    assert (tip.status, tip.closed_on) == (Status.CLOSED, TODAY)


def test_a_second_verdict_is_refused_until_the_first_is_taken_back() -> None:
    """A verdict overwritten silently would leave its credit in the sums."""
    judged, _ = make_tip().judge(Verdict.VALUABLE, by=HUNG, on=TODAY)
    with pytest.raises(errors.AlreadyJudged):
        judged.judge(Verdict.SPAM, by=HUNG, on=TODAY)
    free, _ = judged.take_back_verdict(HUNG)
    assert free.judge(Verdict.SPAM, by=HUNG, on=TODAY)[0].verdict is Verdict.SPAM


def test_a_tip_without_a_verdict_cannot_be_closed() -> None:
    """A closed tip says what it was worth."""
    with pytest.raises(errors.VerdictMissing):
        make_tip(Status.CLAIMED, claimer=HUNG).close(on=TODAY)


def test_a_reporter_may_withdraw_an_open_tip_but_not_a_closed_one() -> None:
    """What was settled is history."""
    tip, _ = make_tip(Status.VERIFYING, Verdict.VALUABLE, HUNG).withdraw(on=TODAY)
    assert (tip.status, tip.verdict) == (Status.WITHDRAWN, Verdict.NONE)
    with pytest.raises(errors.TipIsOver):
        make_tip(Status.CLOSED, Verdict.VALUABLE, HUNG).withdraw(on=TODAY)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.WITHDRAWN])
def test_nothing_is_added_to_a_tip_that_is_over(status: Status) -> None:
    """Words that nobody will read must not be accepted."""
    with pytest.raises(errors.TipIsOver):
        make_tip(status).add()
    with pytest.raises(errors.TipIsOver):
        make_tip(status).answer()


def test_only_a_closed_tip_is_reopened_and_its_verdict_stands() -> None:
    """Reopening must not take a credit away by itself."""
    tip, _ = make_tip(Status.CLOSED, Verdict.VALUABLE, HUNG).reopen()
    assert (tip.status, tip.verdict, tip.claimer) == (Status.REOPENED, Verdict.VALUABLE, None)
    with pytest.raises(errors.IllegalMove):
        make_tip().reopen()


@pytest.mark.parametrize("verdict", sorted(set(Verdict) - {Verdict.NONE}))
@pytest.mark.parametrize("status", [Status.NEW, Status.REOPENED])
def test_a_verdict_on_a_tip_nobody_has_claims_it_in_the_same_version(status: Status, verdict: Verdict) -> None:
    """Whoever judged answers for it, and no second press comes between."""
    tip, _ = make_tip(status).judge(verdict, by=HUNG, on=TODAY)
    assert (tip.claimer, tip.version) == (HUNG, 2)


@pytest.mark.parametrize(
    ("status", "verdict", "after"),
    [
        (Status.CLAIMED, Verdict.NONE, Status.NEW),
        (Status.VERIFYING, Verdict.NONE, Status.REOPENED),
        (Status.VERIFYING, Verdict.VALUABLE, Status.REOPENED),
        (Status.CLAIMED, Verdict.VALUABLE, Status.REOPENED),
    ],
)
def test_a_tip_that_is_given_back_can_be_taken_by_the_next(status: Status, verdict: Verdict, after: Status) -> None:
    """Its reporter is not told a step back, and its verdict stands."""
    tip, event = make_tip(status, verdict, HUNG).give_back()
    assert (tip.status, tip.verdict, tip.claimer, event) == (after, verdict, None, Event.RETURNED)
    assert tip.claim(MINH)[0].claimer == MINH
    with pytest.raises(errors.IllegalMove):
        tip.give_back()


@pytest.mark.parametrize("status", [Status.CLOSED, Status.REOPENED])
def test_whoever_takes_a_verdict_back_on_a_tip_nobody_has_works_on_it(status: Status) -> None:
    """The one who had it may be gone: nobody could ever take it then."""
    claimer = HUNG if status is Status.CLOSED else None
    assert make_tip(status, Verdict.VALUABLE, claimer).take_back_verdict(MINH)[0].claimer == MINH
    assert make_tip(Status.VERIFYING, Verdict.VALUABLE, HUNG).take_back_verdict(MINH)[0].claimer == HUNG


def test_only_a_tip_that_nobody_works_on_moves_with_the_staff() -> None:
    """An officer must not lose what they are in the middle of."""
    moved, event = make_tip().move(CITY)
    assert (moved.unit, moved.held_by, moved.version, event) == (WARD, CITY, 2, Event.MOVED)
    with pytest.raises(errors.IllegalMove):
        make_tip(Status.CLAIMED, claimer=HUNG).move(CITY)


@pytest.mark.parametrize("status", [Status.NEW, Status.CLAIMED, Status.VERIFYING, Status.REOPENED])
def test_a_tip_handed_to_the_inspectorate_is_nobodys_any_more(status: Status) -> None:
    """Least of all whose colleagues it is about."""
    tip, event = make_tip(status, claimer=HUNG).hand_to_inspectorate(INSPECTORATE)
    assert (tip.unit, tip.held_by, tip.claimer, tip.status) == (INSPECTORATE, INSPECTORATE, None, Status.NEW)
    assert event is Event.TO_INSPECTORATE
    with pytest.raises(errors.AlreadyJudged):
        make_tip(Status.VERIFYING, Verdict.VALUABLE, HUNG).hand_to_inspectorate(INSPECTORATE)
