"""Print-ready A4 posters: a ward's link and QR code, the bot's exact name, and what is and is not hidden.

The start payload is only a hint of the ward: anybody can forge it, so it decides nothing by itself.
"""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bot.domain.places import Unit, UnitKind
from bot.domain.text.folding import fold

_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,28}[Bb][Oo][Tt]")
_REGULAR, _BOLD = "BeVietnamPro", "BeVietnamPro-Bold"
_BLUE, _RED, _GREY = HexColor(0x12355B), HexColor(0xB3261E), HexColor(0x4A4A4A)
_WIDTH, _HEIGHT = A4
_MARGIN = 18 * mm
_QR_SIDE = 88 * mm


class PosterError(Exception):
    """The poster cannot be made as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Whom to call in danger."""

    police: str
    fire: str
    ambulance: str


def start_link(unit: Unit, username: str) -> str:
    """Give the link that opens the bot with a hint of the unit; the city's has no hint.

    Raises:
        PosterError: the username cannot be a bot's, or the unit takes no tips from posters.
    """
    name = username.removeprefix("@")
    if not _USERNAME.fullmatch(name):
        raise PosterError(f"{username!r} cannot be a bot's username: 5 to 32 letters, digits and _, ending in bot.")
    match unit.kind:
        case UnitKind.WARD | UnitKind.COMMUNE | UnitKind.POST:
            return f"https://t.me/{name}?start=w{unit.code}"
        case UnitKind.CITY | UnitKind.DUTY:
            return f"https://t.me/{name}"
        case UnitKind.INSPECTORATE:
            raise PosterError("The inspectorate has no poster: people reach it from a draft.")


def write_poster(unit: Unit, *, username: str, numbers: Numbers, folder: Path) -> Path:
    """Write a unit's poster into a folder, which is made if need be, and give the file's path."""
    content = poster(unit, username=username, numbers=numbers)
    folder.mkdir(parents=True, exist_ok=True)
    slug = re.sub(r"[^a-z0-9]+", "-", fold(unit.name)).strip("-")
    path = folder / f"{unit.code}-{slug}.pdf"
    path.write_bytes(content)
    return path


def poster(unit: Unit, *, username: str, numbers: Numbers) -> bytes:
    """Draw a unit's poster as a PDF. The same unit, name and numbers give the same bytes."""
    link = start_link(unit, username)
    words = _words()
    _register_fonts()
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(f"{words['title']} - {unit.full_name}")
    page = _Page(canvas)
    _draw_head(page, words)
    _draw_question(page, words, unit)
    _draw_code(page, link)
    _draw_name(page, words, username.removeprefix("@"), link)
    _draw_steps(page, words)
    _draw_foot(page, words, numbers)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _words() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "assets" / "poster.toml").read_text(encoding="utf-8"))


def _register_fonts() -> None:
    for name, file in ((_REGULAR, "BeVietnamPro-Regular.ttf"), (_BOLD, "BeVietnamPro-Bold.ttf")):
        registerFont(TTFont(name, BytesIO((files(__package__) / "assets" / file).read_bytes())))


