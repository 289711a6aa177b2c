"""What makes two spellings one word."""

import pytest

from bot.domain.text.folding import BREAK, COMMA, JOINER, SPACE, fold, key_of, plain_tone, split_words


def test_marks_case_and_d_stroke_fall_away() -> None:
    """Queries without marks must meet names with them."""
    assert fold("Đường Hoà Bình, ĐỖ") == "duong hoa binh, do"


def test_decomposed_text_folds_like_composed_text() -> None:
    """Some telephones send letters and marks apart."""
    assert fold("Ninh Kiê\u0300u") == fold("Ninh Kiều") == "ninh kieu"


@pytest.mark.parametrize(("one", "other"), [("hoà", "hòa"), ("THUỶ", "thủy"), ("lữa", "lửa"), ("vỉnh", "vĩnh")])
def test_tone_place_and_southern_tones_make_no_difference(one: str, other: str) -> None:
    """Both tone styles are in use, and the south writes hỏi for ngã."""
    assert plain_tone(one) == plain_tone(other)


def test_different_tones_stay_different() -> None:
    """The tone is what tells Thạnh from Thành."""
    assert plain_tone("thạnh") != plain_tone("thành")


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("Mỹ Quý", ("mi", "qui")),
        ("Tây Thủy", ("tay", "thuy")),
        ("fường kái zô", ("phuong", "cai", "do")),
        ("p5", ("p", "5")),
        ("", ()),
        ("😡!!", ()),
    ],
)
def test_keys_unite_spellings_people_mix(written: str, keys: tuple[str, ...]) -> None:
    """To their readers "mỹ" and "mĩ", "phường" and "fường" are the same."""
    assert key_of(written) == keys


def test_gaps_say_how_far_apart_words_stand() -> None:
    """A name may go over a space or a point, not over a comma or a line."""
    assert split_words("N.Kiều, Cái Răng\nÔ Môn").gaps == (BREAK, JOINER, COMMA, SPACE, BREAK, SPACE)
