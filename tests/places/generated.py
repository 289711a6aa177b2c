"""Every current and former name in every form people write, with the units that are right for it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from bot.domain.folding import fold
from bot.domain.places import Gazetteer, UnitCode

_SHORT = {"Phường": "P.", "Xã": "X.", "Thị trấn": "TT "}
_SHORT_DISTRICT = {"Quận": "Q.", "Huyện": "H.", "Thị xã": "TX.", "Thành phố": "TP."}
_SENTENCES = (
    "Báo cáo có nhóm thanh niên tụ tập đánh bạc tại {} vào ban đêm",
    "toi muon bao tin o {} co nguoi ban ma tuy",
    "Gần nhà tôi, {}, có tiệm cầm đồ tiêu thụ xe gian",
)
_OLD_TONES = str.maketrans({"ò": "o", "ó": "o", "ỏ": "o", "õ": "o", "ọ": "o", "ù": "u", "ú": "u", "ủ": "u", "ũ": "u", "ụ": "u"})
_LETTERS = "abcdeghiklmnopqrstuvxy"


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


def cases(places: Gazetteer, *, seed: int = 0, typos: int = 3) -> Iterator[Case]:
    """Make the cases; the same seed makes the same typos."""
    chance = random.Random(seed)
    for name in _names(places):
        for form, text in _forms(name, chance, typos):
            yield Case(form, text, name.right)


def _names(places: Gazetteer) -> Iterator[_Name]:
    for unit in places.places:
        kind = unit.full_name.removesuffix(f" {unit.name}")
        yield _Name(kind, unit.name, "", frozenset({unit.code}))
    for each in places.former:
        district = places.districts[each.district]
        yield _Name(each.kind.capitalize(), each.name, district.full_name, frozenset(each.units))


def _forms(name: _Name, chance: random.Random, typos: int) -> Iterator[tuple[str, str]]:
    yield "full", name.full
    yield "abbreviated", f"{_SHORT[name.kind]}{name.name}"
    yield "abbreviated, lower case", f"{_SHORT[name.kind]} {name.name}".lower()
    yield "no marks", fold(name.full)
    yield "decomposed", normalize("NFD", name.full)
    yield "other tone style", other_tones(name.full)
    yield "no spaces", name.full.replace(" ", "")
    yield "no spaces, no marks", fold(name.full).replace(" ", "")
    if not name.name.isdigit() and name.name.strip("IVX"):
        yield "name alone", name.name
        yield "name alone, no marks", fold(name.name)
    for sentence in _SENTENCES:
        yield "in a sentence", sentence.format(name.full)
    yield "in a sentence, no marks", fold(_SENTENCES[0].format(name.full))
    yield "capitals", name.full.upper()
    for _ in range(typos):
        yield "one typo", f"{name.kind} {typo(name.name, chance)}"
        yield "one typo, no marks", typo(fold(name.full), chance)
        yield "one typo in a sentence", _SENTENCES[0].format(f"{name.kind} {typo(name.name, chance)}")
    if name.district:
        short = next(s + name.district.removeprefix(w + " ") for w, s in _SHORT_DISTRICT.items() if name.district.startswith(w))
        bare = next(name.district.removeprefix(w + " ") for w in _SHORT_DISTRICT if name.district.startswith(w))
        yield "with district", f"{name.full}, {name.district}"
        yield "with district, no marks", fold(f"{name.full} {name.district}")
        yield "with district, abbreviated", f"{_SHORT[name.kind]}{name.name}, {short}"
        yield "with bare district", f"{name.full}, {bare}"
        yield "with district, name alone", f"{name.name}, {name.district}" if name.name.strip("IVX0123456789") else f"P{name.name}, {bare}"
        yield "with district, one typo", f"{name.kind} {typo(name.name, chance)}, {name.district}"
        yield "with district, no spaces", fold(f"{name.full}{name.district}").replace(" ", "")


def other_tones(text: str) -> str:
    """Write "hòa" as "hoà" and "thủy" as "thuỷ"."""
    marks = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for word in normalize("NFD", text).split(" "):
        for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
            for mark in marks:
                if word.endswith(first + mark + second):
                    word = word.removesuffix(first + mark + second) + first + second + mark
        out.append(normalize("NFC", word))
    return " ".join(out)


def typo(name: str, chance: random.Random) -> str:
    """Put one wrong letter into a name, digits left alone."""
    letters = [at for at, letter in enumerate(name) if letter.isalpha() and name[max(at - 1, 0) : at + 2].strip() != letter]
    if len(letters) < 2:
        return name
    at = chance.choice(letters)
    changes: tuple[Callable[[], str], ...] = (
        lambda: name[:at] + chance.choice(_LETTERS) + name[at + 1 :],
        lambda: name[:at] + name[at + 1 :],
        lambda: name[:at] + name[at] + name[at:],
        lambda: name[:at] + chance.choice(_LETTERS) + name[at:],
        lambda: name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :] if name[at + 1 : at + 2].isalpha() else name[:at] + name[at + 1 :],
    )
    return chance.choice(changes)()
