"""The whole bot under load, beside a loop by hand: durable tips a second, latency, CPU a tip, start, memory.

The bot and the stub server are processes of their own; the bot runs as in production (durable commits, sealing,
figures, audit, outbox), with its pace set far above what Telegram allows.
"""

import asyncio
import json
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]
TOKEN = "4242:benchmark-token-that-opens-nothing-x"  # noqa: S105 - opens nothing
AT_ONCE = 128
ROUNDS = 3


@dataclass(frozen=True)
class Load:
    """What one round of load measured."""

    per_second: float
    whole_p50: float
    whole_p99: float
    confirming_p50: float
    confirming_p99: float


def free_port() -> int:
    """Find a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def percentile(values: list[float], share: float) -> float:
    """Give a percentile in milliseconds."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else float("nan")


@asynccontextmanager
async def process(*arguments: str, env: dict[str, str] | None = None, log: Path | None = None) -> AsyncIterator[Any]:
    """Run a Python process until the block ends."""
    target = log.open("wb") if log else asyncio.subprocess.DEVNULL
    child = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=target, stderr=target
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.terminate()
            await child.wait()


async def play(url: str, *, tips: int, rate: float = 0) -> Load:
    """Let citizens send tips; give what was measured."""
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=180)) as session,
        session.post(f"{url}/load", json={"tips": tips, "at_once": AT_ONCE, "rate": rate}) as answer,
    ):
        answer.raise_for_status()
        found = await answer.json()
    return Load(
        tips / found["seconds"],
        percentile(found["whole"], 0.5),
        percentile(found["whole"], 0.99),
        percentile(found["confirming"], 0.5),
        percentile(found["confirming"], 0.99),
    )


async def reachable(url: str) -> None:
    """Wait until the stub answers."""
    async with aiohttp.ClientSession() as session:
        for _ in range(200):
            try:
                async with session.post(f"{url}/bot{TOKEN}/getMe", data=b"{}"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
    raise TimeoutError("the stub did not start")


def cpu_seconds(pid: int) -> float:
    """Give the CPU time a process has used."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def memory_mib(pid: int) -> float:
    """Give the resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


async def ready(log: Path) -> None:
    """Wait until the bot says that it is ready."""
    for _ in range(2000):
        if _says_ready(log):
            return
        await asyncio.sleep(0.005)
    raise TimeoutError("the bot did not get ready")


def _says_ready(log: Path) -> bool:
    return log.exists() and b"ready" in log.read_bytes()


async def bench_bot(folder: Path) -> dict[str, float]:
    """Measure the bot."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = folder / "bot.log"
    env = {
        "NGUONTIN_TOKEN": TOKEN,
        "NGUONTIN_API_URL": url,
        "NGUONTIN_DATA": str(folder / "data"),
        "NGUONTIN_KEYS": str(folder / "keys"),
        "NGUONTIN_MESSAGES_PER_SECOND": "1000000",
        "NGUONTIN_CHAT_MESSAGES_PER_SECOND": "1000000",
        "NGUONTIN_LOG_LEVEL": "WARNING",
    }
    async with process("-m", "tests.benchmarks.stub", "--port", str(port)):
        await reachable(url)
        async with process("-m", "bot", "keys", "--create", env=env) as made:
            await made.wait()
        async with process("-m", "bot", "run", env={**env, "NGUONTIN_LOG_LEVEL": "INFO"}, log=log):
            await ready(log)
        log.unlink()
        began = time.perf_counter()
        async with process("-m", "bot", "run", env={**env, "NGUONTIN_LOG_LEVEL": "INFO"}, log=log) as bot:
            await ready(log)
            start = time.perf_counter() - began
            await asyncio.sleep(1)
            idle = memory_mib(bot.pid)
            await play(url, tips=300)
            loads, cpu = [], []
            for _ in range(ROUNDS):
                before = cpu_seconds(bot.pid)
                loads.append(await play(url, tips=2000))
                cpu.append((cpu_seconds(bot.pid) - before) / 2000 * 1e6)
            most = statistics.median(each.per_second for each in loads)
            half = await play(url, tips=int(most * 4), rate=most / 2)
            busy = memory_mib(bot.pid)
    return {
        "tips/s": most,
        "cpu us/tip": statistics.median(cpu),
        "p50 whole": half.whole_p50,
        "p99 whole": half.whole_p99,
        "p50 press": half.confirming_p50,
        "p99 press": half.confirming_p99,
        "start s": start,
        "idle MiB": idle,
        "after load MiB": busy,
    }


async def bench_handmade(folder: Path) -> dict[str, float]:
    """Measure the loop by hand."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with process("-m", "tests.benchmarks.stub", "--port", str(port), "--plain"):
        await reachable(url)
        script = str(Path(__file__).with_name("handmade.py"))
        async with process(script, f"{url}/bot{TOKEN}", str(folder / "hand.db")) as loop:
            await asyncio.sleep(1)
            await play(url, tips=500)
            before = cpu_seconds(loop.pid)
            loads = [await play(url, tips=5000) for _ in range(ROUNDS)]
            cpu = (cpu_seconds(loop.pid) - before) / (5000 * ROUNDS) * 1e6
            most = statistics.median(each.per_second for each in loads)
            half = await play(url, tips=int(most * 2), rate=most / 2)
    return {"tips/s": most, "cpu us/tip": cpu, "p50 whole": half.whole_p50, "p99 whole": half.whole_p99}


def main() -> None:
    """Measure both, and print them side by side."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hand = asyncio.run(bench_handmade(folder))
        bot = asyncio.run(bench_bot(folder))
    print(f"\n{'':34}{'the bot':>12}{'by hand':>12}{'ratio':>8}")
    rows = [
        ("durable tips a second", bot["tips/s"], hand["tips/s"]),
        ("durable updates a second", 2 * bot["tips/s"], hand["tips/s"]),
        ("CPU a tip, microseconds", bot["cpu us/tip"], hand["cpu us/tip"]),
        ("CPU an update, microseconds", bot["cpu us/tip"] / 2, hand["cpu us/tip"]),
        ("text to receipt, p50 ms, half load", bot["p50 whole"], hand["p50 whole"]),
        ("text to receipt, p99 ms, half load", bot["p99 whole"], hand["p99 whole"]),
    ]
    for label, ours, theirs in rows:
        print(f"{label:34}{ours:12.1f}{theirs:12.1f}{ours / theirs:8.2f}")
    for label, key in (
        ("press to receipt, p50 ms, half load", "p50 press"),
        ("press to receipt, p99 ms, half load", "p99 press"),
        ("cold start, seconds", "start s"),
        ("idle memory, MiB", "idle MiB"),
        ("memory after load, MiB", "after load MiB"),
    ):
        print(f"{label:34}{bot[key]:12.1f}")
    print("A tip of the bot is two updates and four messages out; one by hand is one and one.")
    print(json.dumps({"bot": bot, "hand": hand}))


if __name__ == "__main__":
    main()
