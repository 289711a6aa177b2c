"""The places of the city: today's units, the wards and districts they were made of, and the ways between them.

A unit is a queue of tips: a ward or commune, or one of the few police units above and beside them. Nothing is read from
disk here: `bot.gazetteer` builds a `Gazetteer` from the shipped data.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import NewType

UnitCode = NewType("UnitCode", str)
"""The official code of a ward or commune ("31135"), or our own for the rest ("92", "92-truc", "92-don-1")."""
DistrictCode = NewType("DistrictCode", str)
"""The official code of a district abolished in 2025 ("916" was Ninh Kiều)."""

_EARTH_KM = 6371.0
_FARTHEST_KM = 15.0
_BORDER = 1.3  # a point is ours while no unit of another province is this many times nearer than ours


class UnitKind(StrEnum):
    """What sort of unit holds a queue."""

    CITY = "city"
    WARD = "ward"
    COMMUNE = "commune"
    POST = "post"
    DUTY = "duty"
    INSPECTORATE = "inspectorate"


class FormerKind(StrEnum):
    """What a former unit was called."""

    WARD = "phường"
    COMMUNE = "xã"
    TOWN = "thị trấn"


_PREFIX = {UnitKind.WARD: "Phường", UnitKind.COMMUNE: "Xã", UnitKind.POST: "Đồn Công an"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A queue of tips, with its place on the map where it has one."""

    code: UnitCode
    name: str
    kind: UnitKind
    parent: UnitCode | None = None
    old_city: bool = False
    """Whether it lies in the city as it was before 2025: earlier figures stand beside those units only."""
    former: tuple[str, ...] = ()
    """Names of the former units it was made of, its own name left out."""
    lat: float | None = None
    lon: float | None = None

    @property
    def full_name(self) -> str:
        """Give the name as it stands on a sign: "Phường Ninh Kiều"."""
        prefix = _PREFIX.get(self.kind)
        return f"{prefix} {self.name}" if prefix else self.name

    @property
    def is_place(self) -> bool:
        """Say whether people can live in it: a ward or a commune."""
        return self.kind in {UnitKind.WARD, UnitKind.COMMUNE}

    @property
    def known_as(self) -> str:
        """Give the name with the former names people know: "Tân An (Hưng Lợi, An Khánh cũ)"."""
        return f"{self.name} ({', '.join(self.former)} cũ)" if self.former else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerUnit:
    """A ward, commune or town that ended in 2025, and where it went."""

    name: str
    kind: FormerKind
    district: DistrictCode
    units: tuple[UnitCode, ...]
    """Today's units, the one with most of it first; more than one only where it was truly split."""
    lat: float | None = None
    lon: float | None = None

    @property
    def known_as(self) -> str:
        """Give the name as people say it: a number only with its type word ("Phường 5")."""
        is_number = self.name.isdigit() or not self.name.strip("IVX")
        return f"{self.kind.capitalize()} {self.name}" if is_number else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A district that ended in 2025, and today's units on its ground."""

    code: DistrictCode
    name: str
    kind: str
    """"quận", "huyện", "thị xã" or "thành phố"."""
    province: str
    """The province it belonged to before 2025."""
    units: tuple[UnitCode, ...]

    @property
    def full_name(self) -> str:
        """Give the name as people said it: "Quận Ninh Kiều"."""
        return f"{self.kind[0].upper()}{self.kind[1:]} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What a finder must know of the rest of the country, so as not to take it for ours."""

    provinces: tuple[str, ...] = ()
    """Names of provinces, of today and before 2025, that are not ours."""
    districts: tuple[str, ...] = ()
    """Former districts of theirs, type word first: "quận Bình Thạnh"."""
    look_alikes: tuple[str, ...] = ()
    """Their wards whose names hold one of ours or are one letter away from one."""
    points: tuple[tuple[float, float], ...] = ()
    """Centres of their wards near our border, as latitude and longitude."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A unit near a point."""

    unit: Unit
    km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """What lies around a point: the nearest units, nearest first, and whether the point seems to be in the city."""

    units: tuple[Near, ...]
    is_inside: bool


@dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """Every place of one city, read-only."""

    name: str
    """The name of the city or province: "Cần Thơ"."""
    provinces: tuple[str, ...]
    """The provinces before 2025 that it was made of, its own name among them."""
    units: Mapping[UnitCode, Unit]
    former: tuple[FormerUnit, ...]
    districts: Mapping[DistrictCode, District]
    city: UnitCode
    duty: UnitCode
    inspectorate: UnitCode
    """Below nobody: no right over units, and no sum of them, reaches it."""
    elsewhere: Elsewhere = field(default_factory=Elsewhere)

    def get(self, code: str) -> Unit | None:
        """Give the unit of a code, or None: the code may come from outside."""
        return self.units.get(UnitCode(code))

    @cached_property
    def places(self) -> tuple[Unit, ...]:
        """Give the wards and communes, in the order of the data."""
        return tuple(unit for unit in self.units.values() if unit.is_place)

    @cached_property
    def posts(self) -> tuple[Unit, ...]:
        """Give the police posts: no place is named after them, so people choose them by hand."""
        return tuple(unit for unit in self.units.values() if unit.kind is UnitKind.POST)

    def path_up(self, code: UnitCode) -> tuple[UnitCode, ...]:
        """Give the codes from the unit to the root, both included."""
        path = [code]
        while (parent := self.units[path[-1]].parent) is not None:
            path.append(parent)
        return tuple(path)

    def subtree(self, code: UnitCode) -> frozenset[UnitCode]:
        """Give the codes of the unit and of all units below it."""
        found = {code}
        fresh = [code]
        while fresh:
            fresh = [child for each in fresh for child in self._children.get(each, ())]
            found.update(fresh)
        return frozenset(found)

    def districts_by_province(self) -> Mapping[str, tuple[District, ...]]:
        """Give the former districts under the province they belonged to, for paging through them."""
        grouped: dict[str, list[District]] = {name: [] for name in self.provinces}
        for district in self.districts.values():
            grouped[district.province].append(district)
        return {name: tuple(found) for name, found in grouped.items()}

    def units_of(self, district: DistrictCode) -> tuple[Unit, ...]:
        """Give today's units on the ground of a former district."""
        return tuple(self.units[code] for code in self.districts[district].units)

    def districts_of(self, code: UnitCode) -> tuple[District, ...]:
        """Give the former districts a unit lies in; none for a unit that is no place."""
        return self._districts_of.get(code, ())

    def nearest(self, lat: float, lon: float, n: int = 3) -> Nearby:
        """Rank the units around a point, from the centres of today's and former units (right 4 times of 5).

        Raises:
            ValueError: the point is not on the globe, or no unit was asked for.
        """
        if not (-90 <= lat <= 90 and -180 <= lon <= 180) or n < 1:  # noqa: PLR2004  degrees
            raise ValueError("latitude -90..90, longitude -180..180 and at least one unit are needed")
        best: dict[UnitCode, float] = {}
        for code, at in self._centres:
            km = _distance(at, (lat, lon))
            if km < best.get(code, _EARTH_KM * 4):
                best[code] = km
        ranked = sorted(best.items(), key=lambda each: each[1])[:n]
        foreign = min((_distance(at, (lat, lon)) for at in self.elsewhere.points), default=_EARTH_KM)
        ours = ranked[0][1]
        return Nearby(
            units=tuple(Near(unit=self.units[code], km=round(km, 1)) for code, km in ranked),
            is_inside=ours <= _FARTHEST_KM and ours <= foreign * _BORDER,
        )

    @cached_property
    def _children(self) -> Mapping[UnitCode, tuple[UnitCode, ...]]:
        children: defaultdict[UnitCode, list[UnitCode]] = defaultdict(list)
        for unit in self.units.values():
            if unit.parent is not None:
                children[unit.parent].append(unit.code)
        return {code: tuple(found) for code, found in children.items()}

    @cached_property
    def _districts_of(self) -> Mapping[UnitCode, tuple[District, ...]]:
        found: defaultdict[UnitCode, list[District]] = defaultdict(list)
        for district in self.districts.values():
            for code in district.units:
                found[code].append(district)
        return {code: tuple(each) for code, each in found.items()}

    @cached_property
    def _centres(self) -> tuple[tuple[UnitCode, tuple[float, float]], ...]:
        every = [(u.code, u.lat, u.lon) for u in self.places] + [(f.units[0], f.lat, f.lon) for f in self.former]
        return tuple((code, (lat, lon)) for code, lat, lon in every if lat is not None and lon is not None)


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the great-circle distance of two points in kilometres."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))
