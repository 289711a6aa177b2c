"""What stands behind a command, read leniently: people type on phones, with one hand."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.domain.folding import fold
from bot.domain.ids import ChatId, MessageId, TipNumber, UpdateKey
from bot.services.commands import Command, Explain

C = TypeVar("C", bound=Command)

BIGGEST_TIP = 2**53 - 1

_TIP = re.compile(r"#?(\d{1,15})(?:[\s,.:]+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an update came from."""

    key: UpdateKey
    chat: ChatId
    message: MessageId | None = None
    callback: str | None = None

    def make(self, command: Callable[..., C], /, **fields: Any) -> C:
        """Make a command that came from here."""
        return command(key=self.key, chat=self.chat, message=self.message, callback=self.callback, **fields)

    def explain(self, form: str) -> Command:
        """Make the command that answers with the right form."""
        return self.make(Explain, form=form)


def split_command(text: str) -> tuple[str, str]:
    """Split "/Đóng@bot 1042 words" into "dong" and "1042 words": keyboards add accents and capitals."""
    head, rest = [*text[1:].split(maxsplit=1), "", ""][:2]
    return fold(head.partition("@")[0]), rest


def read_tip(arguments: str) -> tuple[TipNumber, str] | None:
    """Read a tip's number and what stands behind it."""
    found = _TIP.fullmatch(arguments)
    if found is None or not 1 <= int(found[1]) <= BIGGEST_TIP:
        return None
    return TipNumber(int(found[1])), (found[2] or "").strip()
