"""Regular expressions that meet people's words: each is found, and none can be made to work for minutes.

A pattern is judged by its parts, never by a clock. Two things make matching slow: many ways to match one stretch of
text (each is tried before the match fails), and many starts that each read far. So:

- The ways to match at one start, counted from the bounded repeats, are few. A possessive repeat ("++") has one way.
- A repeat without a bound is of single characters. In a pattern that is tried at one start only (`match`, `fullmatch`)
  at most one such repeat may give characters back. In a pattern that is tried at every start (`search`, `sub`,
  `findall`) it comes last: nothing after it can fail, so what it has read is never read again.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import bot

_ROOMS = ("bot.domain", "bot.services", "bot.chat", "bot.intake", "bot.logs")
_MOST_WAYS = 1_000
_LONGEST = 300
"""A bound above this is none."""
_SINGLE = {sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY, sre.CATEGORY}
_LOOKS = {sre.ASSERT, sre.ASSERT_NOT}


@dataclass(frozen=True)
class _Shape:
    """How a part of a pattern can match at one start."""

    ways: int = 1
    """In how many ways, counting bounded repeats."""
    endless: int = 0
    """Repeats without a bound that may give characters back."""
    early: bool = False
    """Whether a repeat without a bound has something after it that can fail."""
    ends_endless: bool = False
    """Whether it may end with a repeat without a bound."""
    strange: bool = False
    """Whether a repeat without a bound holds more than single characters, is itself repeated, or only looks ahead."""


def _in_a_row(shapes: list[_Shape]) -> _Shape:
    whole = _Shape()
    for shape in shapes:
        whole = _Shape(
            ways=whole.ways * shape.ways,
            endless=whole.endless + shape.endless,
            early=whole.early or shape.early or whole.ends_endless,
            ends_endless=shape.ends_endless,
            strange=whole.strange or shape.strange,
        )
    return whole


def _either(shapes: list[_Shape]) -> _Shape:
    return _Shape(
        ways=sum(shape.ways for shape in shapes),
        endless=max(shape.endless for shape in shapes),
        early=any(shape.early for shape in shapes),
        ends_endless=any(shape.ends_endless for shape in shapes),
        strange=any(shape.strange for shape in shapes),
    )


def _shape(part: Any) -> _Shape:
    return _in_a_row([_piece(op, value) for op, value in part])


def _piece(op: Any, value: Any) -> _Shape:
    if op in _SINGLE:
        return _Shape()
    if op is sre.AT:
        return _Shape()
    if op in _LOOKS:
        seen = _shape(value[1])
        return replace(seen, strange=seen.strange or seen.ends_endless)
    if op is sre.SUBPATTERN:
        return _shape(value[3])
    if op is sre.BRANCH:
        return _either([_shape(each) for each in value[1]])
    if op in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
        return _repeat(op, *value)
    message = f"a kind of pattern nobody has judged yet: {op}"
    raise AssertionError(message)


def _repeat(op: Any, least: int, most: Any, part: Any) -> _Shape:
    inner = _shape(part)
    is_single = len(part) == 1 and part[0][0] in _SINGLE
    is_possessive = op is sre.POSSESSIVE_REPEAT
    if most == sre.MAXREPEAT or int(most) > _LONGEST:
        return _Shape(endless=int(not is_possessive), ends_endless=True, strange=not is_single)
    ways = sum(inner.ways**times for times in range(least, int(most) + 1))
    if is_possessive:
        ways = 1 if is_single else inner.ways * max(int(most), 1)
    return replace(inner, ways=ways, strange=inner.strange or (inner.ends_endless and int(most) > 1))


def _is_safe(pattern: str, flags: int = 0, *, everywhere: bool) -> bool:
    shape = _shape(_parser.parse(pattern, flags))
    if shape.strange or shape.ways > _MOST_WAYS:
        return False
    return not shape.early if everywhere else shape.endless <= 1


def _modules() -> Iterator[Any]:
    for name in sorted({each.name for each in pkgutil.walk_packages(bot.__path__, "bot.")}):
        if any(name == room or name.startswith(f"{room}.") for room in _ROOMS):
            yield importlib.import_module(name)


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], bool]]:
    """Find every pattern, and whether it is tried at every start: not where `match` and `fullmatch` alone use it."""
    found: dict[str, tuple[re.Pattern[str], bool]] = {}
    for module in _modules():
        source = Path(module.__file__).read_text(encoding="utf-8")
        for name, value in vars(module).items():
            used = set(re.findall(rf"\b{name}\.(\w+)", source))
            is_tried_everywhere = not used or not used <= {"match", "fullmatch"}
            for key, each in value.items() if isinstance(value, dict) else (("", value),):
                if isinstance(each, re.Pattern):
                    of = f"[{getattr(key, '__name__', key)}]" if key else ""
                    found[f"{module.__name__}.{name}{of}"] = each, is_tried_everywhere
    return found


def test_patterns_are_compiled_where_a_test_can_find_them() -> None:
    """A pattern inside a function would be judged by nobody."""
    for module in _modules():
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                holder = call.func.value
                is_of_re = isinstance(holder, ast.Name) and holder.id == "re"
                assert not is_of_re or call.func.attr == "compile", f"{module.__name__}:{call.lineno}"


@pytest.mark.parametrize("name", sorted(_patterns()))
def test_no_pattern_can_be_made_to_work_for_long(name: str) -> None:
    """One message of 4,096 signs once held the whole bot for two minutes."""
    pattern, is_tried_everywhere = _patterns()[name]
    assert _is_safe(pattern.pattern, pattern.flags & ~re.UNICODE, everywhere=is_tried_everywhere)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\S+@\S+\.\w",
        r"\d+:x",
        r"(a+)+",
        r"(?:ab?)*c",
        r"a*a*b",
        r"\s*\s+x",
        r"(\d[ .]{0,9}){16}x",
        r"\w+@",
        r"(?:a+b)?+",
        r"(?:a+ )?+c",
        r"(?=.*)a",
        r"a{1,5000}+b",
    ],
)
def test_the_judge_finds_what_is_slow(pattern: str) -> None:
    """A judge that lets everything pass would be worse than none."""
    assert not _is_safe(pattern, everywhere=True)


@pytest.mark.parametrize("pattern", [r"(a+)+", r"(?:ab?)*c", r"a*a*b", r"\s*\s+x", r"(\d[ .]{0,9}){16}x"])
def test_the_judge_finds_what_is_slow_at_one_start(pattern: str) -> None:
    """Fewer starts do not help against many ways."""
    assert not _is_safe(pattern, everywhere=False)


@pytest.mark.parametrize("pattern", [r"\w+", r"a|\d+|\n{3,}", r"x(\d[ .]{0,9}+){16}", r"\w@[a-z]{1,63}+\."])
def test_the_judge_lets_pass_what_is_quick(pattern: str) -> None:
    """Also where a repeat without a bound comes last."""
    assert _is_safe(pattern, everywhere=True)
