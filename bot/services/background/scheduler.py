"""What happens by the clock: digests when they are due, the daily watch, and names of places that were added.

Late rather than never: after a pause, however long, the first look finds what is due.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bot.ports import Chore, Executor, Refused, Repeated, reason_of
from bot.services.background.startup import Startup
from bot.services.background.watch import Watch
from bot.services.campaign.digests import ListDue, QueueDigest, WeeklyDigests

LOOKS_EVERY: Final = timedelta(seconds=30)

_log = logging.getLogger(__name__)


@dataclass
class Scheduler:
    """Looks at the clock until stopped."""

    executor: Executor
    digests: WeeklyDigests
    startup: Startup
    watch: Watch
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Look every half minute. A failure is logged and tried again at the next look."""
        while not self._stopping.is_set():
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - an edge: one failed chore must not stop the others
                _log.exception("a chore failed; it is tried again", extra={"reason": reason_of(error)})
            try:
                await asyncio.wait_for(self._stopping.wait(), LOOKS_EVERY.total_seconds())
            except TimeoutError:
                continue

    def stop(self) -> None:
        """Ask `run` to end."""
        self._stopping.set()

    async def look(self) -> None:
        """Do what is due now."""
        due = await self.executor.run(self.digests.due, ListDue())
        if not isinstance(due, Repeated | Refused):
            week, units = due
            for unit in units:
                await self.executor.run(self.digests.queue, QueueDigest(unit=unit, week=week))
        await self.executor.run(self.startup.learn, Chore())
        await self.executor.run(self.watch.remind, Chore())
