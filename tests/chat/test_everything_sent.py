"""Whatever a person can send: it is answered once, or it is ignored on purpose; and its words are kept, clean."""

import ast
import dataclasses
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram import Chat, Message, Update, User
from telegram.constants import MessageType

import bot.chat.handlers
from bot.chat.acknowledgement import awaiting_acknowledgement
from bot.chat.application import StrictApplication, take
from bot.chat.handlers.contents import ANSWERED, IGNORED
from bot.chat.texts import Texts
from bot.domain.conversation import Language
from bot.domain.text.cleaning import clean
from bot.domain.text.command_words import CommandWord
from bot.services.commands import citizen, officer
from tests.chat.test_handlers import PERSON, RecordingRunner, application, command_of, message, runner

__all__ = ["application", "runner"]  # fixtures

FILE = {"file_id": "f", "file_unique_id": "f", "width": 1, "height": 1, "duration": 1}
PLACE = {"latitude": 10.03, "longitude": 105.78}
MARKED = "Lan\u200b \u2063ơi\U000e0041\u00a0\u202e x"
FROM_ELSEWHERE = {"type": "hidden_user", "sender_user_name": "x", "date": 1}
KINDS = [*map(str, MessageType), "migrate_from_chat_id"]
OURS = {"message_id": 4, "date": 1, "chat": {"id": 77, "type": "private"}, "from": {**PERSON, "is_bot": True}}


class Anything:
    """Stands for whatever a message can hold."""

    latitude, longitude = PLACE.values()
    title = address = "x"

    def __iter__(self) -> Any:
        return iter((self,))

    def __getattr__(self, _: str) -> "Anything":
        return self


async def deal_with(application: StrictApplication, update: Update) -> None:
    """Let the table deal with an update, to its acknowledgement."""
    with awaiting_acknowledgement() as sign:
        await application.process_update(update)
    assert sign.handled is not None


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_message_is_answered_once_or_ignored_with_a_reason(
    kind: str, application: StrictApplication, runner: RecordingRunner
) -> None:
    """Whatever somebody sends in fear, silence looks like an answer."""
    held: Any = "x" if kind == "text" else Anything()
    person = User(77, "Lan", is_bot=False)
    sent = Message(5, datetime.now(UTC), Chat(77, "private"), from_user=person, **{kind: held})
    await deal_with(application, Update(9, message=sent))
    assert len(runner.taken) == (0 if IGNORED.get(kind) else 1)


async def test_every_other_kind_of_update_is_ignored_and_named(
    application: StrictApplication, runner: RecordingRunner, caplog: pytest.LogCaptureFixture
) -> None:
    """What nobody handles may not hold up the rest; the log says its kind and no more."""
    caplog.set_level(logging.INFO)
    kinds = [
        str(each)
        for each in Update.ALL_TYPES
        if each not in {"message", "edited_message", "callback_query", "my_chat_member"}
    ]
    for kind in kinds:
        await deal_with(application, Update(9, **{kind: Anything()}))  # type: ignore[arg-type]  # stands for any
    for raw in (
        {"something_new": {"x": 1}},
        {},
        message("trong nhóm", chat={"id": -100, "type": "group", "title": "x"}),
    ):
        await take(application, {"update_id": 9, **raw})
    assert runner.taken == []
    assert [record.__dict__["kind"] for record in caplog.records] == [*kinds, "something_new", "none", "message"]


def test_every_answer_has_its_text_and_every_name_is_one_of_telegrams() -> None:
    """A name that Telegram's library has no more would answer nobody."""
    texts = Texts.load().keys(Language.VI)
    assert {f"unsupported-{kind}" for kind in (*ANSWERED.values(), "other", "empty", "edited")} <= texts
    assert set(ANSWERED) | set(IGNORED) <= set(Message.__slots__) | set(KINDS)
    assert not set(ANSWERED) & set(IGNORED)


