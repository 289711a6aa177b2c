"""A law for every column of the schema, also those to come: what stands in clear tells no moment and ties no rows."""

import asyncio
import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.storage.at_rest import Cell, cells, tables
from tests.storage.opening import database
from tests.transcripts.stage import Town, open_town

HOUR = 3_600_000
BIG = 1_000_000
"""What is smaller counts something: it is no moment, and nobody's number at Telegram."""
NO_MOMENT: Mapping[tuple[str, str], str] = {
    ("seen_update", "bot"): "the bot's own number at Telegram",
    ("seen_update", "update_id"): "Telegram's own count of what happened to the bot, forgotten after 48 hours",
    ("parked_update", "bot"): "as above",
    ("parked_update", "update_id"): "as above",
    ("reminder", "number"): "drawn by chance",
    ("invite", "expires"): "an inviter's doing, no citizen's",
}
"""Columns that may hold numbers which are no whole hours, and why."""
ALIKE: Mapping[tuple[str, str], str] = {
    ("case_source", "tag"): "that a reporter is the same one within a case, and nothing across cases",
}
"""Columns that may hold one value of bytes twice, and why."""
REFERS: Mapping[str, str] = {
    "tip": "tip",
    **dict.fromkeys(("case", "case_number"), "case_file"),
    "decision": "decision",
    **dict.fromkeys(("officer", "claimer", "inviter"), "officer"),
    "update_id": "update",
    **dict.fromkeys(("epoch", "key_year"), "key"),
}
"""Foreign keys, by the name of the column or the word before a number: what may tie a row to another."""
BY_CHANCE: Mapping[str, str] = {"data_key": "written at the start", "counter": "the last number given of each series"}
"""Tables whose rows stand for nobody."""
NEVER_FILLED: Mapping[str, str] = {}
"""Tables that the story below leaves empty at every moment, and why."""
TIP = "Có nhóm hút chích ở phường Cái Khế"
EVIDENCE = "Tổ công tác đã xác minh và bắt quả tang tại hẻm"


class _Watched:
    """What was ever stored while a story went on: also what lies there only until it is sent."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.seen: set[Cell] = set()
        self._path = database(folder)
        self._record = town.telegram.on_call

    def begin(self, town: Town) -> None:
        """Look at every call of the bot, too."""
        town.telegram.on_call = self._called

    def look(self) -> None:
        """Read everything."""
        self.seen |= cells(self._path)

    def numbers(self, table: str) -> list[int]:
        """Give the numbers of a table's rows."""
        return sorted(int(str(each.value)) for each in cells(self._path) if each[:2] == (table, "number"))

    def _called(self, *call: object) -> None:
        self.look()
        self._record(*call)  # type: ignore[arg-type]  # handed through as it came


async def _live(town: Town, books: _Watched) -> None:
    """Let two citizens say the same, and the force do everything that leaves a row."""
    lan, ba, tu = (town.citizen(name) for name in ("Lan", "Ba", "Tư"))
    nga, sau = await town.officer("Nga", "92", "admin"), await town.officer("Sáu", "31120", "commander")
    hung = await town.officer("Hùng")
    for person in (lan, lan, ba):
        await person.has_reported(TIP)
    first, again, other = books.numbers("tip")
    await hung.write(f"/tin {first}")
    await hung.write(f"/nhan {first}")
    await hung.write(f"/hoi {first} Lúc nào?")
    await town.wait(minutes=11)
    await lan.press("Xem")
    await lan.write("Tầm chín giờ tối")
    await lan.press("Thêm")
    await lan.write("Nó đi xe đỏ")
    await hung.write(f"/giatri {first} {EVIDENCE}")
    await hung.write(f"/giatri {again} vu {books.numbers('case_file')[0]}: {EVIDENCE}")
    await hung.write(f"/ketqua {first} vu 1 bat 2")
    await hung.write(f"/rac {other}")
    await hung.write("/tuyentruyen 120")
    await sau.write("/chitieu nguontin 50")
    await nga.write("/themten 31135 chợ Bà Bộ")
    await nga.write("/moi canbo 31120")
    await tu.send_broken()
    await ba.has_reported(TIP)
    ba.phone.is_blocking = True
    await hung.write(f"/hoi {books.numbers('tip')[-1]} Còn không?")
    await tu.write(TIP)
    await town.wait(minutes=11)
    await town.wait(days=7)


