"""Landmarks and people's names of places: checked before they are used, at work at once."""

import tomllib
from pathlib import Path

import pytest

from bot.domain.matching import AliasError, Routing, parse_alias, parse_aliases
from bot.domain.places import Gazetteer, UnitCode
from bot.gazetteer import load, load_finder

SHIPPED = Path(load.__code__.co_filename).parent / "92.landmarks.toml"


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    """The shipped place data of Cần Thơ."""
    return load()


def test_a_new_alias_works_at_once_and_only_in_the_new_finder(places: Gazetteer) -> None:
    """The admin adds one in chat; readers of the old finder are not disturbed."""
    old = load_finder(places)
    alias = parse_alias("Chợ Ba Điều", ["31150"], source="admin", places=places)
    new = old.with_aliases([alias])
    assert new.find("gần chợ ba điều có đá gà").candidates[0].code == "31150"
    assert old.find("gần chợ ba điều có đá gà").decision is not Routing.ROUTE


def test_an_alias_of_two_units_is_asked(places: Gazetteer) -> None:
    """Some places lie on a border."""
    alias = parse_alias("Cầu Ba Điều", ["31150", "31147"], source="admin", places=places)
    finding = load_finder(places).with_aliases([alias]).find("ngay Cầu Ba Điều có cướp")
    assert finding.decision is Routing.ASK
    assert [each.code for each in finding.candidates] == ["31150", "31147"]


def test_an_alias_may_lead_to_a_police_post(places: Gazetteer) -> None:
    """Posts have no ward's name, so aliases are how people find them."""
    alias = parse_alias("Cổng khu chế biến số 9", ["92-don-1"], source="admin", places=places)
    finding = load_finder(places).with_aliases([alias]).find("Cổng khu chế biến số 9 có đánh nhau")
    assert [each.code for each in finding.candidates][0:1] == ["92-don-1"]


@pytest.mark.parametrize(
    ("name", "units", "source", "reason"),
    [
        ("x", ["31135"], "s", "letters"),
        ("!!!", ["31135"], "s", "letters"),
        ("y" * 61, ["31135"], "s", "letters"),
        ("Chợ Lớn", [], "s", "units"),
        ("Chợ Lớn", ["31135"] * 5, "s", "units"),
        ("Chợ Lớn", ["99999"], "s", "no unit 99999"),
        ("Chợ Lớn", ["92-ttra"], "s", "no unit 92-ttra"),
        ("Chợ Lớn", ["31135"], " ", "known from"),
        ("ninh kiều", ["31150"], "s", "name of Phường Ninh Kiều"),
    ],
)
def test_a_useless_alias_is_refused_with_its_reason(
    places: Gazetteer, name: str, units: list[str], source: str, reason: str
) -> None:
    """A slip in the file must not send tips astray."""
    with pytest.raises(AliasError, match=reason):
        parse_alias(name, units, source=source, places=places)


@pytest.mark.parametrize(
    "row",
    [
        {"units": ["31135"], "source": "s"},
        {"names": "Chợ", "units": ["31135"], "source": "s"},
        {"names": ["Chợ Lớn"], "units": "31135", "source": "s"},
        {"names": ["Chợ Lớn"], "units": ["31135"], "source": "s", "unit": "x"},
        {"names": ["Chợ Lớn"], "units": ["31135"]},
    ],
)
def test_a_malformed_row_is_refused(places: Gazetteer, row: dict[str, object]) -> None:
    """People edit the file by hand."""
    with pytest.raises(AliasError):
        parse_aliases([row], places=places)


def test_at_least_sixty_landmarks_are_shipped_each_with_its_source_and_found(places: Gazetteer) -> None:
    """Every one of them must lead where it says."""
    rows = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["place"]
    aliases = parse_aliases(rows, places=places)
    assert len(rows) >= 60
    assert all(alias.source for alias in aliases)
    finder = load_finder(places)
    for alias in aliases:
        found = [each.code for each in finder.find(f"ở {alias.name} có trộm").candidates]
        assert set(alias.units) <= set(found), alias


def test_an_operators_own_file_is_added(places: Gazetteer, tmp_path: Path) -> None:
    """Another file beside the shipped one survives updates."""
    path = tmp_path / "own.toml"
    path.write_text('[[place]]\nnames = ["Quán Chín Lùn"]\nunits = ["31183"]\nsource = "own"\n', encoding="utf-8")
    assert load_finder(places, more=path).find("ở quán chín lùn có bài").candidates[0].code == UnitCode("31183")
    path.write_text("places = []\n", encoding="utf-8")
    with pytest.raises(ValueError, match="unknown field places"):
        load_finder(places, more=path)
    with pytest.raises(FileNotFoundError):
        load_finder(places, more=tmp_path / "missing.toml")
