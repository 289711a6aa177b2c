"""Posters carry the right link and nothing that varies."""

from pathlib import Path

import pytest

from bot.domain.places import Unit
from bot.gazetteer import load
from bot.reports.posters import Numbers, PosterError, poster, start_link, write_poster

NUMBERS = Numbers(police="113", fire="114", ambulance="115")
PLACES = load()


def _unit(code: str) -> Unit:
    unit = PLACES.get(code)
    assert unit is not None
    return unit


def test_the_link_carries_the_ward_as_a_hint() -> None:
    """The payload is what the bot understands at its start: w and the unit's code."""
    assert start_link(_unit("31135"), "@nguontin_bot") == "https://t.me/nguontin_bot?start=w31135"
    assert start_link(_unit("92-don-1"), "nguontin_bot") == "https://t.me/nguontin_bot?start=w92-don-1"
    assert start_link(_unit("92"), "nguontin_bot") == "https://t.me/nguontin_bot"


@pytest.mark.parametrize("username", ["", "x", "nguontin", "nguồntin_bot", "a b_bot", "nguontin_bot?start=x", "1_bot"])
def test_a_name_that_no_bot_can_have_is_refused(username: str) -> None:
    """The exact name is what people check the bot by."""
    with pytest.raises(PosterError, match="username"):
        start_link(_unit("31135"), username)


def test_the_inspectorate_has_no_poster() -> None:
    """Tips about officers start from a draft."""
    with pytest.raises(PosterError, match="inspectorate"):
        start_link(_unit("92-ttra"), "nguontin_bot")


def test_the_same_poster_has_the_same_bytes() -> None:
    """A reprint can be compared with the first print."""
    first = poster(_unit("31135"), username="nguontin_bot", numbers=NUMBERS)
    assert first.startswith(b"%PDF-")
    assert first == poster(_unit("31135"), username="nguontin_bot", numbers=NUMBERS)


def test_a_file_is_named_for_its_unit(tmp_path: Path) -> None:
    """A printer gets a hundred files."""
    path = write_poster(_unit("31480"), username="nguontin_bot", numbers=NUMBERS, folder=tmp_path / "out")
    assert path.name == "31480-long-phu-1.pdf"
    assert path.read_bytes().startswith(b"%PDF-")
