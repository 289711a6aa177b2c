"""The one ordered table of handlers: the first that fits takes the update, and the last ignores on purpose.

Each makes one command and hands it to the desk. Names of people are read in one place alone: for an invitation, where
the inviter must recognise who opened it.
"""

import re
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.ext import BaseHandler, CallbackContext, CallbackQueryHandler, MessageHandler, TypeHandler, filters

from bot.chat.desk import Desk
from bot.chat.handlers.parsing import Origin, split_command
from bot.chat.handlers.pressed import to_command
from bot.chat.handlers.typed import PARSERS
from bot.chat.settling import settle
from bot.domain.cleaning import clean
from bot.domain.ids import ChatId, MessageId, UpdateKey
from bot.services import commands as c

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

Callback = Callable[[Update, Any], Coroutine[Any, Any, None]]


class Front:
    """Reads updates and hands commands to the desk."""

    def __init__(self, desk: Desk, *, bot_id: int) -> None:
        self._desk = desk
        self._bot_id = bot_id

    def _origin(self, update: Update, message: Message) -> Origin:
        return Origin(
            key=UpdateKey(self._bot_id, update.update_id),
            chat=ChatId(message.chat_id),
            message=MessageId(message.message_id),
        )

    async def text(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Take a plain text."""
        message = _message(update)
        o = self._origin(update, message)
        text = clean(message.text or "")
        if text:
            await self._desk.take(o.make(c.Write, text=text))
        else:
            await self._desk.take(o.make(c.SendUnsupported, kind="empty"))

    async def press(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Take a pressed button."""
        query = update.callback_query
        message = query.message if isinstance(query, CallbackQuery) else None
        if query is None or message is None or message.chat.type != "private":
            settle()
            return
        o = Origin(
            key=UpdateKey(self._bot_id, update.update_id),
            chat=ChatId(message.chat.id),
            message=MessageId(message.message_id),
            callback=query.id,
        )
        await self._desk.take(to_command(o, query.data or ""))

    async def start(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Take /start with or without a payload."""
        message = _message(update)
        o = self._origin(update, message)
        _name, payload = split_command(message.text or "")
        is_readable = _PAYLOAD.fullmatch(payload) is not None
        person = clean(message.from_user.full_name) if message.from_user and payload.startswith("i") else ""
        await self._desk.take(
            o.make(
                c.Start,
                payload=payload if is_readable else "",
                person=person[:80],
            )
        )

    async def typed(self, update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
        """Take a typed command."""
        message = _message(update)
        name, arguments = split_command(message.text or "")
        if name == "start":
            await self.start(update, context)
            return
        o = self._origin(update, message)
        parse = PARSERS.get(name)
        if parse is None:
            await self._desk.take(o.make(c.UseUnknown))
        else:
            await self._desk.take(parse(o, arguments))

    async def location(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Take a shared location."""
        message = _message(update)
        at = message.location
        if at is None:
            raise LookupError("the filter promised a location")
        o = self._origin(update, message)
        await self._desk.take(o.make(c.ShareLocation, lat=at.latitude, lon=at.longitude))

    def unsupported(self, kind: str) -> Callback:
        """Make a handler that says what cannot be taken."""

        async def answer(update: Update, _: Any) -> None:
            o = self._origin(update, _message(update))
            await self._desk.take(o.make(c.SendUnsupported, kind=kind))

        return answer

    async def ignore(self, _update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Ignore on purpose: groups, channels, other bots, who joined or blocked."""
        settle()


def handlers(front: Front) -> list[BaseHandler[Any, Any, Any]]:
    """Give the table, most frequent first where the order does not matter."""
    fresh = filters.UpdateType.MESSAGE & _PERSON
    return [
        # A button: what it carries is checked in `buttons`, who may press it by the use case.
        CallbackQueryHandler(front.press),
        # Commands come before texts: a command is a text too.
        MessageHandler(fresh & filters.COMMAND, front.typed),
        MessageHandler(fresh & filters.TEXT, front.text),
        # An edit reaches nobody: the words that were taken stay as they were, and the person is told.
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & _PERSON, front.unsupported("edited")),
        MessageHandler(fresh & filters.LOCATION, front.location),
        *(MessageHandler(fresh & kind, front.unsupported(name)) for name, kind in _KINDS),
        MessageHandler(fresh & ~filters.StatusUpdate.ALL, front.unsupported("other")),
        # Everything else is ignored on purpose, and acknowledged.
        TypeHandler(Update, front.ignore),
    ]


def _message(update: Update) -> Message:
    message = update.effective_message
    if message is None:
        raise LookupError("the filters promised a message")
    return message
