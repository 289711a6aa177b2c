"""What stands behind a command, read leniently: people type on phones, with one hand."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.chat.buttons import BIGGEST
from bot.domain.ids import ChatId, MessageId, TipNumber, UpdateKey
from bot.domain.text.amounts import read_whole
from bot.domain.text.folding import fold
from bot.services.commands.base import Command

_C = TypeVar("_C", bound=Command)

_TIP = re.compile(r"#?([0-9][0-9.,]{0,30}+)(?:[\s:]++(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an update came from."""

    key: UpdateKey
    chat: ChatId
    message: MessageId | None = None
    callback: str | None = None

    def make(self, command: Callable[..., _C], /, **fields: Any) -> _C:
        """Make a command that came from here."""
        return command(
            key=self.key, actor=self.chat, chat=self.chat, message=self.message, callback=self.callback, **fields
        )


def split_command(text: str) -> tuple[str, str]:
    """Split "/Đóng@bot 1042 words" into "dong" and "1042 words": keyboards add accents and capitals."""
    head, rest = [*text[1:].split(maxsplit=1), "", ""][:2]
    return fold(head.partition("@")[0]), rest


def read_tip(arguments: str) -> tuple[TipNumber, str] | None:
    """Read a tip's number and what stands behind it; None where the number could be another ("1,5")."""
    found = _TIP.fullmatch(arguments)
    number = read_whole(found[1].rstrip(".,")) if found else None
    if found is None or number is None or not 1 <= number <= BIGGEST:
        return None
    return TipNumber(number), (found[2] or "").strip()


def read_tip_alone(arguments: str) -> TipNumber | None:
    """Read a tip's number behind which no other stands: "2 150" may be meant as one, and "4 và 5" as two."""
    read = read_tip(arguments)
    return None if read is None or any(map(str.isdigit, read[1])) else read[0]
