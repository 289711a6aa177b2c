"""Laws of the ward finder that hold for any text."""

from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.matching import Finder, Routing
from bot.gazetteer import load, load_finder

_PLACES = load()
_NAMES = [unit.full_name for unit in _PLACES.places] + [each.known_as for each in _PLACES.former]
_WORDS = [
    "ở",
    "gần",
    "phường",
    "xã",
    "quận",
    "cũ",
    "mới",
    "Cần Thơ",
    "TP.HCM",
    "p.",
    "chợ",
    "đường",
    ",",
    "\n",
    "1",
    "a",
    "nay là",
]


@pytest.fixture(scope="module")
def finder() -> Finder:
    """The finder with the shipped landmarks."""
    return load_finder(_PLACES)


_TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from([*_NAMES, *_WORDS]), max_size=12).map(" ".join))


@given(text=_TEXTS)
@example(text="phường " * 50)
@example(text="Ninh Kiều, " * 50)
def test_every_text_gets_an_answer_of_the_right_shape(finder: Finder, text: str) -> None:
    """Routing is total: one winner, two to four candidates, or none; best first, all of them real places."""
    finding = finder.find(text)
    count = len(finding.candidates)
    match finding.decision:
        case Routing.ROUTE:
            assert count == 1
        case Routing.ASK:
            assert 2 <= count <= 4
        case _:
            assert count == 0
    scores = [each.score for each in finding.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(_PLACES.units[each.code].is_place for each in finding.candidates)
    assert len({each.code for each in finding.candidates}) == count


@given(text=_TEXTS)
def test_decomposed_text_is_the_same_text(finder: Finder, text: str) -> None:
    """Some telephones send letters and marks apart."""
    assert finder.find(normalize("NFD", text)) == finder.find(normalize("NFC", text))
