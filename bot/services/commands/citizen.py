"""What anyone can ask, whatever channel carries it: open the chat, write, send a tip, follow the own ones."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.domain.conversation import Language
from bot.domain.ids import Handle
from bot.domain.places import UnitCode
from bot.services.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(Command):
    """Open the chat, perhaps by a link: a ward hint "w31135", an invitation "i<token>", anything else is ignored."""

    payload: str = ""
    person: str = ""
    """The name shown in the channel; used for an invitation alone, where the inviter must recognise the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write(Command):
    """Send a plain text; what it means depends on the chat."""

    text: str
    """Not empty. It begins with "/" when its first word was meant as a command, or only looks like one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendUnsupported(Command):
    """Send something the bot cannot take."""

    kind: str
    """"photo", "voice", "sticker", "edited" ...: part of a text key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPage(Command):
    """Ask for help or for what is and is not private."""

    page: Literal["privacy", "help"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseLanguage(Command):
    """Ask for the languages, or choose one."""

    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PressUnknown(Command):
    """Press a button that is forged, or older than this version of the bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain(Command):
    """Use a command of the force in a form that cannot be read: the answer says which form it has."""

    form: str


class DraftStep(StrEnum):
    """The buttons of a draft card."""

    SEND = "send"
    PLACE = "place"
    CHOOSE = "choose"
    FORGOT = "forgot"
    PICK = "pick"
    SPOT = "spot"
    MORE = "more"
    POLICE = "police"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class PressDraft(Command):
    """Press a button of a draft card."""

    handle: Handle
    step: DraftStep
    unit: UnitCode | None = None
    """For CHOOSE."""
    page: str = ""
    """For PICK: "p0" and on are pages of districts, "d916" or "d916-1" pages of a district's units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLocation(Command):
    """Share a location, in degrees."""

    lat: float
    lon: float
    words: str = ""
    """The place's name and address, when it was shared by its name."""


class OwnStep(StrEnum):
    """The buttons below a receipt, a message and an own tip."""

    OPEN = "open"
    READ = "read"
    LATER = "later"
    ADD = "add"
    WITHDRAW = "withdraw"
    WITHDRAW_SURE = "withdraw_sure"
    STOP = "stop"
    STOP_SURE = "stop_sure"
    TURN = "turn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PressOwn(Command):
    """Press a button about an own tip."""

    handle: Handle
    step: OwnStep
    page: int = 0
    """For TURN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOwnTips(Command):
    """Ask for the state of one's tips, or of the tip with a code."""

    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wipe(Command):
    """Delete the traces in the chat; asks once unless sure."""

    is_sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StopReplies(Command):
    """Cut the reply route of every own tip; asks once unless sure."""

    is_sure: bool = False
