"""What is still to happen, in dictionaries."""

from collections.abc import MutableSequence, Sequence

from bot.domain.ids import ChatId, OfficerNumber, ReminderNumber, TipNumber
from bot.domain.reminders import News, Reminder
from bot.ports import HandedOver, Ids, StoredReminder, WaitingNews
from tests.memory.state import State


class MemoryReminders:
    """Implements `bot.ports.Reminders`."""

    def __init__(self, state: State, ids: Ids, queued: MutableSequence[HandedOver]) -> None:
        self._s = state
        self._ids = ids
        self._queued = queued

    async def add(self, reminder: Reminder) -> None:
        number = self._ids.reminder_number()
        self._s.reminders[number] = reminder
        self._queued.append(StoredReminder(number, reminder))

    async def take(self, number: ReminderNumber) -> Reminder | None:
        return self._s.reminders.pop(number, None)

    async def all(self) -> Sequence[tuple[ReminderNumber, Reminder]]:
        return list(self._s.reminders.items())

    async def forget(self, chat: ChatId) -> None:
        for number, reminder in await self.all():
            if getattr(reminder, "chat", None) == chat:
                del self._s.reminders[number]


class MemoryUntold:
    """Implements `bot.ports.Untold`."""

    def __init__(self, state: State, queued: MutableSequence[HandedOver]) -> None:
        self._s = state
        self._queued = queued

    async def add(self, officer: OfficerNumber, tip: TipNumber, what: News) -> None:
        self._s.untold[officer, tip, what] = True
        self._queued.append(WaitingNews(is_quiet=what == "quiet"))

    async def officers(self, *, is_quiet: bool) -> Sequence[OfficerNumber]:
        return sorted({officer for officer, _, what in self._s.untold if (what == "quiet") == is_quiet})

    async def take(self, officer: OfficerNumber, *, is_quiet: bool) -> Sequence[tuple[TipNumber, News]]:
        taken = [each for each in self._s.untold if each[0] == officer and (each[2] == "quiet") == is_quiet]
        for each in taken:
            del self._s.untold[each]
        return sorted((tip, what) for _, tip, what in taken)
