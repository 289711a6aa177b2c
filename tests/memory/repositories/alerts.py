"""Warnings given, in a dictionary."""

from datetime import date

from tests.memory.state import MemoryRepository


class MemoryAlerts(MemoryRepository):
    """Implements `bot.ports.Alerts`."""

    async def once(self, kind: str, subject: str, day: date) -> bool:
        if (kind, subject, day) in self._s.alerts:
            return False
        self._s.alerts[kind, subject, day] = True
        return True

    async def forget_before(self, day: date, *, limit: int) -> int:
        dying = [each for each in self._s.alerts if each[2] < day][:limit]
        for each in dying:
            del self._s.alerts[each]
        return len(dying)
