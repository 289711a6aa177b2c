"""When a tip must be acknowledged and when it must be settled: the clocks beside the queue.

Defaults follow the law as quoted in docs/metrics.md: any tip within 24 hours (commune police forward within a day), a
decision within 20 days (BLTTHS 2015, art. 147). The minutes of an urgent tip are no clock here, for what is kept of its
arrival is an hour: a reminder counts them, and the tip says when they are over.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor

from bot.domain.tip import Status, Tip


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long each step may take, from the hour the tip was received."""

    acknowledge: timedelta = timedelta(hours=24)
    resolve: timedelta = timedelta(days=20)

    def due(self, tip: Tip) -> datetime:
        """Give the moment of the next deadline of an open tip; as received is a rounded hour, it is early by < 1 h."""
        if _waits(tip):
            return tip.received if tip.urgent_overdue else tip.received + self.acknowledge
        return tip.received + self.resolve

    def hours_left(self, tip: Tip, *, now: datetime) -> int:
        """Give the whole hours until the next deadline; negative when it is over, none for an urgent tip."""
        left = floor((self.due(tip) - now) / timedelta(hours=1))
        return min(left, 0) if tip.urgent and _waits(tip) else left


def _waits(tip: Tip) -> bool:
    """Say whether nobody has taken the tip on."""
    return tip.status in {Status.NEW, Status.REOPENED}
