"""The way out: a sender of messages."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.ids import MessageId
from bot.domain.outgoing import Outgoing


class SendOutcome(StrEnum):
    """How one attempt ended, as the sender saw it."""

    SENT = "sent"
    HARMLESS = "harmless"  # nothing was changed and nothing is missing: "message is not modified", a stale callback
    GONE = "gone"  # the message to edit or delete is no longer there
    BLOCKED = "blocked"  # the person blocked the bot or is gone
    REFUSED = "refused"  # Telegram will never accept this request
    SLOW_DOWN = "slow_down"  # asked to wait
    UNKNOWN = "unknown"  # it may or may not have arrived: time-out, broken connection, 5xx


@dataclass(frozen=True, slots=True)
class Delivered:
    """How one attempt to send ended."""

    outcome: SendOutcome
    message: MessageId | None = None
    """The message as it now stands in the chat, when one was sent or edited."""
    retry_after: timedelta | None = None
    reason: str = ""
    """An error's class name, never its text."""


class Sender(Protocol):
    """Carries messages out over one channel."""

    async def deliver(self, outgoing: Outgoing, *, message: MessageId | None) -> Delivered:
        """Send, edit, answer or delete; `message` is where the card stands now. Never raises for the network."""
        ...
