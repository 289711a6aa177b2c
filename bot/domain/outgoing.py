"""Messages out, as they wait sealed in the outbox: each kind with what it needs, rendered only when it is sent."""

from enum import IntEnum
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.conversation import Language, card_at, tip_of
from bot.domain.ids import CardName, ChatId, MessageId, TipNumber
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Line
from bot.domain.screens.officer import TipCard

FOLDED: Final = Line(key="card-folded")
"""What stands where a card about a tip was."""
BLANK: Final = Line(key="blanked")
"""What stands where the bot wrote something to a citizen who wiped the chat."""
_COVERS: Final = frozenset({FOLDED.key, BLANK.key})
_LAST_WORDS: Final = frozenset({FOLDED.key, "you-were-revoked", "join-turned-away"})
"""The lines that say that a role has ended, and what comes of it."""


class Urgency(IntEnum):
    """The outbox's classes: lower goes first."""

    ANSWER = 0  # stops the spinner on a button
    REPLY = 1  # to something the person just did
    NOTICE = 2  # to an officer about a tip
    DIGEST = 3  # may wait for everything else


class _ToChat(BaseModel):
    """What is to happen in a chat."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    chat: ChatId
    urgency: Urgency


class Shown(_ToChat):
    """A message that stands in the chat afterwards."""

    language: Language
    screen: AnyScreen
    protect: bool = False
    """Forbid forwarding and saving: everything to officers."""
    silent: bool = False
    """Let no phone ring: what the person did not just cause themselves."""
    traced: bool = False
    """Remember the message among the traces the person may want deleted: everything to citizens."""

    @property
    def is_content(self) -> bool:
        """Say whether it shows an officer what a citizen wrote, or of whom: only as long as they see those tips."""
        return self.protect and bool(self.screen.tips_shown)

    @property
    def may_carry_words(self) -> bool:
        """Say whether it may show a citizen's words: everything to citizens may, to officers content alone."""
        return self.traced or self.is_content

    @property
    def outlives_role(self) -> bool:
        """Say whether it is for an officer whose role has ended, too; nothing else that waits for them is."""
        return isinstance(self.screen, Line) and self.screen.key in _LAST_WORDS


class Send(Shown):
    """Send a new message."""

    kind: Literal["send"] = "send"
    tip: TipNumber | None = None
    """The tip a reporter is told of unasked. Looked up when the message is sent: a chat that follows it no more, or to
    which its reply route does not lead, is not written to."""
    version: int | None = None
    """What is told holds for this version of the tip alone; a tip that has moved on is not told of."""
    wipes: bool = False
    """The chat was wiped or locked, or its officer's role has ended: of what was queued for it before this, words that
    a citizen read or wrote are not sent any more, and after the end of a role nothing but what outlives it."""


class Card(Shown):
    """Show a card, of which there is one of its name in the chat."""

    card: CardName
    """Its name within the chat."""
    at: MessageId | None = None
    """The message it is about, where that is known as this is queued; else the card's place is looked up."""

    @property
    def opens(self) -> TipNumber | None:
        """Tell which tip's card it shows an officer open; None when it shows none, or a folded one."""
        is_folded = isinstance(self.screen, TipCard) and self.screen.folded
        return None if is_folded or self.is_cover else tip_of(self.card)

    @property
    def is_cover(self) -> bool:
        """Say whether it only hides what a message showed: one that is gone needs no cover."""
        return isinstance(self.screen, Line) and self.screen.key in _COVERS


class EditCard(Card):
    """Edit a card where it is; send it when there is none."""

    kind: Literal["edit"] = "edit"


class FreshCard(Card):
    """Send a card anew at the end of the chat, and delete the old one."""

    kind: Literal["fresh"] = "fresh"


class Answer(_ToChat):
    """Answer a button press."""

    kind: Literal["answer"] = "answer"
    urgency: Urgency = Urgency.ANSWER
    language: Language
    callback: str
    """The callback query's id."""
    screen: Line | None = None
    """Shown over the chat, if anything is."""


class Delete(_ToChat):
    """Delete messages."""

    kind: Literal["delete"] = "delete"
    messages: Annotated[tuple[MessageId, ...], Field(min_length=1, max_length=100)]
    """At most 100, younger than 48 hours."""


def cover(chat: ChatId, message: MessageId, *, screen: Line, language: Language) -> EditCard:
    """Put a line that says nothing over what a message shows. Editing has no time limit, as deleting has."""
    return EditCard(
        chat=chat,
        language=language,
        urgency=Urgency.REPLY,
        screen=screen,
        card=card_at(message),
        at=message,
        protect=screen == FOLDED,
    )


Outgoing = Annotated[Send | EditCard | FreshCard | Answer | Delete, Field(discriminator="kind")]
"""One message out."""
