"""Updates in: fetched raw, handed over one by one, and acknowledged only after the commit."""

from collections.abc import Awaitable, Callable

from bot.domain.ids import UpdateKey
from bot.intake.batch import Raw
from bot.intake.handling import UpdateHandler
from bot.intake.parked import ParkedUpdateHandler
from bot.intake.polling import Fetch, Polling
from bot.ports import Executor

__all__ = ["Intake"]


class Intake:
    """Brings updates to their end, until stopped: first those that were set aside, then what Telegram has."""

    def __init__(
        self,
        *,
        bot: int,
        executor: Executor,
        fetch: Fetch,
        take: Callable[[Raw], Awaitable[None]],
        park: Callable[[UpdateKey, str, str], Awaitable[object]],
        chance: Callable[[], float],
    ) -> None:
        """Wire the intake; its parts say what each argument is for."""
        self._parked = ParkedUpdateHandler(executor=executor, take=take, park=park)
        handler = UpdateHandler(bot=bot, take=self._parked.take, park=self._parked.park)
        self._polling = Polling(fetch=fetch, handle=handler.handle, chance=chance)

    async def run(self) -> None:
        """Take updates in until `stop`; returns when what is in hand is dealt with and confirmed."""
        await self._parked.try_all()
        await self._polling.run()

    def stop(self) -> None:
        """Ask `run` to end soon."""
        self._polling.stop()
