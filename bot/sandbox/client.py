"""A hand on the phones: what tours and tests use to type, press and look."""

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout

POLL = 2.0
"""Seconds one look at a phone waits for a change."""


@dataclass(frozen=True, slots=True)
class SeenButton:
    """A button under a message."""

    text: str
    data: str
    """Callback data, or an address."""


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message as it stands on a phone."""

    id: int
    from_bot: bool
    text: str
    html: str
    buttons: tuple[tuple[SeenButton, ...], ...]
    is_edited: bool
    is_protected: bool

    def labels(self) -> tuple[str, ...]:
        """Give the texts of the buttons, row by row."""
        return tuple(button.text for row in self.buttons for button in row)


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """One call of the bot."""

    method: str
    chat: int | None
    body: bytes
    text: str | None


def _seen(raw: dict[str, Any]) -> SeenMessage:
    rows = tuple(
        tuple(SeenButton(each["text"], each.get("data") or each.get("url", "")) for each in row)
        for row in raw["buttons"]
    )
    return SeenMessage(raw["id"], raw["from_bot"], raw["text"], raw["html"], rows, raw["edited"], raw["protected"])


class SandboxClient:
    """Talks to a running sandbox."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()

    async def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Make one request; give the JSON of the answer."""
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=60))
        async with self._session.request(method, self.url + path, json=body, params=query or None) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def person(self, first_name: str, **details: Any) -> "Phone":
        """Bring a person on."""
        raw = await self.ask("POST", "/phones", {"first_name": first_name, **details})
        return Phone(self, raw["id"], raw["title"])

    async def people(self) -> list[dict[str, Any]]:
        """Give every person with their chat."""
        return list((await self.ask("GET", "/phones"))["people"])

    async def fail(
        self, method: str, kind: str, *, times: int = 1, chat: int | None = None, retry_after: int = 1
    ) -> None:
        """Let the next calls fail: "429", "500", "502", "close", or "lost" (done, but the answer is lost)."""
        fault = {"method": method, "kind": kind, "times": times, "chat": chat, "retry_after": retry_after}
        await self.ask("POST", "/faults", fault)

    async def journal(self) -> list[RecordedCall]:
        """Give every call of the bot, getUpdates left out."""
        calls = (await self.ask("GET", "/journal"))["calls"]
        return [
            RecordedCall(each["method"], each["chat"], base64.b64decode(each["body"]), each["text"]) for each in calls
        ]

    async def advance(self, *, hours: float) -> None:
        """Let the sandbox's time go on."""
        await self.ask("POST", "/clock", {"seconds": hours * 3600})

    async def pending(self) -> int:
        """Say how many updates the bot has not confirmed."""
        return int((await self.ask("GET", "/pending"))["updates"])


class Phone:
    """One person's phone."""

    def __init__(self, client: SandboxClient, number: int, name: str) -> None:
        self.client = client
        self.id = number
        self.name = name

    async def _do(self, what: str, **body: Any) -> dict[str, Any]:
        return dict(await self.client.ask("POST", f"/phones/{self.id}/{what}", body))

    async def start(self, payload: str | None = None) -> SeenMessage:
        """Open the chat, perhaps by a link."""
        return _seen(await self._do("start", payload=payload))

    async def say(self, text: str) -> SeenMessage:
        """Send a text."""
        return _seen(await self._do("say", text=text))

    async def send(self, kind: str, **details: Any) -> SeenMessage:
        """Send a photo, voice, video, document, sticker, contact, forward or location."""
        return _seen(await self._do("send", kind=kind, **details))

    async def edit(self, message: int, text: str) -> SeenMessage:
        """Edit a message of one's own."""
        return _seen(await self._do("edit", message=message, text=text))

    async def press(self, label: str, *, message: int | None = None) -> str:
        """Press the newest button whose text holds the label. Raises LookupError when there is none."""
        for seen in reversed(await self.chat()):
            if message is not None and seen.id != message:
                continue
            for row in seen.buttons:
                for button in row:
                    if label in button.text:
                        return await self.press_data(button.data, message=seen.id)
        raise LookupError(f"{self.name} sees no button “{label}”")

    async def press_data(self, data: str, *, message: int) -> str:
        """Press a button by its data, genuine or forged; give the query's id."""
        return str((await self._do("press", message=message, data=data))["query"])

    async def block(self, *, blocking: bool = True) -> None:
        """Block the bot, or let it write again."""
        await self._do("block", blocking=blocking)

    async def inject(self, update: dict[str, Any]) -> int:
        """Put a raw update on its way; give its id."""
        return int((await self._do("inject", update=update))["update_id"])

    async def look(self, *, after: int = -1, wait: float = 0) -> dict[str, Any]:
        """Give the phone as it looks now, or once it is newer than a revision."""
        return dict(await self.client.ask("GET", f"/phones/{self.id}", after=after, wait=wait))

    async def chat(self) -> list[SeenMessage]:
        """Give the messages in the chat."""
        return [_seen(raw) for raw in (await self.look())["messages"]]

    async def popups(self) -> list[str]:
        """Give the newest texts shown over the chat."""
        return [each["text"] for each in (await self.look())["popups"]]

    async def wait_until(self, holds: Callable[[list[SeenMessage]], bool], *, timeout: float = 10) -> list[SeenMessage]:  # noqa: ASYNC109 - a bound for people who wait
        """Look until something holds for the chat. Raises TimeoutError."""
        after = -1
        async with asyncio.timeout(timeout):
            while True:
                raw = await self.look(after=after, wait=POLL if after >= 0 else 0)
                messages = [_seen(each) for each in raw["messages"]]
                if holds(messages):
                    return messages
                after = raw["revision"]

    async def wait_for(self, what: str | Callable[[SeenMessage], bool], *, timeout: float = 10) -> SeenMessage:  # noqa: ASYNC109 - a bound for people who wait
        """Look until a message of the bot holds a text, or is as asked; give the newest. Raises TimeoutError."""
        is_it = what if callable(what) else (lambda seen: seen.from_bot and what in seen.text)
        chat = await self.wait_until(lambda messages: any(map(is_it, messages)), timeout=timeout)
        return next(seen for seen in reversed(chat) if is_it(seen))

    async def wait_for_popup(self, text: str, *, timeout: float = 10) -> None:  # noqa: ASYNC109 - a bound for people who wait
        """Look until a text was shown over the chat. Raises TimeoutError."""
        after = -1
        async with asyncio.timeout(timeout):
            while True:
                raw = await self.look(after=after, wait=POLL if after >= 0 else 0)
                if any(text in each["text"] for each in raw["popups"]):
                    return
                after = raw["revision"]
