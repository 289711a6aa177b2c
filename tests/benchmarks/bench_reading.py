"""What receipts cost beside those who read or end everything: a check, a recount, a mass of tips whose time is over.

`python -m tests.benchmarks.bench_reading --tips 1000000` makes the database of decades first, which takes some minutes;
`make bench` does it with twenty thousand. A receipt here is a use case that stores a tip with its code, its sums and
its message, sixty a second; the check and the recount are the operator's commands, in processes of their own.
"""

import argparse
import asyncio
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import storage
from bot.clock_and_ids import SystemClock, SystemIds
from bot.domain.campaign.periods import city_day, hour_of
from bot.domain.conversation import Conversation, Language
from bot.domain.ids import ChatId, OfficerNumber
from bot.domain.outgoing import Send, Urgency
from bot.domain.places import UnitCode
from bot.domain.screens.base import Line
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Verdict
from bot.ports import AuditRow, Chore, TipContent, UnitOfWork
from bot.services import counting
from bot.services.background.retention import expire
from bot.services.session import answer_refusal
from storage import SqliteWriter
from storage.sqlite.driver import ScopedConnection, run_to_completion
from storage.unit_of_work import SqlUnitOfWork
from tests.benchmarks.bench_bot import ROOT, TOKEN, percentile

YEARS, UNITS, RATE = 10, 103, 60
BOT = int(TOKEN.partition(":")[0])
WORDS = "Tối nào cũng có nhóm thanh niên hút chích trong hẻm sau chợ, phường Cái Khế"
HUNG = OfficerNumber(1)


@asynccontextmanager
async def books(folder: Path) -> AsyncIterator[SqliteWriter]:
    """Open the database as the bot does."""
    async with storage.open_storage(
        folder / "data" / "nguontin.db",
        keys=folder / "keys",
        bot_id=BOT,
        clock=SystemClock(),
        ids=SystemIds(),
        on_refusal=answer_refusal,
        is_alone=True,
    ) as writer:
        yield writer


async def store(uow: UnitOfWork, number: int, received: datetime) -> Any:
    """Store a tip as the bot does."""
    chat = ChatId(1_000_000 + number)
    tip = await uow.tips.add(
        unit=UnitCode(f"{31000 + number % UNITS}"),
        held_by=UnitCode(f"{31000 + number % UNITS}"),
        category=tuple(Category)[number % len(Category)],
        urgent=number % 20 == 0,
        channel=Channel.BOT,
        received=hour_of(received),
        content=TipContent(words=WORDS),
        route=chat,
    )
    await uow.receipts.add(uow.ids.receipt_code(), tip.number)
    await counting.received(uow, tip)
    await uow.audit.append(AuditRow(action="tip.received", subject=f"tip {tip.number}", unit=tip.unit))
    return tip


async def fill(uow: UnitOfWork, number: int, received: datetime, *, closed: datetime) -> None:
    """Store a tip of the past with what became of it: of three one is spam, two are of a case."""
    tip = await store(uow, number, received)
    verdict = Verdict.VALUABLE if number % 3 else Verdict.SPAM
    judged, _ = tip.judge(verdict, by=HUNG, on=city_day(closed))
    await uow.tips.save(judged)
    case = None
    if verdict is Verdict.VALUABLE:
        await uow.tips.save(judged.close(on=city_day(closed))[0])
        opened = await uow.cases.open(unit=tip.unit, on=city_day(closed)) if number % 3 == 1 else None
        case = opened.number if opened else (await uow.cases.recent(last_unit(number), limit=1))[0].number
    await counting.record_decision(uow, tip=judged, verdict=verdict, officer=HUNG, on=city_day(closed), case=case)


def last_unit(number: int) -> UnitCode:
    """Name the unit of the tip before."""
    return UnitCode(f"{31000 + (number - 1) % UNITS}")


