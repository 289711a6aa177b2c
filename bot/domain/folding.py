"""Vietnamese text without its marks: how a word looks when tone, hat, horn and letter case are taken away.

Everything that compares words compares them folded, so that "Hoà", "Hòa", "HOA" and the decomposed text of some
telephones are one word. The letter đ has no decomposition and is mapped by hand.
"""

import re
from unicodedata import normalize

_MARKS = re.compile("[\u0300-\u036f]+")
_LONE_Y = re.compile(r"\b((?:[bcdghklmnpstvx]|th|ch|ph|nh|kh|tr)|qu)y\b")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def fold(text: str) -> str:
    """Strip tones, hats, horns and letter case: "Đường Hoà Bình" becomes "duong hoa binh"."""
    return _MARKS.sub("", normalize("NFD", text)).replace("đ", "d").replace("Đ", "d").casefold()


def fold_y(folded: str) -> str:
    """Write a lone y as i in folded text: "my" and "mi", "quy" and "qui" are one word to people."""
    return _LONE_Y.sub(r"\1i", folded) if "y" in folded else folded


def plain_tone(word: str) -> str:
    """Give one written syllable with its tone moved to the end: "hoà" and "hòa" become the same string."""
    marked = normalize("NFD", word.casefold())
    tone = _TONE.search(marked)
    return marked.translate(_TONES) + (tone.group() if tone else "")
