"""What the bot is tortured with: its process, the way to its Bot API server, its disk, its clock, its updates."""

import asyncio
import os
import random
import resource
import subprocess
import sys
from asyncio.subprocess import STDOUT
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.cli.stage import STARTS_WITHIN, TOKEN, Stage
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import Running, open_sandbox
from tests.privacy.planted import forms

DISK = 64 * 1024 * 1024
"""Bytes of the small disk, where one can be mounted."""
_BLOCK = 4096


class Updates(deque[dict[str, Any]]):
    """The updates on their way to the bot; some come twice, at once or after they were confirmed."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance
        self.confirmed: dict[int, dict[str, Any]] = {}
        """What the bot has confirmed by its offset: Telegram forgets these for good."""
        self.often = 0.0
        self.repeated = 0

    def append(self, update: dict[str, Any], /) -> None:
        """Put an update on its way."""
        super().append(update)
        if self._chance.random() < self.often:
            self._again(update)

    def popleft(self) -> dict[str, Any]:
        """Let an update go: it is confirmed."""
        update = super().popleft()
        self.confirmed[update["update_id"]] = update
        if self._chance.random() < self.often:
            asyncio.get_running_loop().call_later(self._chance.uniform(0, 2), self._again, update)
        return update

    def _again(self, update: dict[str, Any]) -> None:
        self.repeated += 1
        super().append(update)


@dataclass
class Network:
    """The way between the bot and its Bot API server: slow, cut, or dead."""

    target: int
    port: int = 0
    delay: float = 0
    is_dead: bool = False
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    @asynccontextmanager
    async def laid(self) -> AsyncIterator[None]:
        """Carry until the block ends."""
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()
            self.cut()

    def cut(self) -> None:
        """Reset every connection, whatever is on its way."""
        for way in self._open:
            way.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            if not self.is_dead:
                there = await asyncio.open_connection("127.0.0.1", self.target)
                await asyncio.gather(self._pour(reader, there[1]), self._pour(there[0], writer))
        except OSError:
            pass
        finally:
            self._open.discard(writer)
            writer.transport.abort()

    async def _pour(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                await asyncio.sleep(self.delay)
                writer.write(data)
                await writer.drain()
        writer.close()


class Disk:
    """The disk of the books, which can be full: a small one of its own, or else a limit on how far files can grow."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._filler = folder / "filler"
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=700", "tmpfs", str(folder)]
        in_a_room = "TORTURE_ROOM" in os.environ
        self.is_small = in_a_room and subprocess.run(mount, check=False, capture_output=True).returncode == 0
        self.kind = "a small disk without room" if self.is_small else "files that cannot grow"

    def fill(self, process: int) -> None:
        """Leave no room."""
        if not self.is_small:
            grown = max((path.stat().st_size for path in self._folder.iterdir()), default=0)
            self._limit(process, grown)
            return
        with suppress(OSError), self._filler.open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(_BLOCK))

    def free(self, process: int | None) -> None:
        """Give the room back."""
        self._filler.unlink(missing_ok=True)
        if not self.is_small and process is not None:
            self._limit(process, resource.RLIM_INFINITY)

    def close(self) -> None:
        """Take the disk away; in a room of its own it goes with the last process anyway."""
        if self.is_small:
            subprocess.run(["umount", "--lazy", str(self._folder)], check=False)

    @staticmethod
    def _limit(process: int, size: int) -> None:
        with suppress(ProcessLookupError):
            resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@dataclass
class Rig(Stage):
    """A stage whose sandbox runs in this process, and whose bot can be harmed in every way."""

    running: Running = field(kw_only=True)
    network: Network = field(kw_only=True)
    updates: Updates = field(kw_only=True)
    disk: Disk = field(init=False)
    kills: int = 0
    leaks: list[str] = field(default_factory=list)
    """Words and people that a killed bot has left in clear."""
    _told: int = 0
    """How much of the log is of bots before this one."""

    async def _raise_curtain(self) -> None:
        self.disk = Disk(self.folder / "data")
        self.clock_is_wrong_by(0)
        self.page = self.running.page
        self.client = SandboxClient(self.running.url)
        await self.operate("keys", "--create")
        await self.start_bot()

    async def __aexit__(self, *error: object) -> None:
        await super().__aexit__(*error)
        self.disk.close()

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the bot, whose way to the server is the one that can be cut."""
        return {**super().environment, "NGUONTIN_API_URL": f"http://127.0.0.1:{self.network.port}"}

    @property
    def database(self) -> Path:
        """The file of the books."""
        return self.folder / "data" / "nguontin.db"

    async def start_bot(self) -> None:
        """Start the bot, unless it runs."""
        if self.process is None:
            self._told = self.log.stat().st_size if self.log.exists() else 0
            with self.log.open("ab") as log:
                self._bot = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "tests.torture.moved_bot", str(self._clock), "run"),
                    env=self.environment,
                    stdout=log,
                    stderr=STDOUT,
                )

    async def kill_bot(self) -> None:
        """End the bot as a power cut would."""
        self.kills += self.process is not None
        await super().kill_bot()
        newest = list(self.running.world.people)[-5:]
        marks = {"lần thứ".encode(), *(form for number in newest for form in forms(number))}
        for path in (self.log, *self.database.parent.glob("nguontin.db*")):
            body = path.read_bytes()
            self.leaks += [f"{mark!r} in {path.name}" for mark in marks if mark in body]

    @property
    def process(self) -> int | None:
        """The number of the bot's process, while it runs."""
        return self._bot.pid if self._bot is not None and self._bot.returncode is None else None

    @property
    def said(self) -> str:
        """What the bot has written since it was started."""
        return self.log.read_bytes()[self._told :].decode()

    async def is_ready(self) -> None:
        """Wait until the bot works. Raises TimeoutError."""
        async with asyncio.timeout(STARTS_WITHIN):
            while "ready" not in self.said:  # noqa: ASYNC110 - a process has no bell
                await asyncio.sleep(0.05)

    async def ended_with(self) -> int:
        """Wait until the bot ends by itself; gives its exit status."""
        assert self._bot is not None
        return await asyncio.wait_for(self._bot.wait(), STARTS_WITHIN)

    @property
    def _clock(self) -> Path:
        return self.folder / "clock"

    def clock_is_wrong_by(self, seconds: float) -> None:
        """Set the machine's clock wrong; it goes on from there."""
        anew = self._clock.with_name("clock.new")
        anew.write_text(str(seconds), encoding="ascii")
        anew.replace(self._clock)  # never half written


@asynccontextmanager
async def open_rig(folder: Path, *, chance: random.Random, settings: dict[str, str]) -> AsyncIterator[Rig]:
    """Put everything up, and take everything down again however it ends."""
    async with open_sandbox(token=TOKEN) as running:
        updates = Updates(chance)
        running.world.updates = updates
        network = Network(int(running.url.rpartition(":")[2]))
        async with (
            network.laid(),
            Rig(folder, settings=settings, running=running, network=network, updates=updates) as rig,
        ):
            yield rig