class _Page:
    """Writes from the top of a page downwards."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.y = _HEIGHT

    def text(self, text: str, size: float, *, font: str = _REGULAR, colour: Color = _GREY) -> None:
        """Write centred lines; a single word too wide for the page gets smaller letters."""
        width = _WIDTH - 2 * _MARGIN
        widest = max(stringWidth(word, font, size) for word in text.split())
        size = min(size, size * width / widest)
        self.canvas.setFillColor(colour)
        self.canvas.setFont(font, size)
        for line in simpleSplit(text, font, size, width):
            self.y -= size * 1.28
            self.canvas.drawCentredString(_WIDTH / 2, self.y, line)

    def space(self, height: float) -> None:
        self.y -= height


def _draw_head(page: _Page, words: dict[str, Any]) -> None:
    page.canvas.setFillColor(_BLUE)
    page.canvas.rect(0, _HEIGHT - 38 * mm, _WIDTH, 38 * mm, stroke=0, fill=1)
    page.space(6 * mm)
    page.text(words["title"], 34, font=_BOLD, colour=white)
    page.text(words["subtitle"], 14, colour=white)
    page.y = _HEIGHT - 38 * mm


def _draw_question(page: _Page, words: dict[str, Any], unit: Unit) -> None:
    page.space(6 * mm)
    name = unit.name if unit.kind is UnitKind.POST else unit.full_name
    name = name[0].lower() + name[1:]
    for line in words["question"]:
        page.text(line.format(unit=name), 27, font=_BOLD, colour=_BLUE)
    if unit.former:
        page.space(1.5 * mm)
        page.text(words["former"].format(former=", ".join(unit.former)), 12)
    page.space(2 * mm)
    for line in words["invitation"]:
        page.text(line, 14)


def _draw_code(page: _Page, link: str) -> None:
    """Draw the QR code as squares, with the quiet zone of four modules that readers need."""
    page.space(3 * mm)
    matrix = [list(row) for row in segno.make(link, error="q", micro=False).matrix_iter(border=4)]
    side = _QR_SIDE / len(matrix)
    left, top = (_WIDTH - _QR_SIDE) / 2, page.y
    page.canvas.setFillColorRGB(0, 0, 0)
    for row, modules in enumerate(matrix):
        for column, is_dark in enumerate(modules):
            if is_dark:
                # a hair larger than a module, so that no white line shows between two on paper
                page.canvas.rect(
                    left + column * side, top - (row + 1) * side, side + 0.05, side + 0.05, stroke=0, fill=1
                )
    page.space(_QR_SIDE)


def _draw_name(page: _Page, words: dict[str, Any], username: str, link: str) -> None:
    page.text(words["scan"], 12)
    page.text(link.removeprefix("https://"), 15, font=_BOLD, colour=_BLUE)
    page.space(3 * mm)
    page.text(f"{words['name']}  @{username}", 17, font=_BOLD, colour=_RED)
    page.text(words["warning"], 11.5)


def _draw_steps(page: _Page, words: dict[str, Any]) -> None:
    page.space(5 * mm)
    steps: list[str] = words["steps"]
    gap = 4 * mm
    width = (_WIDTH - 2 * _MARGIN - gap * (len(steps) - 1)) / len(steps)
    height = 19 * mm
    top = page.y
    for at, step in enumerate(steps):
        left = _MARGIN + at * (width + gap)
        page.canvas.setFillColor(HexColor(0xE8EEF5))
        page.canvas.roundRect(left, top - height, width, height, 3 * mm, stroke=0, fill=1)
        page.canvas.setFillColor(_BLUE)
        page.canvas.setFont(_BOLD, 20)
        page.canvas.drawString(left + 4 * mm, top - height / 2 - 7, str(at + 1))
        lines = step.split("\n")
        y = top - height / 2 + (len(lines) - 1) * 7.5 - 4
        page.canvas.setFont(_REGULAR, 12)
        for line in lines:
            page.canvas.drawString(left + 12 * mm, y, line)
            y -= 15
    page.y = top - height


def _draw_foot(page: _Page, words: dict[str, Any], numbers: Numbers) -> None:
    page.space(6 * mm)
    for line in words["honesty"]:
        page.text(line, 13)
    height = 27 * mm
    page.canvas.setFillColor(_RED)
    page.canvas.rect(0, 0, _WIDTH, height, stroke=0, fill=1)
    page.y = height - 2 * mm
    page.text(words["danger"], 13, colour=white)
    calls = ((numbers.police, "police"), (numbers.fire, "fire"), (numbers.ambulance, "ambulance"))
    third = (_WIDTH - 2 * _MARGIN) / len(calls)
    for at, (number, who) in enumerate(calls):
        middle = _MARGIN + third * (at + 0.5)
        gap = 2 * mm
        wide = stringWidth(number, _BOLD, 26) + gap + stringWidth(words[who], _REGULAR, 12)
        page.canvas.setFillColor(white)
        page.canvas.setFont(_BOLD, 26)
        page.canvas.drawString(middle - wide / 2, 6 * mm, number)
        page.canvas.setFont(_REGULAR, 12)
        page.canvas.drawRightString(middle + wide / 2, 6 * mm, words[who])
