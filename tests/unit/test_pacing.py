"""How fast messages may go out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pacing import Meter, Rate


def leave(meter: Meter, *, count: int, start: float = 0.0) -> list[float]:
    """Let messages leave as early as the meter allows."""
    moments, now = [], start
    for _ in range(count):
        now = max(now, meter.ready_at())
        meter.take(now)
        moments.append(now)
    return moments


def test_a_burst_goes_at_once_and_the_rest_at_the_rate() -> None:
    """A press is answered and its card edited without a pause, a flood is not."""
    assert leave(Meter(Rate(1, burst=3)), count=6, start=10.0) == [10, 10, 10, 11, 12, 13]


def test_a_rest_gives_the_burst_back() -> None:
    """After silence the next answers are immediate again."""
    meter = Meter(Rate(2, burst=2))
    leave(meter, count=5)
    assert not meter.is_rested(1.0)
    assert meter.is_rested(100.0)
    assert leave(meter, count=3, start=100.0) == [100, 100, 100.5]


@given(
    rate=st.floats(0.1, 1000),
    burst=st.integers(1, 50),
    waits=st.lists(st.floats(0, 5), min_size=1, max_size=60),
)
def test_no_window_holds_more_than_the_burst_and_the_rate(rate: float, burst: int, waits: list[float]) -> None:
    """Telegram counts over any span of time: whenever messages come, none is too full."""
    meter, now, moments = Meter(Rate(rate, burst=burst)), 0.0, []
    for wait in waits:
        now = max(now + wait, meter.ready_at())
        meter.take(now)
        moments.append(now)
    for first, start in enumerate(moments):
        for last in range(first, len(moments)):
            assert last - first + 1 <= burst + rate * (moments[last] - start) + 1e-6


def test_a_rate_far_above_any_load_does_not_hold_anything_up() -> None:
    """Measuring the program must not measure its pacing."""
    assert leave(Meter(Rate(1e9, burst=1)), count=1000)[-1] == pytest.approx(0, abs=1e-5)
