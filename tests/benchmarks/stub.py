"""A Bot API server of the fewest lines, in a process of its own: prepared updates out, calls answered at once.

It plays citizens: each writes one text, presses the first button of the draft card it gets, and is done when the
receipt arrives. With `--plain` the answer to the text is the end (for the loop by hand).
"""

import argparse
import asyncio
import itertools
import json
import time
from collections import deque
from contextlib import suppress
from typing import Any

from aiohttp import web

TEXT = "Tối nào cũng có nhóm thanh niên hút chích trong hẻm sau chợ, phường Cái Khế"


class Citizens:
    """Everyone who writes, and when."""

    def __init__(self, *, plain: bool) -> None:
        self.plain = plain
        self.updates: deque[dict[str, Any]] = deque()
        self.arrived = asyncio.Event()
        self.numbers = itertools.count(1)
        self.messages = itertools.count(1)
        self.began: dict[int, float] = {}
        self.pressed: dict[int, float] = {}
        self.whole: list[float] = []
        self.confirming: list[float] = []
        self.todo = 0
        self.rate = 0.0
        self.finished = asyncio.Event()
        self.next_chat = itertools.count(1_000_000)
        self.started_at = 0.0

    def send(self, update: dict[str, Any]) -> None:
        """Put an update on its way."""
        self.updates.append({"update_id": next(self.numbers), **update})
        self.arrived.set()

    def begin(self) -> None:
        """Let the next citizen write."""
        if self.todo <= 0:
            return
        self.todo -= 1
        chat = next(self.next_chat)
        self.began[chat] = time.perf_counter()
        person = {"id": chat, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
        self.send(
            {
                "message": {
                    "message_id": next(self.messages),
                    "date": 1_790_000_000,
                    "chat": {"id": chat, "type": "private", "first_name": "Lan"},
                    "from": person,
                    "text": TEXT,
                }
            }
        )

    def got(self, chat: int, message: int, body: dict[str, Any]) -> None:
        """See what the bot sent to a citizen."""
        if chat not in self.began:
            return
        text = body.get("text", "")
        if self.plain or "Mã tin" in text or "Tip code" in text:
            now = time.perf_counter()
            self.whole.append(now - self.began.pop(chat))
            if chat in self.pressed:
                self.confirming.append(now - self.pressed.pop(chat))
            if self.rate == 0:
                self.begin()
            if not self.began and self.todo <= 0:
                self.finished.set()
            return
        rows = (body.get("reply_markup") or {}).get("inline_keyboard") or []
        if rows and chat not in self.pressed:
            self.pressed[chat] = time.perf_counter()
            self.send(
                {
                    "callback_query": {
                        "id": str(next(self.numbers)),
                        "from": {"id": chat, "is_bot": False, "first_name": "Lan"},
                        "chat_instance": "1",
                        "data": rows[0][0]["callback_data"],
                        "message": {
                            "message_id": message,
                            "date": 1_790_000_000,
                            "chat": {"id": chat, "type": "private", "first_name": "Lan"},
                            "text": "x",
                        },
                    }
                }
            )


class Stub:
    """The server."""

    def __init__(self, citizens: Citizens) -> None:
        self.citizens = citizens

    async def call(self, request: web.Request) -> web.Response:
        """Answer a call of the bot."""
        method = request.match_info["method"]
        raw = await request.read()
        body: dict[str, Any] = json.loads(raw) if raw[:1] == b"{" else dict(await request.post())
        match method:
            case "getUpdates":
                return await self._updates(body)
            case "sendMessage" | "editMessageText":
                chat = int(body["chat_id"])
                message = int(body.get("message_id") or next(self.citizens.messages))
                self.citizens.got(chat, message, body)
                result: Any = {"message_id": message, "date": 1, "chat": {"id": chat, "type": "private"}}
            case "getMe":
                result = {"id": 4242, "is_bot": True, "first_name": "x", "username": "x_bot"}
            case _:
                result = True
        return web.Response(text=json.dumps({"ok": True, "result": result}), content_type="application/json")

    async def _updates(self, body: dict[str, Any]) -> web.Response:
        citizens = self.citizens
        offset = int(body.get("offset") or 0)
        while citizens.updates and citizens.updates[0]["update_id"] < offset:
            citizens.updates.popleft()
        if not citizens.updates:
            citizens.arrived.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(citizens.arrived.wait(), float(body.get("timeout") or 0) or 0.001)
        found = [update for update, _ in zip(citizens.updates, range(100), strict=False)]
        return web.Response(text=json.dumps({"ok": True, "result": found}), content_type="application/json")

    async def load(self, request: web.Request) -> web.Response:
        """Play a number of tips: as many citizens at once as asked for, or at a steady rate; give the times."""
        asked = await request.json()
        citizens = self.citizens
        citizens.whole.clear()
        citizens.confirming.clear()
        citizens.finished.clear()
        citizens.todo, citizens.rate = int(asked["tips"]), float(asked.get("rate", 0))
        citizens.started_at = time.perf_counter()
        if citizens.rate:
            while citizens.todo > 0:
                due = (time.perf_counter() - citizens.started_at) * citizens.rate
                for _ in range(max(0, int(due) - (int(asked["tips"]) - citizens.todo))):
                    citizens.begin()
                await asyncio.sleep(0.002)
        else:
            for _ in range(int(asked["at_once"])):
                citizens.begin()
        await asyncio.wait_for(citizens.finished.wait(), 120)
        seconds = time.perf_counter() - citizens.started_at
        return web.json_response({"seconds": seconds, "whole": citizens.whole, "confirming": citizens.confirming})


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--plain", action="store_true")
    arguments = parser.parse_args()

    async def app() -> web.Application:
        stub = Stub(Citizens(plain=arguments.plain))
        made = web.Application()
        made.add_routes([web.post("/bot{token}/{method}", stub.call), web.post("/load", stub.load)])
        return made

    web.run_app(app(), host="127.0.0.1", port=arguments.port, access_log=None, print=None)


if __name__ == "__main__":
    main()
