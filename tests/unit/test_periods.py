"""City days, weeks and when a digest is due."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.campaign.periods import Span, city_day, digest_due, latest_due_week, parse_week, period_of, week_of


def test_a_day_begins_at_midnight_in_the_city_not_in_greenwich() -> None:
    """A tip at 00:30 in Cần Thơ belongs to the new day although Greenwich still has the old one."""
    assert city_day(datetime(2026, 11, 22, 17, 30, tzinfo=UTC)) == date(2026, 11, 23)
    assert city_day(datetime(2026, 11, 22, 16, 59, tzinfo=UTC)) == date(2026, 11, 22)


def test_a_digest_is_due_on_monday_at_seven_in_the_city() -> None:
    """07:00 in Cần Thơ is 00:00 UTC."""
    assert digest_due(parse_week("2026-W47")) == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def test_the_latest_due_week_waits_for_monday_seven_o_clock() -> None:
    """A minute early it is still the week before."""
    assert latest_due_week(datetime(2026, 11, 22, 23, 59, tzinfo=UTC)).name == "2026-W46"
    assert latest_due_week(datetime(2026, 11, 23, 0, 0, tzinfo=UTC)).name == "2026-W47"


@pytest.mark.parametrize(
    "text", ["2026-W54", "2025-W53", "W47", "2026-47", "", "2026-W00", "9999-W52", "0001-W01", "1999-W52", "2101-W01"]
)
def test_a_week_that_does_not_exist_is_refused(text: str) -> None:
    """A digest of a wrong week would be a wrong number."""
    with pytest.raises(errors.NotUnderstood):
        parse_week(text)


@given(st.text() | st.builds("{:04}-W{}".format, st.integers(0, 9999), st.integers(0, 99)))
def test_any_text_is_a_week_with_a_digest_or_not_understood(text: str) -> None:
    """Whatever is typed: a week at the end of time has no Monday after it."""
    try:
        week = parse_week(text)
    except errors.NotUnderstood:
        return
    assert 2000 <= int(week.name[:4]) <= 2100
    assert digest_due(week).date() >= week.last


def test_iso_years_name_the_weeks_around_new_year() -> None:
    """31 December 2026 lies in 2026-W53, 1 January 2027 too."""
    assert week_of(date(2026, 12, 31)).name == week_of(date(2027, 1, 1)).name == "2026-W53"


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.sampled_from(list(Span)))
def test_every_day_lies_in_its_own_period_and_names_read_back(day: date, span: Span) -> None:
    """Totals over periods must neither lose nor repeat a day."""
    period = period_of(span, day)
    assert day in period
    assert period_of(span, period.first) == period_of(span, period.last) == period
    if span is Span.WEEK:
        assert parse_week(period.name) == period


@given(st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_the_latest_due_week_is_due_and_the_next_is_not(now: datetime) -> None:
    """Late rather than never, and never early."""
    week = latest_due_week(now)
    assert digest_due(week) <= now
    following = week_of(date.fromordinal(week.last.toordinal() + 1))
    assert digest_due(following) > now
