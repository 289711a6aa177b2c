"""The server: the Bot API, the phones and the page on one port of this machine."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox.bot_api import SandboxApi
from bot.sandbox.markup import ApiError
from bot.sandbox.phones import Phones
from bot.sandbox.world import Fault, Rates, World

PAGE_FOLDER = Path(__file__).with_name("page")
HOST = "127.0.0.1"
BIGGEST_BODY = 60 * 1024 * 1024
PROFILES = {"free": (None, None), "telegram": (30.0, 1.0)}
"""Messages a second over all chats and within one chat."""


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox that answers."""

    url: str
    world: World

    @property
    def page(self) -> str:
        """The address of the page of phones."""
        return f"{self.url}/"


class _Door:
    """Takes the bot's calls: token, parameters, faults, journal."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.api = SandboxApi(world)

    async def call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.world.token:
            return _refuse(ApiError(401, "Unauthorized"))
        method = request.match_info["method"]
        raw = await request.read()
        parameters = await _parameters(request)
        self._note(method, parameters, raw)
        fault = self._fault(method, parameters)
        if fault is not None and fault.kind != "lost":
            return self._fail(request, fault)
        try:
            result = await self.api.call(method, parameters)
        except ApiError as error:
            return _refuse(error)
        if fault is not None:
            return self._fail(request, fault)
        return _ok(result)

    def _note(self, method: str, parameters: dict[str, Any], raw: bytes) -> None:
        if method.lower() == "getupdates":
            return
        chat = parameters.get("chat_id")
        if chat is None and method.lower() == "answercallbackquery":
            query = self.world.queries.get(str(parameters.get("callback_query_id")))
            chat = query[0] if query else None
        self.world.journal.append(
            {
                "method": method,
                "chat": int(chat) if chat is not None else None,
                "at": self.world.now(),
                "body": base64.b64encode(raw).decode(),
                "text": parameters.get("text"),
            }
        )

    def _fault(self, method: str, parameters: dict[str, Any]) -> Fault | None:
        for fault in self.world.faults:
            is_method = fault.method.lower() in {method.lower(), "*"}
            is_chat = fault.chat is None or str(fault.chat) == str(parameters.get("chat_id"))
            if is_method and is_chat and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.kind in {"close", "lost"}:
            if request.transport is not None:
                request.transport.close()
            return web.Response(status=499)
        if fault.kind == "429":
            return _refuse(ApiError(429, f"Too Many Requests: retry after {fault.retry_after}", fault.retry_after))
        return _refuse(ApiError(int(fault.kind), "Internal Server Error"))


async def _parameters(request: web.Request) -> dict[str, Any]:
    found: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        found.update(await request.json() or {})
    elif request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        found.update(await request.post())
    return found


def _ok(result: Any) -> web.Response:
    body = json.dumps({"ok": True, "result": result}, ensure_ascii=False)
    return web.Response(text=body, content_type="application/json")


def _refuse(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.retry_after is not None:
        body["parameters"] = {"retry_after": error.retry_after}
    return web.json_response(body, status=error.code)


async def _page(_: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE_FOLDER / "index.html", headers={"Cache-Control": "no-store"})


@asynccontextmanager
async def open_sandbox(
    *, token: str, username: str = "nguontin_sandbox_bot", port: int = 0, profile: str = "free"
) -> AsyncIterator[Running]:
    """Answer on a port of this machine until the block ends."""
    overall, per_chat = PROFILES[profile]
    world = World(token=token, username=username, rates=Rates(overall, per_chat))
    door = _Door(world)
    app = web.Application(client_max_size=BIGGEST_BODY)
    app.add_routes(
        [
            web.post("/bot{token}/{method}", door.call),
            web.get("/bot{token}/{method}", door.call),
            web.get("/", _page),
            web.static("/page", PAGE_FOLDER),
            *Phones(world).routes(),
        ]
    )
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handler_cancellation=True)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        address = runner.addresses[0]
        yield Running(f"http://{address[0]}:{address[1]}", world)
    finally:
        await runner.cleanup()
