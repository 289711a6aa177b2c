"""How outbox rows become calls, and how the ends of calls are understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.chat.sender import TelegramSender, plain
from bot.chat.views.rendered import NameUnknownError
from bot.domain.conversation import Language
from bot.domain.ids import ChatId, MessageId
from bot.domain.outgoing import Answer, Delete, EditCard, FreshCard, Outgoing, Send, Urgency
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Line
from bot.ports import Delivered, SendOutcome

OK = {"message_id": 1}
BODY = {"chat_id": 7, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


@dataclass(frozen=True)
class Button:
    """A button as views make it."""

    text: str
    data: str


@dataclass(frozen=True)
class Rendered:
    """A screen as views make it."""

    text: str
    keyboard: tuple[tuple[Button, ...], ...] = ()


def render(screen: AnyScreen, language: Language) -> Rendered:
    """Show a line as its key in the language, with a button where the key asks for one."""
    assert isinstance(screen, Line)
    rows = ((Button("Gửi tin", "d:send"), Button("Hủy", "d:cancel")),) if screen.key == "card" else ()
    return Rendered(f"<b>{language}</b> {screen.key}", rows)


class Api:
    """The Bot API as scripted."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.calls: list[tuple[str, dict[str, object]]] = []

    async def __call__(self, method: str, payload: Mapping[str, object], /) -> Any:
        """Note a call, and answer or raise."""
        self.calls.append((method, dict(payload)))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


DELETE_ONE = Delete(chat=ChatId(7), urgency=Urgency.REPLY, messages=(MessageId(1),))


def shown(kind: type[Send | EditCard | FreshCard] = Send, key: str = "text", **changes: Any) -> Outgoing:
    """Make a message that shows a line."""
    given: dict[str, Any] = {"language": Language.VI, "urgency": Urgency.REPLY} | changes
    return kind(chat=ChatId(7), screen=Line(key=key), **given)


def answer(key: str | None = None) -> Outgoing:
    """Make the answer to a press."""
    screen = None if key is None else Line(key=key)
    return Answer(chat=ChatId(7), language=Language.VI, callback="q", screen=screen)


CARD = shown(EditCard, card="draft")


async def send(row: Outgoing, answer: Any = OK, *, at: int | None = None) -> tuple[Delivered, Api]:
    """Deliver one row."""
    api = Api(answer)
    delivered = await TelegramSender(call=api, render=render).deliver(
        row, message=None if at is None else MessageId(at)
    )
    return delivered, api


async def test_a_message_is_sent_in_the_persons_language() -> None:
    """Rendered only now: the outbox holds values, not sentences."""
    delivered, api = await send(shown(language=Language.EN), {"message_id": 31})
    assert api.calls == [("sendMessage", {**BODY, "text": "<b>en</b> text"})]
    assert delivered == Delivered(SendOutcome.SENT, MessageId(31))


async def test_what_goes_to_officers_is_protected() -> None:
    """A tip must not be forwarded from a phone."""
    _, api = await send(shown(protect=True), {"message_id": 31})
    assert api.calls[0][1]["protect_content"] is True


@pytest.mark.parametrize("kind", [EditCard, FreshCard])
async def test_a_card_without_a_place_is_sent_with_its_buttons(kind: type[EditCard | FreshCard]) -> None:
    """The first time, and whenever it comes to the end of the chat."""
    delivered, api = await send(shown(kind, "card", card="draft"), {"message_id": 32})
    keyboard = [[{"text": "Gửi tin", "callback_data": "d:send"}, {"text": "Hủy", "callback_data": "d:cancel"}]]
    assert api.calls == [
        ("sendMessage", {**BODY, "text": "<b>vi</b> card", "reply_markup": {"inline_keyboard": keyboard}})
    ]
    assert delivered.message == 32


async def test_a_card_is_edited_where_it_stands() -> None:
    """One message a matter; an edit cannot change the protection and does not name it."""
    delivered, api = await send(shown(EditCard, card="draft", protect=True), {"message_id": 9}, at=9)
    assert api.calls == [("editMessageText", {**BODY, "text": "<b>vi</b> text", "message_id": 9})]
    assert delivered == Delivered(SendOutcome.SENT, MessageId(9))


