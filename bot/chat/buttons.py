"""What a button carries: a short typed record, packed into callback data and checked when it comes back.

A kind of button is a dataclass in the union `AnyButton`; how it is packed and read follows from the types of its
fields. Data from outside may be forged or older than this program: `unpack` gives None for it and never raises. A
button names things and never permits anything; citizens' buttons carry opaque handles, never a tip's number.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Final, Literal, Union, get_args, get_origin, get_type_hints

from bot.domain.campaign.periods import Span
from bot.domain.conversation import Language
from bot.domain.ids import CaseNumber, Handle, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.domain.screens.officer import CardAction
from bot.domain.tip import Channel
from bot.services.commands.citizen import DraftStep, OwnStep

LIMIT: Final = 64
"""Bytes of callback data (Bot API, InlineKeyboardButton)."""
BIGGEST: Final = 2**53 - 1

Pick = Annotated[str, "a unit's code, or a page of the picker"]
PeriodsBack = Annotated[int, "no further back than the program is old"]

SHAPES: Final[Mapping[Any, re.Pattern[str] | range]] = {
    Handle: re.compile(r"[A-Za-z0-9_-]{8}"),
    UnitCode: re.compile(r"[0-9a-z-]{1,12}"),
    Pick: re.compile(r"[0-9a-z-]{1,12}"),
    TipNumber: range(1, BIGGEST + 1),
    CaseNumber: range(1, BIGGEST + 1),
    OfficerNumber: range(1, BIGGEST + 1),
    PeriodsBack: range(201),
    int: range(BIGGEST + 1),
}
"""What a field of a type may hold: texts of a pattern, numbers of a range; enumerations and literals say it alone."""

_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,15}")


class ButtonData:
    """A button's record. Each kind is a frozen dataclass with a prefix of its own."""

    prefix: ClassVar[str]

    def pack(self) -> str:
        """Give the callback data. Raises ValueError when it does not fit."""
        values = (getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]  # all are dataclasses
        data = ":".join([self.prefix, *("" if value is None else str(value) for value in values)])
        if len(data.encode()) > LIMIT:
            raise ValueError(f"callback data of {len(data.encode())} bytes")
        return data


@dataclass(frozen=True, slots=True)
class DraftButton(ButtonData):
    """A button of a draft card."""

    prefix: ClassVar[str] = "d"
    step: DraftStep
    handle: Handle
    pick: Pick | None = None
    """A unit's code for CHOOSE, a page for PICK."""


@dataclass(frozen=True, slots=True)
class OwnTipButton(ButtonData):
    """A button about a citizen's own tip."""

    prefix: ClassVar[str] = "o"
    step: OwnStep
    handle: Handle


@dataclass(frozen=True, slots=True)
class OwnPageButton(ButtonData):
    """A page of an own tip that is too long for one message; page 0 is where it opens."""

    prefix: ClassVar[str] = "h"
    handle: Handle
    page: int


@dataclass(frozen=True, slots=True)
class ChatButton(ButtonData):
    """A button about the chat as a whole."""

    prefix: ClassVar[str] = "c"
    what: Literal["wipe", "wipe_sure", "stop_sure", "cancel"]


@dataclass(frozen=True, slots=True)
class LanguageButton(ButtonData):
    """A language to choose."""

    prefix: ClassVar[str] = "l"
    language: Language


@dataclass(frozen=True, slots=True)
class QueueButton(ButtonData):
    """A page of the queue."""

    prefix: ClassVar[str] = "q"
    page: int


class Sure(StrEnum):
    """How far a press on a card has got."""

    ASK = "a"
    SURE = "s"


@dataclass(frozen=True, slots=True)
class TipButton(ButtonData):
    """A button of an officer's card."""

    prefix: ClassVar[str] = "t"
    action: CardAction | Literal["open"]
    tip: TipNumber
    version: int
    sure: Sure = Sure.ASK


@dataclass(frozen=True, slots=True)
class PageButton(ButtonData):
    """A page of a card that is too long for one message; page 0 is where it opens."""

    prefix: ClassVar[str] = "p"
    tip: TipNumber
    page: int


@dataclass(frozen=True, slots=True)
class CaseButton(ButtonData):
    """A case to count a tip in."""

    prefix: ClassVar[str] = "k"
    tip: TipNumber
    version: int
    case: CaseNumber | Literal["new"]


@dataclass(frozen=True, slots=True)
class ChannelButton(ButtonData):
    """How a tip from outside the bot came in."""

    prefix: ClassVar[str] = "w"
    channel: Channel


@dataclass(frozen=True, slots=True)
class StatsButton(ButtonData):
    """Other figures: a unit, a span, and how many periods back."""

    prefix: ClassVar[str] = "s"
    unit: UnitCode
    span: Span
    back: PeriodsBack


@dataclass(frozen=True, slots=True)
class JoinButton(ButtonData):
    """A waiting person, to be let in or not."""

    prefix: ClassVar[str] = "j"
    officer: OfficerNumber
    answer: Literal["y", "n"]


@dataclass(frozen=True, slots=True)
class InviteButton(ButtonData):
    """A role to invite for a unit."""

    prefix: ClassVar[str] = "i"
    role: Role
    unit: UnitCode


@dataclass(frozen=True, slots=True)
class PersonButton(ButtonData):
    """A person whose role is to end."""

    prefix: ClassVar[str] = "r"
    officer: OfficerNumber
    sure: Sure = Sure.ASK


AnyButton = (
    DraftButton
    | OwnTipButton
    | OwnPageButton
    | ChatButton
    | LanguageButton
    | QueueButton
    | TipButton
    | PageButton
    | CaseButton
    | ChannelButton
    | StatsButton
    | JoinButton
    | InviteButton
    | PersonButton
)

_KINDS: Final[Mapping[str, type[AnyButton]]] = {kind.prefix: kind for kind in get_args(AnyButton)}
_TYPES: Final[Mapping[str, list[Any]]] = {
    prefix: [get_type_hints(kind, include_extras=True)[field.name] for field in fields(kind)]
    for prefix, kind in _KINDS.items()
}


def unpack(data: str) -> AnyButton | None:
    """Read callback data; None for anything this program would not have written."""
    prefix, *texts = data.split(":")
    if prefix not in _KINDS:
        return None
    try:
        values = [_read(kind, text) for kind, text in zip(_TYPES[prefix], texts, strict=True)]
        button = _KINDS[prefix](*values)
        return button if button.pack() == data else None
    except ValueError:
        return None


def _read(kind: Any, text: str) -> Any:
    """Read a value of a field's type. Raises ValueError for what is none."""
    if get_origin(kind) in {Union, UnionType}:
        for each in get_args(kind):
            with suppress(ValueError):
                return _read(each, text)
    elif kind not in SHAPES:
        choices = _choices(kind)
        if text in choices:
            return choices[text]
    elif isinstance(shape := SHAPES[kind], range):
        if _NUMBER.fullmatch(text) and int(text) in shape:
            return int(text)
    elif shape.fullmatch(text):
        return text
    raise ValueError("no value of this type")


def _choices(kind: Any) -> Mapping[str, object]:
    """List the values of a type that has few, by their texts."""
    if kind is NoneType:
        return {"": None}
    return {str(each): each for each in (get_args(kind) if get_origin(kind) is Literal else kind)}
