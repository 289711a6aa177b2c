"""What one chat remembers between two messages: the draft, own tips, and what the next plain text will mean.

There is one conversation for each live chat, stored sealed; any restart resumes it. The same shape serves citizens and
officers: an officer's conversation has no draft and no tips, only cards and what the bot listens for.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict

from bot.domain.drafting import Draft
from bot.domain.ids import CardName, CaseNumber, ChatId, Handle, MessageId, TipNumber
from bot.domain.retention import DELETABLE_FOR, PROMPT_LASTS
from bot.domain.tip import Channel


class Language(StrEnum):
    """The languages the bot speaks; Vietnamese unless asked."""

    VI = "vi"
    EN = "en"


class Purpose(StrEnum):
    """What the next plain text is for; without a purpose a citizen's text is a tip."""

    ANSWER = "answer"  # citizen: to an officer's question
    ADD = "add"  # citizen: more words for a sent tip
    QUESTION = "question"  # officer: to the reporter
    EVIDENCE = "evidence"  # officer: the note of a valuable source
    OUTCOME = "outcome"  # officer: "vu 1 bat 2"
    WALK_IN = "walk_in"  # officer: the words of a tip from phone, letter or visit


QUEUE_CARD, STATS_CARD, PEOPLE_CARD = CardName("queue"), CardName("stats"), CardName("people")
_OF_TIPS = "tip:"


def draft_card(handle: Handle) -> CardName:
    """Name the card of a draft, which becomes its receipt."""
    return CardName(handle)


def own_tip_card(handle: Handle) -> CardName:
    """Name a citizen's card of an own tip."""
    return CardName(f"own:{handle}")


def tip_card(number: TipNumber) -> CardName:
    """Name an officer's card of a tip."""
    return CardName(f"{_OF_TIPS}{number}")


def card_at(message: MessageId) -> CardName:
    """Name whatever stands where a button was pressed."""
    return CardName(f"at:{message}")


def place_name(card: CardName, message: MessageId) -> CardName:
    """Name a card by its place, when the same card stands in a second message too."""
    return CardName(f"{card}:{message}")


def is_of_a_tip(card: CardName) -> bool:
    """Say whether a card may show a tip's words to an officer, wherever it stands."""
    return card.startswith(_OF_TIPS)


class _Sealed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Listening(_Sealed):
    """What the bot waits for in this chat, and about which tip."""

    purpose: Purpose
    handle: Handle | None = None
    tip: TipNumber | None = None
    case: CaseNumber | None = None
    """For EVIDENCE: the case chosen; None opens a new one."""
    channel: Channel | None = None
    since: datetime | None = None
    """When an officer was asked, to the minute and finer: it lives sealed, and only until the next thing is done."""

    def lasts(self, now: datetime) -> bool:
        """Say whether an officer's text is still what was asked for."""
        return self.since is not None and timedelta() <= now - self.since <= PROMPT_LASTS


class OwnTip(_Sealed):
    """A tip this chat may follow: sent from here, or opened here with its code."""

    handle: Handle
    number: TipNumber


class Trace(_Sealed):
    """A message in the chat that can still be deleted."""

    message: MessageId
    hour: datetime


class Conversation(_Sealed):
    """Everything the bot remembers about one chat."""

    chat: ChatId
    language: Language = Language.VI
    draft: Draft | None = None
    listening: Listening | None = None
    tips: tuple[OwnTip, ...] = ()
    cards: dict[CardName, MessageId] = {}
    """Messages that are edited in place, by the name of the card: "draft", "tip:<handle or number>", "queue" ..."""
    traces: tuple[Trace, ...] = ()
    touched: datetime
    """UTC hour of the last message from the person."""

    def but(self, **changes: object) -> Self:
        """Give a copy with some fields changed."""
        return self.model_copy(update=changes)

    def tip(self, handle: Handle) -> OwnTip | None:
        """Find an own tip by its handle."""
        return next((tip for tip in self.tips if tip.handle == handle), None)

    def handle_of(self, number: TipNumber) -> Handle | None:
        """Find the handle under which this chat knows a tip."""
        return next((tip.handle for tip in self.tips if tip.number == number), None)

    def trace(self, message: MessageId, *, hour: datetime) -> Self:
        """Remember a message that may have to be deleted; forget those that no longer can be."""
        kept = tuple(each for each in self.traces if hour - each.hour < DELETABLE_FOR and each.message != message)
        return self.but(traces=(*kept, Trace(message=message, hour=hour)))