def make(folder: Path, tips: int) -> None:
    """Make a database of ten years: of a tenth of its tips the words are alive, all of those closed long ago."""
    storage.make_keys(folder / "keys", now=datetime.now(UTC))
    asyncio.run(_open_once(folder))
    now = datetime.now(UTC)
    long_ago, step = now - timedelta(days=200), timedelta(days=365 * YEARS) / tips
    with closing(sqlite3.connect(folder / "data" / "nguontin.db", isolation_level=None)) as raw:
        raw.row_factory = sqlite3.Row
        raw.execute("PRAGMA synchronous = OFF")
        raw.execute("PRAGMA cache_size = -262144")
        reader = storage.open_reader(
            folder / "data" / "nguontin.db", keys=folder / "keys", bot_id=BOT, clock=SystemClock(), ids=SystemIds()
        )
        for first in range(0, tips, 10_000):
            raw.execute("BEGIN IMMEDIATE")
            for number in range(first, min(first + 10_000, tips)):
                received = now - step * (tips - number)
                uow = SqlUnitOfWork(
                    ScopedConnection(raw), vault=reader.vault, bot_id=BOT, now=min(received, now), ids=reader.ids
                )
                run_to_completion(fill(uow, number, received, closed=min(received, long_ago)))
            dead = (first, min(first + 10_000, tips - tips // 10))
            raw.execute("UPDATE tip SET content = NULL, route = NULL WHERE number > ? AND number <= ?", dead)
            raw.execute("DELETE FROM receipt WHERE tip > ? AND tip <= ?", dead)
            raw.execute("COMMIT")
        raw.execute("BEGIN IMMEDIATE")
        uow = SqlUnitOfWork(ScopedConnection(raw), vault=reader.vault, bot_id=BOT, now=now, ids=reader.ids)
        for chat in range(min(tips // 50, 20_000)):
            conversation = Conversation(chat=ChatId(chat + 1), touched=hour_of(now - timedelta(hours=1 + chat % 60)))
            run_to_completion(uow.conversations.put(conversation))
        raw.execute("COMMIT")


async def _open_once(folder: Path) -> None:
    async with books(folder):
        pass


async def receipt(uow: UnitOfWork, _: Chore) -> None:
    """Store a tip, and answer."""
    tip = await store(uow, int(uow.now.timestamp() * 1000) % 1_000_000, uow.now)
    screen = Line(key="x", values={"number": tip.number})
    await uow.outbox.put(Send(chat=ChatId(5), language=Language.VI, urgency=Urgency.REPLY, screen=screen))


async def receipts_beside(writer: SqliteWriter, job: Callable[[], Awaitable[str]]) -> tuple[list[float], str]:
    """Give receipts at a steady rate until a job has ended; give how long each took, and what the job said."""
    taken: list[float] = []

    async def one() -> None:
        began = time.perf_counter()
        await writer.run(receipt, Chore())
        taken.append(time.perf_counter() - began)

    doing, waiting = asyncio.ensure_future(job()), []
    while not doing.done():
        waiting.append(asyncio.create_task(one()))
        await asyncio.sleep(1 / RATE)
    await asyncio.gather(*waiting)
    return taken, await doing


async def command(folder: Path, name: str) -> str:
    """Run an operator's command; give its exit status and the most memory it had."""
    environment = {
        "NGUONTIN_TOKEN": TOKEN,
        "NGUONTIN_DATA": str(folder / "data"),
        "NGUONTIN_KEYS": str(folder / "keys"),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", name),
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.DEVNULL,
    )
    most = 0.0
    while process.returncode is None:
        most = max(most, most_memory(process.pid))
        await asyncio.wait({asyncio.ensure_future(process.wait())}, timeout=0.2)
    return f"exit {process.returncode}, {most:.0f} MiB"


def most_memory(pid: int) -> float:
    """Give the most memory a process had so far, in MiB; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return max((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), default=0)


async def measure(folder: Path) -> None:
    """Measure receipts alone and beside each reader; then beside the end of a mass of tips."""
    size = (folder / "data" / "nguontin.db").stat().st_size / 2**20
    print(f"  {size:.0f} MiB;{'receipts':>26}{'p50 ms':>9}{'p99 ms':>9}{'most ms':>9}{'seconds':>9}")
    async with books(folder) as writer:

        async def nothing() -> str:
            await asyncio.sleep(10)
            return ""

        async def end() -> str:
            return f"whole: {await expire(writer)}"

        jobs: dict[str, Callable[[], Awaitable[str]]] = {
            "alone": nothing,
            "beside check": lambda: command(folder, "check"),
            "beside recount": lambda: command(folder, "recount"),
            "beside the end of all that is due": end,
            "beside the next hour's": end,
        }
        for name, job in jobs.items():
            began = time.perf_counter()
            taken, said = await receipts_beside(writer, job)
            figures = [percentile(taken, 0.5), percentile(taken, 0.99), max(taken) * 1000]
            seconds = time.perf_counter() - began
            row = "".join(f"{each:9.1f}" for each in (*figures, seconds))
            print(f"  {name:34}{row}  {said}")
            print(json.dumps({"beside": name, "p50": figures[0], "p99": figures[1], "seconds": seconds, "said": said}))


def main(tips: int = 20_000, folder: Path | None = None) -> None:
    """Make the database, and measure; one that is kept in a folder is made once."""
    with tempfile.TemporaryDirectory() as name:
        place = folder or Path(name)
        began = time.perf_counter()
        if not (place / "keys").exists():
            make(place, tips)
        print(f"Reading and ending everything: {tips} tips, made in {time.perf_counter() - began:.0f} s")
        asyncio.run(measure(place))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--tips", type=int, default=20_000)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    main(arguments.tips, arguments.folder)
