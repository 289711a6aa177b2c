"""Where a handler hands its command in: it is run to its commit, and only then is the update acknowledged."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.chat.acknowledgement import acknowledge, is_late
from bot.domain.ids import ChatId
from bot.ports import Executor, Handled, Repeated
from bot.services.commands.base import Command
from bot.services.commands.people import Block
from bot.services.dispatch import Dispatcher


@dataclass(frozen=True, slots=True)
class CommandRunner:
    """Takes commands."""

    executor: Executor
    dispatcher: Dispatcher
    heard_from: Callable[[ChatId], None]
    """Tells the delivery that a person is there."""

    async def take(self, command: Command) -> None:
        """Run a command; only after its commit is the update acknowledged. Raises what the executor raises."""
        answer = await self.executor.run(self.dispatcher.run, replace(command, is_late=True) if is_late() else command)
        acknowledge(Handled.REPEATED if isinstance(answer, Repeated) else Handled.DONE)
        if not (isinstance(command, Block) and command.blocked):
            self.heard_from(command.chat)
