"""What is too long for one message: pages that leave nothing out, and the buttons that turn them."""

from collections.abc import Callable

from bot.chat.buttons import AnyButton
from bot.chat.views.rendered import TEXT_LIMIT, Button, Rendered, Speaker, beginning, rows, utf16_length

LEAST_OF_PIECE = 200
"""UTF-16 units of a piece that are worth beginning at the end of a page."""
LONGEST_WORD = 60
"""A page is turned between words, unless a word is longer than this many characters."""
MOST_PAGES = 999
"""More than any tip has: how much room the line with the page's number takes."""


def pages(pieces: list[str], room: int) -> list[str]:
    """Spread escaped pieces over pages of some UTF-16 units; nothing is left out. Tags only at a piece's beginning."""
    full: list[str] = []
    page = ""
    for piece in pieces:
        rest = piece
        while rest:
            left = room - utf16_length(page) - 2
            if utf16_length(rest) <= left:
                page = f"{page}\n\n{rest}" if page else rest
                break
            if page and left < LEAST_OF_PIECE:
                full.append(page)
                page = ""
                continue
            part = _between_words(beginning(rest, left))
            full.append(f"{page}\n\n{part}" if page else part)
            page, rest = "", rest[len(part) :]
    return [*full, page] if page else full


def spread(say: Speaker, head: str, pieces: list[str]) -> list[str]:
    """Spread pieces over the pages of messages that each begin with a head."""
    return pages(pieces, TEXT_LIMIT - utf16_length(_under(say, head, "", MOST_PAGES, MOST_PAGES)))


def page_of(say: Speaker, head: str, whole: list[str], page: int, to: Callable[[int], AnyButton]) -> Rendered:
    """Show one page, counted from 1, with the buttons that turn it: before the first is where the card opens."""
    page = min(page, len(whole))
    back = Button("←", to(page - 1).pack())
    onward = Button("→", to(page + 1).pack()) if page < len(whole) else None
    return Rendered(_under(say, head, whole[page - 1], page, len(whole)), rows((back, onward)))


def _under(say: Speaker, head: str, text: str, page: int, last: int) -> str:
    return "\n".join([head, say("read-page", page=page, pages=last), "", text])


def _between_words(part: str) -> str:
    """Take off a word that was cut through, unless it is longer than words are."""
    at = max(part.rfind(" "), part.rfind("\n"))
    return part[: at + 1] if at >= max(len(part) - LONGEST_WORD, LONGEST_WORD) else part
