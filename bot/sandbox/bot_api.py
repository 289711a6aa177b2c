"""The Bot API as the bot sees it: the methods, their rules and their errors, in Telegram's own words."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.sandbox.markup import ApiError, format_text, read_keyboard
from bot.sandbox.world import DELETE_WITHIN, QUERY_LIVES, Message, Person, World

LONGEST_POLL = 50
MOST_UPDATES = 100
MOST_IN_ONE_CALL = 100

Parameters = Mapping[str, Any]
Method = Callable[["SandboxApi", Parameters], Awaitable[Any]]


class SandboxApi:
    """Answers the bot's calls over one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._polling = 0

    async def call(self, method: str, parameters: Parameters) -> Any:
        """Answer one call. Raises ApiError."""
        known = METHODS.get(method.lower())
        if known is None:
            raise ApiError(404, "Not Found")
        return await known(self, parameters)

    # --- updates --------------------------------------------------------------------------------------------------

    async def get_updates(self, parameters: Parameters) -> list[dict[str, Any]]:
        """Give updates from an offset on, waiting for some; a newer call ends an older one, as with Telegram."""
        world = self.world
        offset = int(parameters.get("offset") or 0)
        limit = min(int(parameters.get("limit") or MOST_UPDATES), MOST_UPDATES)
        wait = min(float(parameters.get("timeout") or 0), LONGEST_POLL)
        self._polling += 1
        mine = self._polling
        world.confirm_before(offset)
        if not world.updates and wait > 0:
            world.arrived.clear()
            try:
                await asyncio.wait_for(world.arrived.wait(), wait)
            except TimeoutError:
                return []
        if mine != self._polling:
            raise ApiError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        return [update for update, _ in zip(world.updates, range(limit), strict=False)]

    async def delete_webhook(self, parameters: Parameters) -> bool:
        """Say that there is no webhook; throw updates away only if asked to."""
        if _flag(parameters.get("drop_pending_updates")):
            self.world.updates.clear()
        return True

    async def get_webhook_info(self, _: Parameters) -> dict[str, Any]:
        """Say how many updates wait."""
        return {"url": "", "has_custom_certificate": False, "pending_update_count": len(self.world.updates)}

    # --- the bot itself -------------------------------------------------------------------------------------------

    async def get_me(self, _: Parameters) -> dict[str, Any]:
        """Give the bot."""
        return self.world.bot

    async def set_my_commands(self, parameters: Parameters) -> bool:
        """Remember the commands of a scope and language."""
        self.world.commands[_scope(parameters)] = list(_json(parameters.get("commands")) or [])
        return True

    async def get_my_commands(self, parameters: Parameters) -> list[dict[str, str]]:
        """Give the commands of a scope and language."""
        return self.world.commands.get(_scope(parameters), [])

    async def delete_my_commands(self, parameters: Parameters) -> bool:
        """Forget the commands of a scope and language."""
        self.world.commands.pop(_scope(parameters), None)
        return True

    async def agree(self, _: Parameters) -> bool:
        """Accept what changes nothing on the phones."""
        return True

    async def get_chat(self, parameters: Parameters) -> dict[str, Any]:
        """Give a private chat."""
        return {**self.world.person(parameters.get("chat_id")).chat(), "accent_color_id": 0, "max_reaction_count": 0}

    # --- messages -------------------------------------------------------------------------------------------------

    def _reachable(self, parameters: Parameters) -> Person:
        person = self.world.person(parameters.get("chat_id"))
        if not person.is_open:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        if person.is_blocking:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return person

    async def send_message(self, parameters: Parameters) -> dict[str, Any]:
        """Put a message of the bot into a chat."""
        person = self._reachable(parameters)
        text = str(parameters.get("text") or "")
        formatted = format_text(text, parameters.get("parse_mode"))
        buttons = read_keyboard(_json(parameters.get("reply_markup")))
        self.world.rates.check(person.id, self.world.now())
        message = Message(
            id=self.world.next_message(person),
            date=self.world.now(),
            from_bot=True,
            text=formatted.text,
            html=formatted.html,
            buttons=buttons,
            protected=_flag(parameters.get("protect_content")),
            raw_text=text,
        )
        return self._given(person, self.world.put(person, message))

    def _given(self, person: Person, message: Message) -> dict[str, Any]:
        given = {**self.world.header(person, message), "text": message.text}
        if message.buttons:
            rows = [
                [
                    {
                        "text": each["text"],
                        **({"url": each["url"]} if "url" in each else {"callback_data": each["data"]}),
                    }
                    for each in row
                ]
                for row in message.buttons
            ]
            given["reply_markup"] = {"inline_keyboard": rows}
        if message.protected:
            given["has_protected_content"] = True
        if message.is_edited:
            given["edit_date"] = int(self.world.now())
        return given

    def _own(self, person: Person, parameters: Parameters, missing: str) -> Message:
        message = person.messages.get(int(parameters.get("message_id") or 0))
        if message is None:
            raise ApiError(400, f"Bad Request: message {missing} not found")
        return message

    async def edit_message_text(self, parameters: Parameters) -> dict[str, Any]:
        """Change the text and the buttons of one of the bot's messages."""
        person = self._reachable(parameters)
        message = self._own(person, parameters, "to edit")
        if not message.from_bot:
            raise ApiError(400, "Bad Request: message can't be edited")
        text = str(parameters.get("text") or "")
        formatted = format_text(text, parameters.get("parse_mode"))
        return self._edited(
            person, message, text, read_keyboard(_json(parameters.get("reply_markup"))), formatted.html, formatted.text
        )

    async def edit_message_reply_markup(self, parameters: Parameters) -> dict[str, Any]:
        """Change the buttons of one of the bot's messages."""
        person = self._reachable(parameters)
        message = self._own(person, parameters, "to edit")
        if not message.from_bot:
            raise ApiError(400, "Bad Request: message can't be edited")
        buttons = read_keyboard(_json(parameters.get("reply_markup")))
        return self._edited(person, message, message.raw_text, buttons, message.html, message.text)

    def _edited(  # noqa: PLR0917 - the parts of one message
        self, person: Person, message: Message, raw: str, buttons: list[list[dict[str, str]]], html: str, text: str
    ) -> dict[str, Any]:
        if message.html == html and message.buttons == buttons:
            raise ApiError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message",
            )
        self.world.rates.check(person.id, self.world.now())
        message.raw_text, message.html, message.text, message.buttons = raw, html, text, buttons
        message.is_edited = True
        self.world.touch(person)
        return self._given(person, message)

    async def delete_message(self, parameters: Parameters) -> bool:
        """Delete one message that is young enough."""
        person = self.world.person(parameters.get("chat_id"))
        message = self._own(person, parameters, "to delete")
        if self.world.now() - message.date > DELETE_WITHIN:
            raise ApiError(400, "Bad Request: message can't be deleted for everyone")
        del person.messages[message.id]
        self.world.touch(person)
        return True

    async def delete_messages(self, parameters: Parameters) -> bool:
        """Delete those of up to 100 messages that are there and young enough."""
        person = self.world.person(parameters.get("chat_id"))
        numbers = _json(parameters.get("message_ids")) or []
        if not 1 <= len(numbers) <= MOST_IN_ONE_CALL:
            raise ApiError(400, "Bad Request: message identifiers are not specified")
        for number in numbers:
            message = person.messages.get(int(number))
            if message is not None and self.world.now() - message.date <= DELETE_WITHIN:
                del person.messages[message.id]
        self.world.touch(person)
        return True

    async def answer_callback_query(self, parameters: Parameters) -> bool:
        """End the spinner of a pressed button, perhaps with a text over the chat."""
        query = self.world.queries.pop(str(parameters.get("callback_query_id")), None)
        if query is None or self.world.now() - query[1] > QUERY_LIVES:
            raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        person = self.world.people[query[0]]
        person.popups.append({"text": str(parameters.get("text") or ""), "alert": _flag(parameters.get("show_alert"))})
        self.world.touch(person)
        return True


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value else value


