"""Waiting for a bell or for a moment, whichever comes first."""

import asyncio


def moment() -> float:
    """Tell the moment on the loop's clock, which does not run backwards."""
    return asyncio.get_running_loop().time()


class Alarm:
    """Wakes the one who waits; a ring that comes while nobody waits is heard at the next wait."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake whoever waits."""
        self._rung.set()

    async def wait(self, until: float | None = None) -> None:
        """Wait for a ring, or for a moment."""
        timer = None if until is None else asyncio.get_running_loop().call_at(until, self._rung.set)
        try:
            await self._rung.wait()
        finally:
            if timer is not None:
                timer.cancel()
        self._rung.clear()
