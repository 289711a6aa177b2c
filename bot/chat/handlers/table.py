"""The one ordered table of handlers: the first that fits takes the update, and the last ignores on purpose.

Each makes one command and hands it to the runner. Names of people are read in one place alone: for an invitation, where
the inviter must recognise who opened it.
"""

import re
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.ext import BaseHandler, CallbackContext, CallbackQueryHandler, MessageHandler, TypeHandler, filters

from bot.chat.acknowledgement import acknowledge
from bot.chat.command_runner import CommandRunner
from bot.chat.handlers.parsing import Origin, split_command
from bot.chat.handlers.pressed import to_command
from bot.chat.handlers.typed import read_typed
from bot.domain.ids import ChatId, MessageId, UpdateKey
from bot.domain.text.cleaning import clean
from bot.domain.text.command_words import CommandWord, find
from bot.ports import Handled
from bot.services.commands import base, citizen
from bot.services.text_meaning import read_code

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
_PERSON = filters.ChatType.PRIVATE & ~filters.VIA_BOT
_KINDS = (
    ("photo", filters.PHOTO),
    ("video", filters.VIDEO | filters.VIDEO_NOTE | filters.ANIMATION),
    ("voice", filters.VOICE | filters.AUDIO),
    ("document", filters.Document.ALL),
    ("sticker", filters.Sticker.ALL),
    ("contact", filters.CONTACT),
)

_Callback = Callable[[Update, Any], Coroutine[Any, Any, None]]


class TelegramHandlers:
    """Reads updates and hands commands to the runner."""

    def __init__(self, runner: CommandRunner, *, bot_id: int) -> None:
        self._runner = runner
        self._bot_id = bot_id

    def _origin(self, update: Update, message: Message) -> Origin:
        return Origin(
            key=UpdateKey(self._bot_id, update.update_id),
            chat=ChatId(message.chat_id),
            message=MessageId(message.message_id),
        )

    async def text(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Take a text. What begins with "/" is read as a command, whether Telegram marked it as one or not."""
        message = _message(update)
        o = self._origin(update, message)
        text = clean(message.text or "")
        name, arguments = split_command(text) if text.startswith("/") else ("", "")
        if not text:
            command: base.Command = o.make(citizen.SendUnsupported, kind="empty")
        elif name == "start":
            command = _start(o, message, arguments)
        else:
            command = read_typed(o, name, arguments) or o.make(citizen.Write, text=text)
        await self._runner.take(replace(command, typed=text) if _says_more(name, arguments) else command)

    async def press(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Take a pressed button."""
        query = update.callback_query
        message = query.message if isinstance(query, CallbackQuery) else None
        if query is None or message is None or message.chat.type != "private":
            acknowledge(Handled.IGNORED)
            return
        o = Origin(
            key=UpdateKey(self._bot_id, update.update_id),
            chat=ChatId(message.chat.id),
            message=MessageId(message.message_id),
            callback=query.id,
        )
        await self._runner.take(to_command(o, query.data or ""))

    async def location(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Take a shared location."""
        message = _message(update)
        at = message.location
        if at is None:
            raise LookupError("the filter promised a location")
        o = self._origin(update, message)
        await self._runner.take(o.make(citizen.ShareLocation, lat=at.latitude, lon=at.longitude))

    def unsupported(self, kind: str) -> _Callback:
        """Make a handler that says what cannot be taken."""

        async def answer(update: Update, _: Any) -> None:
            o = self._origin(update, _message(update))
            await self._runner.take(o.make(citizen.SendUnsupported, kind=kind))

        return answer

    async def ignore(self, _update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Ignore on purpose: groups, channels, other bots, who joined or blocked."""
        acknowledge(Handled.IGNORED)


def handlers(on: TelegramHandlers) -> list[BaseHandler[Any, Any, Any]]:
    """Give the table, most frequent first where the order does not matter."""
    fresh = filters.UpdateType.MESSAGE & _PERSON
    return [
        # A button: what it carries is checked in `buttons`, who may press it by the use case.
        CallbackQueryHandler(on.press),
        # Commands are texts too: Telegram marks "/dong" as one, but not "/đóng".
        MessageHandler(fresh & filters.TEXT, on.text),
        # An edit reaches nobody: the words that were taken stay as they were, and the person is told.
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & _PERSON, on.unsupported("edited")),
        MessageHandler(fresh & filters.LOCATION, on.location),
        *(MessageHandler(fresh & kind, on.unsupported(name)) for name, kind in _KINDS),
        MessageHandler(fresh & ~filters.StatusUpdate.ALL, on.unsupported("other")),
        # Everything else is ignored on purpose, and acknowledged.
        TypeHandler(Update, on.ignore),
    ]


def _start(o: Origin, message: Message, payload: str) -> base.Command:
    person = clean(message.from_user.full_name) if message.from_user and payload.startswith("i") else ""
    return o.make(citizen.Start, payload=payload if _PAYLOAD.fullmatch(payload) else "", person=person[:80])


def _says_more(name: str, arguments: str) -> bool:
    """Tell whether words stand behind a command's word that no command of a citizen uses."""
    if name == "start":
        return _PAYLOAD.fullmatch(arguments) is None
    if find(name) is CommandWord.STATUS:
        return read_code(arguments) is None and any(map(str.isalpha, arguments))
    return bool(arguments)


def _message(update: Update) -> Message:
    message = update.effective_message
    if message is None:
        raise LookupError("the filters promised a message")
    return message
