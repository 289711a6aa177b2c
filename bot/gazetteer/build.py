"""Generate a province's place data from the data files of the package `vietnamadminunits` (development only).

The package's functions are never called: one of them sends the address to an online service. Only its JSON files are
read, and corrected where they mix same-named communes of different former provinces. Run it as
`python -m bot.gazetteer.build --province 92`; the result is a readable JSON file beside this one.
"""

import argparse
import json
import sys
import textwrap
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from math import hypot
from pathlib import Path
from typing import Any

from bot.domain.text.folding import fold
from bot.gazetteer.look_alikes import look_alikes

ATTRIBUTION = (
    "Generated from the data of the Python package vietnamadminunits 1.0.4 (MIT licence, copyright its authors), "
    "corrected: a former unit goes to units of its own former province only. Do not edit; run bot.gazetteer.build."
)
_NEAR_DEGREES = 0.12  # about 13 km: neighbours farther from all of our centres cannot decide anything
_KINDS = {"Phường": "ward", "Xã": "commune", "Đặc khu": "commune"}

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """The parsed files of the package."""

    current: Json
    legacy: Json
    converter: Json

    @classmethod
    def installed(cls) -> "Source":
        """Read the files of the installed package, without importing it.

        Raises:
            SystemExit: the package is not installed.
        """
        spec = find_spec("vietnamadminunits")
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit("Install the development requirements first: vietnamadminunits is missing.")
        data = Path(spec.submodule_search_locations[0]) / "data"

        def read(name: str) -> Any:
            return json.loads((data / name).read_text(encoding="utf-8"))

        return cls(read("parser_from_2025.json"), read("parser_legacy.json"), read("converter_2025.json"))


def build(province: str, source: Source) -> dict[str, Any]:
    """Make the place data of a province, given its official code ("92").

    Raises:
        SystemExit: there is no such province.
    """
    key = next((k for k, p in source.current["DICT_PROVINCE"].items() if p["provinceCode"] == province), None)
    if key is None:
        raise SystemExit(f"There is no province with the code {province}.")
    head = source.current["DICT_PROVINCE"][key]
    old_keys = source.converter["DICT_PROVINCE"][key]
    today = dict(_wards_of(source.current, key))
    former = list(_former(source, key, today))
    old_city = {c for f in former if f["province"] == head["provinceShort"] for c in f["units"]}
    units = [_unit(ward, old_city) for ward in today.values()]
    districts = [each for old in old_keys for each in _districts(source, old)]
    own = {head["provinceShort"], *(d["province"] for d in districts)}
    names = {u["name"] for u in units} | {f["name"] for f in former} | {d["name"] for d in districts} | own
    for each in former:
        del each["province"]
    return {
        "about": ATTRIBUTION,
        "province": {
            "code": province,
            "name": head["provinceShort"],
            "before": list(dict.fromkeys((head["provinceShort"], *(d["province"] for d in districts)))),
        },
        "units": units,
        "districts": districts,
        "former": former,
        "elsewhere": {
            "provinces": _other_provinces(source, own),
            "districts": _other_districts(source, old_keys),
            "look_alikes": sorted(look_alikes(names, _other_wards(source, key, old_keys)), key=_by_letters),
            "points": _points(source, key, old_keys, [(u["lat"], u["lon"]) for u in units]),
        },
    }


def _unit(ward: Json, old_city: Container[str]) -> dict[str, Any]:
    return {
        "code": ward["wardCode"],
        "kind": _kind(ward),
        "name": _plain(ward["wardShort"]),
        "lat": ward["wardLat"],
        "lon": ward["wardLon"],
        "old_city": ward["wardCode"] in old_city,
    }


def _districts(source: Source, province: str) -> Iterator[dict[str, Any]]:
    for district in source.legacy["DICT_PROVINCE_DISTRICT"][province].values():
        yield {
            "code": district["districtCode"],
            "kind": district["districtType"].lower(),
            "name": _plain(district["districtShort"]),
            "province": source.legacy["DICT_PROVINCE"][province]["provinceShort"],
        }


def _kind(ward: Json) -> str:
    """Read the kind from the full name: the package's own field is wrong for two wards of Cần Thơ."""
    return next(kind for word, kind in _KINDS.items() if ward["ward"].startswith(word))


def _wards_of(current: Json, key: str) -> Iterator[tuple[str, Json]]:
    for part in ("DICT_PROVINCE_WARD_NO_ACCENTED", "DICT_PROVINCE_WARD_ACCENTED"):
        yield from ((fold(k), ward) for k, ward in current[part].get(key, {}).items())


def _former_wards(legacy: Json, province: str) -> Iterator[tuple[str, str, Json]]:
    """Give each former ward of a former province: key of its district, its own key, its data.

    A few island districts had no wards and stand in the data with a number that is not one.
    """
    for part in ("DICT_PROVINCE_DISTRICT_WARD_NO_ACCENTED", "DICT_PROVINCE_DISTRICT_WARD_ACCENTED"):
        for district, wards in legacy[part].get(province, {}).items():
            yield from ((district, fold(k), w) for k, w in wards.items() if isinstance(w["wardShort"], str))


