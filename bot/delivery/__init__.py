"""Messages out: taken from the outbox, sent at the pace Telegram allows, and written down.

Two loops side by side. The pump sends, and only looks at what is in memory. The round keeper takes messages from the
outbox and writes down what became of them: one unit of work a round, however many ended since the last. Nothing is sent
inside a transaction, and a message leaves the outbox only after it arrived: it is queued once, and may arrive twice
when the answer to a request was lost.
"""

import asyncio

from bot.delivery.pacing import Pace, Rate
from bot.delivery.pump import Pump
from bot.delivery.round_keeper import RoundKeeper
from bot.ports import Clock, Executor, Sender

__all__ = ["Delivery", "Pace", "Rate"]


class Delivery:
    """Sends what is in the outbox, until stopped."""

    def __init__(self, *, executor: Executor, sender: Sender, clock: Clock, pace: Pace | None = None) -> None:
        pace = pace or Pace()
        self._keeper = RoundKeeper(executor=executor, clock=clock, pace=pace)
        self._pump = Pump(sender=sender, clock=clock, pace=pace, keeper=self._keeper)

    def nudge(self) -> None:
        """Say that something was written to the outbox: call it after a commit."""
        self._keeper.look()

    def stop(self) -> None:
        """Ask `run` to end: nothing new is sent, what is on its way may arrive."""
        self._keeper.take_no_more()
        self._pump.stop()

    async def run(self) -> None:
        """Deliver until `stop`. What is in hand then stays in the outbox for the next start."""
        await self._keeper.release_leases()
        keeping = asyncio.create_task(self._keeper.run(self._pump.take_in))
        sending = asyncio.create_task(self._pump.run())
        sending.add_done_callback(lambda _: self._keeper.finish())
        try:
            await asyncio.gather(keeping, sending)
        finally:
            for task in (keeping, sending):
                task.cancel()
            await asyncio.gather(keeping, sending, return_exceptions=True)
