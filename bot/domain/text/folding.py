"""Vietnamese text without its marks: how a word looks when tone, hat, horn and letter case are taken away.

Everything that compares words compares them folded, so that "Hoà", "Hòa", "HOA" and the decomposed text of some
telephones are one word. The letter đ has no decomposition and is mapped by hand.
"""

import re
from dataclasses import dataclass
from unicodedata import is_normalized, normalize

_MARKS = re.compile("[\u0300-\u036f]+")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_LONE_Y = re.compile(r"^((?:[bcdghklmnpstvx]|th|ch|ph|nh|kh|tr)?|qu)y$")
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]+|_+|\n+")
_TEEN = re.compile(r"\bf(?=[aeiouy])|j|w|\bz|\bdz|\bk(?=[aou])")
_TEEN_FOR = {"f": "ph", "j": "i", "w": "qu", "z": "d", "dz": "d", "k": "c"}
_TEEN_LETTERS = frozenset("fjwzk")

SPACE, JOINER, COMMA, BREAK = range(4)
"""How far apart two words stand: a space, a point or dash, a comma or bracket, a line or the end of a sentence."""
_GAPS = dict.fromkeys(".-_/'’–·", JOINER) | dict.fromkeys("\n!?", BREAK)


@dataclass(frozen=True, slots=True)
class Words:
    """A text as words: as written, folded for comparing, and the gap before each."""

    written: tuple[str, ...]
    keys: tuple[str, ...]
    gaps: tuple[int, ...]

    def up_to(self, end: int) -> "Words":
        """Give the words before a position."""
        return Words(self.written[:end], self.keys[:end], self.gaps[:end])


def fold(text: str) -> str:
    """Strip tones, hats, horns and letter case: "Đường Hoà Bình" becomes "duong hoa binh"."""
    return _MARKS.sub("", normalize("NFD", text)).replace("đ", "d").replace("Đ", "d").casefold()


def plain_tone(word: str) -> str:
    """Give one written syllable with its tone at the end, so that "hoà" and "hòa" are the same string.

    The tones hỏi and ngã become one, as they are in southern speech and often in southern spelling.
    """
    marked = normalize("NFD", word.casefold())
    tone = _TONE.search(marked)
    return _TONE.sub("", marked) + (tone.group().replace("\u0309", "\u0303") if tone else "")


def toneless(word: str) -> str:
    """Take only the tones away, hats and horns stay: "Phước" becomes "phươc", decomposed."""
    return _TONE.sub("", normalize("NFD", word.casefold()))


def split_words(text: str) -> Words:
    """Split a text into words and fold them; keys also write "mỹ" as "mi", "fường" as "phuong"."""
    tokens = _TOKEN.findall(text if is_normalized("NFC", text) else normalize("NFC", text))
    written: list[str] = []
    gaps: list[int] = []
    gap = BREAK
    for token in tokens:
        if token[0].isalnum():
            written.append(token)
            gaps.append(gap)
            gap = SPACE
        else:
            gap = max(gap, _GAPS.get(token[0], COMMA) if len(set(token)) == 1 else COMMA)
    return Words(tuple(written), tuple(_keys("\n".join(written))) if written else (), tuple(gaps))


def key_of(phrase: str) -> tuple[str, ...]:
    """Give the keys of a phrase's words, as `split_words` makes them."""
    return split_words(phrase).keys


def _keys(lines: str) -> list[str]:
    folded = fold(lines)
    if not _TEEN_LETTERS.isdisjoint(folded):
        folded = _TEEN.sub(lambda found: _TEEN_FOR[found.group()], folded)
    return [_LONE_Y.sub(r"\1i", word) if word[-1:] == "y" else word for word in folded.split("\n")]
