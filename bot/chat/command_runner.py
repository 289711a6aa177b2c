"""Where a handler hands its command in: the use case is looked up, run to its commit, and the update is settled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.chat.acknowledgement import acknowledge
from bot.ports import Executor, UseCase
from bot.services.commands import Command


@dataclass(frozen=True, slots=True)
class CommandRunner:
    """Takes commands."""

    executor: Executor
    table: Mapping[type[Command], UseCase[Any, Any]]
    nudge: Callable[[], None]
    """Tells the delivery that something was written to the outbox."""

    async def take(self, command: Command) -> None:
        """Run a command's use case; only after its commit is the update settled. Raises what the work raises."""
        await self.executor.run(self.table[type(command)], command)
        acknowledge()
        self.nudge()