def _former(source: Source, key: str, today: Mapping[str, Json]) -> Iterator[dict[str, Any]]:
    whole = source.converter["DICT_PROVINCE_WARD_NO_DIVIDED"][key]
    went = {old: [new] for new, parts in whole.items() for old in parts}
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for new, parts in whole.items():
        homes[new].update(part.split("_")[0] for part in parts)
    for old, targets in source.converter["DICT_PROVINCE_WARD_DIVIDED"].get(key, {}).items():
        ordered = sorted(targets, key=lambda t: not t["isDefaultNewWard"])
        own = [t["newWardKey"] for t in ordered if old.split("_")[0] in homes[t["newWardKey"]]]
        went[old] = own or [ordered[0]["newWardKey"]]
    for province in source.converter["DICT_PROVINCE"][key]:
        for district, ward_key, ward in _former_wards(source.legacy, province):
            targets = went.get(f"{province}_{district}_{ward_key}")
            if targets is None:
                sys.stderr.write(f"The package does not say where {ward['ward']} went: left out.\n")
                continue
            units = [today[target] for target in targets]
            yield {
                "kind": ward["wardType"].lower(),
                "name": _plain(ward["wardShort"]),
                "district": source.legacy["DICT_PROVINCE_DISTRICT"][province][district]["districtCode"],
                "province": source.legacy["DICT_PROVINCE"][province]["provinceShort"],
                "units": [unit["wardCode"] for unit in units],
                **_centre(ward, units),
            }


def _centre(ward: Json, units: Iterable[Json]) -> dict[str, float]:
    """Give the centre of a former unit, or nothing where the package has that of a namesake far away."""
    lat, lon = ward["wardLat"], ward["wardLon"]
    if all(hypot(lat - unit["wardLat"], lon - unit["wardLon"]) > _NEAR_DEGREES for unit in units):
        return {}
    return {"lat": round(lat, 4), "lon": round(lon, 4)}


def _by_letters(name: str) -> tuple[str, str]:
    return fold(name), name


def _plain(name: str) -> str:
    """Take away what the package adds to tell names apart: "Thạnh An (Xã)", "Phường 5"."""
    return name.split(" (", maxsplit=1)[0].removeprefix("Phường ")


def _other_provinces(source: Source, own: set[str]) -> list[str]:
    both = (*source.current["DICT_PROVINCE"].values(), *source.legacy["DICT_PROVINCE"].values())
    return sorted({p["provinceShort"] for p in both} - own, key=_by_letters)


def _other_districts(source: Source, own: Iterable[str]) -> list[str]:
    skipped = set(own)
    names = {
        f"{d['districtType'].lower()} {_plain(d['districtShort']).removeprefix('Quận ')}"
        for province, districts in source.legacy["DICT_PROVINCE_DISTRICT"].items()
        if province not in skipped
        for d in districts.values()
    }
    return sorted(names, key=_by_letters)


def _other_wards(source: Source, key: str, old_keys: Iterable[str]) -> Iterator[str]:
    skipped = set(old_keys)
    for province in source.current["DICT_PROVINCE"]:
        if province != key:
            yield from (_plain(ward["wardShort"]) for _, ward in _wards_of(source.current, province))
    for province in source.legacy["DICT_PROVINCE"]:
        if province not in skipped:
            yield from (_plain(ward["wardShort"]) for _, _, ward in _former_wards(source.legacy, province))


def _points(
    source: Source, key: str, old_keys: Iterable[str], ours: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    skipped = set(old_keys)
    today = (w for p in source.current["DICT_PROVINCE"] if p != key for _, w in _wards_of(source.current, p))
    before = (
        w for p in source.legacy["DICT_PROVINCE"] if p not in skipped for _, _, w in _former_wards(source.legacy, p)
    )
    found = {(round(w["wardLat"], 3), round(w["wardLon"], 3)) for each in (today, before) for w in each}
    return sorted(
        (lat, lon)
        for lat, lon in found
        if any(abs(lat - a) < _NEAR_DEGREES and abs(lon - b) < _NEAR_DEGREES for a, b in ours)
    )


def to_json(data: Json) -> str:
    """Write the data as JSON with one place on a line, so that people can read it and see changes."""
    parts = [f"{json.dumps(name)}: {_rendered(value)}" for name, value in data.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _rendered(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in value)
        return f"[\n{rows}\n]"
    if isinstance(value, list):
        items = textwrap.fill(
            ", ".join(json.dumps(item, ensure_ascii=False).replace(" ", "\xa0") for item in value),
            width=110,
            initial_indent="  ",
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        return "[\n" + items.replace("\xa0", " ") + "\n]"
    if isinstance(value, dict) and any(isinstance(each, list) and len(each) > _FEW for each in value.values()):
        return "{\n" + ",\n".join(f"{json.dumps(k)}: {_rendered(v)}" for k, v in value.items()) + "\n}"
    return json.dumps(value, ensure_ascii=False)


_FEW = 3


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--province", default="92", help="official code of the province (92 is Cần Thơ)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder for the file")
    chosen = parser.parse_args()
    target = chosen.out / f"{chosen.province}.json"
    target.write_text(to_json(build(chosen.province, Source.installed())), encoding="utf-8")


if __name__ == "__main__":
    main()
