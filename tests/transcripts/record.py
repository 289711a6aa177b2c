"""What happened, as a text that people read: who did what, then what each phone shows.

"+" is a new message, "~" an edited one, "-" deleted ones. A message has no number but its place from the end of the
chat, so that one message more does not change every line after it. Receipt codes and invitations have placeholders by
first appearance. What a button carries is left out: a button is its label.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.transcripts.phones import Phone

USUAL: Mapping[str, Any] = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
"""Fields of every message; only what differs from them is written down."""

_CITY = ZoneInfo("Asia/Ho_Chi_Minh")
_CODE = re.compile(r"\b(?:\d{4} ){3}\d{4}\b")
_INVITE = re.compile(r"(?<=start=)i[\w-]+")


@dataclass
class Record:
    """Writes a story down."""

    title: str
    lines: list[str] = field(default_factory=list)
    is_muted: bool = False
    _calls: "defaultdict[str, list[str]]" = field(default_factory=lambda: defaultdict(list))
    _names: dict[str, str] = field(default_factory=dict)
    _sent: "defaultdict[int, list[int]]" = field(default_factory=lambda: defaultdict(list))

    def did(self, what: str) -> None:
        """Write down what a person did, or what else happened."""
        if not self.is_muted:
            self.lines += ["", self._plain(what).replace("\n", "\n  ")]

    def moment(self, now: datetime) -> None:
        """Write down what time it is in the city."""
        self.did(f"==== {now.astimezone(_CITY):%A %Y-%m-%d %H:%M}")

    def invitation(self, carried: str) -> None:
        """Give what an invitation carries a placeholder."""
        self._name("invitation", carried)

    def called(self, phone: Phone | None, method: str, payload: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        """Keep a call of the bot until the step is over."""
        lines = self._call(phone, method, payload, answer)
        if not self.is_muted:
            self._calls[phone.name if phone else "everybody"] += lines

    def step_over(self) -> None:
        """Write down what each phone showed, one phone after the other: between chats no order is promised."""
        for who in sorted(self._calls):
            self.lines += [f"  {who}"] + [f"    {line}".rstrip() for line in self._calls[who]]
        self._calls.clear()

    def text(self) -> str:
        """Give the whole transcript."""
        return "\n".join([self.title, *self.lines]) + "\n"

    def _call(
        self, phone: Phone | None, method: str, payload: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> list[str]:
        body = {name: value for name, value in payload.items() if name != "chat_id"}
        head = self._head(phone, method, body, answer)
        text = self._plain(str(body.pop("text", "")))
        shown = [f"│ {line}" for line in text.splitlines()]
        keyboard = body.pop("reply_markup", {}).get("inline_keyboard", [])
        shown += ["│ " + " ".join(f"[{each['text']}]" for each in row) for row in keyboard]
        if method in {"sendMessage", "editMessageText"}:
            body = {name: body.get(name) for name in {*body, *USUAL} if body.get(name) != USUAL.get(name)}
        odd = [f"{name}={json.dumps(body[name], ensure_ascii=False)}" for name in sorted(body)]
        refused = [] if answer["ok"] else [f"({answer['description']})"]
        return [" ".join([head, *odd, *refused]), *shown]

    def _head(self, phone: Phone | None, method: str, body: dict[str, Any], answer: Mapping[str, Any]) -> str:
        match method:
            case "sendMessage" if phone:
                if answer["ok"]:
                    self._sent[phone.id].append(answer["result"]["message_id"])
                return "+"
            case "editMessageText" if phone:
                return f"~ {self._place(phone, body.pop('message_id'))}"
            case "deleteMessage" if phone:
                return f"- {self._place(phone, body.pop('message_id'))} (alone)"
            case "deleteMessages" if phone:
                return "- " + ", ".join(self._place(phone, number) for number in body.pop("message_ids"))
            case "answerCallbackQuery":
                del body["callback_query_id"]
                return "pop-up" if body else "pressed"
            case _:
                return method

    def _place(self, phone: Phone, number: int) -> str:
        is_own = number in phone.own
        row = phone.own if is_own else self._sent[phone.id]
        back = len(row) - 1 - row.index(number)
        return ("own " if is_own else "") + (f"last but {back}" if back else "last")

    def _plain(self, text: str) -> str:
        """Put placeholders where chance would show."""
        for kind, pattern in (("code", _CODE), ("invitation", _INVITE)):
            for found in pattern.findall(text):
                self._name(kind, found)
        for found, name in self._names.items():
            text = text.replace(found, name)
        return text

    def _name(self, kind: str, found: str) -> None:
        taken = len({name for name in self._names.values() if name.startswith(f"‹{kind}")})
        name = self._names.setdefault(found, f"‹{kind} {taken + 1}›")
        self._names.setdefault(found.replace(" ", ""), name)
