"""A message out, as it waits sealed in the outbox: to whom, what to show, and how it takes its place in the chat."""

from enum import IntEnum, StrEnum

from pydantic import BaseModel, ConfigDict

from bot.domain.conversation import Language
from bot.domain.ids import ChatId, MessageId, TipNumber
from bot.domain.screens import AnyScreen
from bot.domain.screens.officer import TipCard


class Urgency(IntEnum):
    """The outbox's classes: lower goes first."""

    ANSWER = 0  # stops the spinner on a button
    REPLY = 1  # to something the person just did
    NOTICE = 2  # to an officer about a tip
    DIGEST = 3  # may wait for everything else


class Placement(StrEnum):
    """How a message takes its place in the chat."""

    SEND = "send"  # a new message
    CARD = "card"  # edit the card of this name where it is; send it when there is none
    FRESH_CARD = "fresh_card"  # send the card anew at the end of the chat and delete the old one
    ANSWER = "answer"  # answer a button press; the screen, if any, is a Line shown over the chat
    DELETE = "delete"  # delete messages


class Outgoing(BaseModel):
    """One message out. Rendered only when it is sent."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    chat: ChatId
    language: Language
    urgency: Urgency
    placement: Placement
    screen: AnyScreen | None = None
    card: str | None = None
    """The card's name within the chat, for CARD and FRESH_CARD."""
    callback: str | None = None
    """The callback query id, for ANSWER."""
    messages: tuple[MessageId, ...] = ()
    """What to delete, for DELETE: at most 100, younger than 48 hours."""
    protect: bool = False
    """Forbid forwarding and saving: everything to officers."""
    traced: bool = False
    """Remember the message among the traces the person may want deleted: everything to citizens."""
    tip: TipNumber | None = None
    """The tip a reporter is told of unasked. Looked up when the message is sent: a chat that follows it no more, or to
    which its reply route does not lead, is not written to."""
    version: int | None = None
    """What is told holds for this version of the tip alone; a tip that has moved on is not told of."""
    wipes: bool = False
    """The chat was wiped or locked, or its officer's role has ended: of what was queued for it before this, words that
    a citizen read or wrote are not sent any more."""

    @property
    def may_carry_words(self) -> bool:
        """Say whether it may show a citizen's words: everything to citizens may, to officers an open card alone."""
        return self.traced or (isinstance(self.screen, TipCard) and not self.screen.folded)
