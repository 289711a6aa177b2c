"""The faults, each from its beginning to its end. The bot is killed while they last; when one is over, all is well."""

import asyncio
import random
import shutil
import sqlite3
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from bot.cli.stage import StageError
from bot.sandbox.world import Fault
from tests.torture.rig import Rig

PAGE = 4096
READ_AT_EVERY_START = ("sqlite_schema", "data_key", "unit")
HOURS = 3600

Harm = Callable[[Rig, random.Random], Coroutine[Any, Any, None]]


class NotRefusedError(Exception):
    """The bot did what it should have refused, or refused it without a sentence."""


async def _nothing(_: Rig, chance: random.Random) -> None:
    await asyncio.sleep(chance.uniform(0, 1))


def _answers(*kinds: str) -> Harm:
    async def harm(rig: Rig, chance: random.Random) -> None:
        faults = rig.running.world.faults
        method = chance.choice(["*", "getUpdates", "sendMessage", "editMessageText"])
        faults += [Fault(method, kind, times=chance.randint(1, 15)) for kind in kinds]
        await asyncio.sleep(chance.uniform(0.5, 2))
        faults.clear()

    return harm


async def _slow(rig: Rig, chance: random.Random) -> None:
    rig.network.delay = chance.uniform(0.05, 0.5)
    await asyncio.sleep(chance.uniform(0.5, 2))
    rig.network.delay = 0


async def _cut(rig: Rig, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        rig.network.cut()
        await asyncio.sleep(chance.uniform(0.05, 0.4))


async def _dead(rig: Rig, chance: random.Random) -> None:
    rig.network.is_dead = True
    rig.network.cut()
    await asyncio.sleep(chance.uniform(0.2, 1.5))
    rig.network.is_dead = False


async def _repeated(rig: Rig, chance: random.Random) -> None:
    rig.updates.often = 0.5
    await asyncio.sleep(chance.uniform(3, 5))
    rig.updates.often = 0


async def _full(rig: Rig, chance: random.Random) -> None:
    if rig.process is not None:
        rig.disk.fill(rig.process)
    await asyncio.sleep(chance.uniform(0.5, 2))
    rig.disk.free(rig.process)


async def _jump(rig: Rig, chance: random.Random) -> None:
    rig.clock_is_wrong_by(chance.choice([-20, -1, 1, 5, 20]) * HOURS + chance.uniform(-600, 600))
    await asyncio.sleep(chance.uniform(0.5, 2))
    rig.clock_is_wrong_by(0)


async def _second(rig: Rig, _: random.Random) -> None:
    await rig.is_ready()
    try:
        await rig.operate("run")
    except StageError as error:
        said = str(error)
    else:
        raise NotRefusedError("two bots on one database")
    if "đang chạy" not in said or "Traceback" in said:
        raise NotRefusedError(said)


async def _operated(rig: Rig, _: random.Random) -> None:
    """Check and count beside the bot; that its clock was ahead once may be said, and nothing else found wrong."""
    try:
        await rig.operate("check")
    except StageError as error:
        journal, wrong = str(error).splitlines()[-2:]
        if (journal, wrong.split(" (")[0]) != ("Nhật ký: nguyên vẹn", "Giờ của máy này chậm hơn dòng cuối của nhật ký"):
            raise NotRefusedError(str(error)) from None
    await rig.operate("recount")


async def _damaged(rig: Rig, chance: random.Random) -> None:
    """Damage what lies there while nobody looks; put the good files back when the bot has refused them."""
    await rig.kill_bot()
    kept = rig.folder / "kept"
    shutil.copytree(rig.database.parent, kept)
    with sqlite3.connect(
        rig.database
    ) as books:  # folds the journal in: then the page on the disk is the one that counts
        books.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        table = chance.choice(READ_AT_EVERY_START)
        (page,) = books.execute("SELECT MIN(pageno) FROM dbstat WHERE name = ?", (table,)).fetchone()
    books.close()
    with rig.database.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(chance.choice([b"\x00", b"\xff"]) * PAGE)
    confirmed = len(rig.updates.confirmed)
    await rig.start_bot()
    status = await rig.ended_with()
    for file_there in rig.database.parent.iterdir():
        file_there.unlink()
    shutil.copytree(kept, rig.database.parent, dirs_exist_ok=True)
    shutil.rmtree(kept)
    if not status or "bị hỏng" not in rig.said or "Traceback" in rig.said:
        raise NotRefusedError(f"a damaged page of {table}, and the bot ended with {status}: {rig.said}")
    if len(rig.updates.confirmed) != confirmed:
        raise NotRefusedError(f"updates were confirmed over a damaged page of {table}")


FAULTS: Mapping[str, Harm] = {
    "nothing but the kill": _nothing,
    "too many requests": _answers("429"),
    "server errors": _answers("500", "502"),
    "answers lost": _answers("lost", "close"),
    "slow network": _slow,
    "connections reset": _cut,
    "dead network": _dead,
    "updates repeated": _repeated,
    "full disk": _full,
    "clock jumps": _jump,
}
"""What lasts while the bot is killed."""
ALONE: Mapping[str, Harm] = {"a second bot": _second, "operator beside it": _operated, "a damaged page": _damaged}
"""What needs the bot to stay as it is until it is over."""
