"""A screen in words: text and buttons as Telegram takes them, and the speaker that finds the words."""

import html
from dataclasses import dataclass
from datetime import date

from bot.chat.buttons import ButtonData
from bot.chat.texts import Texts, Values
from bot.domain.conversation import Language
from bot.domain.text.categories import Category

TEXT_LIMIT = 4096
"""UTF-16 units of a message (Bot API, sendMessage)."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message."""

    text: str
    data: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready to be sent, as Telegram's HTML."""

    text: str
    keyboard: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class EmergencyNumbers:
    """Whom to call; a merger of the numbers is under discussion, so they are configuration."""

    police: str = "113"
    fire: str = "114"
    ambulance: str = "115"


class NameUnknownError(Exception):
    """The Bot API has not said the bot's name yet, and this screen shows it: it is shown later."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks one language."""

    texts: Texts
    language: Language
    numbers: EmergencyNumbers
    username: str
    """Empty until it is known."""

    def __call__(self, key: str, **values: Values) -> str:
        """Give a text; texts that came from people must be escaped before."""
        return self.texts.text(self.language, key, **values)

    def category(self, category: Category) -> str:
        """Name a kind of matter."""
        return self(f"category-{category}")

    def number(self, value: int) -> str:
        """Write a number with the language's thousands mark."""
        text = f"{value:,}"
        return text.replace(",", ".") if self.language is Language.VI else text

    def day(self, day: date) -> str:
        """Write a day the way people say it."""
        return f"{day.day}/{day.month}/{day.year}" if self.language is Language.VI else f"{day.day} {day:%b %Y}"

    def emergency(self) -> dict[str, str]:
        """Give the emergency numbers as values of a text."""
        return {"police": self.numbers.police, "fire": self.numbers.fire, "ambulance": self.numbers.ambulance}

    def button(self, key: str, data: ButtonData, **values: Values) -> Button:
        """Make a button."""
        return Button(self(key, **values), data.pack())


def escape(text: str) -> str:
    """Make a person's text safe inside Telegram's HTML."""
    return html.escape(text, quote=False)


def utf16_length(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le", errors="replace")) // 2


def rows(*found: tuple[Button | None, ...] | None) -> tuple[tuple[Button, ...], ...]:
    """Put rows of buttons together, leaving out what is not there."""
    kept = (tuple(button for button in row if button is not None) for row in found if row)
    return tuple(row for row in kept if row)


def fit(pieces: list[str], room: int, *, cut: str, keep_end: bool = False) -> str:
    """Join escaped pieces by blank lines within some UTF-16 units; what is left out is told by `cut`."""
    text = "\n\n".join(pieces)
    if utf16_length(text) <= room:
        return text
    budget = room - utf16_length(cut) - 4
    kept: list[str] = []
    for piece in reversed(pieces) if keep_end else pieces:
        size = utf16_length(piece) + 2
        if size > budget:
            kept.append(shorten(piece, budget))
            break
        kept.append(piece)
        budget -= size
    ordered = list(reversed(kept)) if keep_end else kept
    return "\n\n".join([cut, *ordered] if keep_end else [*ordered, cut])


def shorten(escaped: str, room: int) -> str:
    """Cut an escaped text to some UTF-16 units without breaking an entity, a tag or a surrogate pair."""
    cut = beginning(escaped, room - utf16_length("</b>"))
    return f"{cut}</b>" if cut.count("<b>") > cut.count("</b>") else cut


def beginning(escaped: str, room: int) -> str:
    """Give what fits of the beginning; an entity or tag that would be cut through is left out whole."""
    cut = escaped.encode("utf-16-le", errors="replace")[: 2 * max(room, 0)].decode("utf-16-le", errors="ignore")
    for first, last in ("&;", "<>"):
        at = cut.rfind(first)
        if at > cut.rfind(last):
            cut = cut[:at]
    return cut
