"""The engines compared with each other over any history: what the use cases' tests see is what the city will see."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ports import Work
from tests.contract.asking import do
from tests.contract.engines import Engines
from tests.contract.steps import STEPS, Slip, Step, look, take
from tests.memory.fakes import FixedClock

SMALL = st.integers(0, 7)
ANY_STEP = st.builds(
    Step, st.sampled_from(sorted(STEPS)), st.tuples(SMALL, SMALL, SMALL, SMALL), st.sampled_from([False] * 9 + [True])
)
FIRST = Step("plant_units", (0, 0, 0, 0))


async def live(work: Work, clock: FixedClock, history: list[Step]) -> list[Any]:
    """Take the steps, one use case each, and note what was answered; then look at everything."""
    seen: list[Any] = []
    for step in [FIRST, *history]:
        try:
            seen.append(await do(work, lambda uow, step=step: take(uow, step)))  # type: ignore[misc]  # bound on purpose
        except Slip:
            seen.append(Slip)
        clock.advance(minutes=7)
    seen.append(await do(work, look))
    return seen


@settings(max_examples=80, deadline=None)
@given(st.lists(ANY_STEP, min_size=40, max_size=90))
async def test_after_any_history_the_engines_tell_the_same(history: list[Step]) -> None:
    """A fake that drifts from the real thing makes every test that stands on it worthless."""
    seen = []
    for kind in ("memory", "sqlite"):
        clock = FixedClock()
        with TemporaryDirectory() as folder:
            async with Engines(kind, Path(folder), clock).open() as work:
                seen.append(await live(work, clock, history))
    for number, (first, second) in enumerate(zip(*seen, strict=True)):
        if isinstance(first, dict):
            assert set(first) == set(second)
            for name in first:
                assert first[name] == second[name], name
        else:
            assert first == second, number
