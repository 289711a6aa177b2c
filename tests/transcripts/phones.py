"""Telegram as far as the stories need it: chats, what stands in them, and the updates that people's phones cause."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

BOT = {"id": 4242, "is_bot": True, "first_name": "Nguồn Tin", "username": "nguontin_bot"}
FIRST_PERSON = 770_001
SENT = 1_790_000_000
"""When every message was sent, by Telegram's clock: nothing goes by it."""

_FILE = {"file_id": "f", "file_unique_id": "f"}
KINDS: Mapping[str, dict[str, Any]] = {
    "photo": {"photo": [{**_FILE, "width": 9, "height": 9}]},
    "photo with words": {"photo": [{**_FILE, "width": 9, "height": 9}], "caption": "Chúng nó có dao"},
    "video": {"video": {**_FILE, "width": 9, "height": 9, "duration": 1}},
    "voice": {"voice": {**_FILE, "duration": 1}},
    "document": {"document": _FILE},
    "sticker": {
        "sticker": {**_FILE, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
    },
    "contact": {"contact": {"phone_number": "0912345678", "first_name": "Tư"}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "nothing that can be read": {"text": "\u200e\u202e"},
}
"""What a phone can send besides words."""


class NotOnTheScreenError(AssertionError):
    """A story wants to press what nobody could press."""


@dataclass(frozen=True)
class Button:
    """A button that was shown under a message."""

    message: int
    label: str
    data: str


@dataclass
class Phone:
    """One person's chat with the bot."""

    id: int
    name: str
    standing: dict[int, dict[str, Any]] = field(default_factory=dict)
    """The bot's messages that stand in the chat now, oldest first."""
    shown: list[Button] = field(default_factory=list)
    """Every button that was ever shown, oldest first."""
    messages: "count[int]" = field(default_factory=lambda: count(1))
    own: list[int] = field(default_factory=list)
    """The person's own messages."""
    is_blocking: bool = False

    def button(self, label: str, *, is_gone: bool = False) -> Button:
        """Find the newest button with a label: one that stands there, or one that stood there once."""
        now = {
            Button(number, each["text"], each["callback_data"])
            for number, message in self.standing.items()
            for each in buttons_of(message)
        }
        found = [each for each in self.shown if each.label == label and (each not in now) == is_gone]
        if not found:
            seen = [each.label for each in self.shown if (each not in now) == is_gone]
            raise NotOnTheScreenError(f"{self.name} sees no [{label}] but {seen}")
        return max(found, key=lambda each: each.message)


def buttons_of(payload: Mapping[str, Any]) -> list[dict[str, str]]:
    """Give the buttons of a message."""
    return [each for row in payload.get("reply_markup", {}).get("inline_keyboard", []) for each in row]


@dataclass
class Telegram:
    """The other end of the wire."""

    on_call: Callable[[Phone | None, str, Mapping[str, Any], Mapping[str, Any]], None]
    """Told of every call of the bot: the phone it is for, the method, the payload, and the answer."""
    phones: dict[int, Phone] = field(default_factory=dict)
    waiting: dict[str, Phone] = field(default_factory=dict)
    """Presses that were not answered yet, and whose they are."""
    updates: "count[int]" = field(default_factory=lambda: count(1))

    # --- what the bot calls ---------------------------------------------------------------------------------------

    def answer(self, method: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Carry a call out."""
        if method == "getMe":
            return {"ok": True, "result": BOT}
        query = payload.get("callback_query_id")
        phone = self.waiting.pop(query) if query else self.phones.get(payload.get("chat_id", 0))
        answer = self._carry_out(phone, method, payload)
        self.on_call(phone, method, payload, answer)
        return answer

    def _carry_out(self, phone: Phone | None, method: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        if phone and phone.is_blocking:
            return _refusal("bot was blocked by the user", kind="Forbidden", code=403)
        match method:
            case "sendMessage" if phone:
                return self._shown(phone, next(phone.messages), payload)
            case "editMessageText" if phone:
                return self._edited(phone, payload["message_id"], payload)
            case "deleteMessages" | "deleteMessage" if phone:
                for number in payload.get("message_ids") or [payload["message_id"]]:
                    phone.standing.pop(number, None)
            case "answerCallbackQuery" | "setMyCommands":
                pass
            case _:
                raise AssertionError(method, payload)
        return {"ok": True, "result": True}

    def _edited(self, phone: Phone, number: int, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        if number not in phone.standing:
            return _refusal("message to edit not found")
        if _look(phone.standing[number]) == _look(payload):
            return _refusal("message is not modified")
        return self._shown(phone, number, payload)

    def _shown(self, phone: Phone, number: int, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        phone.standing[number] = dict(payload)
        phone.shown += [Button(number, each["text"], each["callback_data"]) for each in buttons_of(payload)]
        chat = {"id": phone.id, "type": "private"}
        return {"ok": True, "result": {"message_id": number, "date": 1, "chat": chat, "text": payload["text"]}}

    # --- what people do -------------------------------------------------------------------------------------------

    def person(self, name: str) -> Phone:
        """Bring a person on."""
        number = FIRST_PERSON + len(self.phones)
        phone = self.phones[number] = Phone(number, name)
        return phone

    def words(self, phone: Phone, text: str) -> dict[str, Any]:
        """Make the update of a text or a command."""
        body: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        return self.message(phone, body)

    def message(self, phone: Phone, body: Mapping[str, Any]) -> dict[str, Any]:
        """Make the update of any message."""
        number = next(phone.messages)
        phone.own.append(number)
        return self._update("message", {**self._envelope(phone, number), **body})

    def edited(self, phone: Phone, text: str) -> dict[str, Any]:
        """Make the update of the person's last message, edited."""
        body = {**self._envelope(phone, phone.own[-1]), "edit_date": SENT, "text": text}
        return self._update("edited_message", body)

    def press(self, phone: Phone, message: int, data: str) -> dict[str, Any]:
        """Make the update of a pressed button."""
        update = self._update("callback_query", {})
        query = f"q{update['update_id']}"
        self.waiting[query] = phone
        shown = {**self._envelope(phone, message), "from": BOT, "text": "…"}
        who = self._envelope(phone, message)["from"]
        update["callback_query"] = {"id": query, "from": who, "chat_instance": "1", "data": data, "message": shown}
        return update

    def blocked(self, phone: Phone) -> dict[str, Any]:
        """Make the update that says whether the person has blocked the bot."""
        now, before = ("kicked", "member") if phone.is_blocking else ("member", "kicked")
        return self._update(
            "my_chat_member",
            {
                "chat": {"id": phone.id, "type": "private"},
                "from": {"id": phone.id, "is_bot": False, "first_name": phone.name},
                "date": SENT,
                "old_chat_member": {"user": BOT, "status": before, "until_date": 0},
                "new_chat_member": {"user": BOT, "status": now, "until_date": 0},
            },
        )

    def _envelope(self, phone: Phone, number: int) -> dict[str, Any]:
        person = {"id": phone.id, "is_bot": False, "first_name": phone.name, "language_code": "vi"}
        chat = {"id": phone.id, "type": "private", "first_name": phone.name}
        return {"message_id": number, "date": SENT, "chat": chat, "from": person}

    def _update(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"update_id": next(self.updates), kind: body}


def _look(payload: Mapping[str, Any]) -> tuple[Any, Any]:
    return payload["text"], payload.get("reply_markup")


def _refusal(why: str, *, kind: str = "Bad Request", code: int = 400) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": f"{kind}: {why}"}
