"""The sentences of everyday.toml, and what each is about."""

import tomllib
from pathlib import Path

from bot.domain.text.categories import Category, Service

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def sentences(name: str) -> list[str]:
    """Give a list of sentences."""
    found = _DATA[name]
    assert all(isinstance(each, str) for each in found)
    return list(found)


def told(name: str) -> list[tuple[str, Category]]:
    """Give sentences with their kinds."""
    return [(text, Category(kind)) for text, kind in _DATA[name]]


def called(name: str) -> list[tuple[str, Service]]:
    """Give sentences with whom to call first."""
    return [(text, Service(service)) for text, service in _DATA[name]]
