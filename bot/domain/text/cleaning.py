"""What a text may contain once it is inside. Every text is cleaned once, at the door.

Removed: NUL and other control characters, lone surrogates, and the bidirectional controls that make a text read
differently from what it says (Unicode TR 9). Kept: line breaks, tabs as spaces, joiners that emoji need.
"""

import re
import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNWANTED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufff9-\ufffb{_BIDI}]")
_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Give the text in NFC without characters that hide or break something; may be empty."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _UNWANTED.sub("", text)
    return _LINES.sub("\n\n", unicodedata.normalize("NFC", text)).strip()
