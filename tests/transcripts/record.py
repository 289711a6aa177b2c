"""What happened, as a text that people read: who did what, then what each phone shows.

What only chance decides has a placeholder by first appearance: message numbers, receipt codes, invitations. What a
button carries is left out; a button is its label.
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
    _numbers: "defaultdict[int, dict[int, str]]" = field(default_factory=lambda: defaultdict(dict))

    def did(self, what: str) -> None:
        """Write down what a person did, or what else happened."""
        if not self.is_muted:
            self.lines += ["", self._plain(what)]

    def moment(self, now: datetime) -> None:
        """Write down what time it is in the city."""
        self.did(f"==== {now.astimezone(_CITY):%A %Y-%m-%d %H:%M}")

    def invitation(self, carried: str) -> None:
        """Give what an invitation carries a placeholder."""
        self._name("invitation", carried)

    def called(self, phone: Phone | None, method: str, payload: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        """Keep a call of the bot until the step is over."""
        if not self.is_muted:
            who = phone.name if phone else "everybody"
            self._calls[who] += self._call(phone, method, payload, answer)

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
        refused = [] if answer["ok"] else [str(answer["description"])]
        return [", ".join([head, *odd, *refused]), *shown]

    def _head(self, phone: Phone | None, method: str, body: dict[str, Any], answer: Mapping[str, Any]) -> str:
        match method:
            case "sendMessage" if not answer["ok"]:
                return "+ nothing"
            case "sendMessage" if phone:
                return f"+ {self._number(phone, answer['result']['message_id'])}"
            case "editMessageText" if phone:
                return f"~ {self._number(phone, body.pop('message_id'))}"
            case "deleteMessages" if phone:
                return "- " + " ".join(self._number(phone, number) for number in body.pop("message_ids"))
            case "answerCallbackQuery":
                del body["callback_query_id"]
                return "pop-up" if body else "pressed"
            case _:
                return method

    def _number(self, phone: Phone, number: int) -> str:
        known = self._numbers[phone.id]
        kind = "own " if number in phone.own else "#"
        taken = sum(each.startswith(kind) for each in known.values())
        return known.setdefault(number, f"{kind}{taken + 1}")

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