def _flag(value: Any) -> bool:
    return value in {True, "true", "True", "1"}


def _scope(parameters: Parameters) -> str:
    scope = _json(parameters.get("scope")) or {"type": "default"}
    return f"{scope.get('type')}:{scope.get('chat_id', '')}:{parameters.get('language_code') or ''}"


METHODS: Mapping[str, Method] = {
    "getupdates": SandboxApi.get_updates,
    "deletewebhook": SandboxApi.delete_webhook,
    "getwebhookinfo": SandboxApi.get_webhook_info,
    "getme": SandboxApi.get_me,
    "setmycommands": SandboxApi.set_my_commands,
    "getmycommands": SandboxApi.get_my_commands,
    "deletemycommands": SandboxApi.delete_my_commands,
    "setmydescription": SandboxApi.agree,
    "setmyshortdescription": SandboxApi.agree,
    "setmyname": SandboxApi.agree,
    "sendchataction": SandboxApi.agree,
    "getchat": SandboxApi.get_chat,
    "sendmessage": SandboxApi.send_message,
    "editmessagetext": SandboxApi.edit_message_text,
    "editmessagereplymarkup": SandboxApi.edit_message_reply_markup,
    "deletemessage": SandboxApi.delete_message,
    "deletemessages": SandboxApi.delete_messages,
    "answercallbackquery": SandboxApi.answer_callback_query,
}
