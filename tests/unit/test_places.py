"""The place data and the ways through it."""

import json
from pathlib import Path

import pytest

from bot.domain.places import Gazetteer, Unit, UnitCode, UnitKind
from bot.domain.text.folding import fold
from bot.gazetteer import load
from bot.gazetteer.build import Source, build, to_json

TRAPS = {
    ("Tân An", "Ninh Kiều"): "Ninh Kiều",
    ("Long Hưng", "Ô Môn"): "Thới Long",
    ("Thạnh An", "Vĩnh Thạnh"): "Thạnh Quới",
    ("Tân Thạnh", "Thới Lai"): "Trường Thành",
    ("Đông Phước", "Châu Thành"): "Phú Hữu",
    ("Tân Long", "Phụng Hiệp"): "Thạnh Hòa",
    ("Vị Thanh", "Vị Thủy"): "Vị Thanh 1",
    ("Vĩnh Tường", "Long Mỹ"): "Long Bình",
    ("Thạnh Hòa", "Thốt Nốt"): "Trung Nhứt",
    ("Vị Thủy", "Vị Thủy"): "Vĩnh Thuận Đông",
    ("Thuận Hưng", "Long Mỹ"): "Xà Phiên",
    ("Thuận Hòa", "Long Mỹ"): "Xà Phiên",
    ("Châu Thành", "Châu Thành"): "Phú Tâm",
    ("Hưng Phú", "Mỹ Tú"): "Long Hưng",
    ("Cù Lao Dung", "Cù Lao Dung"): "An Thạnh",
    ("Phú Hữu", "Long Phú"): "Trường Khánh",
    ("Long Phú", "Long Mỹ"): "Long Phú 1",
    ("Thạnh Phú", "Mỹ Xuyên"): "Nhu Gia",
    ("Thạnh Quới", "Mỹ Xuyên"): "Gia Hòa",
    ("Long Bình", "Ngã Năm"): "Tân Long",
    ("Thuận Hưng", "Mỹ Tú"): "Mỹ Hương",
}


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    """The shipped place data of Cần Thơ."""
    return load()


def _named(places: Gazetteer, name: str) -> Unit:
    return next(unit for unit in places.places if unit.name == name)


def test_the_city_has_31_wards_and_72_communes(places: Gazetteer) -> None:
    """Resolution 1668/NQ-UBTVQH15 says so."""
    kinds = [unit.kind for unit in places.places]
    assert (kinds.count(UnitKind.WARD), kinds.count(UnitKind.COMMUNE)) == (31, 72)
    assert _named(places, "Tân Lộc").full_name == "Phường Tân Lộc"
    assert _named(places, "Phong Điền").full_name == "Xã Phong Điền"


def test_every_former_unit_went_somewhere(places: Gazetteer) -> None:
    """263 names must lead to a queue, and only three of them to two."""
    assert len(places.former) == 263
    assert all(each.units and set(each.units) <= set(places.units) for each in places.former)
    split = {each.name for each in places.former if len(each.units) > 1}
    assert split == {"Bùi Hữu Nghĩa", "Long Tuyền", "Thốt Nốt"}


def test_every_unit_is_made_of_something(places: Gazetteer) -> None:
    """A ward that no former unit leads to would show a mistake in the map."""
    reached = {code for each in places.former for code in each.units}
    assert reached == {unit.code for unit in places.places}


def test_32_units_lie_in_the_old_city(places: Gazetteer) -> None:
    """The figures of 2019 stand beside these and no others."""
    assert sum(unit.old_city for unit in places.places) == 32
    provinces = [{each.province for each in places.districts_of(unit.code)} for unit in places.places]
    assert [unit.old_city for unit in places.places] == ["Cần Thơ" in each for each in provinces]


@pytest.mark.parametrize(("old", "district", "now"), [(*old, now) for old, now in TRAPS.items()])
def test_a_former_name_that_belongs_elsewhere_today_leads_to_its_ground(
    places: Gazetteer, old: str, district: str, now: str
) -> None:
    """These names now belong to other places: the data must follow the ground, not the name."""
    units = {
        places.units[each.units[0]].name
        for each in places.former
        if each.name == old and places.districts[each.district].name == district
    }
    assert now in units


def test_phu_tan_of_hau_giang_went_to_phu_huu(places: Gazetteer) -> None:
    """The package sends it to its namesake's unit in Sóc Trăng."""
    went = [
        each.units
        for each in places.former
        if each.name == "Phú Tân" and places.districts[each.district].province == "Hậu Giang"
    ]
    assert went == [(_named(places, "Phú Hữu").code,)]


def test_the_shipped_file_is_what_the_generator_makes() -> None:
    """A correction made by hand would be lost with the next generation."""
    shipped = (Path(load.__code__.co_filename).parent / "92.json").read_text(encoding="utf-8")
    assert shipped == to_json(build("92", Source.installed()))


