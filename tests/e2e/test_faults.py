"""People block the bot, updates are broken, the bot was away: nothing is lost. What else can fail: `tests/torture`."""

from pathlib import Path

import pytest

from bot.cli.stage import Stage
from bot.sandbox.bot_api import METHODS
from tests.e2e.stories import FAST, PATIENCE, WARD, read_books, receipt, report

pytestmark = pytest.mark.slow


async def test_who_blocked_the_bot_does_not_stop_the_others_and_finds_the_message_later(tmp_path: Path) -> None:
    """An officer's question to someone who left must not hold up a ward."""
    async with Stage(tmp_path / "stage", settings=FAST) as stage:
        officer = await stage.client.person("Hùng", title="Hùng")
        await stage.enrol(officer, role="officer", unit=WARD)
        lan = await stage.client.person("Lan", title="Lan")
        mai = await stage.client.person("Mai", title="Mai")
        await report(lan, "Có trộm xe ở phường Cái Khế")
        await lan.block()
        await officer.say("/hoi 1 Lúc mấy giờ?")
        await report(mai, "Có đánh bạc ở phường Cái Khế")
        await officer.wait_for("Tin 2", timeout=PATIENCE)
        await lan.block(blocking=False)
        await lan.say("/trangthai")
        await lan.wait_for("có tin nhắn", timeout=PATIENCE)


@pytest.mark.parametrize("signal", ["stop", "kill"])
async def test_a_bot_that_was_away_answers_everything_when_it_is_back(tmp_path: Path, signal: str) -> None:
    """Telegram keeps updates for a day."""
    async with Stage(tmp_path / "stage", settings=FAST) as stage:
        phones = [await stage.client.person(f"Dân {n}", title=f"Dân {n}") for n in range(12)]
        await (stage.stop_bot() if signal == "stop" else stage.kill_bot())
        for number, phone in enumerate(phones):
            await phone.say(f"Có trộm ở phường Cái Khế, nhà số {number}")
            await phone.say("Chúng đi hai xe máy")
        await stage.start_bot()
        codes = []
        for phone in phones:
            await phone.wait_for("Gồm 2 tin nhắn", timeout=PATIENCE)
            await phone.press("Gửi tin")
            codes.append(await receipt(phone))
        await stage.stop_bot()
        books = await read_books(stage, codes)
    assert sorted(books.words.values()) == sorted(
        f"Có trộm ở phường Cái Khế, nhà số {number}\nChúng đi hai xe máy" for number in range(12)
    )


async def test_a_bot_that_may_only_fetch_and_send_takes_tips_from_the_start(tmp_path: Path) -> None:
    """Neither its name, nor menus, nor a webhook stands before the first word of somebody in danger."""
    async with Stage(tmp_path / "stage", settings=FAST) as stage:
        lan = await stage.client.person("Lan", title="Lan")
        await stage.stop_bot()
        for method in METHODS.keys() - {"getupdates", "sendmessage"}:
            await stage.client.fail(method, "500", times=10_000)
        await lan.say("Tụi nó đang chém nhau ở phường Cái Khế")
        await stage.start_bot()
        await lan.wait_for("hãy gọi ngay", timeout=PATIENCE)
