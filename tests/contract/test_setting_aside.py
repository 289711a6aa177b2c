"""What setting an update aside means on every engine: its key stays free until its effect and its leaving are one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaign.periods import hour_of
from bot.domain.errors import NoSuchTip
from bot.domain.ids import ChatId, UpdateKey
from bot.domain.places import UnitCode
from bot.ports import REPEATED, Executor, ParkedUpdate, UnitOfWork
from tests.contract.asking import BOT, do
from tests.contract.engines import Engines
from tests.contract.samples import LAN, MAI
from tests.memory.fakes import FixedClock

WARD = UnitCode("31135")
RAW = '{"update_id": 17, "x": "đ"}'


async def park(executor: Executor, update: int = 17, raw: str = RAW, chat: ChatId | None = LAN) -> None:
    """Set an update aside, as the intake does: not under the update's own key."""
    await do(executor, lambda uow: uow.parked.add(UpdateKey(BOT, update), chat=chat, raw=raw))


async def parked(executor: Executor) -> list[int]:
    """Name the updates set aside."""
    return [row.key.update for row in await do(executor, lambda uow: uow.parked.all())]


async def effects(executor: Executor) -> int:
    """Count the effects there have been."""
    return len(await do(executor, lambda uow: uow.cases.recent(WARD, limit=1000)))


async def effect(uow: UnitOfWork) -> str:
    """Do something that shows how often it was done."""
    await uow.cases.open(unit=WARD, on=uow.now.date())
    return "done"


async def fail(uow: UnitOfWork) -> None:
    """Do something, and fail."""
    await effect(uow)
    raise KeyError


async def refuse(uow: UnitOfWork) -> None:
    """Do something, and refuse."""
    await effect(uow)
    raise NoSuchTip(number=5)


async def test_what_is_set_aside_is_kept_whole_and_once(executor: Executor) -> None:
    """Telegram may bring it again before it hears that it was kept."""
    await park(executor)
    await park(executor, raw="again")
    row = ParkedUpdate(key=UpdateKey(BOT, 17), chat=LAN, raw=RAW)
    assert list(await do(executor, lambda uow: uow.parked.all())) == [row]
    assert await do(executor, lambda uow: uow.parked.get(UpdateKey(BOT, 17))) == row
    assert await do(executor, lambda uow: uow.parked.get(UpdateKey(BOT, 18))) is None


async def test_one_update_takes_no_other_with_it(executor: Executor) -> None:
    """Its neighbours wait for their own turn."""
    for update in (1, 17, 170):
        await park(executor, update)
    await do(executor, effect, update=17)
    assert await parked(executor) == [1, 170]


async def test_failures_are_counted_of_what_is_aside_alone(executor: Executor) -> None:
    """After a few the person hears of it; of what has had its effect meanwhile nobody does."""
    await park(executor)
    tries = [
        await do(executor, lambda uow: uow.parked.note_failure(UpdateKey(BOT, 17), reason="KeyError")) for _ in range(3)
    ]
    assert tries == [1, 2, 3]
    assert (await do(executor, lambda uow: uow.parked.get(UpdateKey(BOT, 17)))).tries == 3
    await do(executor, effect, update=17)
    assert await do(executor, lambda uow: uow.parked.note_failure(UpdateKey(BOT, 17), reason="KeyError")) == 0


async def test_what_is_aside_goes_with_its_chat_or_its_time(executor: Executor, clock: FixedClock) -> None:
    """A wiped chat must not begin to speak of an old tip, and nothing that can hold words stays for ever."""
    for update, chat in ((1, LAN), (2, MAI), (3, None), (5, LAN)):
        await park(executor, update, chat=chat)
    for key in [UpdateKey(BOT, update) for update in (1, 2, 3)]:
        await do(executor, lambda uow, key=key: uow.parked.note_failure(key, reason="KeyError"))  # type: ignore[misc]  # bound on purpose
    clock.advance(hours=1)
    await park(executor, 4, chat=MAI)
    await do(executor, lambda uow: uow.parked.forget(LAN))
    assert await parked(executor) == [2, 3, 4, 5], "what waits for its turn was written after the wipe"
    await do(executor, lambda uow: uow.parked.forget_before(hour_of(clock.now()), limit=9))
    assert await parked(executor) == [4]


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
@given(st.lists(st.sampled_from(["come", "fail", "refuse", "park"]), max_size=12))
async def test_in_any_history_an_update_has_its_effect_once_or_waits(
    tmp_path_factory: Any, kind: str, history: list[str]
) -> None:
    """Repeats, failures, restarts between any two: it is never gone without an effect, and never has two."""
    is_over = is_aside = False
    count = 0
    async with Engines(kind, tmp_path_factory.mktemp("books"), FixedClock()).open() as executor:
        for what in history:
            match what:
                case "park":
                    await park(executor)
                    is_aside = not is_over
                case "fail":
                    if is_over:
                        assert await do(executor, fail, update=17) is REPEATED
                    else:
                        with pytest.raises(KeyError):
                            await do(executor, fail, update=17)
                case _:
                    answer = await do(executor, effect if what == "come" else refuse, update=17)
                    assert (answer is REPEATED) == is_over
                    count += what == "come" and not is_over
                    is_over, is_aside = True, False
            assert await parked(executor) == ([17] if is_aside else [])
            assert await effects(executor) == count
