"""What is asked of Telegram beside the work: while it refuses that, the bot hears and answers."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.cli.stage import TOKEN, Stage
from tests.e2e.stories import FAST, PATIENCE, receipt

pytestmark = pytest.mark.slow


async def menu(stage: Stage, language: str = "") -> Any:
    """Give the commands that a phone would suggest."""
    return (await stage.client.ask("GET", f"/bot{TOKEN}/getMyCommands", language_code=language))["result"]


@pytest.mark.parametrize("kind", ["429", "500", "close"])
@pytest.mark.parametrize("method", ["setMyCommands", "deleteWebhook"])
async def test_a_bot_whose_preparations_are_refused_takes_tips(tmp_path: Path, method: str, kind: str) -> None:
    """Telegram was seen to ask for eight minutes of waiting: nobody's tip can wait for a menu or for good order."""
    async with Stage(tmp_path / "stage", settings=FAST) as stage:
        lan = await stage.client.person("Lan", title="Lan")
        await lan.say("/trogiup")
        await lan.wait_for("như kể với hàng xóm", timeout=PATIENCE)
        await stage.stop_bot()
        await stage.client.fail(method, kind, times=1000, retry_after=490)
        await stage.start_bot()
        await lan.say("Có trộm xe ở phường Cái Khế")
        await lan.wait_for("Phường Cái Khế", timeout=PATIENCE)
        await lan.press("Gửi tin")
        await receipt(lan)
        assert any(call.method == method for call in await stage.client.journal())


async def test_a_menu_that_was_refused_is_set_once_telegram_takes_it(tmp_path: Path) -> None:
    """In every language, and without a restart."""
    async with Stage(tmp_path / "stage", settings=FAST) as stage:
        await stage.stop_bot()
        languages = ("", "en")  # what is set for no language is for all others
        for language in languages:
            await stage.client.ask("POST", f"/bot{TOKEN}/deleteMyCommands", {"language_code": language})
        await stage.client.fail("setMyCommands", "429", times=1)
        await stage.client.fail("setMyCommands", "500", times=1)
        await stage.start_bot()
        lan = await stage.client.person("Lan", title="Lan")
        await lan.say("/trogiup")
        await lan.wait_for("như kể với hàng xóm", timeout=PATIENCE)
        while not all([await menu(stage, language) for language in languages]):  # noqa: ASYNC110  # nobody rings
            await asyncio.sleep(0.1)
        assert await menu(stage) != await menu(stage, "en")
