"""Names of places that people use and no list of wards holds: markets, bridges, estates, older names.

They come from the file beside the place data and from the admin. Reading them is strict: an alias that leads
nowhere, or that takes the name of a ward, is refused with a sentence that says what to change.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.places import Gazetteer, UnitCode
from bot.domain.text.folding import key_of

_SHORTEST, _LONGEST = 2, 60
_MOST_UNITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A name people use for a place, and the units it may lie in, best first."""

    name: str
    units: tuple[UnitCode, ...]
    source: str
    """Where we know it from: a document, the package's data, or the admin who added it."""


class AliasError(ValueError):
    """An alias cannot be used."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name!r}: {reason}")
        self.name = name
        self.reason = reason


def parse_alias(name: str, units: Sequence[str], *, source: str, places: Gazetteer) -> Alias:
    """Check one alias.

    Raises:
        AliasError: the name is too short, too long or a ward's own; a unit is unknown; the source is missing.
    """
    name = " ".join(name.split())
    keys = key_of(name)
    if not len("".join(keys)) >= _SHORTEST or len(name) > _LONGEST:
        raise AliasError(name, f"a name has {_SHORTEST} to {_LONGEST} letters")
    if not source.strip():
        raise AliasError(name, "say where it is known from")
    if not units or len(units) > _MOST_UNITS:
        raise AliasError(name, f"name 1 to {_MOST_UNITS} units")
    for code in units:
        if places.get(code) is None or code == places.inspectorate:  # whoever teaches names must not lead tips there
            raise AliasError(name, f"there is no unit {code}")
    taken = next((unit.full_name for unit in places.places if key_of(unit.name) == keys), None)
    if taken is not None:
        raise AliasError(name, f"this is the name of {taken}")
    return Alias(name=name, units=tuple(UnitCode(code) for code in units), source=source.strip())


def parse_aliases(rows: Iterable[Mapping[str, object]], *, places: Gazetteer) -> tuple[Alias, ...]:
    """Check rows of an alias file: `name` or `names`, `units`, `source`.

    Raises:
        AliasError: a row lacks a field, or an alias cannot be used.
    """
    found: list[Alias] = []
    for row in rows:
        names = _texts(row.get("names") or [row.get("name")], row)
        units = _texts(row.get("units") or [], row)
        source = row.get("source")
        if unknown := set(row) - {"name", "names", "units", "source"}:
            raise AliasError(names[0], f"unknown field {min(unknown)}")
        text = source if isinstance(source, str) else ""
        found += [parse_alias(name, units, source=text, places=places) for name in names]
    return tuple(found)


def _texts(value: object, row: Mapping[str, object]) -> list[str]:
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return value
    raise AliasError(str(row.get("name", row)), "names and units are lists of texts, and neither is empty")
