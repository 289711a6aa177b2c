"""Every name the finder knows, under its folded words, with all that the name can mean.

One name is often several things: "Long Mỹ" is a ward, was a district and was a town. A `LexiconEntry` keeps all
readings; what the writer meant is decided later, from the words around it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from bot.domain.matching.aliases import Alias
from bot.domain.places import DistrictCode, FormerKind, Gazetteer, UnitCode, UnitKind
from bot.domain.text.folding import fold, key_of, plain_tone, split_words

type_of: Mapping[UnitKind | FormerKind, str] = {
    UnitKind.WARD: "phuong",
    UnitKind.COMMUNE: "xa",
    FormerKind.WARD: "phuong",
    FormerKind.COMMUNE: "xa",
    FormerKind.TOWN: "tt",
}
_ROMAN = {
    "I": "1",
    "II": "2",
    "III": "3",
    "IV": "4",
    "V": "5",
    "VI": "6",
    "VII": "7",
    "VIII": "8",
    "IX": "9",
    "X": "10",
}


class Layer(IntEnum):
    """When a name was a ward's: today, before 2025, or it is a landmark."""

    TODAY = 0
    FORMER = 1
    LANDMARK = 2


@dataclass(frozen=True, slots=True)
class Sense:
    """One place a name may mean."""

    layer: Layer
    codes: tuple[UnitCode, ...]
    """Best first."""
    type_word: str
    """"phuong", "xa", "tt", or "" for a landmark."""
    marked: tuple[str, ...]
    districts: frozenset[DistrictCode]
    provinces: frozenset[str]
    """Names of the provinces before 2025."""
    label: str


@dataclass(slots=True)
class LexiconEntry:
    """All that a name can mean; filled while the lexicon is built, only read afterwards."""

    keys: tuple[str, ...]
    marks: list[tuple[str, ...]] = field(default_factory=list)
    spellings: set[str] = field(default_factory=set)
    """The folded name, letter by letter."""
    senses: list[Sense] = field(default_factory=list)
    districts: list[DistrictCode] = field(default_factory=list)
    province: str | None = None
    is_city: bool = False
    """The name of the whole city of today, which decides nothing."""
    is_elsewhere: bool = False
    needs_address: bool = False
    """Elsewhere only beside another name: alone it may be plain words."""
    is_look_alike: bool = False
    is_ordinary: bool = False
    """Also plain words, such as "an ninh"."""

    @property
    def is_place(self) -> bool:
        """Say whether the name can mean a ward or a landmark of ours."""
        return bool(self.senses)

    @property
    def is_ours(self) -> bool:
        """Say whether the name means anything inside the city."""
        return bool(self.senses or self.districts or self.province or self.is_city)