async def test_a_press_is_answered_with_nothing_or_with_plain_words() -> None:
    """What is shown over a chat has no markup; long words stay until tapped."""
    _, quiet = await send(answer())
    _, short = await send(answer("a &amp; b"))
    _, long = await send(answer("x" * 300))
    assert quiet.calls == [("answerCallbackQuery", {"callback_query_id": "q"})]
    assert short.calls[0][1] == {"callback_query_id": "q", "text": "vi a & b", "show_alert": False}
    assert len(str(long.calls[0][1]["text"])) == 200
    assert long.calls[0][1]["show_alert"] is True


async def test_one_message_is_deleted_by_the_call_that_says_whether_it_could_be() -> None:
    """Of several, those that are too old are skipped without a word."""
    _, api = await send(DELETE_ONE, True)
    assert api.calls == [("deleteMessage", {"chat_id": 7, "message_id": 1})]


async def test_messages_are_deleted_many_at_once() -> None:
    """Wiping a chat is one call."""
    delivered, api = await send(DELETE_ONE.model_copy(update={"messages": (1, 2, 3)}), True)
    assert api.calls == [("deleteMessages", {"chat_id": 7, "message_ids": (1, 2, 3)})]
    assert delivered == Delivered(SendOutcome.SENT, None)


@pytest.mark.parametrize(
    ("error", "row", "outcome"),
    [
        (
            BadRequest("Message is not modified: specified new message content is the same"),
            CARD,
            SendOutcome.HARMLESS,
        ),
        (
            BadRequest("Query is too old and response timeout expired or query id is invalid"),
            answer(),
            SendOutcome.HARMLESS,
        ),
        (BadRequest("Message to edit not found"), CARD, SendOutcome.GONE),
        (BadRequest("Message can't be edited"), CARD, SendOutcome.GONE),
        (BadRequest("MESSAGE_ID_INVALID"), CARD, SendOutcome.GONE),
        (BadRequest("Message to delete not found"), DELETE_ONE, SendOutcome.HARMLESS),
        (BadRequest("Message can't be deleted for everyone"), DELETE_ONE, SendOutcome.HARMLESS),
        (BadRequest("Can't parse entities"), shown(), SendOutcome.REFUSED),
        (BadRequest("Chat not found"), shown(), SendOutcome.BLOCKED),
        (Forbidden("Forbidden: bot was blocked by the user"), shown(), SendOutcome.BLOCKED),
        (ChatMigrated(-100), shown(), SendOutcome.REFUSED),
        (TimedOut(), shown(), SendOutcome.UNKNOWN),
        (NetworkError("Bad Gateway"), shown(), SendOutcome.UNKNOWN),
        (TelegramError("Invalid server response"), shown(), SendOutcome.UNKNOWN),
        (InvalidToken(), shown(), SendOutcome.UNKNOWN),
        (Conflict("x"), shown(), SendOutcome.UNKNOWN),
    ],
)
async def test_every_end_of_a_call_has_one_meaning(error: TelegramError, row: Outgoing, outcome: SendOutcome) -> None:
    """The delivery decides by it; only the class name goes on, never what Telegram said."""
    delivered, _ = await send(row, error)
    assert delivered == Delivered(outcome, reason=type(error).__name__)


async def test_what_shows_the_bots_name_waits_until_it_is_known() -> None:
    """The Bot API is asked for it beside the work; a link without it would lead nowhere."""

    def nameless(*_: object) -> Rendered:
        raise NameUnknownError

    api = Api({"message_id": 1})
    delivered = await TelegramSender(call=api, render=nameless).deliver(shown(), message=None)
    assert (delivered.outcome, api.calls) == (SendOutcome.UNKNOWN, [])


@pytest.mark.parametrize("as_timedelta", ["true", "false"])
@pytest.mark.filterwarnings("ignore:.*PTB_TIMEDELTA")
async def test_the_time_to_wait_is_passed_on(monkeypatch: pytest.MonkeyPatch, as_timedelta: str) -> None:
    """Whichever way the library is set to give it."""
    monkeypatch.setenv("PTB_TIMEDELTA", as_timedelta)
    delivered, _ = await send(shown(), RetryAfter(timedelta(seconds=17)))
    assert delivered == Delivered(SendOutcome.SLOW_DOWN, retry_after=timedelta(seconds=17), reason="RetryAfter")


def test_markup_is_taken_off_and_what_looks_like_it_stays() -> None:
    """A popup shows letters as they are."""
    assert plain("<b>Đã nhận</b> &lt;3 &amp; cảm ơn") == "Đã nhận <3 & cảm ơn"
