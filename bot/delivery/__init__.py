"""Messages out: handed over by what committed them, sent at the pace Telegram allows, and written down.

Two loops side by side. The pump sends: it knows every row that waits, and whose turn it is. The round keeper writes
down what became of messages, looks up those that are about to leave, and reads what was not handed over: one unit of
work a round. Nothing is sent inside a transaction, and a message leaves the outbox only after it arrived: it is queued
once, and may arrive twice when the answer to a request was lost. Who has which row in hand is known in memory alone.
"""

import asyncio
from collections.abc import Sequence

from bot.delivery.chat_queues import SendQueue
from bot.delivery.pacing import Pace, Rate
from bot.delivery.pump import Pump
from bot.delivery.round_keeper import RoundKeeper
from bot.delivery.rounds import MayRead, OnBlocked, Rounds
from bot.domain.ids import ChatId
from bot.ports import Executor, HandedOver, Sender

__all__ = ["Delivery", "Pace", "Rate"]


class Delivery:
    """Sends what is in the outbox, until stopped."""

    def __init__(
        self,
        *,
        executor: Executor,
        sender: Sender,
        may_read: MayRead,
        on_blocked: OnBlocked | None = None,
        pace: Pace | None = None,
    ) -> None:
        pace = pace or Pace()
        queues = SendQueue(pace)
        self._keeper = RoundKeeper(executor=executor, rounds=Rounds(may_read, on_blocked), queues=queues)
        self._pump = Pump(sender=sender, pace=pace, queues=queues, keeper=self._keeper)

    def hear(self, handed_over: Sequence[HandedOver]) -> None:
        """Take what committed use cases queued: the executor's listener."""
        for row in self._keeper.hear(handed_over):
            self._pump.put(row)

    def heard_from(self, chat: ChatId) -> None:
        """Say that a person wrote or pressed: what waited for them while they took no messages may be sent."""
        self._keeper.heard_from(chat)

    def stop(self) -> None:
        """Ask `run` to end: nothing new is sent, what is on its way may arrive."""
        self._keeper.take_no_more()
        self._pump.stop()

    async def run(self) -> None:
        """Deliver until `stop`. What is in hand then stays in the outbox for the next start."""
        keeping = asyncio.create_task(self._keeper.run(self._pump))
        sending = asyncio.create_task(self._pump.run())
        sending.add_done_callback(lambda _: self._keeper.finish())
        try:
            await asyncio.gather(keeping, sending)
        finally:
            for task in (keeping, sending):
                task.cancel()
            await asyncio.gather(keeping, sending, return_exceptions=True)
