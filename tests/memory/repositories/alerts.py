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
