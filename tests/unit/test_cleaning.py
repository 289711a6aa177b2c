"""What a text may contain once it is inside."""

import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.cleaning import MOST_MARKS, clean
from bot.services.text_meaning import read_code

EMOJI = [
    emoji
    for line in Path(__file__).with_name("emoji.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for emoji in line.split()
]
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180f\u3164\ufe00\ufe0e\ufe0f\uffa0\ufffc\U0001d159\U000e0100\U000e01ef"
"""Invisible, and yet a letter, a mark or a sign to Unicode."""
VISIBLE_FORMATS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Of the category of formats, and yet they can be seen."""
BLANK = "\u2800"
NOTHING_TO_SEE = [
    sign
    for sign in map(chr, range(0x110000))
    if unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"} and sign not in VISIBLE_FORMATS and not sign.isspace()
]
SIGNS = st.one_of(
    st.characters(),
    st.sampled_from(
        [*EMOJI, *FILLERS, BLANK, *"\u200d\ufe0f\u20e3🏴👨🧑❤🏿1a\u0323\u0302\u0e47\n ", "\U000e0067", "\U000e007f"]
    ),
)
TEXTS = st.lists(SIGNS, max_size=60).map("".join)


def seen(text: str) -> str:
    """Give what a reader sees of a text, decomposed, without marks and spaces."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFD", text)
        if unicodedata.category(sign)[0] in "LNPS" and sign not in FILLERS + BLANK
    )


def test_vietnamese_becomes_nfc_and_line_breaks_stay() -> None:
    """Telephones that paste decomposed letters must not make other words."""
    pasted = unicodedata.normalize("NFD", "Đường  Hoà\u00a0Bình \r\n\r\n\u2028\r\n\tsố\u30005")
    assert clean(pasted) == "Đường Hoà Bình\n\nsố 5"


def test_what_cannot_be_seen_is_not_there() -> None:
    """NUL breaks the database, an override hides words from the officer, a filler marks who passed a text on."""
    assert clean("".join([*NOTHING_TO_SEE, *FILLERS, BLANK, "\u2029"])) == ""
    assert clean(f"a{''.join([*NOTHING_TO_SEE, *FILLERS])}b") == "ab"


@given(TEXTS)
def test_a_clean_text_is_storable_no_longer_and_clean(text: str) -> None:
    """The door is passed once, whatever comes."""
    cleaned = clean(text)
    cleaned.encode()
    assert clean(cleaned) == cleaned
    assert len(cleaned) <= len(unicodedata.normalize("NFC", text))
    marks = "".join("m" if unicodedata.category(sign) in {"Mn", "Me"} and sign < "\ufe30" else " " for sign in cleaned)
    assert max(map(len, marks.split()), default=0) <= MOST_MARKS


@given(TEXTS)
def test_everything_that_can_be_seen_stays(text: str) -> None:
    """No word is lost or changed at the door."""
    assert seen(clean(text)) == seen(text)


def test_a_receipt_code_is_read_however_it_was_copied() -> None:
    """Phones put spaces, dashes and invisible signs into numbers, and keyboards write them wide."""
    for copied in (
        "1234 5678 9012 3456",
        "1234-5678.9012/3456",
        "12\u200b34–5678—9012_34\u206056",
        "１２３４５６７８９０１２３４５６",
    ):
        assert read_code(clean(f"mã: {copied}")) == "1234567890123456"


def test_every_emoji_stays_whole() -> None:
    """A family, a flag or a key is one sign to the writer."""
    assert [emoji for emoji in EMOJI if clean(emoji) != emoji] == []
    assert clean(" ".join(EMOJI)) == " ".join(EMOJI)


@given(st.lists(st.sampled_from([*EMOJI, "😀", "Đ", "ệ", "1", "#"]), min_size=1, max_size=12), st.data())
def test_no_invisible_sign_tells_two_texts_apart(parts: list[str], data: st.DataObject) -> None:
    """A text handed to each of several people with a mark of their own would name who passed it on."""
    marks = [data.draw(st.lists(st.sampled_from([*NOTHING_TO_SEE, *FILLERS]), max_size=3)) for _ in parts]
    marked = " ".join(part + "".join(mark) for part, mark in zip(parts, marks, strict=True))
    assert clean(marked) == " ".join(parts)
