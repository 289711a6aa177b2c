"""Screens and their views keep together: each screen stands in one union, and each union has one renderer."""

import importlib
import pkgutil
from types import ModuleType, UnionType
from typing import get_args, get_type_hints

import pytest

from bot.domain import screens
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Line, Screen

ROOMS = sorted(each.name for each in pkgutil.iter_modules(screens.__path__) if each.name != "base")


def module_of(room: str) -> ModuleType:
    """Import the screens of one kind of reader."""
    return importlib.import_module(f"bot.domain.screens.{room}")


def union_of(room: str) -> UnionType:
    """Give the one union that a module of screens declares."""
    (union,) = [each for each in vars(module_of(room)).values() if isinstance(each, UnionType)]
    return union


def named_screens() -> set[type[Screen]]:
    """Find every screen that can be shown by itself, wherever it is defined."""
    found: set[type[Screen]] = set()
    waiting = [Screen]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "name" in kind.model_fields and kind.__module__.startswith("bot."):
            found.add(kind)
    return found


def test_every_screen_is_in_exactly_one_union() -> None:
    """A screen outside could not be stored in the outbox; one in two would have two views."""
    listed = [Line, *(kind for room in ROOMS for kind in get_args(union_of(room)))]
    assert set(listed) == named_screens()
    assert len(listed) == len(set(listed))
    assert set(get_args(get_args(AnyScreen)[0])) == set(listed)


def test_every_screen_has_a_name_of_its_own() -> None:
    """The name is what a stored screen is read back by."""
    kinds = named_screens()
    assert len({kind.model_fields["name"].default for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("room", ROOMS)
def test_a_union_holds_the_screens_of_its_own_module_and_has_a_renderer(room: str) -> None:
    """A new screen needs its class, its view and its texts, and both stand where one looks first."""
    union = union_of(room)
    assert {kind.__module__ for kind in get_args(union)} == {module_of(room).__name__}
    view = importlib.import_module(f"bot.chat.views.{room}")
    assert get_type_hints(view.render)["screen"] == union
