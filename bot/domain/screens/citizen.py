"""What a citizen is shown."""

from datetime import date
from enum import StrEnum
from typing import Literal

from bot.domain.ids import Handle
from bot.domain.places import UnitCode
from bot.domain.roles import HelpPage
from bot.domain.screens.base import Exchange, Screen
from bot.domain.text.categories import Category, Service


class PlainState(StrEnum):
    """A tip's state as a citizen sees it: plain, later than the fact, without detail."""

    RECEIVED = "received"
    CHECKING = "checking"
    DONE = "done"  # looked at to the end; whether it was worth something is not said here
    WITHDRAWN = "withdrawn"


class Welcome(Screen):
    """First words to a citizen; the place of a poster's link is a hint."""

    name: Literal["welcome"] = "welcome"
    place: str | None = None


class PlaceChoice(Screen):
    """One place to choose from: a unit under the name people know."""

    unit: UnitCode
    label: str


class Emergency(Screen):
    """Whom to call, to somebody whose words of danger cannot be taken."""

    name: Literal["emergency"] = "emergency"
    service: Service


class DraftCard(Screen):
    """What the bot understood, before anything is sent."""

    name: Literal["draft"] = "draft"
    handle: Handle
    pieces: int
    place: str | None
    """Full name of the unit; None while it is not settled, or when it was forgotten."""
    place_state: Literal["asked", "unsure", "settled", "forgotten", "elsewhere"]
    choices: tuple[PlaceChoice, ...] = ()
    """2-4 places when unsure; the poster's place, alone, when asked with a hint."""
    not_found: bool = False
    """The text just written as a place was not understood."""
    category: Category | None
    urgent: bool
    emergency: Service | None
    gives_away: bool
    about_police: bool
    mentions_police: bool = False
    may_be_sent: bool
    offers_spot: bool = False
    """A location was shared: it can be kept, rounded."""
    keeps_spot: bool = False
    left_out: bool = False
    """A picture or the like came with the words just written, and was not taken."""


class PickChoice(Screen):
    """One line of the picker: a former district, or a unit."""

    pick: str
    """What the button stands for: "d916" opens a district, a unit's code chooses it."""
    label: str


class PlacePicker(Screen):
    """Former districts to page through, then today's units on their ground, under the names people know."""

    name: Literal["picker"] = "picker"
    handle: Handle
    district: str | None
    """Full name of the district whose units are shown; None while districts are."""
    choices: tuple[PickChoice, ...]
    back: str | None
    """The page before this one, or the list of districts."""
    forward: str | None


class Receipt(Screen):
    """The tip is stored: the code, and where it went."""

    name: Literal["receipt"] = "receipt"
    handle: Handle
    code: str
    """Sixteen digits without spaces."""
    place: str | None
    """Full name of the unit of the place; None for the city duty."""
    about_police: bool
    read_by: Literal["unit", "city", "nobody"] = "unit"
    """Who was told: the unit it is for, the city in its place, or nobody, for there is nobody yet."""
    emergency: Service | None


class OwnTipLine(Screen):
    """One line in the list of a citizen's tips."""

    handle: Handle
    received: date
    state: PlainState
    category: Category
    has_question: bool = False


class OwnTipList(Screen):
    """A citizen's open tips."""

    name: Literal["own_tips"] = "own_tips"
    tips: tuple[OwnTipLine, ...]


class OwnTipCard(Screen):
    """One tip of a citizen with its state and the officers' questions."""

    name: Literal["own_tip"] = "own_tip"
    handle: Handle
    page: int = 0
    """0 shows the newest; from 1 on everything that was said, in order, when one message is too short."""
    received: date
    state: PlainState
    category: Category
    place: str | None
    exchanges: tuple[Exchange, ...]
    may_add: bool
    may_withdraw: bool
    may_stop: bool


class NewMessage(Screen):
    """There is a message; what it says is shown only on a tap, for someone may look over the shoulder."""

    name: Literal["new_message"] = "new_message"
    handle: Handle


class NobodyOpened(Screen):
    """No officer has opened an urgent tip in time: whom to call."""

    name: Literal["nobody_opened"] = "nobody_opened"


class OfficerQuestion(Screen):
    """An officer's question, opened; the next text is the answer."""

    name: Literal["question"] = "question"
    handle: Handle
    text: str


class ConfirmOwn(Screen):
    """Ask once more before a step that cannot be undone."""

    name: Literal["confirm_own"] = "confirm_own"
    what: Literal["withdraw", "wipe", "stop"]
    handle: Handle | None = None


class LanguageChoice(Screen):
    """The languages to choose from."""

    name: Literal["language"] = "language"


class Page(Screen):
    """A page of standing text."""

    name: Literal["page"] = "page"
    page: Literal["privacy", "help"] | HelpPage


CitizenScreen = (
    Welcome
    | Emergency
    | DraftCard
    | PlacePicker
    | Receipt
    | OwnTipList
    | OwnTipCard
    | NewMessage
    | NobodyOpened
    | OfficerQuestion
    | ConfirmOwn
    | LanguageChoice
    | Page
)
