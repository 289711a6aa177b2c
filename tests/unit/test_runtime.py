"""How components are started and stopped, and what happens when one of them ends by itself."""

import asyncio
from collections.abc import Callable

import pytest

from bot.runtime import OneJob, run_together
from tests.unit.virtual_time import run_virtually


class Part:
    """A component that notes when it begins and ends; after `lives` seconds it fails, or returns."""

    def __init__(self, name: str, diary: list[str], *, lives: float | None = None, fails: bool = False) -> None:
        self._name, self._diary = name, diary
        self._lives, self._fails = lives, fails
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Go on until stopped, or as long as it lives; ending takes a second."""
        self._diary.append(f"{self._name} begins")
        try:
            await asyncio.wait_for(self._stopping.wait(), self._lives)
        except TimeoutError:
            if self._fails:
                raise ZeroDivisionError from None
            return
        await asyncio.sleep(1)
        self._diary.append(f"{self._name} ends")

    def stop(self) -> None:
        """Ask it to end."""
        self._diary.append(f"{self._name} stops")
        self._stopping.set()


def live(make: Callable[[list[str]], list[Part | OneJob]], *, stops_after: float = 10) -> list[str]:
    """Run components, and ask them to stop after a while."""
    diary: list[str] = []

    async def main() -> None:
        stopped = asyncio.Event()
        asyncio.get_running_loop().call_later(stops_after, stopped.set)
        await run_together(make(diary), stopped=stopped)

    run_virtually(main())
    return diary


def test_components_stop_one_by_one_from_the_last_to_the_first() -> None:
    """Whoever writes messages has ended before the one who sends them is asked to."""
    diary = live(lambda diary: [Part("sender", diary), Part("writer", diary)])
    assert diary == ["sender begins", "writer begins", "writer stops", "writer ends", "sender stops", "sender ends"]


def test_a_component_that_fails_stops_the_others_in_order_and_is_heard() -> None:
    """A bot that only sends, or only listens, must not seem to run."""
    diaries: list[list[str]] = []

    def make(diary: list[str]) -> list[Part | OneJob]:
        diaries.append(diary)
        return [Part("sender", diary), Part("writer", diary, lives=2, fails=True)]

    with pytest.raises(ZeroDivisionError):
        live(make, stops_after=1000)
    assert diaries[0][-2:] == ["sender stops", "sender ends"]


def test_a_component_that_returns_by_itself_stops_the_others() -> None:
    """It was to go on: what it did is not done any more."""
    assert live(lambda diary: [Part("a", diary), Part("b", diary, lives=2)], stops_after=1e6)[-1] == "a ends"


@pytest.mark.parametrize("how", ["ends", "fails", "goes on"])
def test_one_job_stops_nobody_however_it_ends(how: str) -> None:
    """A courtesy beside the work: the menus may be missing, the bot may not."""

    async def job() -> None:
        if how == "fails":
            raise ZeroDivisionError
        await asyncio.sleep(0 if how == "ends" else 1e9)

    diary = live(lambda diary: [Part("sender", diary), OneJob(job)], stops_after=100)
    assert diary == ["sender begins", "sender stops", "sender ends"]
