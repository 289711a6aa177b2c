"""What stands around a name: the words before and after it, and the names it makes an address with.

"Hưng Lợi, quận Ninh Kiều, Cần Thơ" is one address: three names, of which the second and third only say where the first
is. Here each name of a text gets its part in its address.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from bot.domain.matching.cues import TYPES, Cue, cues_before
from bot.domain.matching.spotting import Spot
from bot.domain.places import DistrictCode
from bot.domain.text.folding import BREAK, COMMA, Words

_LINKS = frozenset(
    [
        "phuong",
        "p",
        "f",
        "xa",
        "x",
        "thi",
        "tran",
        "tt",
        "quan",
        "q",
        "huyen",
        "h",
        "tx",
        "tp",
        "thanh",
        "pho",
        "tinh",
        "cu",
        "moi",
        "nay",
        "thuoc",
        "cua",
        "o",
        "tai",
        "t",
        "la",
        "dia",
        "ban",
    ]
)
_MOST_LINKS = 4
_CITY_WORDS = frozenset({"ct", "cto", "tpct"})


class NameRole(StrEnum):
    """What a name does in its address."""

    PLACE = "place"
    """The ward or landmark itself."""
    EITHER = "either"
    """A ward, or the district of the same name."""
    DISTRICT = "district"
    PROVINCE = "province"
    ELSEWHERE = "elsewhere"
    NOTHING = "nothing"


class Age(StrEnum):
    """Whether the writer says that the name is the one of before, or of today."""

    OLD = "old"
    NEW = "new"


@dataclass(slots=True)
class Named:
    """A name of the text with what its surroundings say."""

    spot: Spot
    cues: frozenset[Cue]
    before: frozenset[Cue]
    """What stands before the type word: "ở phường ..."."""
    age: Age | None
    role: NameRole = NameRole.NOTHING

    @property
    def typed(self) -> Cue | None:
        """Give the type word of a ward, if one stands before the name."""
        return next((cue for cue in self.cues if cue in TYPES), None)


@dataclass(slots=True)
class Address:
    """Names that stand together."""

    names: list[Named]
    districts: frozenset[DistrictCode] = frozenset()
    provinces: frozenset[str] = frozenset()
    names_city: bool = False
    is_elsewhere: bool = False

    @property
    def places(self) -> list[Named]:
        """Give the names that may be the place itself."""
        return [named for named in self.names if named.role in {NameRole.PLACE, NameRole.EITHER}]


@dataclass(slots=True)
class Surroundings:
    """The whole text, seen from its names."""

    words: Words
    addresses: list[Address]
    is_titled: bool
    """Whether capital letters mean something in this text."""
    is_marked: bool
    """Whether the text is written with its marks."""
    far_districts: frozenset[DistrictCode] = field(default_factory=frozenset)
    """Districts named in addresses without a place of their own."""


def look_around(words: Words, spots: list[Spot]) -> Surroundings:
    """Give each name its surroundings and its part in its address."""
    names = [_named(words, spot) for spot in spots]
    _mark_renamings(words, names)
    addresses: list[Address] = []
    for at, named in enumerate(names):
        if at and _are_linked(words, spots[at - 1], spots[at]):
            addresses[-1].names.append(named)
        else:
            addresses.append(Address([named]))
    for address in addresses:
        _settle(words, address)
    titled = sum(word[0].isupper() for word in words.written)
    return Surroundings(
        words=words,
        addresses=addresses,
        is_titled=titled * 5 < len(words.written) * 3 or len(words.written) <= _MOST_LINKS,
        is_marked=sum(not word.isascii() for word in words.written) * 6 > len(words.written),
        far_districts=frozenset(code for address in addresses if not address.places for code in address.districts),
    )


def _named(words: Words, spot: Spot) -> Named:
    at = spot.start
    age: Age | None = None
    if at > 1 and words.written[at - 1] in {"cũ", "mới"} and cues_before(words, at - 1)[0] & TYPES:
        age = Age.OLD if words.written[at - 1] == "cũ" else Age.NEW
        at -= 1
    cues, start = cues_before(words, at)
    before = cues_before(words, start)[0] if cues & {*TYPES, Cue.DISTRICT, Cue.PROVINCE} else frozenset()
    named = Named(spot, cues, before, age or _age_after(words, spot.end))
    named.role = _role(named)
    return named


def _age_after(words: Words, end: int) -> Age | None:
    if end >= len(words.keys) or words.gaps[end] > COMMA or words.keys[end] not in {"cu", "moi"}:
        return None
    is_old = words.keys[end] == "cu"
    if words.written[end].isascii():
        # "cu" without its mark may be "cứ", "moi" may be "mỗi": only at the end of an address do they mean the age
        following = end + 1
        if following < len(words.keys) and words.gaps[following] < COMMA and words.keys[following] not in _LINKS:
            return None
    elif words.written[end].casefold() not in {"cũ", "củ", "mới"}:
        return None
    return Age.OLD if is_old else Age.NEW


_BECAME = tuple(tuple(phrase.split()) for phrase in (
    "nay la", "gio la", "bay gio la", "hien nay la", "nay thuoc", "gio thuoc", "bay gio thuoc", "nhap vao", "nhap vo",
    "sap nhap vao", "sap nhap vo", "gop vao", "gop vo", "doi thanh", "nay doi thanh", "nay doi ten thanh", "thanh",
))  # fmt: skip
_WAS = tuple(tuple(phrase.split()) for phrase in (
    "truoc la", "truoc day la", "hoi truoc la", "ten cu la", "cu la", "xua la", "luc truoc la", "hoi xua la", "von la",
))  # fmt: skip


def _mark_renamings(words: Words, names: list[Named]) -> None:
    """Read "Hưng Lợi nay là phường Tân An": the first name is the old one, the second today's."""
    for one, other in pairwise(names):
        middle = tuple(word for word in words.keys[one.spot.end : other.spot.start] if word not in _TYPE_WORDS)
        if middle in _BECAME:
            one.age, other.age = Age.OLD, Age.NEW
        elif middle in _WAS:
            one.age, other.age = Age.NEW, Age.OLD


