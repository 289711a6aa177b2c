"""The limit: a loop by hand, without a framework: fetch, one durable insert each in groups, one message each.

No parsing into objects, no sealing, no figures, no audit, no outbox: what any real bot can only come near to.
"""

import asyncio
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import aiohttp
import uvloop


async def loop(url: str, path: Path) -> None:
    """Answer until the process is ended."""
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE tip (id INTEGER PRIMARY KEY, chat INTEGER, words TEXT)")
    offset = 0

    def store(rows: list[tuple[int, int, str]]) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO tip VALUES (?, ?, ?)", rows)
        database.execute("COMMIT")

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=128)) as session:

        async def post(method: str, body: dict[str, Any]) -> Any:
            async with session.post(f"{url}/{method}", json=body) as answer:
                return json.loads(await answer.read())["result"]

        sending: set[asyncio.Task[Any]] = set()
        while True:
            updates = await post("getUpdates", {"offset": offset, "timeout": 30})
            if not updates:
                continue
            rows = [(u["update_id"], u["message"]["chat"]["id"], u["message"]["text"]) for u in updates]
            await asyncio.to_thread(store, rows)
            offset = rows[-1][0] + 1
            for _, chat, _ in rows:
                task = asyncio.create_task(post("sendMessage", {"chat_id": chat, "text": "Đã nhận tin của bạn."}))
                sending.add(task)
                task.add_done_callback(sending.discard)


if __name__ == "__main__":
    uvloop.run(loop(sys.argv[1], Path(sys.argv[2])))
