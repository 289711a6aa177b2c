"""How the menus of commands are set: in order, again after a refusal, and no sooner than Telegram asks."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import pytest
from telegram.error import BadRequest, RetryAfter, TimedOut

from bot.chat.menus import suggest
from tests.unit.virtual_time import run_virtually


@pytest.mark.filterwarnings("ignore:.*PTB_TIMEDELTA")
def test_a_refused_menu_is_set_later_and_the_others_after_it() -> None:
    """However often it is refused, and for whatever reason."""
    refusals: list[Exception] = [RetryAfter(timedelta(seconds=490)), TimedOut(), BadRequest("x"), ValueError("a bug")]
    moments: list[float] = []
    taken: list[Mapping[str, object]] = []

    async def call(method: str, payload: Mapping[str, object], /) -> bool:
        assert method == "setMyCommands"
        moments.append(asyncio.get_running_loop().time())
        if refusals:
            raise refusals.pop(0)
        taken.append(payload)
        return True

    menus: list[dict[str, object]] = [{"commands": "vi"}, {"commands": "en"}]
    run_virtually(suggest(call, menus, chance=lambda: 0.0))
    assert taken == menus
    assert [round(moment - moments[0]) for moment in moments] == [0, 490, 492, 496, 504, 504]
