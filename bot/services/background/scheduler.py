"""What happens by the clock: digests when they are due, and the end of what has lived long enough.

Late rather than never: after a pause, however long, the first look finds what is due.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.ports import Chore, Clock, Executor, Refused, Repeated
from bot.services.background.retention import expire
from bot.services.background.startup import Startup
from bot.services.campaign.digests import ListDue, QueueDigest, WeeklyDigests

LOOKS_EVERY: Final = timedelta(seconds=30)
EXPIRES_EVERY: Final = timedelta(hours=1)

_log = logging.getLogger(__name__)


@dataclass
class Scheduler:
    """Looks at the clock until stopped."""

    executor: Executor
    clock: Clock
    digests: WeeklyDigests
    startup: Startup
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _expired_at: datetime | None = None

    async def run(self) -> None:
        """Look every half minute. A failure is logged and tried again at the next look."""
        while not self._stopping.is_set():
            try:
                await self.look()
            except Exception:  # noqa: BLE001 - an edge: one failed chore must not stop the others
                _log.exception("a chore failed; it is tried again")
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
        now = self.clock.now()
        if self._expired_at is None or now - self._expired_at >= EXPIRES_EVERY:
            await self.executor.run(expire, Chore())
            self._expired_at = now
