"""An update is set aside, the fault is mended, the bot starts again: what the person did is there, once."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.cli.stage import Stage
from bot.sandbox.client import Phone
from tests.e2e.stories import FAST, PATIENCE, code_in, read_books, receipt, report

pytestmark = pytest.mark.slow

WORDS = "Có trộm xe ở phường Cái Khế"


class Fault:
    """A rule in the database that lets the handling of some updates fail, until it is mended."""

    def __init__(self, stage: Stage, table: str) -> None:
        self._path = stage.folder / "data" / "nguontin.db"
        self._table = table

    def _change(self, sql: str) -> None:
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=PATIENCE)
        try:
            connection.execute(sql)
        finally:
            connection.close()

    def begin(self) -> None:
        """Let every new row of the table be refused."""
        self._change(
            f"CREATE TRIGGER fault BEFORE INSERT ON {self._table} BEGIN SELECT RAISE(ABORT, 'a fault for a test'); END"
        )

    def mend(self) -> None:
        """Let them in again."""
        self._change("DROP TRIGGER fault")


async def restart(stage: Stage) -> None:
    """Stop the bot and start it."""
    await stage.stop_bot()
    await stage.start_bot()


async def aside(stage: Stage, number: int) -> None:
    """Wait until so many updates are set aside, and none is on its way."""
    while await stage.client.pending():  # noqa: ASYNC110  # the sandbox has no bell for what the bot confirms
        await asyncio.sleep(0.05)
    assert f"Cập nhật cất riêng: {number}" in await stage.operate("check")


async def greeted(phone: Phone) -> None:
    """Begin the chat; the bot has started and opened its books by then."""
    await phone.say("/trogiup")
    await phone.wait_for("như kể với hàng xóm", timeout=PATIENCE)


async def drafted(phone: Phone) -> None:
    """Wait for the card with the button."""
    await phone.wait_for(lambda seen: "Gửi tin" in " ".join(seen.labels()), timeout=PATIENCE)


async def test_a_press_that_was_set_aside_sends_the_tip_after_a_restart_and_once(tmp_path: Path) -> None:
    """Set aside under its own key, the next try was taken for a repeat and the tip was destroyed."""
    async with Stage(tmp_path / "stage", settings=FAST) as stage:
        lan, mai = [await stage.client.person(name, title=name) for name in ("Lan", "Mai")]
        fault = Fault(stage, "tip")
        await lan.say(WORDS)
        await drafted(lan)
        fault.begin()
        await lan.press("Gửi tin")
        await aside(stage, 1)
        await restart(stage)  # nothing is mended yet: it fails again, and stays
        await greeted(mai)
        await aside(stage, 1)
        fault.mend()
        await stage.kill_bot()
        await stage.start_bot()
        code = await receipt(lan)
        await aside(stage, 0)
        await restart(stage)
        other = await report(mai, "Có đánh bạc ở phường Cái Khế")
        codes = [code_in(seen) for seen in await lan.chat() if code_in(seen)]
        await stage.stop_bot()
        books = await read_books(stage, [code, other])
    assert codes == [code]
    assert books.by_code == {code: 1, other: 2}
    assert books.words == {1: WORDS, 2: "Có đánh bạc ở phường Cái Khế"}
    assert books.off_by == {}
