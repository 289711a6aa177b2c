"""Every current and former name in every form people write, with the units that are right for it."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from bot.domain.places import Gazetteer, UnitCode
from bot.domain.text.folding import fold

_SHORT = {"Phường": "P.", "Xã": "X.", "Thị trấn": "TT "}
_SHORT_DISTRICT = {"Quận": "Q.", "Huyện": "H.", "Thị xã": "TX.", "Thành phố": "TP."}
_SENTENCES = (
    "Báo cáo có nhóm thanh niên tụ tập đánh bạc tại {} vào ban đêm",
    "toi muon bao tin o {} co nguoi ban ma tuy",
    "Gần nhà tôi, {}, có tiệm cầm đồ tiêu thụ xe gian",
)
_LETTERS = "abcdeghiklmnopqrstuvxy"
_NUMBER = "IVX0123456789"


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the units that are right for it."""

    form: str
    text: str
    right: frozenset[UnitCode]


@dataclass(frozen=True, slots=True)
class _Name:
    kind: str
    name: str
    district: str
    right: frozenset[UnitCode]

    @property
    def full(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def is_number(self) -> bool:
        return not self.name.strip(_NUMBER)


def cases(places: Gazetteer, *, seed: int = 0, typos: int = 3) -> Iterator[Case]:
    """Make the cases; the same seed makes the same typos."""
    chance = random.Random(seed)
    for name in _names(places):
        forms = [*_plain_forms(name), *_typing_mistakes(name, chance, typos)]
        if name.district:
            forms += _with_district(name, chance)
        for form, text in forms:
            yield Case(form, text, name.right)


def _names(places: Gazetteer) -> Iterator[_Name]:
    for unit in places.places:
        kind = unit.full_name.removesuffix(f" {unit.name}")
        yield _Name(kind, unit.name, "", frozenset({unit.code}))
    for each in places.former:
        district = places.districts[each.district]
        yield _Name(each.kind.capitalize(), each.name, district.full_name, frozenset(each.units))


def _plain_forms(name: _Name) -> Iterator[tuple[str, str]]:
    yield "full", name.full
    yield "abbreviated", f"{_SHORT[name.kind]}{name.name}"
    yield "abbreviated, lower case", f"{_SHORT[name.kind]} {name.name}".lower()
    yield "no marks", fold(name.full)
    yield "decomposed", normalize("NFD", name.full)
    yield "other tone style", other_tones(name.full)
    yield "no spaces", name.full.replace(" ", "")
    yield "no spaces, no marks", fold(name.full).replace(" ", "")
    if not name.is_number:
        yield "name alone", name.name
        yield "name alone, no marks", fold(name.name)
    for sentence in _SENTENCES:
        yield "in a sentence", sentence.format(name.full)
    yield "in a sentence, no marks", fold(_SENTENCES[0].format(name.full))
    yield "capitals", name.full.upper()


def _typing_mistakes(name: _Name, chance: random.Random, typos: int) -> Iterator[tuple[str, str]]:
    for _ in range(typos):
        yield "one typo", f"{name.kind} {typo(name.name, chance)}"
        yield "one typo, no marks", typo(fold(name.full), chance)
        yield "one typo in a sentence", _SENTENCES[0].format(f"{name.kind} {typo(name.name, chance)}")


def _with_district(name: _Name, chance: random.Random) -> Iterator[tuple[str, str]]:
    kind = next(word for word in _SHORT_DISTRICT if name.district.startswith(word))
    bare = name.district.removeprefix(f"{kind} ")
    yield "with district", f"{name.full}, {name.district}"
    yield "with district, no marks", fold(f"{name.full} {name.district}")
    yield "with district, abbreviated", f"{_SHORT[name.kind]}{name.name}, {_SHORT_DISTRICT[kind]}{bare}"
    yield "with bare district", f"{name.full}, {bare}"
    alone = f"P{name.name}, {bare}" if name.is_number else f"{name.name}, {name.district}"
    yield "with district, name alone", alone
    yield "with district, one typo", f"{name.kind} {typo(name.name, chance)}, {name.district}"
    yield "with district, no spaces", fold(f"{name.full}{name.district}").replace(" ", "")


def other_tones(text: str) -> str:
    """Write "hòa" as "hoà" and "thủy" as "thuỷ"."""
    marks = "\u0300\u0301\u0303\u0309\u0323"
    return normalize("NFC", re.sub(rf"([ou])([{marks}])([aey])\b", r"\1\3\2", normalize("NFD", text)))


def typo(name: str, chance: random.Random) -> str:
    """Put one wrong letter into a name; digits and letters that stand alone are left as they are."""
    alone = [name[max(at - 1, 0) : at + 2].strip() == letter for at, letter in enumerate(name)]
    letters = [at for at, letter in enumerate(name) if letter.isalpha() and not alone[at]]
    if not letters:
        return name
    at = chance.choice(letters)
    before, letter, after = name[:at], name[at], name[at + 1 :]
    changes = [
        before + chance.choice(_LETTERS) + after,
        before + after,
        before + letter + letter + after,
        before + chance.choice(_LETTERS) + letter + after,
        before + after[0] + letter + after[1:] if after[:1].isalpha() else before + after,
    ]
    return chance.choice(changes)
