"""The way out: a sender of messages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.domain.ids import MessageId
from bot.domain.outgoing import Outgoing
from bot.domain.retry import SendOutcome


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
