"""What exists in the sandbox: people with phones, their chats with the bot, updates on their way, and a journal.

Everything is in memory and lives as long as the sandbox; the bot may come and go.
"""

import asyncio
import itertools
import re
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.markup import ApiError

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
"""What Telegram marks as a command (tdlib, `match_bot_commands`): "/dong", but not "/đóng"."""

DELETE_WITHIN = 48 * 3600
"""Seconds a bot may delete a message (Bot API, deleteMessage)."""
QUERY_LIVES = 900
"""Seconds a button press may be answered; Telegram does not say how long, about a quarter of an hour is seen."""


@dataclass
class Message:
    """One message as it stands in a chat."""

    id: int
    date: float
    from_bot: bool
    text: str
    html: str
    buttons: list[list[dict[str, str]]] = field(default_factory=list)
    protected: bool = False
    is_edited: bool = False
    raw_text: str = ""
    """What the bot sent, for "message is not modified"."""

    def shown(self) -> dict[str, Any]:
        """Give the message as a phone shows it."""
        return {
            "id": self.id,
            "date": int(self.date),
            "from_bot": self.from_bot,
            "text": self.text,
            "html": self.html,
            "buttons": self.buttons,
            "protected": self.protected,
            "edited": self.is_edited,
        }


@dataclass
class Person:
    """Someone with a phone and a private chat with the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "vi"
    title: str = ""
    is_open: bool = False
    """Whether the person has written first."""
    is_blocking: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    last_message: int = 0
    revision: int = 0
    popups: list[dict[str, Any]] = field(default_factory=list)

    def user(self) -> dict[str, Any]:
        """Give the person as a Bot API User."""
        extra = {"last_name": self.last_name, "username": self.username}
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
            **{name: value for name, value in extra.items() if value},
        }

    def chat(self) -> dict[str, Any]:
        """Give the private chat as a Bot API Chat."""
        user = self.user()
        return {"type": "private", **{name: user[name] for name in user if name not in {"is_bot", "language_code"}}}

    def shown(self) -> dict[str, Any]:
        """Give the phone as it looks now."""
        return {
            **self.user(),
            "title": self.title or self.first_name,
            "blocking": self.is_blocking,
            "revision": self.revision,
            "messages": [message.shown() for message in self.messages.values()],
            "popups": self.popups[-5:],
            "popup_count": len(self.popups),
        }


@dataclass
class Fault:
    """A failure to come: what the next calls of a method answer instead."""

    method: str
    kind: str
    """"429", "500", "502", "close", or "lost": the effect happens and the answer is lost."""
    times: int
    chat: int | None = None
    retry_after: int = 1


@dataclass
class Rates:
    """How much the sandbox lets out, in messages a second; None lets everything out."""

    overall: float | None = None
    per_chat: float | None = None
    burst: float = 5
    _levels: dict[int, tuple[float, float]] = field(default_factory=dict)

    def check(self, chat: int, now: float) -> None:
        """Count one message. Raises ApiError 429 when it is one too many."""
        for key, rate in ((0, self.overall), (chat, self.per_chat)):
            if rate is None:
                continue
            room = max(rate, self.burst)
            level, at = self._levels.get(key, (room, now))
            level = min(room, level + (now - at) * rate)
            if level < 1:
                wait = max(1, round((1 - level) / rate))
                raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
            self._levels[key] = (level - 1, now)


class World:
    """Everything there is. One event loop, so nothing needs a lock."""

    def __init__(self, *, token: str, username: str, rates: Rates) -> None:
        self.token = token
        self.bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Nguồn Tin",
            "username": username,
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.people: dict[int, Person] = {}
        self.updates: deque[dict[str, Any]] = deque()
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.faults: list[Fault] = []
        self.journal: list[dict[str, Any]] = []
        self.rates = rates
        self.skipped = 0.0
        self._watchers: set[asyncio.Event] = set()
        self.revision = 0
        self.arrived = asyncio.Event()
        self.queries: dict[str, tuple[int, float]] = {}
        self._update_ids = itertools.count(700_000_001)
        self._query_ids = itertools.count(5_000_000_001)
        self._person_ids = itertools.count(6_100_000_001)

    def now(self) -> float:
        """Give the sandbox's time in seconds."""
        return time.time() + self.skipped

    # --- people ---------------------------------------------------------------------------------------------------

    def add_person(self, **details: Any) -> Person:
        """Bring a person on."""
        person = Person(id=int(details.pop("id", 0) or next(self._person_ids)), **details)
        self.people[person.id] = person
        self.touch(person)
        return person

    def person(self, chat: Any) -> Person:
        """Find a person by chat id. Raises ApiError when there is none."""
        try:
            return self.people[int(chat)]
        except (KeyError, ValueError, TypeError):
            raise ApiError(400, "Bad Request: chat not found") from None

    def touch(self, person: Person) -> None:
        """Tell whoever looks at the phones that one has changed."""
        self.revision += 1
        person.revision = self.revision
        for waiting in list(self._watchers):
            waiting.set()

    def watch(self) -> asyncio.Event:
        """Give an event that is set when any phone changes."""
        event = asyncio.Event()
        self._watchers.add(event)
        return event

    def unwatch(self, event: asyncio.Event) -> None:
        """Forget an event."""
        self._watchers.discard(event)

    # --- messages -------------------------------------------------------------------------------------------------

    def put(self, person: Person, message: Message) -> Message:
        """Put a message at the end of a chat."""
        person.messages[message.id] = message
        self.touch(person)
        return message

    def next_message(self, person: Person) -> int:
        """Give the next message id of a chat."""
        person.last_message += 1
        return person.last_message

    def say(self, person: Person, text: str, extra: dict[str, Any] | None = None, *, shown: str = "") -> Message:
        """Let a person send a message to the bot."""
        person.is_open = True
        message = Message(self.next_message(person), self.now(), from_bot=False, text=shown or text, html="")
        self.put(person, message)
        body = {**self.header(person, message), **({"text": text} if text else {}), **(extra or {})}
        if command := _COMMAND.match(text):
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": command.end()}]
        self.send_update({"message": body})
        return message

    def header(self, person: Person, message: Message) -> dict[str, Any]:
        """Give what every Bot API Message has."""
        author = self.bot if message.from_bot else person.user()
        return {"message_id": message.id, "date": int(message.date), "chat": person.chat(), "from": author}

    def press(self, person: Person, message: Message, data: str) -> str:
        """Let a person press a button; give the callback query's id."""
        query = str(next(self._query_ids))
        self.queries[query] = (person.id, self.now())
        self.send_update(
            {
                "callback_query": {
                    "id": query,
                    "from": person.user(),
                    "message": {**self.header(person, message), "text": message.text},
                    "chat_instance": str(person.id),
                    "data": data,
                }
            }
        )
        return query

    # --- updates --------------------------------------------------------------------------------------------------

    def send_update(self, update: dict[str, Any]) -> int:
        """Put an update on its way to the bot; a raw one may bring its own id."""
        number = int(update.get("update_id") or next(self._update_ids))
        self.updates.append({"update_id": number, **update})
        self.arrived.set()
        return number

    def confirm_before(self, offset: int) -> None:
        """Forget the updates that the bot has confirmed."""
        while self.updates and self.updates[0]["update_id"] < offset:
            self.updates.popleft()
        if not self.updates:
            self.arrived.clear()
