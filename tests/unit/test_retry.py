"""What becomes of a message after an attempt."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.retry import LONGEST_DELAY, Next, advise, back_off
from bot.ports import SendOutcome


@pytest.mark.parametrize(
    ("outcome", "then"),
    [
        (SendOutcome.SENT, Next.DROP),
        (SendOutcome.HARMLESS, Next.DROP),
        (SendOutcome.GONE, Next.DROP),
        (SendOutcome.BLOCKED, Next.PARK),
        (SendOutcome.REFUSED, Next.PARK),
        (SendOutcome.SLOW_DOWN, Next.RETRY),
        (SendOutcome.UNKNOWN, Next.RETRY),
    ],
)
def test_every_end_has_one_consequence(outcome: SendOutcome, then: Next) -> None:
    """A message is never dropped because a network was slow, and never repeated once it arrived."""
    assert advise(outcome, attempts=1).next is then


def test_telegrams_own_waiting_time_is_honoured() -> None:
    """Asking again too early makes the wait longer."""
    advice = advise(SendOutcome.SLOW_DOWN, attempts=1, retry_after=timedelta(seconds=17))
    assert advice.delay == timedelta(seconds=17)


@given(attempts=st.integers(1, 10_000))
def test_an_unknown_end_waits_longer_each_time_within_a_bound(attempts: int) -> None:
    """A long outage must neither hammer the server nor put a receipt off for hours."""
    delay = advise(SendOutcome.UNKNOWN, attempts=attempts).delay
    assert timedelta(seconds=1) <= delay <= LONGEST_DELAY
    assert delay <= advise(SendOutcome.UNKNOWN, attempts=attempts + 1).delay


@given(failures=st.integers(0, 10_000), chance=st.floats(0, 1))
def test_backing_off_is_bounded_and_spread(failures: int, chance: float) -> None:
    """Many bots that lost the same server must not come back at the same moment, nor never."""
    longest = timedelta(seconds=30)
    delay = back_off(failures, chance=chance, longest=longest)
    assert timedelta(seconds=0.5) <= delay <= longest
    assert delay <= back_off(failures, chance=0, longest=longest)
