"""One suite, every engine: the fixture `executor` is each of them in turn."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ports import Executor
from tests.contract.engines import Engines
from tests.memory.fakes import FixedClock


@pytest.fixture
def clock() -> FixedClock:
    """The time of the test."""
    return FixedClock()


@pytest.fixture(params=["memory", "sqlite"])
def engines(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Engines:
    """One kind of engine."""
    return Engines(request.param, tmp_path, clock)


@pytest.fixture
async def executor(engines: Engines) -> AsyncIterator[Executor]:
    """An empty engine."""
    async with engines.open() as opened:
        yield opened