async def _fill(folder: Path, series: list[str]) -> _Watched:
    """Live, with the numbers of each series in a range of their own, so that each is known by its looks."""
    async with open_town("What is in clear", folder) as town:
        town.record.is_muted = True
        with sqlite3.connect(database(folder)) as numbering:
            for place, name in enumerate(series, start=1):
                numbering.execute("INSERT OR REPLACE INTO counter VALUES (?, ?)", (name, place * 10_000))
        numbering.close()
        town.house.clock.advance(seconds=17.123)
        watched = _Watched(town, folder)
        if series:
            watched.begin(town)
        await _live(town, watched)
        watched.look()
    return watched


@cache
def filled() -> tuple[frozenset[Cell], Mapping[str, list[str]]]:
    """Give what was ever stored, and the tables."""
    with TemporaryDirectory() as once, TemporaryDirectory() as again:
        found = asyncio.run(_fill(Path(once), []))
        series = sorted({str(each.value) for each in found.seen if each[:2] == ("counter", "name")})
        found = asyncio.run(_fill(Path(again), series))
        return frozenset(found.seen), tables(database(Path(again)))


def test_the_story_leaves_a_row_in_every_table() -> None:
    """A table that is never filled would be judged by nobody: add a step to the story above."""
    seen, known = filled()
    assert set(known) - {each.table for each in seen} - set(NEVER_FILLED) == set()


def test_no_column_in_clear_is_finer_than_an_hour() -> None:
    """Who knows when a citizen's phone was in use knows whose tip it is."""
    seen, _ = filled()
    numbers = [each for each in seen if isinstance(each.value, int | float)]
    finer = {each for each in numbers if abs(each.value) >= BIG and each.value % HOUR}  # type: ignore[operator, arg-type]
    assert {each[:2] for each in finer} - set(NO_MOMENT) == set()
    texts = [(each, str(each.value)) for each in seen if isinstance(each.value, str)]
    assert {each for each, text in texts if re.search(r"\d:\d|T\d|\d{7}", text)} == set()


def test_equal_words_of_equal_people_leave_no_equal_bytes() -> None:
    """Two rows with one tag, seal or hash would say that they belong together."""
    seen, _ = filled()
    where: defaultdict[object, set[tuple[str, str]]] = defaultdict(set)
    for each in seen:
        if isinstance(each.value, bytes):
            where[each.value].add(each[:2])
    assert [places for places in where.values() if len(places) > 1 and not places <= set(ALIKE)] == []


def test_rows_are_tied_by_the_stated_keys_alone() -> None:
    """A number in two tables ties their rows: only tips, cases, decisions, officers and keys may do that."""
    seen, _ = filled()
    where: defaultdict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    for each in seen:
        if each.table not in BY_CHANCE:
            for number, what in _numbers(each):
                where[number][each[:2]] = what
    tied = [places for number, places in where.items() if len({table for table, _ in places}) > 1]
    assert tied, "nothing was tied at all: the numbers are not told apart"
    assert [places for places in tied if len(set(places.values())) > 1] == []


def _numbers(cell: Cell) -> list[tuple[int, str]]:
    """Give the numbers of a cell that could name something, and what they name by the names of column and table."""
    if isinstance(cell.value, int) and cell.value >= 10_000 and cell.value % HOUR:
        named = cell.table if cell.column == "number" else REFERS.get(cell.column, f"{cell.table}.{cell.column}")
        return [(cell.value, "bot" if cell.column == "bot" else named)]
    if isinstance(cell.value, str):
        return [
            (int(number), REFERS.get(what, what)) for what, number in re.findall(r"([a-z_]+)[ :](\d{5,})", cell.value)
        ]
    return []
