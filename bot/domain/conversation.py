"""What one chat remembers between two messages: the draft, own tips, and what the next plain text will mean.

There is one conversation for each live chat, stored sealed; any restart resumes it. The same shape serves citizens and
officers: an officer's conversation has no draft and no tips, only cards and what the bot listens for.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict

from bot.domain.drafting import Draft
from bot.domain.ids import CardName, CaseNumber, ChatId, Handle, MessageId, TipNumber
from bot.domain.retention import PROMPT_LASTS
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
_OF_EVERY_CHAT = frozenset({QUEUE_CARD, STATS_CARD, PEOPLE_CARD})
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


def tip_of(card: CardName) -> TipNumber | None:
    """Tell which tip an officer's card is of; None for every other card."""
    return TipNumber(int(card.removeprefix(_OF_TIPS))) if card.startswith(_OF_TIPS) else None


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
    """A message that stands in a citizen's chat, and goes when the chat is wiped."""

    message: MessageId
    hour: datetime | None
    """UTC hour in which it was sent; None when nobody knows."""
    is_own: bool
    """Whether it is the bot's own: those can be blanked by editing them, however old they are."""


def each_once(traces: Iterable[Trace]) -> list[Trace]:
    """List every message once, with its hour where one of its traces has it."""
    found: dict[MessageId, Trace] = {}
    for trace in traces:
        if trace.message not in found or found[trace.message].hour is None:
            found[trace.message] = trace
    return list(found.values())


class Conversation(_Sealed):
    """Everything the bot remembers about one chat."""

    chat: ChatId
    language: Language = Language.VI
    draft: Draft | None = None
    listening: Listening | None = None
    tips: tuple[OwnTip, ...] = ()
    open_cards: Mapping[TipNumber, tuple[MessageId, ...]] = {}
    """An officer's cards that are not folded: the messages in which a tip's card stands open; none yet while its card
    is on its way. What is not here is not shown any more, and is folded if it lands all the same."""
    folding: tuple[MessageId, ...] = ()
    """Messages in which an officer's card stood open, until the line that folds it has arrived there."""
    heard: int = 0
    """How many of the person's messages were traced in the hour of `touched`."""
    said: int = 0
    """How many of the bot's own messages were traced."""
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

    @property
    def card_names(self) -> frozenset[CardName]:
        """Name every card whose place is kept beside this: those of matters the chat still knows.

        A tip's card is none of them: where it stands open is in `open_cards`, and where it was folded is forgotten.
        """
        handles = [own.handle for own in self.tips]
        drafts = [*handles, *([self.draft.handle] if self.draft else [])]
        return _OF_EVERY_CHAT | {*map(draft_card, drafts), *map(own_tip_card, handles)}

    def may_show(self, tip: TipNumber, at: MessageId | None) -> bool:
        """Say whether a tip's card may be shown open: in this message, or in a new one that is awaited."""
        return tip in self.open_cards and (at is None or at in self.open_cards[tip])

    def newest_open(self, tip: TipNumber) -> MessageId | None:
        """Find the message in which a tip's card stands open, of several the newest."""
        return max(self.open_cards.get(tip, ()), default=None)

    def opened(self, tip: TipNumber, at: MessageId | None) -> Self:
        """Remember that a tip's card stands open in a message; without one, that it is on its way."""
        cleared = self if at is None else self.covered(at)
        messages = cleared.open_cards.get(tip, ())
        return cleared.but(open_cards={**cleared.open_cards, tip: messages if at is None else (*messages, at)})

    def covered(self, at: MessageId) -> Self:
        """Remember that something else stands in a message, or nothing: a card that stood open there does no more."""
        kept = {tip: tuple(each for each in messages if each != at) for tip, messages in self.open_cards.items()}
        return self.but(
            open_cards={tip: each for tip, each in kept.items() if each or not self.open_cards[tip]},
            folding=tuple(each for each in self.folding if each != at),
        )

    def folded(self, tip: TipNumber) -> Self:
        """Remember that a tip's card is to stand open nowhere."""
        kept = {each: at for each, at in self.open_cards.items() if each != tip}
        folding = (*self.folding, *self.open_cards.get(tip, ()))
        return self.but(open_cards=kept, folding=tuple(dict.fromkeys(folding)))
