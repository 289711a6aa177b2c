"""The program ends between any two steps: no reminder is lost, and none fires twice."""

from collections.abc import Awaitable, Callable, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bot.domain.campaign.periods import city_day
from bot.domain.conversation import Conversation, OwnTip
from bot.domain.ids import ChatId, Handle, OfficerNumber
from bot.domain.reminders import Delays
from bot.domain.roles import Role
from bot.domain.tip import Tip, Verdict
from bot.ports import Executor, UnitOfWork
from bot.services.background.reminders import ReminderKeeper
from tests.contract.asking import do
from tests.contract.samples import HUNG, LAN, WARD, add_tip, add_units
from tests.memory.fakes import FixedClock
from tests.services.town import services
from tests.storage.opening import look, open_storage

pytestmark = pytest.mark.slow

SERVICES = services(Delays())


async def done(uow: UnitOfWork, tip: Tip) -> None:
    """Close the tip."""
    closed, _ = tip.judge(Verdict.SPAM, by=HUNG, on=city_day(uow.now))
    await uow.tips.save(closed)
    await SERVICES.notices.promise_done(uow, closed)


CAUSES: Mapping[str, tuple[int, Callable[[UnitOfWork, Tip], Awaitable[object]]]] = {
    "done": (1, done),
    "question": (1, lambda uow, tip: SERVICES.notices.promise_question(uow, tip.number)),
    "added": (2, lambda uow, tip: SERVICES.notices.announce(uow, tip, "added")),
    "new": (2, lambda uow, tip: SERVICES.notices.announce(uow, tip, "new")),
    "quiet": (2, lambda uow, tip: SERVICES.notices.announce(uow, tip, "new", quiet=True)),
    "urgent": (3, lambda uow, tip: SERVICES.notices.announce(uow, tip, "new")),
}
"""What is caused, and how many messages come of it: to the reporter, or to each of two officers."""


class KilledError(BaseException):
    """How a process ends: nothing of it can catch this."""


class Mortal:
    """An executor that ends before or after a use case: committed, and nobody hears of it."""

    def __init__(self, executor: Executor, dies_of: str, *, lives: int) -> None:
        self._executor = executor
        self.hand_over_to = executor.hand_over_to
        self._dies_of = dies_of
        self._lives = lives
        """How many of these use cases are run before the end comes; the last of them is committed."""

    async def run(self, use_case: Any, command: Any) -> Any:
        """Run a use case, or die of it."""
        if use_case.__name__ != self._dies_of:
            return await self._executor.run(use_case, command)
        if not self._lives:
            raise KilledError
        answer = await self._executor.run(use_case, command)
        self._lives -= 1
        if not self._lives:
            raise KilledError
        return answer


async def fill(uow: UnitOfWork, what: str) -> None:
    """Store two officers and a tip, and cause something."""
    await add_units(uow)
    for number in (1, 2):
        officer = await uow.officers.enrol(
            role=Role.OFFICER, unit=WARD, chat=ChatId(900 + number), person="x", inviter=None
        )
        await uow.officers.activate(OfficerNumber(officer.number))
    tip = await add_tip(uow, urgent=what == "urgent")
    own = OwnTip(handle=Handle("abcdefgh"), number=tip.number)
    await uow.conversations.put(Conversation(chat=LAN, touched=tip.received, tips=(own,)))
    await CAUSES[what][1](uow, tip)


async def live(folder: Path, clock: FixedClock, *, dies_of: str = "", lives: int = 0) -> bool:
    """Run the program for a day over whatever the folder holds; False when it came to its end before."""
    async with open_storage(folder, clock=clock) as opened:
        mortal = Mortal(opened, dies_of, lives=lives)
        keeper = ReminderKeeper(mortal, clock, SERVICES.reminding, Delays())
        mortal.hand_over_to(keeper.hear)
        try:
            for _ in range(24 * 4):
                await keeper.look()
                clock.advance(minutes=15)
        except KilledError:
            return False
    return True


def rows(folder: Path, table: str) -> Any:
    """Count the rows of a table."""
    return look(folder, f"SELECT COUNT(*) FROM {table}")[0][0]  # noqa: S608 - names of ours alone


@pytest.mark.parametrize(("dies_of", "lives"), [("", 0), *product(("stored", "fire", "untold", "tell_news"), range(3))])
@pytest.mark.parametrize("what", CAUSES)
async def test_whenever_the_program_ends_everything_is_told_once(
    tmp_path: Path, what: str, dies_of: str, lives: int
) -> None:
    """Taken out and told in one transaction: whoever starts anew finds it there, or finds it told."""
    clock = FixedClock()
    async with open_storage(tmp_path, clock=clock) as executor:
        await do(executor, lambda uow: fill(uow, what))
    if not await live(tmp_path, clock, dies_of=dies_of, lives=lives):
        await live(tmp_path, clock)
    assert (rows(tmp_path, "outbox"), rows(tmp_path, "reminder"), rows(tmp_path, "untold")) == (CAUSES[what][0], 0, 0)
