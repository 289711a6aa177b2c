"""Updates in: fetched raw, handed over one by one, and acknowledged only after the commit.

Fetching needs the bot's id alone, which stands in the token. Nothing else that is asked of the Bot API goes before it:
neither the bot's name, nor its menus, nor that a webhook is gone.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.intake.batch import Raw
from bot.intake.handling import BUDGET, Take, UpdateHandler
from bot.intake.in_hand import InHand, Turn
from bot.intake.parked import ParkedUpdateHandler, tells_of_danger
from bot.intake.polling import Fetch, Patience, Polling
from bot.ports import Executor

__all__ = ["BUDGET", "Fetch", "Intake", "Patience", "Raw", "Take", "tells_of_danger"]

TRIES_AGAIN_EVERY: Final = timedelta(hours=1)
"""How often what failed is tried again, beside every start and every newer update of its chat."""


class Intake:
    """Brings updates to their end, until stopped: first those that were set aside, then what Telegram has."""

    def __init__(
        self,
        *,
        bot: int,
        executor: Executor,
        fetch: Fetch,
        take: Take,
        is_pressing: Callable[[Raw], bool],
        chance: Callable[[], float],
        patience: Patience | None = None,
        budget: timedelta = BUDGET,
    ) -> None:
        """Wire the intake; its parts say what each argument is for."""
        patience = patience or Patience()
        handler = UpdateHandler(bot=bot, take=take, executor=executor, budget=budget)
        self._parked = ParkedUpdateHandler(executor=executor, handler=handler, is_pressing=is_pressing)
        self._in_hand = InHand(self._parked.work, chance=chance, longest=patience.storage)

        async def set_aside(turn: Turn) -> None:
            if turn.number is not None and turn.raw is not None:
                await handler.set_aside(turn.number, turn.raw, chat=turn.chat)

        self._polling = Polling(
            fetch=fetch, in_hand=self._in_hand, set_aside=set_aside, chance=chance, patience=patience
        )

    async def run(self) -> None:
        """Take updates in until `stop`; returns when what is begun is ended and confirmed."""
        for turn in await self._parked.begin():
            self._in_hand.put(turn)
        hourly = asyncio.create_task(self._try_again_hourly())
        try:
            await self._polling.run()
        finally:
            hourly.cancel()
            await asyncio.gather(hourly, return_exceptions=True)

    def stop(self) -> None:
        """Ask `run` to end soon."""
        self._polling.stop()

    async def _try_again_hourly(self) -> None:
        while True:
            await asyncio.sleep(TRIES_AGAIN_EVERY.total_seconds())
            for wish in self._parked.wishes():
                self._in_hand.put(wish)
