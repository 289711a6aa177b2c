"""The running of the program: components run until they are stopped, and stop in the opposite order of starting."""

import asyncio
import gc
import logging
import signal
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

_log = logging.getLogger(__name__)


class Component(Protocol):
    """A part of the program that goes on by itself."""

    async def run(self) -> None:
        """Go on until `stop`, and return when nothing is left half done."""
        ...

    def stop(self) -> None:
        """Ask `run` to end soon."""
        ...


class OneJob:
    """A component that does one job beside the others: nobody waits for it, and it is broken off by `stop`."""

    def __init__(self, job: Callable[[], Awaitable[object]]) -> None:
        self._job = job
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Begin the job; however it ends, the others go on."""
        doing = asyncio.ensure_future(self._job())
        try:
            await self._stopping.wait()
        finally:
            doing.cancel()
            await asyncio.gather(doing, return_exceptions=True)

    def stop(self) -> None:
        """Break the job off."""
        self._stopping.set()


def stop_on_signals() -> asyncio.Event:
    """Give the event that SIGINT and SIGTERM set."""
    stopped = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
    return stopped


async def run_together(components: Sequence[Component], *, stopped: asyncio.Event) -> None:
    """Start components in order; when `stopped` is set, or one ends by itself, stop them from the last to the first.

    Each is waited for before the one started earlier is stopped. Raises what a component failed with.
    """
    tasks = [asyncio.create_task(each.run(), name=type(each).__name__) for each in components]
    for task in tasks:
        task.add_done_callback(lambda _: stopped.set())
    _settle_memory()
    _log.info("ready")
    try:
        await stopped.wait()
        for component, task in zip(reversed(components), reversed(tasks), strict=True):
            component.stop()
            await asyncio.wait({task})
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        task.result()
    _log.info("stopped")


def _settle_memory() -> None:
    """Spare the collector what lives as long as the process: it need not be looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
