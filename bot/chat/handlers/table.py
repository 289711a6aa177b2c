"""The one ordered table of handlers: the first that fits takes the update, and the last ignores on purpose.

Each makes one command and hands it to the runner. Names of people are read in one place alone: for an invitation, where
the inviter must recognise who opened it.
"""

import logging
import re
from dataclasses import replace
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatMemberStatus
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.chat.acknowledgement import acknowledge
from bot.chat.command_runner import CommandRunner
from bot.chat.handlers.contents import kind_of
from bot.chat.handlers.parsing import Origin, split_command
from bot.chat.handlers.pressed import to_command
from bot.chat.handlers.typed import read_typed
from bot.chat.handlers.words import name_of, place_words_of, words_of
from bot.domain.ids import ChatId, MessageId, UpdateKey
from bot.domain.text.command_words import CommandWord, find
from bot.ports import Handled
from bot.services.commands import base, citizen, people
from bot.services.text_meaning import read_code

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
_PERSON = filters.ChatType.PRIVATE
_MOST_ALBUMS = 1_000
"""Chats whose last album is remembered; in one that is forgotten, one picture more is answered."""

_log = logging.getLogger(__name__)


class TelegramHandlers:
    """Reads updates and hands commands to the runner."""

    def __init__(self, runner: CommandRunner, *, bot_id: int) -> None:
        self._runner = runner
        self._bot_id = bot_id
        self._albums: dict[ChatId, str] = {}
        """The album that was last answered, by chat; never stored, for it ties messages together."""

    def _origin(self, update: Update, message: Message) -> Origin:
        return Origin(
            key=UpdateKey(self._bot_id, update.update_id),
            chat=ChatId(message.chat_id),
            message=MessageId(message.message_id),
        )

    async def written(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Take a text. What begins with "/" is read as a command, whether Telegram marked it as one or not."""
        message = _message(update)
        o = self._origin(update, message)
        words = words_of(message)
        await self._runner.take(_said(o, message, words) if words else o.make(citizen.SendUnsupported, kind="empty"))

    async def other(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Take the words below what cannot be taken, and answer once: an album comes as one message a picture."""
        message = _message(update)
        kind = kind_of(message)
        if kind is None:
            await self.ignore(update, _)
            return
        o = self._origin(update, message)
        words = words_of(message)
        album = message.media_group_id
        is_answered = album is not None and self._albums.get(o.chat) == album
        if words:
            said = _said(o, message, words)
            await self._runner.take(replace(said, left_out=not is_answered))
        elif is_answered:
            acknowledge()
        else:
            await self._runner.take(o.make(citizen.SendUnsupported, kind=kind))
        if album is not None:
            self._albums.pop(o.chat, None)
            self._albums[o.chat] = album
            if len(self._albums) > _MOST_ALBUMS:
                del self._albums[next(iter(self._albums))]

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
        words = place_words_of(message)
        await self._runner.take(o.make(citizen.ShareLocation, lat=at.latitude, lon=at.longitude, words=words))

    async def edited(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Say that an edit reaches nobody: the words that were taken stay as they were."""
        o = self._origin(update, _message(update))
        await self._runner.take(o.make(citizen.SendUnsupported, kind="edited"))

    async def block(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Take that somebody blocked the bot, or lets it write again."""
        changed = update.my_chat_member
        if changed is None or changed.chat.type != "private":
            acknowledge()
            return
        o = Origin(key=UpdateKey(self._bot_id, update.update_id), chat=ChatId(changed.chat.id))
        blocked = changed.new_chat_member.status == ChatMemberStatus.BANNED
        await self._runner.take(o.make(people.Block, blocked=blocked))

    async def ignore(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Ignore on purpose, naming the kind alone: groups, channels, other bots, who joined or blocked."""
        known = (name for name in Update.ALL_TYPES if getattr(update, name, None) is not None)
        _log.info(
            "an update was ignored on purpose", extra={"kind": next(known, next(iter(update.api_kwargs), "none"))}
        )
        acknowledge(Handled.IGNORED)


def handlers(on: TelegramHandlers) -> list[BaseHandler[Any, Any, Any]]:
    """Give the table, most frequent first where the order does not matter."""
    fresh = filters.UpdateType.MESSAGE & _PERSON
    return [
        # A button: what it carries is checked in `buttons`, who may press it by the use case.
        CallbackQueryHandler(on.press),
        # Commands are texts too: Telegram marks "/dong" as one, but not "/đóng".
        MessageHandler(fresh & filters.TEXT, on.written),
        # Each move of a shared live location is an edit without words, and nobody's message.
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & _PERSON & (filters.TEXT | filters.CAPTION), on.edited),
        MessageHandler(fresh & filters.LOCATION, on.location),
        MessageHandler(fresh, on.other),
        ChatMemberHandler(on.block, ChatMemberHandler.MY_CHAT_MEMBER),
        # Everything else is ignored on purpose, and acknowledged.
        TypeHandler(Update, on.ignore),
    ]


def _said(o: Origin, message: Message, words: str) -> base.Command:
    """Give the command that words are, or the one that takes them as a text."""
    name, arguments = split_command(words) if words.startswith("/") else ("", "")
    if name == "start":
        command: base.Command = _start(o, message, arguments)
    else:
        command = read_typed(o, name, arguments) or o.make(citizen.Write, text=words)
    return replace(command, typed=words) if _says_more(name, arguments) else command


def _start(o: Origin, message: Message, payload: str) -> base.Command:
    person = name_of(message) if payload.startswith("i") else ""
    return o.make(citizen.Start, payload=payload if _PAYLOAD.fullmatch(payload) else "", person=person)


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
