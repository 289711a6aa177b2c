"""What a button carries: a short typed record, packed into callback data and checked when it comes back.

Data from outside may be forged or older than this program: `unpack` gives None for it and never raises. A button names
things and never permits anything; citizens' buttons carry opaque handles, never a tip's number.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import ClassVar, Literal, Self

from bot.domain.conversation import Language
from bot.domain.periods import Span
from bot.domain.roles import Role
from bot.domain.screens.officer import CardAction
from bot.domain.tip import Channel
from bot.services.commands import DraftStep, OwnStep

LIMIT = 64
"""Bytes of callback data (Bot API, InlineKeyboardButton)."""
BIGGEST = 2**53 - 1

_HANDLE = re.compile(r"[A-Za-z0-9_-]{8}")
_UNIT = re.compile(r"[0-9a-z-]{1,12}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")


class Press(ABC):
    """A button's record. Each kind is a frozen dataclass with a prefix of its own."""

    prefix: ClassVar[str]

    def pack(self) -> str:
        """Give the callback data. Raises ValueError when it does not fit."""
        parts = [self.prefix]
        for field in fields(self):  # type: ignore[arg-type]  # every kind is a dataclass
            value = getattr(self, field.name)
            parts.append("" if value is None else str(value.value if isinstance(value, StrEnum) else value))
        data = ":".join(parts)
        if not 1 <= len(data.encode()) <= LIMIT:
            raise ValueError(f"callback data of {len(data.encode())} bytes")
        return data

    @classmethod
    @abstractmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix. Raises ValueError."""


@dataclass(frozen=True, slots=True)
class OnDraft(Press):
    """A button of a draft card."""

    prefix: ClassVar[str] = "d"
    step: DraftStep
    handle: str
    unit: str | None = None
    """A unit's code for CHOOSE, a page for PICK."""

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        step, handle, unit = parts
        return cls(DraftStep(step), _match(_HANDLE, handle), _match(_UNIT, unit) if unit else None)


@dataclass(frozen=True, slots=True)
class OnOwnTip(Press):
    """A button about a citizen's own tip."""

    prefix: ClassVar[str] = "o"
    step: OwnStep
    handle: str

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        step, handle = parts
        return cls(OwnStep(step), _match(_HANDLE, handle))


@dataclass(frozen=True, slots=True)
class OnOwnPage(Press):
    """A page of an own tip that is too long for one message; page 0 is where it opens."""

    prefix: ClassVar[str] = "h"
    handle: str
    page: int

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        handle, page = parts
        return cls(_match(_HANDLE, handle), _number(page))


@dataclass(frozen=True, slots=True)
class OnChat(Press):
    """A button about the chat as a whole."""

    prefix: ClassVar[str] = "c"
    what: Literal["wipe", "wipe_sure", "stop_sure", "tips", "privacy", "cancel", "queue", "walk_in"]

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        (what,) = parts
        match what:
            case "wipe" | "wipe_sure" | "stop_sure" | "tips" | "privacy" | "cancel" | "queue" | "walk_in":
                return cls(what)
            case _:
                raise ValueError(what)


@dataclass(frozen=True, slots=True)
class OnLanguage(Press):
    """A language to choose."""

    prefix: ClassVar[str] = "l"
    language: Language

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        (language,) = parts
        return cls(Language(language))


@dataclass(frozen=True, slots=True)
class OnQueue(Press):
    """A page of the queue."""

    prefix: ClassVar[str] = "q"
    page: int

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        (page,) = parts
        return cls(_number(page))


class Sure(StrEnum):
    """How far a press on a card has got."""

    ASK = "a"
    SURE = "s"


@dataclass(frozen=True, slots=True)
class OnTip(Press):
    """A button of an officer's card."""

    prefix: ClassVar[str] = "t"
    action: CardAction | Literal["open"]
    tip: int
    version: int
    sure: Sure = Sure.ASK

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        action, tip, version, sure = parts
        what: CardAction | Literal["open"] = "open" if action == "open" else CardAction(action)
        return cls(what, _positive(tip), _number(version), Sure(sure))


@dataclass(frozen=True, slots=True)
class OnPage(Press):
    """A page of a card that is too long for one message; page 0 is where it opens."""

    prefix: ClassVar[str] = "p"
    tip: int
    page: int

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        tip, page = parts
        return cls(_positive(tip), _number(page))


@dataclass(frozen=True, slots=True)
class OnCase(Press):
    """A case to count a tip in; 0 opens a new one."""

    prefix: ClassVar[str] = "k"
    tip: int
    version: int
    case: int

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        tip, version, case = parts
        return cls(_positive(tip), _number(version), _number(case))


@dataclass(frozen=True, slots=True)
class OnChannel(Press):
    """How a tip from outside the bot came in."""

    prefix: ClassVar[str] = "w"
    channel: Channel

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        (channel,) = parts
        return cls(Channel(channel))


@dataclass(frozen=True, slots=True)
class OnStats(Press):
    """Other figures: a unit, a span, and how many periods back."""

    prefix: ClassVar[str] = "s"
    unit: str
    span: Span
    back: int

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        unit, span, back = parts
        number = _number(back)
        if number > 200:  # noqa: PLR2004 - further back than the program is old
            raise ValueError(back)
        return cls(_match(_UNIT, unit), Span(span), number)


@dataclass(frozen=True, slots=True)
class OnJoin(Press):
    """A waiting person, to be let in or not."""

    prefix: ClassVar[str] = "j"
    officer: int
    answer: Literal["y", "n"]

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        officer, answer = parts
        if answer not in {"y", "n"}:
            raise ValueError(answer)
        return cls(_positive(officer), "y" if answer == "y" else "n")


@dataclass(frozen=True, slots=True)
class OnInvite(Press):
    """A role to invite for a unit."""

    prefix: ClassVar[str] = "i"
    role: Role
    unit: str

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        role, unit = parts
        return cls(Role(role), _match(_UNIT, unit))


@dataclass(frozen=True, slots=True)
class OnPerson(Press):
    """A person whose role is to end."""

    prefix: ClassVar[str] = "r"
    officer: int

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Read the parts behind the prefix."""
        (officer,) = parts
        return cls(_positive(officer))


KINDS: tuple[type[Press], ...] = (
    OnDraft,
    OnOwnTip,
    OnChat,
    OnLanguage,
    OnQueue,
    OnTip,
    OnPage,
    OnOwnPage,
    OnCase,
    OnChannel,
    OnStats,
    OnJoin,
    OnInvite,
    OnPerson,
)
_BY_PREFIX = {kind.prefix: kind for kind in KINDS}


def unpack(data: str) -> Press | None:
    """Read callback data; None for anything this program would not have written."""
    if len(data.encode(errors="replace")) > LIMIT:
        return None
    prefix, *parts = data.split(":")
    kind = _BY_PREFIX.get(prefix)
    if kind is None:
        return None
    try:
        press = kind.read(parts)
        return press if press.pack() == data else None
    except ValueError:
        return None


def _match(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text


def _number(text: str) -> int:
    number = int(_match(_NUMBER, text))
    if number > BIGGEST:
        raise ValueError(text)
    return number


def _positive(text: str) -> int:
    number = _number(text)
    if number < 1:
        raise ValueError(text)
    return number
