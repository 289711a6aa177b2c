"""The whole bot behind a proxy, as where Telegram is blocked."""

from pathlib import Path

import pytest

from bot.cli.stage import Stage
from tests.chat.proxies import proxy
from tests.e2e.stories import FAST, PATIENCE

pytestmark = pytest.mark.slow


async def test_a_citizen_is_answered_through_a_proxy_that_alone_knows_the_server(tmp_path: Path) -> None:
    """Polling and sending both go its way."""

    def port() -> int:
        return int(stage.client.url.rpartition(":")[2])

    async with proxy("socks5", target=port) as way:
        settings = {**FAST, "NGUONTIN_API_URL": "http://telegram.invalid", "NGUONTIN_PROXY": way.address}
        stage = Stage(tmp_path / "stage", settings=settings)
        async with stage:
            lan = await stage.client.person("Lan")
            await lan.say("Có nhóm hút chích ở phường Cái Khế")
            await lan.wait_for("Phường Cái Khế", timeout=PATIENCE)
    assert set(way.asked_for) == {"telegram.invalid"}
