"""When a tip must be acknowledged and when it must be settled: the clocks beside the queue.

Defaults follow DESIGN 8 and the law as quoted in docs/metrics.md: an urgent tip within 15 minutes, any tip within
24 hours (commune police forward within a day), a decision within 20 days (BLTTHS 2015, art. 147).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor

from bot.domain.tip import Status, Tip


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long each step may take, from the hour the tip was received."""

    urgent: timedelta = timedelta(minutes=15)
    acknowledge: timedelta = timedelta(hours=24)
    resolve: timedelta = timedelta(days=20)

    def due(self, tip: Tip) -> datetime:
        """Give the moment of the next deadline of an open tip; as received is a rounded hour, it is early by < 1 h."""
        if tip.status in {Status.NEW, Status.REOPENED}:
            return tip.received + (self.urgent if tip.urgent else self.acknowledge)
        return tip.received + self.resolve

    def hours_left(self, tip: Tip, *, now: datetime) -> int:
        """Give the whole hours until the next deadline; negative when it is over."""
        return floor((self.due(tip) - now) / timedelta(hours=1))
