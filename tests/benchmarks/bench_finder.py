"""The ward finder's speed, memory and load time, beside the two packages that know Vietnamese wards.

Each runs in a process of its own with the network closed. `vietnamadminunits` is asked through `parse_address`, which
reads only its files (`convert_address`, which asks an online service, is never called). `vietnam-provinces` has no
parser, so the nearest thing is measured: looking for each of its ward names in the text. It is no dependency and is
measured only where it is installed (`pip install vietnam-provinces==2025.10.1`).

Run it as `python -m tests.benchmarks.bench_finder`.
"""

import json
import resource
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NoReturn

from tests.places.corpus import Sentence, sentences

_ROUNDS = 5
_LONG = 4096
_PROVINCE = "Cần Thơ"
_Ask = Callable[[str], set[str]]
"""Gives the codes of the units a text may mean."""


def _ours() -> _Ask:
    from bot.gazetteer import load, load_finder  # noqa: PLC0415 - loading is what is measured

    finder = load_finder(load())
    return lambda text: {each.code for each in finder.find(text).candidates}


def _adminunits() -> _Ask:
    parse_address = import_module("vietnamadminunits").parse_address

    def ask(text: str) -> set[str]:
        try:
            return {str(parse_address(f"{text}, {_PROVINCE}").ward_code)}
        except (AttributeError, TypeError, ValueError, IndexError, KeyError):
            return set()  # it breaks on some texts

    return ask


def _provinces() -> _Ask:
    package = import_module("vietnam_provinces")

    wards = [
        (ward.name.lower(), str(ward.code.value)) for ward in package.Ward.iter_by_province(package.ProvinceCode.P_92)
    ]

    def ask(text: str) -> set[str]:
        lower = text.lower()
        return {code for name, code in wards if name in lower}

    return ask


_SUBJECTS: dict[str, tuple[str, Callable[[], _Ask]]] = {
    "this finder": ("bot", _ours),
    "vietnamadminunits": ("vietnamadminunits", _adminunits),
    "vietnam-provinces": ("vietnam_provinces", _provinces),
}


def main() -> None:
    """Measure each subject in its own process and print the figures."""
    print("Ward finder: µs a text, MiB and ms to load, hand-written texts whose unit is the answer or among it")
    print(f"  {'':20}{'median':>9}{'p99':>9}{'4096':>9}{'8192/4096':>11}{'MiB':>7}{'load ms':>9}{'right':>9}")
    for name, (module, _) in _SUBJECTS.items():
        if find_spec(module) is None:
            print(f"  {name:20} not installed")
            continue
        command = [sys.executable, "-m", "tests.benchmarks.bench_finder", name]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(
            f"  {name:20}{figures['median']:9.0f}{figures['p99']:9.0f}{figures['long']:9.0f}{figures['growth']:11.1f}"
            f"{figures['memory']:7.0f}{figures['load']:9.0f}{figures['right']:>5}/{figures['of']}"
        )


def measure(name: str) -> dict[str, Any]:
    """Measure one subject in this process."""
    socket.socket.connect = _refuse  # type: ignore[method-assign]  # nothing here may ask anybody
    texts = list(sentences())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    ask = _SUBJECTS[name][1]()
    load = time.perf_counter() - started
    times = [best for each in texts for best in [min(_timed(ask, each.text) for _ in range(_ROUNDS))]]
    long = " ".join(each.text for each in texts if len(each.text) > len(_PROVINCE))
    plain = " ".join(["hôm qua tụi nó lại tụ tập uống rượu la hét ngoài đầu hẻm, không ai ngủ được"] * 120)
    short_times, long_times = (
        statistics.median(_timed(ask, text[:size]) for text in (long, plain) for _ in range(_ROUNDS))
        for size in (_LONG, 2 * _LONG)
    )
    return {
        "median": statistics.median(times),
        "p99": statistics.quantiles(times, n=100)[-1],
        "long": max(min(_timed(ask, text[:_LONG]) for _ in range(_ROUNDS)) for text in (long, plain)),
        "growth": long_times / short_times,
        "memory": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024,
        "load": load * 1000,
        "right": sum(_is_right(each, ask(each.text)) for each in texts),
        "of": len(texts),
    }


def _timed(ask: _Ask, text: str) -> float:
    started = time.perf_counter()
    ask(text)
    return (time.perf_counter() - started) * 1e6


def _is_right(sentence: Sentence, codes: set[str]) -> bool:
    return not sentence.right.isdisjoint(codes)


def _refuse(*_: object) -> NoReturn:
    raise OSError("the benchmark asks nobody")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
    else:
        main()