@dataclass(slots=True)
class Node:
    """A point in the tree of names: the next words, and the name that ends here."""

    next: dict[str, "Node"] = field(default_factory=dict)
    entry: LexiconEntry | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The index of all names."""

    entries: Mapping[tuple[str, ...], LexiconEntry]
    roots: Node
    numbers: Mapping[str, LexiconEntry]
    """Wards named by a number, under the number."""
    joined: Mapping[str, tuple[str, ...]]
    """Names of ours without their spaces."""
    initials: Mapping[str, tuple[LexiconEntry, ...]]
    tails: Mapping[tuple[str, ...], tuple[LexiconEntry, ...]]
    """Names of ours under all words but the first."""
    seconds: frozenset[str]
    """Second words of names of ours."""
    longer: Mapping[tuple[str, ...], tuple[LexiconEntry, ...]]
    """Names of ours under their own words but the last, where those are a name too."""
    spellings: Mapping[str, LexiconEntry]
    """Names of wards and landmarks, folded, for comparing letter by letter."""
    district_spellings: Mapping[str, LexiconEntry]


class _Builder:
    def __init__(self) -> None:
        self.entries: dict[tuple[str, ...], LexiconEntry] = {}
        self.numbers: dict[str, LexiconEntry] = {}

    def entry(self, name: str) -> LexiconEntry:
        words = split_words(name)
        found = self.entries.setdefault(words.keys, LexiconEntry(words.keys))
        marked = tuple(plain_tone(word) for word in words.written)
        if marked not in found.marks:
            found.marks.append(marked)
        found.spellings.add(fold(" ".join(words.written)))
        return found

    def number(self, name: str) -> LexiconEntry | None:
        digits = name if name.isdigit() else _ROMAN.get(name)
        return self.numbers.setdefault(digits, LexiconEntry((digits,))) if digits else None


def build_lexicon(places: Gazetteer, aliases: Iterable[Alias], ordinary: Iterable[str]) -> Lexicon:
    """Index the names of a gazetteer, with aliases and with the names that are also plain words."""
    builder = _Builder()
    _add_ours(builder, places)
    for alias in aliases:
        _add_alias(builder, alias, places)
    _add_elsewhere(builder, places)
    for name in ordinary:
        if found := builder.entries.get(key_of(name)):
            found.is_ordinary = True
    return _index(builder)


def _add_ours(builder: _Builder, places: Gazetteer) -> None:
    for unit in places.places:
        districts = places.districts_of(unit.code)
        sense = Sense(
            Layer.TODAY,
            (unit.code,),
            type_of[unit.kind],
            _marked(unit.name),
            frozenset(each.code for each in districts),
            frozenset(each.province for each in districts),
            unit.full_name,
        )
        builder.entry(unit.name).senses.append(sense)
    for each in places.former:
        district = places.districts[each.district]
        sense = Sense(
            Layer.FORMER,
            each.units,
            type_of[each.kind],
            _marked(each.name),
            frozenset({each.district}),
            frozenset({district.province}),
            f"former {each.kind} {each.name}, {district.full_name}",
        )
        (builder.number(each.name) or builder.entry(each.name)).senses.append(sense)
    for district in places.districts.values():
        builder.entry(district.name).districts.append(district.code)
    for province in places.provinces:
        for name in (province, _initials(province)):
            builder.entry(name).province = province
    for name in (places.name, _initials(places.name)):
        builder.entry(name).is_city = True


def _initials(name: str) -> str:
    return "".join(word[0] for word in key_of(name))


def _marked(name: str) -> tuple[str, ...]:
    return tuple(plain_tone(word) for word in split_words(name).written)


def _add_alias(builder: _Builder, alias: Alias, places: Gazetteer) -> None:
    districts = frozenset(each.code for code in alias.units for each in places.districts_of(code))
    sense = Sense(
        Layer.LANDMARK,
        alias.units,
        "",
        _marked(alias.name),
        districts,
        frozenset(places.districts[code].province for code in districts),
        alias.name,
    )
    for name in {alias.name, *_shortened(alias.name)}:
        builder.entry(name).senses.append(sense)


def _shortened(name: str) -> Iterable[str]:
    """Give the ways people shorten the first word of a landmark."""
    for word, short in _SHORT_FIRST_WORDS.items():
        if name.casefold().startswith(word):
            yield f"{short}{name[len(word) :]}"


_SHORT_FIRST_WORDS = {
    "đại học": "ĐH",
    "bệnh viện": "BV",
    "khu công nghiệp": "KCN",
    "khu dân cư": "KDC",
    "bến xe": "BX",
    "sân vận động": "SVĐ",
}


def _add_elsewhere(builder: _Builder, places: Gazetteer) -> None:
    """Add the rest of the country, where its names are not ours."""
    ours = frozenset(builder.entries)
    for name in places.elsewhere.provinces:
        for each in {name, *name.split(" - ")}:
            for word in ("tỉnh", "thành phố", "tp"):
                _mark_elsewhere(builder, f"{word} {each}")
            _mark_elsewhere(builder, each, ours=ours, needs_address=len(key_of(each)) == 1)
    for name in _ALSO_ELSEWHERE:
        _mark_elsewhere(builder, name, ours=ours)
    for number in range(1, _MOST_DISTRICTS + 1):
        for word in ("quận", "q"):
            _mark_elsewhere(builder, f"{word} {number}")
    _add_other_districts(builder, places, ours)
    for name in places.elsewhere.look_alikes:
        keys = key_of(name)
        if keys not in builder.entries and keys[0] not in _TYPE_KEYS:
            builder.entry(name).is_look_alike = True


def _add_other_districts(builder: _Builder, places: Gazetteer, ours: frozenset[tuple[str, ...]]) -> None:
    own_districts = {key_of(each.name) for each in places.districts.values()}
    for name in places.elsewhere.districts:
        kind, bare = _split_type(name)
        if key_of(bare) in own_districts:
            continue
        for word in (kind, *_SHORT_TYPES[kind]):
            _mark_elsewhere(builder, f"{word} {bare}")
        if " " in bare:
            _mark_elsewhere(builder, bare, ours=ours, needs_address=kind not in _TOWNS)


_MOST_DISTRICTS = 12  # of Hồ Chí Minh City: the only districts with numbers
_ALSO_ELSEWHERE = ("Sài Gòn", "SG", "HCM", "TPHCM", "TP HCM", "HN", "BR VT", "Vũng Tàu", "Thừa Thiên Huế", "Thừa Thiên")
_TYPE_KEYS = frozenset({"phuong", "xa", "thi", "tran", "quan", "huyen", "tinh"})
"""Words that are type words before a name of ours: "thị trấn Phú Lộc" does not hold a "Trần Phú"."""
_TOWNS = ("thành phố", "thị xã")
_SHORT_TYPES = {"quận": ("q",), "huyện": ("h",), "thị xã": ("tx",), "thành phố": ("tp",)}


def _mark_elsewhere(
    builder: _Builder, name: str, *, ours: frozenset[tuple[str, ...]] = frozenset(), needs_address: bool = False
) -> None:
    keys = key_of(name)
    if keys in ours:
        return
    is_known = keys in builder.entries and builder.entries[keys].is_elsewhere
    entry = builder.entry(name)
    entry.needs_address = needs_address and (entry.needs_address or not is_known)
    entry.is_elsewhere = True


def _split_type(name: str) -> tuple[str, str]:
    kind = next(kind for kind in _SHORT_TYPES if name.startswith(kind))
    return kind, name.removeprefix(kind).strip()


def _index(builder: _Builder) -> Lexicon:
    roots = Node()
    joined: dict[str, tuple[str, ...]] = {}
    initials: defaultdict[str, list[LexiconEntry]] = defaultdict(list)
    tails: defaultdict[tuple[str, ...], list[LexiconEntry]] = defaultdict(list)
    longer: defaultdict[tuple[str, ...], list[LexiconEntry]] = defaultdict(list)
    for keys, entry in builder.entries.items():
        node = roots
        for word in keys:
            node = node.next.setdefault(word, Node())
        node.entry = entry
        if entry.is_ours and len(keys) > 1:
            joined |= {spelling.replace(" ", ""): keys for spelling in entry.spellings}
            if keys[-1].isdigit():
                joined |= {spelling.replace(" ", "").removesuffix(keys[-1]): keys[:-1] for spelling in entry.spellings}
            initials["".join(word[0] for word in keys)].append(entry)
            tails[keys[1:]].append(entry)
            if keys[:-1] in builder.entries and entry.is_place:
                longer[keys[:-1]].append(entry)
    joined |= {f"phuong{roman.lower()}": ("phuong", roman.lower()) for roman in _ROMAN}
    ours = {spelling: entry for entry in builder.entries.values() for spelling in entry.spellings}
    return Lexicon(
        entries=builder.entries,
        roots=roots,
        numbers=builder.numbers,
        joined=joined,
        initials={letters: tuple(found) for letters, found in initials.items()},
        tails={words: tuple(found) for words, found in tails.items()},
        seconds=frozenset(words[0] for words in tails),
        longer={words: tuple(found) for words, found in longer.items()},
        spellings={key: entry for key, entry in ours.items() if entry.is_place},
        district_spellings={key: entry for key, entry in ours.items() if entry.districts},
    )
