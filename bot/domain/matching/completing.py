"""Which units a few typed letters can mean: for the picker, where a person types the start of a name."""

from collections.abc import Iterator

from bot.domain.places import Gazetteer, Unit
from bot.domain.text.folding import key_of


def complete(letters: str, places: Gazetteer, *, limit: int) -> tuple[Unit, ...]:
    """List units by name: today's names that start with the letters, then former ones, then later words of names."""
    typed = " ".join(key_of(letters))
    if not typed:
        return ()
    fits = [(min(ranks), at, unit) for at, unit in enumerate(places.places) if (ranks := list(_ranks(typed, unit)))]
    return tuple(unit for _, _, unit in sorted(fits, key=lambda each: each[:2])[:limit])


def _ranks(typed: str, unit: Unit) -> Iterator[int]:
    for step, names in enumerate(((unit.name, unit.full_name), unit.former)):
        for name in names:
            key = " ".join(key_of(name))
            if key.startswith(typed) or key.replace(" ", "").startswith(typed.replace(" ", "")):
                yield step
            elif f" {typed}" in f" {key}":
                yield step + 2
