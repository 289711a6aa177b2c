"""How much of one chat is told aloud, and how often codes may be guessed: counted in memory; nothing is lost by it.

Nothing is turned away here but guesses. Counts are by chat, so that `/xoa` does not begin them anew, and in memory
alone, so that the storage does not say who writes much: a restart begins them anew. The moment is always handed in. An
update that is tried again counts once.
"""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.ids import ChatId, UpdateKey

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
TIPS_AN_HOUR: Final = 5
TIPS_A_DAY: Final = 20
"""Tips of one chat that are told as ever; those after them are listed last, and told with others."""
URGENT_AN_HOUR: Final = 3
"""Urgent tips of one chat that ring alone; those after them ring with others, within a minute."""
MOST_SPAM: Final = 2
"""Tips of a conversation judged spam, from which on its later ones are listed last."""
MOST_MISSES: Final = 10
"""Wrong receipt codes per chat and hour."""
MISSES_OVERALL: Final = 200
"""Wrong receipt codes per hour over all chats, from which on who has missed waits between two tries."""
MOST_INSIDE: Final = 30
"""Numbers within words, per chat and hour, that are looked up as codes; those after them are words."""


class _Recent:
    """What chats did lately."""

    def __init__(self, keeps: timedelta) -> None:
        self._keeps = keeps
        self._all: deque[tuple[datetime, ChatId]] = deque()
        self._of: dict[ChatId, deque[tuple[datetime, UpdateKey]]] = {}

    def note(self, chat: ChatId, key: UpdateKey, *, now: datetime) -> None:
        while self._all and now - self._all[0][0] >= self._keeps:
            self._drop(self._all.popleft()[1])
        own = self._of.setdefault(chat, deque())
        if not own or own[-1][1] != key:
            own.append((now, key))
            self._all.append((now, chat))

    def _drop(self, chat: ChatId) -> None:
        own = self._of[chat]
        own.popleft()
        if not own:
            del self._of[chat]

    def within(self, span: timedelta, chat: ChatId, *, now: datetime) -> list[datetime]:
        return [at for at, _ in self._of.get(chat, ()) if now - at < span]

    def overall(self, *, now: datetime) -> int:
        return sum(now - at < self._keeps for at, _ in self._all)


@dataclass(frozen=True, slots=True)
class Loudness:
    """How a tip is told."""

    listed_last: bool
    """It stands at the end of the queue."""
    quiet: bool
    """It is not told alone: an urgent one with others within a minute, any other in the unit's hourly notice."""


class TipLimits:
    """Counts the tips of chats."""

    def __init__(self) -> None:
        self._tips = _Recent(_DAY)
        self._urgent = _Recent(_HOUR)

    def judge(self, chat: ChatId, key: UpdateKey, *, urgent: bool, spam: int, now: datetime) -> Loudness:
        """Count a tip and say how it is told; `spam` tips of its conversation have been judged so."""
        self._tips.note(chat, key, now=now)
        today = self._tips.within(_DAY, chat, now=now)
        lately = self._tips.within(_HOUR, chat, now=now)
        listed_last = len(lately) > TIPS_AN_HOUR or len(today) > TIPS_A_DAY or spam >= MOST_SPAM
        if not urgent:
            return Loudness(listed_last, quiet=listed_last)
        self._urgent.note(chat, key, now=now)
        is_many = len(self._urgent.within(_HOUR, chat, now=now)) > URGENT_AN_HOUR
        return Loudness(listed_last, quiet=is_many or spam >= MOST_SPAM)


class CodeTries:
    """Counts wrong receipt codes.

    A code has 53 random bits, so that one chat's ten guesses an hour find nothing in any time; many chats together are
    what is left to fear. When they miss often, each chat that has missed waits a minute for each of its own misses of
    the hour before it is heard again. A chat that has not missed is always heard: whoever has the right code at hand is
    kept from it by nobody else, and whoever mistyped it once by a minute. What is not heard is not looked up, so that
    waiting tells nothing about the code.

    Sixteen digits within words may be a bank card, and cost no try; so that nobody guesses that way instead, only some
    an hour are looked up, and none while the chat may not try.
    """

    def __init__(self) -> None:
        self._misses = _Recent(_HOUR)
        self._inside = _Recent(_HOUR)

    def wait(self, chat: ChatId, *, now: datetime) -> timedelta:
        """Tell how long a chat has to wait until its next try: zero, if it may try now."""
        misses = self._misses.within(_HOUR, chat, now=now)
        free = now
        if len(misses) >= MOST_MISSES:
            free = misses[-MOST_MISSES] + _HOUR
        elif misses and self._misses.overall(now=now) >= MISSES_OVERALL:
            free = misses[-1] + timedelta(minutes=len(misses))
        return max(free - now, timedelta())

    def may_look_inside(self, chat: ChatId, *, now: datetime) -> bool:
        """Say whether a number within words may be looked up."""
        return not self.wait(chat, now=now) and len(self._inside.within(_HOUR, chat, now=now)) < MOST_INSIDE

    def note_miss(self, chat: ChatId, key: UpdateKey, *, is_inside: bool, now: datetime) -> None:
        """Count a code that no tip has; within words it costs no try."""
        (self._inside if is_inside else self._misses).note(chat, key, now=now)


class Refusals:
    """Remembers what was refused in a chat a moment ago: an album of ten photos is told so once."""

    AGAIN: Final = timedelta(seconds=10)

    def __init__(self) -> None:
        self._said: dict[tuple[ChatId, str], tuple[datetime, UpdateKey]] = {}

    def is_news(self, chat: ChatId, what: str, key: UpdateKey, *, now: datetime) -> bool:
        """Say whether a refusal has not been told in this chat for a moment; while the same goes on it is not told."""
        self._said = {each: last for each, last in self._said.items() if now - last[0] < self.AGAIN}
        last = self._said.get((chat, what))
        is_news = last is None or last[1] == key
        self._said[chat, what] = (now, key)
        return is_news
