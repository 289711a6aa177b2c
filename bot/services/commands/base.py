"""What every command has: which update asked for it, who acts, and which chat is answered.

A handler turns one update into one command; the button or text it came from is forgotten here. Texts are cleaned at
the door (`bot.domain.text.cleaning`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.domain.ids import ChatId, MessageId, TipNumber, UpdateKey

_C = TypeVar("_C", bound="Command")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Where a command came from, and where its answer goes."""

    key: UpdateKey
    actor: ChatId
    """Who asks, by the private chat they are known under: whose role decides."""
    chat: ChatId
    """Which chat is answered; the actor's own unless they asked in a group."""
    message: MessageId | None = None
    """The person's message, or the bot's message whose button was pressed."""
    callback: str | None = None
    """Set when a button was pressed."""
    is_late: bool = False
    """It failed when it was new: newer ones of its chat may have been dealt with since, and it answers none of them."""
    typed: str = ""
    """The whole text, where words stand behind the command that are none to whoever is not of the force."""

    left_out: bool = False
    """A picture, a file or the like came with the words, and could not be taken."""

    def turned_into(self, kind: Callable[..., _C], /, **fields: Any) -> _C:
        """Make another command of the same origin: what a text turned out to mean."""
        return kind(
            key=self.key,
            actor=self.actor,
            chat=self.chat,
            message=self.message,
            callback=self.callback,
            is_late=self.is_late,
            **fields,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTip(Command):
    """Something an officer does with one tip; a button also says which version of the card it belongs to."""

    tip: TipNumber
    version: int | None = None
