"""Two small proxies, HTTP and SOCKS5, that note which host they are asked for and lead every way to one place."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

Way = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_DOMAIN = 3
"""SOCKS5: the address is a name (RFC 1928, section 5)."""


@dataclass
class Proxy:
    """A running proxy."""

    address: str = ""
    asked_for: list[str] = field(default_factory=list)
    """Hosts as they were asked for: a name means that nobody looked it up before."""


@asynccontextmanager
async def proxy(scheme: str, *, target: Callable[[], int]) -> AsyncIterator[Proxy]:
    """Run a proxy that leads to a port of this machine, whatever it is asked for."""
    running = Proxy()
    shake_hands = {"http": _connect, "socks5": _socks}[scheme]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            running.asked_for.append(await shake_hands(reader, writer))
            there = await asyncio.open_connection("127.0.0.1", target())
            await asyncio.gather(_pour(reader, there[1]), _pour(there[0], writer))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    running.address = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield running
    finally:
        server.close()


async def _connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
    """Take an HTTP CONNECT."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    return head.split()[1].rpartition(":")[0]


async def _socks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
    """Take a SOCKS5 greeting and request, without a password."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    *_, kind = await reader.readexactly(4)
    if kind == _DOMAIN:
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
    else:
        host = ".".join(map(str, await reader.readexactly(4)))
    await reader.readexactly(2)
    writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
    return host


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
