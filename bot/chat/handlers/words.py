"""The words a person sent, whatever carries them: the one place where a message is read, and where words are cleaned.

No other handler looks at what people wrote or are called, so nothing comes in uncleaned.
"""

from collections.abc import Sequence

from telegram import Message, MessageEntity
from telegram.constants import MessageEntityType

from bot.domain.text.cleaning import clean

_SLASHES = "/／⁄∕⧸"
"""What looks like the sign before a command."""
_MOST_LINKS = 100
"""Telegram marks no more parts of a text."""
_LONGEST_NAME = 80


def words_of(message: Message) -> str:
    """Give the words of a message or below a picture, clean; may be empty.

    The address behind a link stands after it, and words quoted from elsewhere come first. What looks like a slash at
    the beginning is one.
    """
    if message.text:
        written, marked = message.text, message.entities
    else:
        written, marked = message.caption or "", message.caption_entities
    words = clean(_with_addresses(written, marked))
    if words[:1] and words[0] in _SLASHES:
        return f"/{words[1:]}"
    quoted = _quoted(message)
    return f"“{quoted}”\n{words}" if quoted and words else words


def place_words_of(message: Message) -> str:
    """Give the name and address of a place that was shared by its name, clean; may be empty."""
    venue = message.venue
    return "" if venue is None else clean(f"{venue.title}, {venue.address}").strip(", ")


def name_of(message: Message) -> str:
    """Give the name that the channel shows for who wrote, clean and cut."""
    return clean(message.from_user.full_name)[:_LONGEST_NAME] if message.from_user else ""


def _quoted(message: Message) -> str:
    """Give the words that a reply quotes, unless they are ours: what the bot said is nobody's tip."""
    answered = message.reply_to_message
    is_ours = answered is not None and answered.from_user is not None and answered.from_user.is_bot
    return "" if message.quote is None or is_ours else clean(message.quote.text)


def _with_addresses(written: str, marked: Sequence[MessageEntity]) -> str:
    """Write the address of a link behind its words; Telegram counts in units of UTF-16."""
    links = [each for each in marked[:_MOST_LINKS] if each.type == MessageEntityType.TEXT_LINK and each.url]
    if not links:
        return written
    units = written.encode("utf-16-le", "surrogatepass")
    parts: list[str] = []
    last = 0
    for link in sorted(links, key=lambda each: each.offset):
        end = 2 * (link.offset + link.length)
        shown = units[2 * link.offset : end].decode("utf-16-le", "replace")
        parts.append(units[last:end].decode("utf-16-le", "replace"))
        if _plain(link.url or "") != _plain(shown):
            parts.append(f" ({link.url})")
        last = max(last, end)
    return "".join([*parts, units[last:].decode("utf-16-le", "replace")])


def _plain(address: str) -> str:
    return address.strip().casefold().removeprefix("https://").removeprefix("http://").removesuffix("/")