def link(text: str, part: str, url: str) -> dict[str, Any]:
    """Give a text with a link behind a part of it, counted as Telegram counts."""
    offset, length = (len(each.encode("utf-16-le")) // 2 for each in (text[: text.index(part)], part))
    return {"text": text, "entities": [{"type": "text_link", "offset": offset, "length": length, "url": url}]}


@pytest.mark.parametrize(
    ("sent", "words", "left_out"),
    [
        ({"text": "có trộm", "via_bot": {"id": 5, "is_bot": True, "first_name": "x"}}, "có trộm", False),
        ({"text": "có trộm", "forward_origin": FROM_ELSEWHERE}, "có trộm", False),
        ({"photo": [FILE], "caption": "có trộm"}, "có trộm", True),
        ({"animation": FILE, "document": FILE, "caption": "có trộm"}, "có trộm", True),
        ({"voice": FILE, "caption": "/dong có trộm"}, "/dong có trộm", True),
        (link("😡 xem đây nè", "đây", "https://x.vn/a"), "😡 xem đây (https://x.vn/a) nè", False),
        (link("xem x.vn nè", "x.vn", "http://X.vn/"), "xem x.vn nè", False),
        ({"text": "chỗ này", "quote": {"text": "hẻm 51", "position": 0}}, "“hẻm 51”\nchỗ này", False),
        ({"text": "chỗ này", "quote": {"text": "hẻm 51", "position": 0}, "reply_to_message": OURS}, "chỗ này", False),
    ],
)  # fmt: skip
async def test_words_are_kept_whatever_carries_them(
    sent: dict[str, Any], words: str, left_out: object, application: StrictApplication, runner: RecordingRunner
) -> None:
    """And what came with them and was not taken is named."""
    command = await command_of(application, runner, message(**sent))
    assert words in {command.typed, getattr(command, "text", "")}
    assert command.left_out is left_out


@pytest.mark.parametrize("text", ["／đóng 2", "\u200b/đóng 2", "\u3164⁄đóng\u00a02"])
async def test_what_looks_like_a_command_is_one(
    text: str, application: StrictApplication, runner: RecordingRunner
) -> None:
    """An officer's slip of the keyboard may not become a question to a citizen."""
    assert isinstance(await command_of(application, runner, message(text)), officer.CloseTip)


async def test_an_album_is_answered_once_and_keeps_all_its_words(
    application: StrictApplication, runner: RecordingRunner
) -> None:
    """Telegram sends one message a picture."""
    for caption in ({}, {}, {"caption": "có trộm"}, {}):
        await take(application, message(photo=[FILE], media_group_id="1", **caption))
    await take(application, message(photo=[FILE], media_group_id="2"))
    kinds = [(type(each).__name__, each.left_out) for each in runner.taken]
    assert kinds == [("SendUnsupported", False), ("Write", False), ("SendUnsupported", False)]


async def test_a_live_location_is_one_message(application: StrictApplication, runner: RecordingRunner) -> None:
    """Its moves come as edits, and nobody edited anything; a place that is shared by its name keeps that."""
    await take(application, message(location={**PLACE, "live_period": 60}))
    moved = message(location=PLACE)
    await take(application, {"update_id": 10, "edited_message": {**moved["message"], "edit_date": 2}})
    await take(application, message(location=PLACE, venue={"location": PLACE, "title": "Chợ", "address": MARKED}))
    shared = [(each.lat, each.words) for each in runner.taken if isinstance(each, citizen.ShareLocation)]
    assert shared == [(10.03, ""), (10.03, f"Chợ, {clean(MARKED)}")]


async def test_every_word_comes_in_clean(application: StrictApplication, runner: RecordingRunner) -> None:
    """By whatever handler and behind whatever command: an invisible sign may mark a text, or hide what it says."""
    venue = {"location": PLACE, "title": MARKED, "address": MARKED}
    held: list[dict[str, Any]] = [{kind: {**FILE, "type": "regular"}} for kind in ("video", "voice", "document")]
    forms = [{"text": MARKED}, *({**each, "caption": MARKED} for each in held), {"location": PLACE, "venue": venue}]
    forms += [
        link(f"a {MARKED}", "a", f"https://x.vn/{MARKED}"),
        {"text": "a", "quote": {"text": MARKED, "position": 0}},
    ]
    for behind in (f"1042 {MARKED}", MARKED):
        forms += [{"text": f"/{word.vi}\u200b {behind}"} for word in CommandWord]
    forms.append({"text": "/start iABC", "from": {**PERSON, "first_name": MARKED}})
    for sent in forms:
        await take(application, message(**sent))
    said = [value for each in runner.taken for value in dataclasses.asdict(each).values() if isinstance(value, str)]
    assert len(runner.taken) == len(forms)
    assert [words for words in said if clean(words) != words] == []


def test_one_place_reads_what_people_wrote() -> None:
    """A handler that looked by itself could forget to clean."""
    read = {"text", "caption", "quote", "venue", "full_name", "first_name", "last_name", "username", "title", "address"}
    folder = Path(bot.chat.handlers.__file__).parent
    for path in folder.glob("*.py"):
        names = {each.attr for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.Attribute)}
        assert bool(names & read) is (path.name == "words.py"), path
