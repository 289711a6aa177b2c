"""What a text may contain once it is inside. Every text is cleaned once, at the door.

Removed: what cannot be stored (NUL, surrogates, noncharacters), what makes a text read differently from what it says
(Unicode TR 9), and what is invisible, for a text marked with it names who passed it on: everything that Unicode lets a
screen ignore, fillers, and the private-use signs that no two telephones show alike. Joiners, selectors and tags stay
inside a whole emoji alone. Every space is a plain one, and of spaces beside each other or at the end of a line one or
none is left. More than four marks on a letter hide its neighbours, so the rest of them goes.
"""

import re
import unicodedata

from bot.domain.text.emoji import WHOLE_EMOJI

MOST_MARKS = 4
"""Marks that a letter keeps: no living language needs more."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 1 << 20, 1 << 16)
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"
    f"{_NONCHARACTERS}"
    "\xad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffc\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e001f\U000e0080-\U000e0fff]"
)
_JOINING = re.compile("[\u200d\ufe0f\U000e0020-\U000e007f]")
_JOINED = re.compile(f"({WHOLE_EMOJI})|{_JOINING.pattern}")
_MARK = "".join(chr(code) for code in range(0x300, 0xFE30) if unicodedata.category(chr(code)) in {"Mn", "Me"})
_STACK = re.compile(f"([{_MARK}]{{{MOST_MARKS}}})[{_MARK}]+")
_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Give the text in NFC without signs that hide, mark or break something; may be empty."""
    text = _UNSEEN.sub("", _BLANKS.sub(" ", _LINE_ENDS.sub("\n", text)))
    if _JOINING.search(text):
        text = _JOINED.sub(lambda found: found[1] or "", text)
    text = _STACK.sub(r"\1", unicodedata.normalize("NFC", text))
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return _LINES.sub("\n\n", text).strip()