def test_other_provinces_can_be_generated(tmp_path: Path) -> None:
    """Another city is another bot, with the same generator."""
    (tmp_path / "48.json").write_text(to_json(build("48", Source.installed())), encoding="utf-8")
    places = load("48", directory=tmp_path)
    assert places.name == "Đà Nẵng"
    assert places.duty == "48-truc"
    assert all(unit.parent == "48" for unit in places.places)


def test_an_unknown_province_is_a_sentence() -> None:
    """The operator must learn what to do."""
    with pytest.raises(FileNotFoundError, match="build"):
        load("00")
    with pytest.raises(SystemExit, match="no province"):
        build("00", Source.installed())


def test_broken_data_is_named(tmp_path: Path) -> None:
    """A hand-edited file must not fail later, in the middle of a tip."""
    (tmp_path / "92.json").write_text(json.dumps({"province": {"name": "x", "before": []}}), encoding="utf-8")
    with pytest.raises(ValueError, match="former"):
        load("92", directory=tmp_path)


def test_codes_are_official_or_start_with_the_province(places: Gazetteer) -> None:
    """Codes are stored for years and printed on posters."""
    for code, unit in places.units.items():
        assert (code.isdigit() and len(code) == 5) if unit.is_place else code.startswith("92")
    assert {places.city, places.duty, places.inspectorate} <= set(places.units)
    assert len(places.posts) == 2


def test_the_tree_leads_up_and_down(places: Gazetteer) -> None:
    """A queue without an officer is handed up; a commander sees what is below."""
    code = UnitCode("31135")
    assert places.path_up(code) == (code, places.city)
    assert places.subtree(code) == {code}
    assert places.subtree(places.city) == set(places.units) - {places.inspectorate}


def test_a_code_from_outside_may_be_unknown(places: Gazetteer) -> None:
    """Start payloads can be forged."""
    assert places.get("31135") is not None
    assert places.get("99999") is None


def test_units_are_shown_as_people_know_them(places: Gazetteer) -> None:
    """The picker must recall the names of before."""
    assert _named(places, "Tân An").known_as == "Tân An (Hưng Lợi, An Khánh cũ)"
    assert _named(places, "Sóc Trăng").known_as.startswith("Sóc Trăng (Phường 5")
    assert _named(places, "Lai Hòa").known_as == "Lai Hòa"


def test_former_districts_lead_to_todays_units(places: Gazetteer) -> None:
    """The picker pages through what people remember."""
    grouped = places.districts_by_province()
    assert list(grouped) == ["Cần Thơ", "Hậu Giang", "Sóc Trăng"]
    assert sum(map(len, grouped.values())) == len(places.districts) == 28
    district = next(each for each in grouped["Cần Thơ"] if each.name == "Ninh Kiều")
    assert district.full_name == "Quận Ninh Kiều"
    assert {unit.name for unit in places.units_of(district.code)} == {"Ninh Kiều", "Cái Khế", "Tân An", "An Bình"}
    assert all(fold(each.name) == fold(each.name.split(" (")[0]) for each in places.districts.values())


def test_the_nearest_units_come_first(places: Gazetteer) -> None:
    """A shared location offers three wards."""
    found = places.nearest(10.0331, 105.7870)
    assert found.units[0].unit.name == "Ninh Kiều"
    assert len(found.units) == 3
    assert found.is_inside
    assert [near.km for near in found.units] == sorted(near.km for near in found.units)


@pytest.mark.parametrize(
    ("lat", "lon"), [(10.3861, 105.4352), (10.0689, 105.8242), (21.0278, 105.8342), (9.2940, 105.7278)]
)
def test_points_in_other_provinces_are_outside(places: Gazetteer, lat: float, lon: float) -> None:
    """Long Xuyên, Bình Minh, Hà Nội and Bạc Liêu have police of their own."""
    assert not places.nearest(lat, lon).is_inside


def test_every_centre_is_inside_its_own_city(places: Gazetteer) -> None:
    """A citizen in the middle of a ward must not be told that it is elsewhere."""
    for unit in places.places:
        assert unit.lat is not None
        assert unit.lon is not None
        found = places.nearest(unit.lat, unit.lon)
        assert found.is_inside
        assert unit.code in {near.unit.code for near in found.units}


@pytest.mark.parametrize(
    ("lat", "lon", "n"), [(91.0, 0.0, 3), (0.0, 181.0, 3), (10.0, 105.0, 0), (float("nan"), 0.0, 1)]
)
def test_points_off_the_globe_are_refused(places: Gazetteer, lat: float, lon: float, n: int) -> None:
    """Numbers from outside may be anything."""
    with pytest.raises(ValueError, match="latitude"):
        places.nearest(lat, lon, n)
