"""Every reader of people's words does work in proportion to the words, whatever they are.

The work is counted as the lines of Python that run, never as time. What the patterns inside do is judged by their
shape (`tests/architecture/test_patterns.py`).
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from bot.chat.handlers.parsing import read_tip, split_command
from bot.chat.views.rendered import escape, fit
from bot.domain import errors
from bot.domain.campaign.cases import check_evidence
from bot.domain.campaign.periods import parse_week
from bot.domain.drafting import Draft, Drafting, Wrote, gives_writer_away
from bot.domain.ids import Handle
from bot.domain.matching import AliasError, parse_alias
from bot.domain.text.amounts import read_amounts
from bot.domain.text.cleaning import clean
from bot.domain.text.folding import fold, split_words
from bot.gazetteer import load, load_finder, load_vocabulary
from bot.services.officer.cases import read_outcome
from bot.services.places.live_finder import LivePlaceFinder
from bot.services.text_meaning import read_code

_PLACES = load()
_FINDER = load_finder(_PLACES)
_VOCABULARY = load_vocabulary()
_DRAFTING = Drafting(LivePlaceFinder(_PLACES, _FINDER), _VOCABULARY)
_ASKED = Draft(handle=Handle("AAAAAAAA"), parts=("alo",), expects_place=True)

READERS: dict[str, Callable[[str], Any]] = {
    "clean": clean,
    "fold": fold,
    "split words": split_words,
    "kind and danger": _VOCABULARY.suggest,
    "place": _FINDER.find,
    "place from letters": _FINDER.complete,
    "gives away": gives_writer_away,
    "draft": lambda text: _DRAFTING.advance(_ASKED, Wrote(text)),
    "code": read_code,
    "outcome": read_outcome,
    "evidence": check_evidence,
    "amounts": lambda text: read_amounts(text, words={"cuoc": "sessions", "luot nguoi": "people"}, form="5 cuoc"),
    "week": parse_week,
    "command": split_command,
    "tip": read_tip,
    "alias": lambda text: parse_alias(text, ["31120"], source="admin", places=_PLACES),
    "escape": escape,
    "fit": lambda text: fit([escape(text)], 1_000, cut="..."),
}
SEEDS = [
    "@", "a", " ", "0", "\n", ".", "<", "&", "f", "ệ", "e\u0302\u0323", "\u0300", "😡", "\u200b", "_", "aA",
    "0 ", "0.", "0-", "84", "a@", "@a", "a@a.", "a ", "a.", "vu 1 ", "vu  ", "1 : ", "a 1",
    "5 cuoc 600 luot ", "1.360.", "cuoc ",
    "dao đang ", "đang dao ", "dang danh nhau ", "cháy ", "tên tôi là ", "nhà tôi số ", "zalo của ",
    "phường ", "p. ", "phường 5, ", "ninhkieu", "phuongninhkieu ", "Ninh Kiều ", "nih kieu ", "ở An Bình, ",
    "quận nay là ", "Xyz Abc ", "đường Ninh Kiều gần chợ ",
]  # fmt: skip
"""Short texts that are said over and over: near misses of each pattern, and what each reader stops at."""
_LESS, _MORE = 4_096, 12_000
_SLACK = 2_000
"""Lines: what a reader does once, whatever the length."""


def _lines_of_work(reader: Callable[[str], Any], text: str) -> int:
    """Count the lines of Python that a reader runs for a text."""
    count = 0

    def trace(_: FrameType, event: str, __: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        reader(text)
    except (errors.Refusal, AliasError):
        pass
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", READERS)
def test_three_times_the_words_are_three_times_the_work(name: str) -> None:
    """Whoever sends the longest message of the worst signs waits a moment, and nobody else waits."""
    for seed in SEEDS:
        less, more = (_lines_of_work(READERS[name], (seed * size)[:size]) for size in (_LESS, _MORE))
        assert more <= less * 4 + _SLACK, (seed, less, more)
