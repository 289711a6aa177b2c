"""One public name, one meaning: whoever searches for a name finds one thing."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = {
    "main": "where a program starts: the command line, the sandbox and the generator of place data, each run by itself",
    "render": "the one entrance of every module of views; the room chooses among them by the kind of screen",
}
"""Names that may mean more than one thing, and why."""
TYPE_VARIABLES = frozenset({"TypeVar", "ParamSpec", "TypeVarTuple"})


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for package in ("bot", "storage"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _given(node: ast.stmt) -> list[str]:
    """Name what a statement at the top of a module defines; what it imports is another module's."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            parts = (part for each in targets for part in ast.walk(each) if isinstance(part, ast.Name))
            return [part.id for part in parts if isinstance(part.ctx, ast.Store)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case ast.If(body=body, orelse=orelse):
            return [name for each in (*body, *orelse) for name in _given(each)]
        case _:
            return []


def public_names(modules: Iterator[tuple[str, ast.Module]]) -> Mapping[str, set[str]]:
    """Give the modules that define each public name at their top."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path, tree in modules:
        for name in (each for node in tree.body for each in _given(node)):
            if not name.startswith("_"):
                found[name].add(path)
    return found


def type_variables(modules: Iterator[tuple[str, ast.Module]]) -> Iterator[tuple[str, str]]:
    """Give every variable of types with its module."""
    for path, tree in modules:
        for node in tree.body:
            match node:
                case ast.Assign(value=ast.Call(func=ast.Name(id=kind))) if kind in TYPE_VARIABLES:
                    yield from ((path, name) for name in _given(node))
                case _:
                    continue


def test_a_public_name_is_defined_once() -> None:
    """Two things of one name are taken for each other; the second is called what it is, or is private to its file."""
    doubles = {name: sorted(paths) for name, paths in public_names(_modules()).items() if len(paths) > 1}
    found = [f"{name}: {', '.join(paths)}" for name, paths in sorted(doubles.items()) if name not in SHARED]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", SHARED)
def test_a_shared_name_is_still_shared(name: str) -> None:
    """A reason without a case would let the next one in unseen."""
    assert len(public_names(_modules())[name]) > 1


def test_variables_of_types_are_private() -> None:
    """A `T` means something else in every file."""
    found = [f"{path}: {name}" for path, name in type_variables(_modules()) if not name.startswith("_")]
    assert not found, ", ".join(found)


def test_the_search_finds_every_kind_of_definition() -> None:
    """A search that overlooks a kind lets its doubles in."""
    source = "def a(): ...\nasync def b(): ...\nclass C: ...\nD = 1\nE: int = 2\nF, G = 1, 2\nif D:\n    H = 3\n"
    source += "_I = T = TypeVar('T')\nfrom x import y\nz.w = _V = D\n"
    assert set(public_names(iter([("m", ast.parse(source))]))) == {*"abCDEFGH", "T"}
    assert set(type_variables(iter([("m", ast.parse(source))]))) == {("m", "_I"), ("m", "T")}
