"""Laws of the intake over a model of Telegram's getUpdates: whatever happens when, what was taken is done or kept."""

import asyncio
import itertools
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from bot.intake import Patience
from bot.ports import Executor
from tests.unit.intake_world import FOREVER, Books, Handlers, Telegram, make_intake, text
from tests.unit.virtual_time import run_virtually


@dataclass(frozen=True)
class Coming:
    """An update on its way."""

    chat: int
    after: float
    """Seconds since the one before."""
    takes: float = 0.01
    failures: int = 0


COMING = st.builds(
    Coming,
    chat=st.integers(1, 4),
    after=st.sampled_from([0, 0, 0, 0.05, 0.5, 3]),
    takes=st.sampled_from([0.01, 0.01, 0.3, 5, FOREVER]),
    failures=st.sampled_from([0, 0, 0, 1, 4]),
)
EVENTS = st.lists(
    st.tuples(st.sampled_from(["kill", "stop", "outage"]), st.sampled_from([0.01, 0.1, 0.7, 2, 30])), max_size=5
)


async def deliver(telegram: Telegram, coming: list[Coming]) -> None:
    """Let updates arrive, each in its time."""
    for number, each in enumerate(coming, start=1):
        await asyncio.sleep(each.after)
        telegram.bring(text(number, each.chat))


def scripted(coming: list[Coming], books: Executor) -> Handlers:
    """Make handlers that do as the updates say."""
    return Handlers(
        books,
        troubles={n: [KeyError() for _ in range(each.failures)] for n, each in enumerate(coming, start=1)},
        takes={n: each.takes for n, each in enumerate(coming, start=1)},
    )


@given(coming=st.lists(COMING, min_size=1, max_size=25), events=EVENTS)
def test_whatever_happens_when_each_update_has_its_effect_or_is_kept_in_the_order_of_its_chat(
    coming: list[Coming], events: list[tuple[str, float]]
) -> None:
    """Killed, stopped, without storage at any moment: none is confirmed before, none overtakes one of its chat."""

    async def main() -> None:
        telegram, books = Telegram(), Books()
        telegram.may_forget = books.is_safe
        handlers = scripted(coming, books)
        arriving = asyncio.create_task(deliver(telegram, coming))
        for event, after in [*events, ("stop", 4000.0), ("stop", 4000.0)]:
            intake = make_intake(telegram, handlers, books)
            life = asyncio.create_task(intake.run())
            await asyncio.sleep(after)
            if event == "outage":
                books.is_down = True
                await asyncio.sleep(after)
                books.is_down = False
                await asyncio.sleep(after)
            if event == "stop":
                intake.stop()
            else:
                for task in asyncio.all_tasks() - {asyncio.current_task(), arriving}:
                    task.cancel()
            await asyncio.gather(life, return_exceptions=True)
        await arriving
        assert telegram.waiting == []
        judge(coming, handlers, books, lives=len(events) + 2)

    run_virtually(main())


def judge(coming: list[Coming], handlers: Handlers, books: Books, *, lives: int) -> None:
    """See that nothing is lost, and that what never failed kept its place in its chat."""
    hanging = {n for n, each in enumerate(coming, start=1) if each.takes == FOREVER}
    assert set(books.aside()) == hanging
    assert {key.update for key in books.memory.state.updates} == set(range(1, len(coming) + 1)) - hanging
    for chat in {each.chat for each in coming}:
        plain = [
            n
            for n in handlers.done
            if coming[n - 1].chat == chat and coming[n - 1].takes <= 5 and not coming[n - 1].failures
        ]
        assert plain == sorted(plain)
        assert all(handlers.tried.count(n) <= lives for n in plain), "handled twice within one life"


@given(
    coming=st.lists(
        st.builds(Coming, chat=st.integers(2, 9), after=st.sampled_from([0, 0.05, 0.5, 3])), min_size=1, max_size=60
    ),
    hanging=st.lists(st.sampled_from([0.0, 0.3, 2.0]), min_size=1, max_size=150),
)
def test_a_chat_that_hangs_changes_nothing_for_the_others(coming: list[Coming], hanging: list[float]) -> None:
    """However much it sends: the others' updates are fetched by the next asking, and asking stays slow.

    Telegram shows a hundred updates at a time, the unconfirmed ones first and at once, again and again.
    """

    async def main() -> None:
        telegram, books = Telegram(), Books()
        telegram.may_forget = books.is_safe
        handlers = Handlers(books)
        life = asyncio.create_task(make_intake(telegram, handlers, books).run())
        ids = itertools.count(1)
        came: dict[int, tuple[int, float]] = {}

        async def others() -> None:
            for each in coming:
                await asyncio.sleep(each.after)
                number = next(ids)
                came[number] = (each.chat, asyncio.get_running_loop().time())
                telegram.bring(text(number, each.chat))

        async def one() -> None:
            for after in hanging:
                await asyncio.sleep(after)
                number = next(ids)
                handlers.takes[number] = FOREVER
                telegram.bring(text(number, 1))

        began = asyncio.get_running_loop().time()
        await asyncio.gather(others(), one())
        await asyncio.sleep(5)
        lasted = asyncio.get_running_loop().time() - began
        life.cancel()
        await asyncio.gather(life, return_exceptions=True)
        for number, (chat, at) in came.items():
            own = sum(chat == each for each, _ in came.values()) * handlers.usually
            assert handlers.done[number] - at <= Patience().again + own + 0.01
        assert len(telegram.asked) <= 10 + 2 * len(coming) + lasted / Patience().again
        assert all(map(books.is_safe, handlers.takes))

    run_virtually(main())
