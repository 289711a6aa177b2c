"""A stage to play on: the sandbox and the real bot as two processes, and people of the force already enrolled.

The demo, its tour and the tests of whole behaviours play here. Nothing on the stage is faked but Telegram.
"""

import asyncio
import json
import os
import re
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bot.sandbox.client import Phone, SandboxClient

TOKEN = "4242424242:sandbox-token-that-opens-nothing-else"  # noqa: S105 - it opens the sandbox
"""The token of the bot in the sandbox."""
STARTS_WITHIN = 60
"""Seconds a process may take to start on a slow machine."""

_LATER = ("FEEDBACK_HOURS", "QUESTION_MINUTES", "ANSWER_MINUTES", "NOTICE_SECONDS")
"""What would be told later: on the stage nobody waits."""
_NUMBER = re.compile(r"\d+")


class StageError(Exception):
    """A process on the stage did not do its part; the text says which."""


@dataclass
class Stage:
    """Two processes in one folder. Use it as an asynchronous context manager."""

    folder: Path
    port: int = 0
    profile: str = "free"
    """The sandbox's rate limits: "free" or "telegram"."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """More settings for the bot, by their environment names."""
    client: SandboxClient = field(init=False)
    page: str = field(init=False, default="")
    _sandbox: Process | None = field(init=False, default=None)
    _bot: Process | None = field(init=False, default=None)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the bot and of the operator's commands."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NGUONTIN_")}
        return {
            **kept,
            "PYTHONUTF8": "1",
            "NGUONTIN_TOKEN": TOKEN,
            "NGUONTIN_API_URL": self.client.url,
            "NGUONTIN_DATA": str(self.folder / "data"),
            "NGUONTIN_KEYS": str(self.folder / "keys"),
            **dict.fromkeys((f"NGUONTIN_{name}" for name in _LATER), "0"),
            **self.settings,
        }

    @property
    def log(self) -> Path:
        """Everything the bot printed."""
        return self.folder / "bot.log"

    async def __aenter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            await self._raise_curtain()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop_bot()
        if self._sandbox is not None:
            await _end(self._sandbox)
        if hasattr(self, "client"):
            await self.client.close()

    async def _raise_curtain(self) -> None:
        self._sandbox = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot.sandbox", "--port", str(self.port), "--token", TOKEN, "--profile", self.profile),
            stdout=PIPE,
        )
        if self._sandbox.stdout is None:
            raise StageError("the sandbox has no output")
        line = await asyncio.wait_for(self._sandbox.stdout.readline(), STARTS_WITHIN)
        if not line:
            raise StageError(f"The sandbox did not start: is port {self.port} taken? Another one: demo --port 0")
        told = json.loads(line)
        self.page = told["page"]
        self.client = SandboxClient(told["url"])
        await self.operate("keys", "--create")
        await self.start_bot()

    async def start_bot(self) -> None:
        """Start the bot, again if it was stopped or killed."""
        with self.log.open("ab") as log:
            self._bot = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=self.environment, stdout=log, stderr=STDOUT
            )

    async def stop_bot(self) -> None:
        """Ask the bot to stop, and wait for it."""
        if self._bot is not None:
            await _end(self._bot)

    async def kill_bot(self) -> None:
        """End the bot as a power cut would."""
        if self._bot is not None and self._bot.returncode is None:
            self._bot.kill()
            await self._bot.wait()

    async def bot_ends(self) -> None:
        """Wait until the bot's process ends."""
        if self._bot is not None:
            await self._bot.wait()

    async def operate(self, *arguments: str) -> str:
        """Run one of the operator's commands beside the bot. Raises StageError with its output when it fails."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, env=self.environment, stdout=PIPE, stderr=STDOUT
        )
        output, _ = await asyncio.wait_for(process.communicate(), STARTS_WITHIN)
        if process.returncode:
            raise StageError(f"`{' '.join(arguments)}` ended with {process.returncode}:\n{output.decode()}")
        return output.decode()

    async def enrol(self, phone: Phone, *, role: str, unit: str = "") -> None:
        """Invite a person from the server, let them open the link, and confirm them."""
        place = ("--unit", unit) if unit else ()
        link = json.loads(await self.operate("invite", "--role", role, *place, "--json"))
        await phone.start(link["payload"])
        waiting = await phone.wait_for(
            lambda seen: seen.from_bot and _NUMBER.search(seen.text) is not None, timeout=STARTS_WITHIN
        )
        found = _NUMBER.search(waiting.text)
        if found is None:
            raise StageError("the bot did not tell the waiting person a number")
        before = len(await phone.chat())
        await self.operate("confirm", found.group())
        await phone.wait_until(lambda seen: len(seen) > before, timeout=STARTS_WITHIN)


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STARTS_WITHIN)
    except TimeoutError:
        process.kill()
        await process.wait()
