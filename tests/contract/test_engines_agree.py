"""The engines compared with each other over any history: what the use cases' tests see is what the city will see."""

import inspect
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_type_hints

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import CaseNumber, ChatId, DecisionNumber, OfficerNumber, OutboxId, TipNumber, UpdateKey
from bot.domain.tip import Tip
from bot.ports import Executor, UnitOfWork
from tests.contract.asking import do
from tests.contract.engines import Engines
from tests.contract.steps import STEPS, Slip, Step, look, take
from tests.contract.unknown import WRITES
from tests.memory.fakes import FixedClock

SMALL = st.integers(0, 7)
ANY_STEP = st.builds(
    Step, st.sampled_from(sorted(STEPS)), st.tuples(SMALL, SMALL, SMALL, SMALL), st.sampled_from([False] * 9 + [True])
)
FIRST = Step("plant_units", (0, 0, 0, 0))


async def live(executor: Executor, clock: FixedClock, history: list[Step]) -> list[Any]:
    """Take the steps, one use case each, and note what was answered; then look at everything."""
    seen: list[Any] = []
    for step in [FIRST, *history]:
        try:
            seen.append(await do(executor, lambda uow, step=step: take(uow, step)))  # type: ignore[misc]  # bound on purpose
        except Slip:
            seen.append(Slip)
        clock.advance(minutes=7)
    seen.append(await do(executor, look))
    return seen


async def compare(history: list[Step]) -> None:
    """Live one history on every engine."""
    seen = []
    for kind in ("memory", "sqlite"):
        clock = FixedClock()
        with TemporaryDirectory() as folder:
            async with Engines(kind, Path(folder), clock).open() as executor:
                seen.append(await live(executor, clock, history))
    for number, (first, second) in enumerate(zip(*seen, strict=True)):
        if isinstance(first, dict):
            assert set(first) == set(second)
            for name in first:
                assert first[name] == second[name], name
        else:
            assert first == second, number


@given(st.lists(ANY_STEP, min_size=20, max_size=45))
async def test_after_any_history_the_engines_tell_the_same(history: list[Step]) -> None:
    """A fake that drifts from the real thing makes every test that stands on it worthless."""
    await compare(history)


async def test_what_was_asked_of_rows_that_were_not_there_leaves_nothing_behind() -> None:
    """The next row gets that number: an officer who was revoked before there was one would be forgotten at once."""
    rows = [Step("add_tip", (0, 0, 0, 1)), Step("enrol", (0, 0, 0, 0)), Step("put_out", (0, 0, 0, 0))]
    later = [Step("let_in_or_out", (7, 3, 0, 0)), Step("let_in_or_out", (1, 1, 0, 0))]
    await compare([*(Step("miss", (number, 0, 0, 0)) for number in range(3)), *rows, *later])


def test_every_method_that_names_a_row_and_changes_it_is_tried_without_the_row() -> None:
    """A new one joins the histories, or says here why it need not."""
    makes_the_row = {"conversations.put_place", "updates.settle", "parked.add", "receipts.add", "untold.add"}
    names = {CaseNumber, ChatId, DecisionNumber, OfficerNumber, OutboxId, TipNumber, UpdateKey, Tip}
    found = set()
    for book, members in _books().items():
        for name, method in members:
            hints = get_type_hints(method)
            answer = hints.pop("return", None)
            required = [
                each
                for each, parameter in inspect.signature(method).parameters.items()
                if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and each in hints
            ]
            if answer in {bool, type(None)} and any(hints[each] in names for each in required):
                found.add(f"{book}.{name}")
    assert found - makes_the_row <= set(WRITES)
    assert len(found) > len(makes_the_row)


def _books() -> dict[str, list[tuple[str, Any]]]:
    return {
        name: [each for each in vars(kind).items() if inspect.isfunction(each[1])]
        for name, kind in get_type_hints(UnitOfWork).items()
        if name != "ids"
    }
