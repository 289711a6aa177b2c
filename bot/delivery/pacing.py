"""How fast messages may go out: a meter tells when the next one may leave, from nothing but the times of the last.

Moments are seconds of any clock that does not run backwards.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Final

from bot.domain.ids import ChatId

_STORM: Final = 8
_WITHIN: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a second in the long run, and so many at once after a rest."""

    per_second: float
    burst: float = 1


class Meter:
    """Counts what leaves against a rate: the generic cell rate algorithm, one number a meter."""

    __slots__ = ("_full_at", "_interval", "_tolerance")

    def __init__(self, rate: Rate) -> None:
        self._interval = 1 / rate.per_second
        self._tolerance = (max(rate.burst, 1) - 1) * self._interval
        self._full_at = float("-inf")

    def ready_at(self) -> float:
        """Tell from which moment on one more may leave."""
        return self._full_at - self._tolerance

    def take(self, now: float) -> None:
        """Count one that leaves now."""
        self._full_at = max(self._full_at, now) + self._interval

    def is_rested(self, now: float) -> bool:
        """Tell whether the meter remembers nothing any more: a new one would say the same."""
        return self._full_at <= now


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The limits of one bot. Telegram allows about 30 messages a second, 1 a second a chat, 20 a minute a group."""

    overall: Rate = Rate(28, burst=10)
    chat: Rate = Rate(1, burst=4)
    """The burst lets a few answers to one press go at once."""
    group: Rate = Rate(20 / 60, burst=3)
    at_once: int = 64
    """Messages in hand at a time: looked up, on their way, or being written down."""
    known: int = 100_000
    """Rows of the outbox known in memory at a time; the others are read when there is room."""
    loaded: int = 4_000
    """Messages kept whole in memory; of the others only what decides about their turn."""
    loaded_of_chat: int = 16


class Storm:
    """Tells the limit of the whole bot from that of single chats: many in a row are told to wait, and none not."""

    PAUSE: ClassVar = timedelta(seconds=5)
    """How long everything waits at most after each further chat that was told to wait in a storm."""

    def __init__(self) -> None:
        self._told: dict[ChatId, float] = {}

    def grows(self, chat: ChatId, now: float) -> bool:
        """Count a chat that was told to wait; True when so many mean everything."""
        self._told = {each: at for each, at in self._told.items() if now - at <= _WITHIN.total_seconds()}
        is_further = chat not in self._told
        self._told[chat] = now
        return is_further and len(self._told) >= _STORM

    def is_over(self) -> None:
        """Say that something was let through."""
        self._told.clear()
