"""Texts as Telegram takes them: HTML with a few tags in, plain text and safe HTML out.

What is refused is refused in Telegram's own words.
"""

import html
import re
from dataclasses import dataclass
from typing import Any

MESSAGE_LIMIT = 4096
"""UTF-16 units of a message's text, after entities (Bot API, sendMessage)."""
BUTTON_DATA_LIMIT = 64
ROW_LIMIT = 8
BUTTONS_LIMIT = 100

_TAGS = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "u": "u",
    "ins": "u",
    "s": "s",
    "strike": "s",
    "del": "s",
    "code": "code",
    "pre": "pre",
    "a": "a",
    "blockquote": "blockquote",
    "tg-spoiler": "span",
}
_PIECE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>|&(#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);|<", re.DOTALL)
_HREF = re.compile(r"""^\s+href\s*=\s*["']([^"']*)["']\s*$""")


class ApiError(Exception):
    """An answer that is not ok, as Telegram words it."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text ready to be shown."""

    text: str
    """Without any formatting."""
    html: str
    """Escaped, with the allowed tags alone."""


def utf16_units(text: str) -> int:
    """Count UTF-16 units, as Telegram does."""
    return len(text.encode("utf-16-le")) // 2


def format_text(text: str, parse_mode: str | None) -> Formatted:
    """Read a text with its parse mode. Raises ApiError as Telegram does for what it refuses."""
    if parse_mode is None:
        formatted = Formatted(text, html.escape(text, quote=False))
    elif parse_mode.upper() == "HTML":
        formatted = _read_html(text)
    else:
        raise ApiError(400, "Bad Request: unsupported parse_mode")
    if not formatted.text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if utf16_units(formatted.text) > MESSAGE_LIMIT:
        raise ApiError(400, "Bad Request: message is too long")
    return formatted


def _read_html(source: str) -> Formatted:
    plain: list[str] = []
    safe: list[str] = []
    still_open: list[tuple[str, str]] = []
    at = 0
    for piece in _PIECE.finditer(source):
        before = source[at : piece.start()]
        plain.append(before)
        safe.append(html.escape(before, quote=False))
        at = piece.end()
        closing, tag, rest, entity = piece.groups()
        if entity is not None:
            sign = html.unescape(piece.group())
            plain.append(sign)
            safe.append(html.escape(sign, quote=False))
        elif tag is None:
            raise _cannot_parse(f'Unsupported start tag "" at byte offset {len(source[: piece.start()].encode())}')
        elif closing:
            if not still_open or still_open[-1][0] != tag.lower():
                raise _cannot_parse(f"Unexpected end tag at byte offset {len(source[: piece.start()].encode())}")
            safe.append(f"</{still_open.pop()[1]}>")
        else:
            safe.append(_open(tag.lower(), rest, len(source[: piece.start()].encode())))
            still_open.append((tag.lower(), _TAGS[tag.lower()]))
    if still_open:
        raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{still_open[-1][0]}"')
    plain.append(source[at:])
    safe.append(html.escape(source[at:], quote=False))
    return Formatted("".join(plain), "".join(safe))


def _open(tag: str, rest: str, offset: int) -> str:
    if tag not in _TAGS:
        raise _cannot_parse(f'Unsupported start tag "{tag}" at byte offset {offset}')
    if tag == "a":
        found = _HREF.match(rest)
        address = html.unescape(found[1]) if found else ""
        if address.startswith(("https://", "http://", "tg://")):
            return f'<a href="{html.escape(address)}" rel="noreferrer">'
        return "<a>"
    return '<span class="spoiler">' if tag == "tg-spoiler" else f"<{_TAGS[tag]}>"


def _cannot_parse(why: str) -> ApiError:
    return ApiError(400, f"Bad Request: can't parse entities: {why}")


def read_keyboard(markup: Any) -> list[list[dict[str, str]]]:
    """Read an inline keyboard; any other markup shows no inline buttons. Raises ApiError."""
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        return []
    rows: list[list[dict[str, str]]] = []
    for row in markup["inline_keyboard"]:
        if len(row) > ROW_LIMIT:
            raise ApiError(400, "Bad Request: too many buttons in a row")
        rows.append([_button(each) for each in row])
    if sum(map(len, rows)) > BUTTONS_LIMIT:
        raise ApiError(400, "Bad Request: reply markup is too long")
    return [row for row in rows if row]


def _button(button: Any) -> dict[str, str]:
    text = button.get("text", "")
    if not text:
        raise ApiError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
    if "url" in button:
        return {"text": text, "url": str(button["url"])}
    data = button.get("callback_data", "")
    if not 1 <= len(data.encode()) <= BUTTON_DATA_LIMIT:
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    return {"text": text, "data": data}
