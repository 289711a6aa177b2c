"""How the bot waits for the Bot API server at its start."""

import asyncio

from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.chat.line import reach
from tests.unit.virtual_time import run_virtually


def greet_until(troubles: list[TelegramError], *, stops_after: float | None = None) -> tuple[bool, list[float]]:
    """Greet a server that has troubles first; gives whether it was reached, and after which seconds it was tried."""
    moments: list[float] = []

    async def greet() -> None:
        moments.append(asyncio.get_running_loop().time())
        if troubles:
            raise troubles.pop(0)

    async def main() -> bool:
        stopped = asyncio.Event()
        if stops_after is not None:
            asyncio.get_running_loop().call_later(stops_after, stopped.set)
        return await reach(greet, stopped=stopped)

    was_reached = run_virtually(main())
    return was_reached, [round(each - moments[0]) for each in moments]


def test_the_server_is_greeted_until_it_answers_with_pauses_up_to_a_minute() -> None:
    """A bot that starts before the network does must not give up, nor hammer."""
    troubles = [NetworkError("x"), InvalidToken(), *[NetworkError("x")] * 6]
    assert greet_until(troubles) == (True, [0, 1, 3, 7, 15, 31, 63, 123, 183])


def test_whoever_stops_the_bot_does_not_wait_for_the_server() -> None:
    """Nothing was begun yet."""
    was_reached, tries = greet_until([NetworkError("x")] * 1000, stops_after=50)
    assert not was_reached
    assert tries == [0, 1, 3, 7, 15, 31]