_TYPE_WORDS = frozenset(["phuong", "p", "f", "xa", "x", "thi", "tran", "tt"])


_PASSING = frozenset({Cue.ORIGIN, Cue.MOVE, Cue.STREET, Cue.PERSON, Cue.HAMLET, Cue.BUILDING, *TYPES})
"""Words before a name elsewhere with which it says nothing about where the matter is."""


def _role(named: Named) -> NameRole:
    entry, cues = named.spot.entry, named.cues
    if entry.is_elsewhere and not entry.is_ours:
        return NameRole.NOTHING if cues & _PASSING else NameRole.ELSEWHERE
    is_province, is_district = bool(entry.province), bool(entry.districts)
    if is_province and Cue.PROVINCE in cues:
        return NameRole.PROVINCE
    if is_district and (Cue.DISTRICT in cues or not entry.is_place):
        return NameRole.DISTRICT
    if entry.is_place:
        return NameRole.PLACE if named.typed or not (is_district or is_province) else NameRole.EITHER
    return NameRole.PROVINCE if is_province else NameRole.NOTHING


def _are_linked(words: Words, one: Spot, other: Spot) -> bool:
    gaps = words.gaps[one.end : other.start + 1]
    between = words.keys[one.end : other.start]
    return (
        len(between) <= _MOST_LINKS
        and max(gaps) < BREAK
        and all(word in _LINKS or word in _RENAMING for word in between)
    )


_RENAMING = frozenset(
    ["truoc", "day", "bay", "gio", "nhap", "vao", "vo", "sap", "gop", "ten", "hoi", "xua", "hien", "doi"]
)


def _settle(words: Words, address: Address) -> None:
    """Decide which names of an address are the place, and which only say where it is."""
    for named in reversed(address.names):
        if named.role is NameRole.EITHER:
            others = [
                each for each in address.names if each is not named and each.role in {NameRole.PLACE, NameRole.EITHER}
            ]
            if any(_holds(named, other) for other in others):
                named.role = NameRole.PROVINCE if named.spot.entry.province else NameRole.DISTRICT
    if len(address.names) == 1 and address.names[0].spot.entry.needs_address:
        address.names[0].role = NameRole.NOTHING
    within = [each for each in address.names if not each.cues & {Cue.ORIGIN, Cue.STREET, Cue.PERSON}]
    address.provinces = frozenset(
        each.spot.entry.province for each in within if each.role is NameRole.PROVINCE and each.spot.entry.province
    )
    address.districts = frozenset(
        code for each in within if each.role is NameRole.DISTRICT for code in each.spot.entry.districts
    )
    address.names_city = any(each.spot.entry.is_city for each in within) or _ends_with_city(words, address)
    address.is_elsewhere = any(each.role is NameRole.ELSEWHERE for each in address.names)


def _ends_with_city(words: Words, address: Address) -> bool:
    end = address.names[-1].spot.end
    return end < len(words.keys) and words.gaps[end] <= COMMA and words.keys[end] in _CITY_WORDS


def _holds(outer: Named, inner: Named) -> bool:
    """Say whether the district or province of one name holds a place of the other's name."""
    entry = outer.spot.entry
    return any(
        sense.districts & set(entry.districts) or (entry.province in sense.provinces)
        for sense in inner.spot.entry.senses
    )
