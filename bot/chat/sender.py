"""An outbox row becomes a Bot API call, and the call's end becomes an outcome the delivery can decide on."""

import html
import re
from collections.abc import Callable, Sequence
from typing import Final, Protocol, assert_never

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.chat.bot_api import Call
from bot.chat.views.rendered import NameUnknownError
from bot.delivery.retry import asked_to_wait
from bot.domain.conversation import Language
from bot.domain.ids import MessageId
from bot.domain.outgoing import Answer, Delete, EditCard, FreshCard, Outgoing, Send, Shown
from bot.domain.screens import AnyScreen
from bot.ports import Delivered, SendOutcome

_LONGEST_POPUP: Final = 200
"""Characters Telegram shows over a chat (Bot API, answerCallbackQuery)."""
_LONGEST_TOAST: Final = 60
"""Longer texts over a chat need a box that stays until it is tapped."""

_SAME: Final = ("message is not modified", "query is too old", "query id is invalid")
_GONE: Final = ("message to edit not found", "message can't be edited", "message_id_invalid")
_LEFT: Final = ("chat not found", "user is deactivated", "peer_id_invalid")
_TAG: Final = re.compile(r"<[^<>]{1,300}+>")


class _ButtonView(Protocol):
    """A button as it is shown."""

    @property
    def text(self) -> str:
        """The words on it."""
        ...

    @property
    def data(self) -> str:
        """What comes back when it is pressed: at most 64 bytes."""
        ...


class _RenderedView(Protocol):
    """A screen in words."""

    @property
    def text(self) -> str:
        """At most 4,096 characters after entities, as Telegram's HTML."""
        ...

    @property
    def keyboard(self) -> Sequence[Sequence[_ButtonView]]:
        """Rows of buttons below it."""
        ...


_Render = Callable[[AnyScreen, Language], _RenderedView]


class TelegramSender:
    """Carries messages out over the Bot API, one call each."""

    def __init__(self, *, call: Call, render: _Render) -> None:
        self._call = call
        self._render = render

    async def deliver(self, outgoing: Outgoing, *, message: MessageId | None) -> Delivered:
        """Make the one call a message stands for; with `message`, a card is edited there instead of sent."""
        try:
            method, payload = self._request(outgoing, message)
            result = await self._call(method, payload)
        except NameUnknownError as error:
            return Delivered(outcome=SendOutcome.UNKNOWN, reason=type(error).__name__)
        except TelegramError as error:
            return _understand(error, is_deleting=isinstance(outgoing, Delete))
        return Delivered(outcome=SendOutcome.SENT, message=_message_of(result))

    def _request(self, outgoing: Outgoing, message: MessageId | None) -> tuple[str, dict[str, object]]:
        match outgoing:
            case EditCard() if message is not None:
                return "editMessageText", self._body(outgoing) | {"message_id": message}
            case Send() | EditCard() | FreshCard():
                flags = {"protect_content": outgoing.protect, "disable_notification": outgoing.silent}
                return "sendMessage", self._body(outgoing) | {name: True for name, is_set in flags.items() if is_set}
            case Answer():
                return "answerCallbackQuery", self._answer(outgoing)
            case Delete(messages=(alone,)):  # the API says when it cannot be deleted
                return "deleteMessage", {"chat_id": outgoing.chat, "message_id": alone}
            case Delete():
                return "deleteMessages", {"chat_id": outgoing.chat, "message_ids": outgoing.messages}
            case _:
                assert_never(outgoing)

    def _body(self, outgoing: Shown) -> dict[str, object]:
        rendered = self._render(outgoing.screen, outgoing.language)
        body: dict[str, object] = {
            "chat_id": outgoing.chat,
            "text": rendered.text,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if rendered.keyboard:
            rows = [[{"text": each.text, "callback_data": each.data} for each in row] for row in rendered.keyboard]
            body["reply_markup"] = {"inline_keyboard": rows}
        return body

    def _answer(self, outgoing: Answer) -> dict[str, object]:
        body: dict[str, object] = {"callback_query_id": outgoing.callback}
        if outgoing.screen is not None:
            text = plain(self._render(outgoing.screen, outgoing.language).text)
            body["text"] = text if len(text) <= _LONGEST_POPUP else f"{text[: _LONGEST_POPUP - 1]}…"
            body["show_alert"] = len(text) > _LONGEST_TOAST
        return body


def plain(text: str) -> str:
    """Take the markup off a text: what is shown over a chat has none."""
    return html.unescape(_TAG.sub("", text))


def _understand(error: TelegramError, *, is_deleting: bool) -> Delivered:
    """Read from an error what became of a call; of its text only what Telegram documents is looked at."""
    text = error.message.lower()
    reason = type(error).__name__
    match error:
        case RetryAfter():
            return Delivered(outcome=SendOutcome.SLOW_DOWN, retry_after=asked_to_wait(error.retry_after), reason=reason)
        case Forbidden():
            return Delivered(outcome=SendOutcome.BLOCKED, reason=reason)
        case ChatMigrated():
            return Delivered(outcome=SendOutcome.REFUSED, reason=reason)
        case BadRequest():
            return Delivered(outcome=_refusal(text, is_deleting=is_deleting), reason=reason)
        case _:
            return Delivered(outcome=SendOutcome.UNKNOWN, reason=reason)


def _refusal(text: str, *, is_deleting: bool) -> SendOutcome:
    if any(part in text for part in _SAME) or is_deleting:
        return SendOutcome.HARMLESS  # what cannot be deleted is gone already, or too old for ever
    if any(part in text for part in _GONE):
        return SendOutcome.GONE
    if any(part in text for part in _LEFT):
        return SendOutcome.BLOCKED
    return SendOutcome.REFUSED


def _message_of(result: object) -> MessageId | None:
    number = result.get("message_id") if isinstance(result, dict) else None
    return MessageId(number) if isinstance(number, int) else None
