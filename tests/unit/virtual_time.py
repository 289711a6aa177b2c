"""An event loop whose clock jumps to the next timer, so that hours of pacing are tested in no time and exactly."""

import asyncio
import math
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class _Jumping(selectors.SelectSelector):
    """Never waits: tells the loop how far it would have."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("everything waits and nothing will ever happen")
        if not ready and timeout is not None:
            self.passed = math.nextafter(self.passed + timeout, math.inf)  # never a hair before the timer
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop over virtual time, in seconds from 1000."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Give the virtual moment."""
        return self._jumping.passed


class VirtualClock:
    """The clock port over the running loop's virtual time."""

    def now(self) -> datetime:
        """Give the virtual moment as a date."""
        return START + timedelta(seconds=asyncio.get_running_loop().time() - 1000)


def run_virtually(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run to the end on a fresh virtual loop."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(coroutine)
