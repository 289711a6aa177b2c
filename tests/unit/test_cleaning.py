"""What a text may contain once it is inside."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.cleaning import clean


def test_nul_controls_and_bidi_overrides_are_removed() -> None:
    """They hide text from the officer, or break the database."""
    assert clean("a\x00b\u202ec\u2066d\x1b[31m") == "abcd[31m"


def test_lone_surrogates_are_removed() -> None:
    """They cannot be stored as UTF-8."""
    assert clean("a\ud800b") == "ab"


def test_vietnamese_becomes_nfc_and_line_breaks_stay() -> None:
    """Telephones that paste decomposed letters must not make other words."""
    assert clean(unicodedata.normalize("NFD", "Đường Hoà Bình\r\n\r\n\r\n\r\nsố 5")) == "Đường Hoà Bình\n\nsố 5"


def test_emoji_with_joiners_stay_whole() -> None:
    """A family emoji is one sign to the writer."""
    assert clean("👨‍👩‍👧") == "👨‍👩‍👧"


@given(st.text(st.characters(), max_size=200))
def test_a_clean_text_is_storable_and_cleaning_it_again_changes_nothing(text: str) -> None:
    """The door is passed once, whatever comes."""
    cleaned = clean(text)
    cleaned.encode()
    assert clean(cleaned) == cleaned
