"""What is still to happen: reminders, and news that officers were not told yet."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import ChatId, OfficerNumber, ReminderNumber, TipNumber
from bot.domain.reminders import News, Reminder


class Reminders(Protocol):
    """What happens later, sealed whole: no clear time. Each is handed over after the commit."""

    async def add(self, reminder: Reminder) -> None:
        """Store a reminder under a random number."""
        ...

    async def take(self, number: ReminderNumber) -> Reminder | None:
        """Take a reminder out to fire it; None when it fired before, or was forgotten."""
        ...

    async def all(self) -> Sequence[tuple[ReminderNumber, Reminder]]:
        """Give every reminder that opens; called when the one active process starts."""
        ...

    async def forget(self, chat: ChatId) -> None:
        """Destroy whatever would still be told to a chat."""
        ...


class Untold(Protocol):
    """What officers are to be told of tips in their next message, without times; that something waits is handed over.

    Quiet news is told, listed and taken apart from the rest.
    """

    async def add(self, officer: OfficerNumber, tip: TipNumber, what: News) -> None:
        """Let an officer be told; nothing happens when that waits already."""
        ...

    async def officers(self, *, is_quiet: bool) -> Sequence[OfficerNumber]:
        """Name the officers for whom something waits."""
        ...

    async def take(self, officer: OfficerNumber, *, is_quiet: bool) -> Sequence[tuple[TipNumber, News]]:
        """Take out what waits for an officer, by number."""
        ...
