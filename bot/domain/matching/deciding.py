"""From what the names of a text speak for to one decision: route, ask, outside or unknown."""

from collections.abc import Iterable, Sequence

from bot.domain.matching.context import Address, Named, NameRole, Surroundings
from bot.domain.matching.cues import Cue
from bot.domain.matching.finding import Candidate, Finding, Routing
from bot.domain.matching.weighing import ASK, ROUTE, Weighed, weigh
from bot.domain.places import Gazetteer, UnitCode

_MOST_CANDIDATES = 4
_DISTRICT_SCORE = 0.6
_STEP = 0.01
_NEIGHBOUR_SCORE = 0.3


def decide(around: Surroundings, places: Gazetteer) -> Finding:
    """Decide what a text with its names means."""
    local = [address for address in around.addresses if not address.is_elsewhere or address.names_city]
    weighed = [weigh(named, address, around) for address in local for named in address.places]
    for each in weighed:
        if each.is_wide:
            _widen(each, places)
    live = [each for each in weighed if each.best >= ASK]
    is_elsewhere = any(address.is_elsewhere for address in around.addresses)
    if not live:
        return _without_place(local, places, is_elsewhere=is_elsewhere)
    strong = [each for each in live if not each.is_weak] or live
    codes = _agreed(strong)
    ranked = sorted(codes.items(), key=lambda each: -each[1][0])
    best = ranked[0][1][0]
    kept = [each for each in ranked if each[1][0] >= min(ASK, best)]
    is_clear = len(kept) == 1 and best >= ROUTE and not any(each.is_doubtful for each in strong)
    if is_clear and (not is_elsewhere or any(_is_full(each) for each in strong)):
        return Finding(Routing.ROUTE, tuple(_candidates(kept, places)))
    return Finding(Routing.ASK, tuple(_candidates(_filled(kept, places), places)))


_Scored = tuple[UnitCode, tuple[float, str]]


def _is_full(weighed: Weighed) -> bool:
    """Say whether a ward is named with its type and its district: then a place elsewhere is only part of the story."""
    return weighed.named.typed is not None and bool(weighed.address.districts)


def _widen(weighed: Weighed, places: Gazetteer) -> None:
    """Let a bare name that was a district's speak for all units on the district's ground, its namesake first."""
    entry = weighed.named.spot.entry
    if weighed.named.age or not weighed.codes:
        return
    best = weighed.best
    for district in (places.districts[code] for code in entry.districts):
        for rank, code in enumerate(district.units, start=1):
            if weighed.codes.get(code, 0.0) < best - rank * _STEP:
                weighed.codes[code] = best - rank * _STEP
                weighed.why[code] = f"in the former {district.full_name}"


def _agreed(weighed: Sequence[Weighed]) -> dict[UnitCode, tuple[float, str]]:
    """Give the units all names agree on, or all units when they do not."""
    narrow = [each for each in weighed if not each.is_wide]
    pool = [*narrow, *(each for each in weighed if each.is_wide and not _overlap(each, narrow))]
    found: dict[UnitCode, tuple[float, str]] = {}
    for each in pool:
        mates = [set(other.codes) for other in pool if other.address is each.address]
        common = set.intersection(*mates) or set(each.codes)
        for code in common:
            score = each.codes[code]
            if score > found.get(code, (0.0, ""))[0]:
                found[code] = (score, each.why[code])
    return found


def _overlap(wide: Weighed, narrow: Iterable[Weighed]) -> bool:
    return any(set(wide.codes) & set(each.codes) for each in narrow)


def _without_place(addresses: Sequence[Address], places: Gazetteer, *, is_elsewhere: bool) -> Finding:
    named = [
        name
        for address in addresses
        for name in address.names
        if name.role is NameRole.DISTRICT and not _is_passing(name)
    ]
    provinces = {province for address in addresses for province in address.provinces}
    codes: dict[UnitCode, tuple[float, str]] = {}
    for name in named:
        districts = [places.districts[code] for code in name.spot.entry.districts]
        fitting = [each for each in districts if each.province in provinces] or districts
        units = [(each, code) for each in fitting for code in each.units]
        units.sort(key=lambda pair: places.units[pair[1]].name != pair[0].name)
        for rank, (district, code) in enumerate(units):
            codes.setdefault(code, (_DISTRICT_SCORE - rank * _STEP, f"in the former {district.full_name}"))
    if codes:
        return Finding(Routing.ASK, tuple(_candidates(_filled(list(codes.items()), places), places)))
    if is_elsewhere:
        return Finding(Routing.OUTSIDE, why="a place elsewhere in the country")
    return Finding(Routing.UNKNOWN, why="no name of a ward or landmark")


def _is_passing(named: Named) -> bool:
    return bool(named.cues & {Cue.ORIGIN, Cue.STREET, Cue.PERSON})


def _filled(ranked: list[_Scored], places: Gazetteer) -> list[_Scored]:
    """Add neighbours until there are at least two to choose from."""
    if len(ranked) > 1:
        return ranked
    unit = places.units[ranked[0][0]]
    if unit.lat is None or unit.lon is None:
        last = places.city if unit.code == places.duty else places.duty
        return [*ranked, (last, (_NEIGHBOUR_SCORE, "where unsure tips go"))]
    near = places.nearest(unit.lat, unit.lon, _MOST_CANDIDATES).units
    others = [each.unit.code for each in near if each.unit.code != unit.code][:2]
    return ranked + [
        (code, (_NEIGHBOUR_SCORE - rank * _STEP, f"beside {unit.full_name}")) for rank, code in enumerate(others)
    ]


def _candidates(ranked: Sequence[_Scored], places: Gazetteer) -> Iterable[Candidate]:
    for code, (score, why) in ranked[:_MOST_CANDIDATES]:
        yield Candidate(code, places.units[code].full_name, round(min(score, 1.0), 2), why)
