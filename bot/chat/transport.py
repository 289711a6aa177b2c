"""How requests travel to the Bot API: one aiohttp session under python-telegram-bot, and the calls we make by name.

aiohttp instead of the httpx that python-telegram-bot ships: under load httpx's pool scan costs most of the time. The
address of every request holds the token, so no error that leaves here carries a text of the HTTP library.
"""

import json
import os
from collections.abc import Mapping
from typing import Any, Final, cast

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.chat.batch_reading import read_pieces

CONNECTIONS: Final = 80
"""At most so many connections at once: the outbox's 64, the long poll, and some to spare."""
KEEP_ALIVE: Final = 30.0
"""Seconds an idle connection is kept; Telegram closes its side after a little more than a minute."""

_JSON: Final = {"Content-Type": "application/json"}


class TransportClosedError(Exception):
    """The transport was used before it was opened or after it was closed."""


class _Payload:
    """A JSON body on its way through `BaseRequest.post`, which hands its request data on without looking at it."""

    __slots__ = ("body",)

    def __init__(self, body: bytes) -> None:
        self.body = body


class AiohttpRequest(BaseRequest):
    """The transport of python-telegram-bot over one aiohttp session; times are in seconds."""

    __slots__ = ("_connect", "_connections", "_proxy", "_read", "_session", "_write")

    def __init__(
        self,
        *,
        connect_timeout: float = 10.0,
        read_timeout: float = 20.0,
        write_timeout: float = 30.0,
        connections: int = CONNECTIONS,
        proxy: str | None = None,
    ) -> None:
        self._connect = connect_timeout
        self._read = read_timeout
        self._write = write_timeout
        self._connections = connections
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # how python-telegram-bot is asked not to warn at every 429

    @property
    def read_timeout(self) -> float:
        """How long an answer may be silent, unless a call says otherwise."""
        return self._read

    async def initialize(self) -> None:
        """Open the session; nothing happens when it is open."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=self._connector(),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    def _connector(self) -> aiohttp.TCPConnector:
        if self._proxy is None:
            return aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=300)
        # rdns: the proxy looks the name up, so that no resolver at home learns whom the bot talks to.
        connector: aiohttp.TCPConnector = ProxyConnector.from_url(
            self._proxy, rdns=True, limit=self._connections, keepalive_timeout=KEEP_ALIVE
        )
        return connector

    async def shutdown(self) -> None:
        """Close the session; nothing happens when it is closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(self, url: str, payload: Mapping[str, object], *, read_timeout: float | None = None) -> Any:
        """Post a JSON body and give the `result` of the answer; errors are python-telegram-bot's, as from its Bot."""
        body = _Payload(json.dumps(payload, separators=(",", ":")).encode())
        return await self.post(
            url, cast("RequestData", body), read_timeout=self._read if read_timeout is None else read_timeout
        )

    async def do_request(  # noqa: PLR0917  # the order is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request; gives the status and the body. Raises TimedOut or NetworkError, without details."""
        session = self._session
        if session is None:
            raise TransportClosedError
        write, read = _seconds(write_timeout, self._write), _seconds(read_timeout, self._read)
        connect, pool = _seconds(connect_timeout, self._connect), _seconds(pool_timeout, self._connect)
        timeout = aiohttp.ClientTimeout(
            total=None if method == "GET" else _sum(pool, connect, write, read),
            connect=_sum(pool, connect),
            sock_connect=connect,
            sock_read=read,
        )
        data, headers = _body(request_data)
        try:
            async with session.request(
                method, URL(url, encoded=True), data=data, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        except (TimeoutError, ProxyTimeoutError):
            raise TimedOut from None
        except (aiohttp.ClientError, ProxyError, ProxyConnectionError, OSError, ValueError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from None  # its text may hold the address

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer, a list piece by piece if need be. Raises TelegramError, and never logs the answer."""
        text = payload.decode("utf-8", "replace")
        try:
            answer = json.loads(text)
        except (ValueError, RecursionError):
            pieces = read_pieces(text)
            if pieces is None:
                raise TelegramError("Invalid server response") from None
            return {"ok": True, "result": pieces}
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


def _seconds(given: object, default: float) -> float | None:
    """Read a time-out as python-telegram-bot gives it: a number, None for no limit, anything else for the default."""
    if given is None:
        return None
    return float(given) if isinstance(given, (int, float)) else default


def _sum(*parts: float | None) -> float | None:
    """Add time-outs; one without limit makes the sum unlimited."""
    return None if any(part is None for part in parts) else sum(part for part in parts if part is not None)


def _body(request: object) -> tuple[aiohttp.FormData | bytes | None, dict[str, str] | None]:
    """Encode what goes with a request: JSON for our own calls, else a form, in parts where there are files."""
    if isinstance(request, _Payload):
        return request.body, _JSON
    if not isinstance(request, RequestData):
        return None, None
    form = aiohttp.FormData(request.json_parameters, quote_fields=False)
    for name, (filename, content, kind) in request.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, None
