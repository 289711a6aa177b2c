"""A message as it leaves, and what became of it."""

from dataclasses import dataclass

from bot.delivery.chat_queues import QueuedMessage
from bot.domain.ids import MessageId
from bot.domain.outgoing import Outgoing


@dataclass(frozen=True, slots=True)
class Departure:
    """A message as it leaves: what is sent, and where its card stands."""

    row: QueuedMessage
    outgoing: Outgoing
    at: MessageId | None = None
    is_placeholder: bool = False
    """It says nothing yet: what it is for is edited in when it is written down where it stands."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that is not sent: a newer one says the same, its chat was wiped, or nobody waits for it any more."""

    row: QueuedMessage


@dataclass(frozen=True, slots=True)
class Tried:
    """A row stays: it may not have arrived."""

    row: QueuedMessage


@dataclass(frozen=True, slots=True)
class Landed:
    """A message arrived."""

    departure: Departure
    sent: MessageId | None = None
    """The new message in the chat, when one was sent."""
    deleted: MessageId | None = None
    """The old card, when it was deleted or folded."""
    left: MessageId | None = None
    """The old card, when it could be neither."""

    @property
    def row(self) -> QueuedMessage:
        """The row it was sent for."""
        return self.departure.row


@dataclass(frozen=True, slots=True)
class Parked:
    """A row cannot be sent, and with it, when its person takes no messages, all that wait for the same chat."""

    row: QueuedMessage
    reason: str
    """`BLOCKED`, or an error's class name."""
    others: tuple[QueuedMessage, ...] = ()

    @property
    def rows(self) -> tuple[QueuedMessage, ...]:
        """All of them."""
        return (self.row, *self.others)


End = Gone | Tried | Landed | Parked
"""What became of a row."""
