"""What can be asked of the program: one command for each thing a person can do, whatever channel carries it.

A handler turns one update into one command; the button or text it came from is forgotten here. Texts are cleaned at
the door (`bot.domain.text.cleaning`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.domain.activities import ActivityKind
from bot.domain.conversation import Language
from bot.domain.ids import CaseNumber, ChatId, Handle, MessageId, OfficerNumber, TipNumber, UpdateKey
from bot.domain.periods import Span
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.domain.tip import Channel, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Where a command came from, and where its answer goes."""

    key: UpdateKey | None
    chat: ChatId
    message: MessageId | None = None
    """The person's message, or the bot's message whose button was pressed."""
    callback: str | None = None
    """Set when a button was pressed."""


# --- anyone -----------------------------------------------------------------------------------------------------


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
    """Not empty. It begins with "/" when it was meant as a command the bot does not have."""


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
    """Use a command in a form that cannot be read: the answer says which form it has."""

    form: str


# --- the citizen ------------------------------------------------------------------------------------------------


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
    BACK = "back"
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


# --- the officer ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowQueue(Command):
    """Ask for the queue; pages count from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTip(Command):
    """Something an officer does with one tip; a button also says which version of the card it belongs to."""

    tip: TipNumber
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTip(OnTip):
    """Open the card at the end of the chat, or turn its pages where it is."""

    page: int | None = None
    """Set by a button that turns pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldTip(OnTip):
    """Fold the card to its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(OnTip):
    """Take the tip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(OnTip):
    """Ask the reporter; without a text the bot asks for it."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeValuable(OnTip):
    """Record a valuable source. Without an evidence note: choose the case, then write the note."""

    case: CaseNumber | Literal["new", "choose"] = "choose"
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge(OnTip):
    """Give a verdict other than valuable; a button asks once more unless sure, a typed command is sure."""

    verdict: Verdict
    is_sure: bool = False
    duplicate_of: TipNumber | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack(OnTip):
    """Take a verdict back."""

    is_sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOutcome(OnTip):
    """Record what came of it: "vu 1 bat 2 truyna 1"; without a text the bot asks for it."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTip(OnTip):
    """End the work on a tip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenTip(OnTip):
    """Take a closed tip up again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterTip(Command):
    """Enter a tip from phone, letter or visit; what is missing is asked for."""

    channel: Channel | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPrompt(Command):
    """Stop waiting for the text that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordActivity(Command):
    """Record an activity of the campaign; `number` as typed."""

    kind: ActivityKind | None
    """None when the kind was missing or unknown: the bot says how to write it."""
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStats(Command):
    """Ask for figures. No unit: the officer's own, the city for the committee."""

    unit: UnitCode | None = None
    span: Span = Span.WEEK
    back: int = 0
    """How many periods before the present one."""
    words: str = ""
    """What stood behind the command: "thang", "nam", "tp" or a unit's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDigest(Command):
    """Ask for a digest again: the last one, or a week's ("2026-W47")."""

    week: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTarget(Command):
    """Set a target as typed: "valuable 50", "nguontin 50"."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAlias(Command):
    """Add a name of a place as typed: "31135 chợ Bà Bộ"."""

    words: str


# --- people -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitePerson(Command):
    """Make an invitation; the words name the role and the unit, or it is all chosen by button."""

    words: str = ""
    role: Role | None = None
    unit: UnitCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmJoin(Command):
    """Let a person in who opened an invitation, or not."""

    officer: OfficerNumber
    is_welcome: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPeople(Command):
    """Ask for the people one looks after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoke(Command):
    """End a person's role at once."""

    officer: OfficerNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock(Command):
    """Fold every card in this chat."""
