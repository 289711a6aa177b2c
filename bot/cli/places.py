"""Commands about places: see the ward finder think, and print posters with a ward's link."""

import json
import re
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from bot.settings import EMERGENCY_NUMBER, set_in_file

if TYPE_CHECKING:
    from bot.domain.matching import Finder, Finding

_Province = Annotated[
    str,
    typer.Option(
        envvar="NGUONTIN_PROVINCE",
        default_factory=partial(set_in_file, "province"),
        show_default="92",
        help="Official province code of the place data (92 is Cần Thơ).",
    ),
]
_Aliases = Annotated[
    Path | None,
    typer.Option(
        envvar="NGUONTIN_ALIASES",
        default_factory=partial(set_in_file, "aliases"),
        help="A file of landmarks beside the shipped ones.",
    ),
]


def _checked(number: str) -> str:
    if not re.fullmatch(EMERGENCY_NUMBER, number):
        raise typer.BadParameter("it is 3 to 15 digits, like 113")
    return number


def _number(whose: str, number: str) -> Any:
    """Make the option for an emergency number, which is the setting of the same name where there is one."""
    name = f"{whose}_number"
    return typer.Option(
        envvar=f"NGUONTIN_{name.upper()}",
        default_factory=partial(set_in_file, name),
        show_default=number,
        callback=_checked,
        help=f"Number to call in danger: {whose}.",
    )


def locate(
    explain: Annotated[bool, typer.Option(help="Write for people instead of JSON.")] = False,
    *,
    province: _Province,
    aliases: _Aliases,
) -> None:
    """Read one text a line from standard input and say which unit each is about: one JSON object a line."""
    from bot.gazetteer import load, load_finder  # noqa: PLC0415 - place data is read only when it is needed

    try:
        finder = load_finder(load(province), more=aliases)
    except (OSError, ValueError) as error:
        sys.exit(str(error))
    for text in _lines(sys.stdin):
        print(_explained(finder, text) if explain else _as_json(text, finder.find(text)), flush=True)


def posters(
    username: Annotated[str, typer.Option(help="The bot's exact username: what people check it by.")],
    unit: Annotated[str | None, typer.Option(help="Code of one unit, such as 31135.")] = None,
    all_units: Annotated[bool, typer.Option("--all", help="One poster for every ward, commune and post.")] = False,
    out: Annotated[Path, typer.Option(help="Folder for the PDF files.")] = Path("posters"),
    *,
    province: _Province,
    police: Annotated[str, _number("police", "113")],
    fire: Annotated[str, _number("fire", "114")],
    ambulance: Annotated[str, _number("ambulance", "115")],
) -> None:
    """Write print-ready A4 posters with the link and QR code of a ward."""
    from bot.gazetteer import load  # noqa: PLC0415
    from bot.reports.posters import Numbers, PosterError, write_poster  # noqa: PLC0415 - draws with heavy libraries

    if (unit is None) is not all_units:
        sys.exit("Say which: --unit 31135, or --all.")
    try:
        places = load(province)
        chosen = [*places.places, *places.posts] if unit is None else [places.get(unit)]
        numbers = Numbers(police=police, fire=fire, ambulance=ambulance)
        for each in chosen:
            if each is None:
                sys.exit(f"There is no unit {unit}.")
            print(write_poster(each, username=username, numbers=numbers, folder=out))
    except (OSError, ValueError, PosterError) as error:
        sys.exit(str(error))


def _lines(stream: TextIO) -> Iterator[str]:
    """Give the lines of a stream as UTF-8; bytes that are none become question marks."""
    raw = getattr(stream, "buffer", None)
    if raw is None:
        yield from (line.rstrip("\r\n") for line in stream)
        return
    yield from (line.decode("utf-8", errors="replace").rstrip("\r\n") for line in raw)


def _as_json(text: str, finding: "Finding") -> str:
    candidates = [
        {"code": each.code, "name": each.name, "score": each.score, "why": each.why} for each in finding.candidates
    ]
    return json.dumps({"text": text, "decision": finding.decision.value, "candidates": candidates}, ensure_ascii=False)


def _explained(finder: "Finder", text: str) -> str:
    finding = finder.find(text)
    lines = [text, f"  {finding.decision.value}{f': {finding.why}' if finding.why else ''}"]
    lines += [f"  {each.score:4.2f}  {each.code}  {each.name}: {each.why}" for each in finding.candidates]
    return "\n".join(lines)
