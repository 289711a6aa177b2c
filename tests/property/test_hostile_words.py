"""Every reader of people's words does work in proportion to the words, whatever they are.

The work is counted as the lines of Python that run, never as time. What the patterns inside do is judged by their
shape (`tests/architecture/test_patterns.py`).
"""

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import pytest
from telegram import Chat, Message, MessageEntity

import bot
from bot.chat.handlers.parsing import Origin
from bot.chat.handlers.typed import read_typed
from bot.chat.handlers.words import words_of
from bot.chat.views.paged import pages
from bot.chat.views.rendered import escape, fit
from bot.domain import errors
from bot.domain.drafting import Draft, Drafting, Wrote
from bot.domain.ids import ChatId, Handle, UpdateKey
from bot.domain.matching import AliasError, parse_alias
from bot.domain.text.amounts import read_amounts
from bot.domain.text.command_words import CommandWord
from bot.gazetteer import load, load_finder, load_vocabulary
from bot.services.places.live_finder import LivePlaceFinder
from bot.services.text_meaning import interpret

pytestmark = pytest.mark.slow

_CHAT = Chat(1, "private")
_PLACES = load()
_FINDER = load_finder(_PLACES)
_VOCABULARY = load_vocabulary()
_DRAFTING = Drafting(LivePlaceFinder(_PLACES, _FINDER), _VOCABULARY)
_ASKED = Draft(handle=Handle("AAAAAAAA"), parts=("alo",), expects_place=True)

_ORIGIN = Origin(UpdateKey(1, 1), ChatId(1))
_LINKED = [MessageEntity("text_link", each, 1, url="https://x.vn") for each in range(100)]


def _found() -> Iterator[tuple[str, Callable[[str], Any]]]:
    """Find every public function that reads a text and needs nothing else."""
    for module in sorted(each.name for each in pkgutil.walk_packages(bot.__path__, "bot.")):
        if not module.startswith(("bot.domain", "bot.services", "bot.chat")):
            continue
        for name, each in vars(importlib.import_module(module)).items():
            if inspect.isfunction(each) and each.__module__ == module and not name.startswith("_"):
                needed = [of for of in inspect.signature(each).parameters.values() if of.default is of.empty]
                if [of.annotation for of in needed] == [str]:
                    yield f"{module}.{name}", each


READERS: dict[str, Callable[[str], Any]] = dict(_found()) | {
    "kind and danger": _VOCABULARY.suggest,
    "place": _FINDER.find,
    "place from letters": _FINDER.complete,
    "draft": lambda text: _DRAFTING.advance(_ASKED, Wrote(text)),
    "amounts": lambda text: read_amounts(text, words={"cuoc": "sessions", "luot nguoi": "people"}, form="5 cuoc"),
    "alias": lambda text: parse_alias(text, ["31120"], source="admin", places=_PLACES),
    "meaning": lambda text: interpret(text, officer=None, awaited=None, listening=None, now=datetime.now(UTC)),
    "a message": lambda text: words_of(Message(1, datetime.now(UTC), _CHAT, text=text, entities=_LINKED)),
    "a command": lambda text: [read_typed(_ORIGIN, word.vi, text) for word in CommandWord],
    "fit": lambda text: fit([escape(text)], 1_000, cut="..."),
    "pages": lambda text: pages([escape(text)], 1_000),
}
SEEDS = [
    "@", "a", " ", "0", "\n", ".", "<", "&", "f", "ệ", "e\u0302\u0323", "\u0300", "😡", "\u200b", "_", "aA",
    "0 ", "0.", "0-", "84", "a@", "@a", "a@a.", "a ", "a.", "vu 1 ", "vu  ", "1 : ", "a 1",
    "5 cuoc 600 luot ", "1.360.", "cuoc ",
    "dao đang ", "đang dao ", "dang danh nhau ", "cháy ", "tên tôi là ", "nhà tôi số ", "zalo của ",
    "tên , ", "bạn ơi ", "cho xin số ", "anh chị ", "gọi cho nó ", "a . com", "xa chấm ", "0 9", "khong cho ten ",
    "👨\u200d", "❤\ufe0f\u200d", "🏴\U000e0067", "a\u2028",
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
