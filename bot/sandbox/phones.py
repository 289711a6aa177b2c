"""The phones' side: what people do on the page, in the tour and in tests, as plain JSON over HTTP."""

import asyncio
import json
from typing import Any

from aiohttp import web

from bot.sandbox.world import Fault, Message, Person, World

LONGEST_WAIT = 30
_KINDS: dict[str, dict[str, Any]] = {
    "photo": {"photo": [{"file_id": "p1", "file_unique_id": "p1u", "width": 90, "height": 60, "file_size": 900}]},
    "voice": {"voice": {"file_id": "v1", "file_unique_id": "v1u", "duration": 3}},
    "video": {"video": {"file_id": "c1", "file_unique_id": "c1u", "width": 90, "height": 60, "duration": 3}},
    "document": {"document": {"file_id": "d1", "file_unique_id": "d1u", "file_name": "to_cao_cua_Lan.pdf"}},
    "sticker": {
        "sticker": {
            "file_id": "s1",
            "file_unique_id": "s1u",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
    },
    "contact": {"contact": {"phone_number": "0912345678", "first_name": "Lan"}},
}
_SHOWN = {
    "photo": "[ảnh]",
    "voice": "[tin thoại]",
    "video": "[video]",
    "document": "[tệp]",
    "sticker": "[nhãn dán]",
    "contact": "[danh bạ]",
    "location": "[vị trí]",
}


class Phones:
    """Handlers of everything under /phones."""

    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        return [
            web.get("/phones", self.list),
            web.post("/phones", self.add),
            web.get("/phones/events", self.events),
            web.get("/phones/{id}", self.show),
            web.post("/phones/{id}/{what}", self.act),
            web.get("/journal", self.journal),
            web.delete("/journal", self.forget),
            web.post("/faults", self.fault),
            web.post("/clock", self.clock),
            web.get("/pending", self.pending),
        ]

    def _person(self, request: web.Request) -> Person:
        person = self.world.people.get(int(request.match_info["id"]))
        if person is None:
            raise web.HTTPNotFound
        return person

    async def list(self, _: web.Request) -> web.Response:
        """Show every phone, and the bot's commands."""
        return _answer(
            {
                "bot": self.world.bot,
                "commands": self.world.commands,
                "people": [each.shown() for each in self.world.people.values()],
            }
        )

    async def add(self, request: web.Request) -> web.Response:
        """Bring a person on."""
        details = await request.json()
        known = {"id", "first_name", "last_name", "username", "language_code", "title"}
        person = self.world.add_person(**{name: value for name, value in details.items() if name in known})
        return _answer(person.shown())

    async def show(self, request: web.Request) -> web.Response:
        """Show one phone, waiting until it is newer than ?after=."""
        person = self._person(request)
        after, wait = int(request.query.get("after", -1)), float(request.query.get("wait", 0))
        if person.revision <= after and wait > 0:
            event = self.world.watch()
            try:
                async with asyncio.timeout(min(wait, LONGEST_WAIT)):
                    while person.revision <= after:
                        await event.wait()
                        event.clear()
            except TimeoutError:
                pass
            finally:
                self.world.unwatch(event)
        return _answer(person.shown())

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream a line whenever a phone changes."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        event = self.world.watch()
        event.set()
        try:
            while True:
                await event.wait()
                event.clear()
                await stream.write(f"data: {self.world.revision}\n\n".encode())
        except (ConnectionResetError, asyncio.CancelledError):
            return stream
        finally:
            self.world.unwatch(event)

    async def act(self, request: web.Request) -> web.Response:
        """Do something on a phone."""
        person = self._person(request)
        body = await request.json() if request.can_read_body else {}
        what = request.match_info["what"]
        action = getattr(self, f"_do_{what}", None)
        if action is None:
            raise web.HTTPNotFound
        return _answer(action(person, body) or person.shown())

    def _do_say(self, person: Person, body: dict[str, Any]) -> dict[str, Any]:
        return self.world.say(person, str(body["text"])).shown()

    def _do_start(self, person: Person, body: dict[str, Any]) -> dict[str, Any]:
        payload = str(body.get("payload") or "").rpartition("start=")[2]
        return self.world.say(person, f"/start {payload}".strip()).shown()

    def _do_send(self, person: Person, body: dict[str, Any]) -> dict[str, Any]:
        kind = str(body["kind"])
        if kind == "location":
            extra: dict[str, Any] = {"location": {"latitude": body["lat"], "longitude": body["lon"]}}
        elif kind == "forward":
            extra = {"forward_origin": {"type": "hidden_user", "sender_user_name": "Ai đó", "date": 1}}
            return self.world.say(person, str(body.get("text", "chuyển tiếp")), extra).shown()
        else:
            extra = dict(_KINDS[kind])
        if body.get("caption"):
            extra["caption"] = str(body["caption"])
        return self.world.say(person, "", extra, shown=f"{_SHOWN[kind]} {body.get('caption', '')}".strip()).shown()

    def _do_edit(self, person: Person, body: dict[str, Any]) -> dict[str, Any]:
        message = person.messages[int(body["message"])]
        message.text, message.is_edited = str(body["text"]), True
        self.world.touch(person)
        update = {**self.world.header(person, message), "text": message.text, "edit_date": int(self.world.now())}
        self.world.send_update({"edited_message": update})
        return message.shown()

    def _do_press(self, person: Person, body: dict[str, Any]) -> dict[str, Any]:
        message = person.messages.get(int(body["message"]))
        if message is None:
            message = Message(int(body["message"]), self.world.now(), from_bot=True, text="", html="")
        return {"query": self.world.press(person, message, str(body["data"]))}

    def _do_block(self, person: Person, body: dict[str, Any]) -> None:
        person.is_blocking = bool(body.get("blocking", True))
        status = "kicked" if person.is_blocking else "member"
        extra = {"until_date": 0} if person.is_blocking else {}
        member = {"user": self.world.bot, "status": status, **extra}
        self.world.send_update(
            {
                "my_chat_member": {
                    "chat": person.chat(),
                    "from": person.user(),
                    "date": int(self.world.now()),
                    "old_chat_member": {"user": self.world.bot, "status": "member"},
                    "new_chat_member": member,
                }
            }
        )
        self.world.touch(person)

    def _do_inject(self, person: Person, body: dict[str, Any]) -> dict[str, Any]:
        person.is_open = True
        return {"update_id": self.world.send_update(dict(body["update"]))}

    async def journal(self, _: web.Request) -> web.Response:
        """Give every call of the bot."""
        return _answer({"calls": self.world.journal})

    async def forget(self, _: web.Request) -> web.Response:
        """Empty the journal."""
        self.world.journal.clear()
        return _answer({})

    async def fault(self, request: web.Request) -> web.Response:
        """Let the next calls of a method fail."""
        self.world.faults.append(Fault(**await request.json()))
        return _answer({})

    async def clock(self, request: web.Request) -> web.Response:
        """Let the sandbox's time go on."""
        self.world.skipped += float((await request.json())["seconds"])
        return _answer({})

    async def pending(self, _: web.Request) -> web.Response:
        """Say how many updates the bot has not confirmed."""
        return _answer({"updates": len(self.world.updates)})


def _answer(body: Any) -> web.Response:
    return web.json_response(body, dumps=lambda value: json.dumps(value, ensure_ascii=False))
