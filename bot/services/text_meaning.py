"""What the next plain text of a chat belongs to: a pure function of who writes, what the chat waits for, and the text.

The first rule that applies wins:

1. Someone whose invitation waits to be confirmed: nothing is taken yet.
2. An officer's text that begins with "/" was meant as a command, and is never content.
3. An officer was asked for a text, in time and by the last thing done: it is that.
4. Any other text of an officer is stray: it never starts a tip.
5. A citizen's "/" is taken off, also before the word of a command that words stand behind; nothing but slashes is an
   unknown command.
6. Sixteen digits, with a word or two around them, are a receipt code, and never the words of a tip. If no tip has it
   and other words than "mã tin" stand around it, it is another number, and the text goes on to the next rules.
7. A citizen is answering a question or adding to a tip: it belongs there.
8. Anything else is a tip, or one more piece of the draft.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from unicodedata import digit

from bot.domain.conversation import Listening
from bot.domain.ids import ReceiptCode
from bot.domain.roles import Officer
from bot.domain.text.folding import fold

_CODE = re.compile(r"\D{0,24}+((?:\d[\s./_–—-]{0,24}+){16})\D{0,24}")
_NOT_DIGIT = re.compile(r"\D")
_NOT_LETTER = re.compile(r"[\W\d]")
_OF_A_CODE = frozenset({"ma", "so", "tin", "bao", "cua", "toi", "em", "la", "day", "code", "my", "is", "the"})
"""Words, folded, that say of a number that it is a code, and nothing else."""
_LONGEST_CODE = 40
"""Characters of a code with its words; a longer text says more than a code."""


@dataclass(frozen=True, slots=True)
class StillWaiting:
    """The writer's invitation is not confirmed yet."""


@dataclass(frozen=True, slots=True)
class UnknownCommand:
    """Meant as a command, and none of ours."""


@dataclass(frozen=True, slots=True)
class Stray:
    """An officer's text that nobody asked for."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What an officer was asked to write."""

    awaited: Listening
    words: str


@dataclass(frozen=True, slots=True)
class CodeTyped:
    """A receipt code, or a number that looks like one."""

    code: ReceiptCode
    otherwise: "Reply | TipWords | None"
    """What the text is if no tip has the code; None: it says nothing but the code."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, or more words for a tip that was sent."""

    listening: Listening
    words: str


@dataclass(frozen=True, slots=True)
class TipWords:
    """A piece of a draft."""

    words: str


Meaning = StillWaiting | UnknownCommand | Stray | AskedFor | CodeTyped | Reply | TipWords


def interpret(
    text: str, *, officer: Officer | None, awaited: Listening | None, listening: Listening | None, now: datetime
) -> Meaning:
    """Say what a text belongs to; `awaited` is what an officer, `listening` what a citizen was asked for."""
    if officer is not None:
        return _officers(text, officer, awaited, now)
    words = text.lstrip("/ \n")
    if not words:
        return UnknownCommand()
    meant = TipWords(words) if listening is None else Reply(listening, words)
    code = read_code(words)
    if code is None:
        return meant
    return CodeTyped(code, None if set(fold(_NOT_LETTER.sub(" ", words)).split()) <= _OF_A_CODE else meant)


def _officers(text: str, officer: Officer, awaited: Listening | None, now: datetime) -> Meaning:
    if not officer.is_active:
        return StillWaiting()
    if text.startswith("/"):
        return UnknownCommand()
    return Stray() if awaited is None or not awaited.lasts(now) else AskedFor(awaited, text)


def read_code(text: str) -> ReceiptCode | None:
    """Read a text that is sixteen digits, however they are grouped, with at most a word or two around them."""
    found = _CODE.fullmatch(text.strip()) if len(text) <= _LONGEST_CODE else None
    return ReceiptCode("".join(str(digit(each)) for each in _NOT_DIGIT.sub("", found[1]))) if found else None
