"""What is still to happen, on every engine."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.ids import ChatId, OfficerNumber, ReminderNumber, TipNumber
from bot.domain.reminders import CheckOpened, Reminder, TellDone, TellMove, TellQuestion
from bot.ports import Executor, HandedOver, StoredReminder, UnitOfWork, WaitingNews
from tests.contract.asking import do
from tests.contract.samples import HUNG, LAN, MAI
from tests.memory.fakes import START

TIP = TipNumber(7)
KINDS: tuple[Reminder, ...] = (
    TellDone(not_before=START + timedelta(hours=12), tip=TIP, chat=LAN, version=3),
    TellQuestion(not_before=START, tip=TIP, chat=MAI),
    TellMove(not_before=START, tip=TIP, what="answered"),
    CheckOpened(not_before=START + timedelta(minutes=15), tip=TIP),
)


async def add(uow: UnitOfWork) -> None:
    """Store one of each kind."""
    for each in KINDS:
        await uow.reminders.add(each)


def hear(executor: Executor) -> list[HandedOver]:
    """Give what will have been handed over."""
    heard: list[HandedOver] = []

    def listener(queued: Sequence[HandedOver]) -> None:
        heard.extend(queued)

    executor.hand_over_to(listener)
    return heard


async def numbers(executor: Executor) -> dict[ReminderNumber, Reminder]:
    """Read what is stored."""
    return dict(await do(executor, lambda uow: uow.reminders.all()))


async def test_a_reminder_is_handed_over_and_taken_once(executor: Executor) -> None:
    """Two that fire it would tell twice."""
    heard = hear(executor)
    await do(executor, add)
    stored = await numbers(executor)
    assert {each.number: each.reminder for each in heard if isinstance(each, StoredReminder)} == stored
    assert sorted(each.kind for each in stored.values()) == sorted(each.kind for each in KINDS)
    for number, reminder in stored.items():
        assert await do(executor, lambda uow, n=number: uow.reminders.take(n)) == reminder  # type: ignore[misc]
        assert await do(executor, lambda uow, n=number: uow.reminders.take(n)) is None  # type: ignore[misc]
    assert await numbers(executor) == {}


async def test_a_chat_is_forgotten_with_all_that_would_be_told_to_it(executor: Executor) -> None:
    """Another chat's, and what only the force is told, stay."""
    await do(executor, add)
    await do(executor, lambda uow: uow.reminders.forget(LAN))
    await do(executor, lambda uow: uow.reminders.forget(ChatId(99)))
    assert set(await numbers(executor)) == {
        number for number, each in (await numbers(executor)).items() if not isinstance(each, TellDone)
    }
    assert len(await numbers(executor)) == len(KINDS) - 1


async def test_news_waits_once_for_each_officer_and_quiet_news_apart(executor: Executor) -> None:
    """One message tells all; what may wait an hour does not come with it."""
    heard = hear(executor)
    other = OfficerNumber(2)

    async def fill(uow: UnitOfWork) -> None:
        for officer, tip, what in ((HUNG, 9, "new"), (HUNG, 8, "added"), (HUNG, 9, "new"), (other, 9, "quiet")):
            await uow.untold.add(officer, TipNumber(tip), what)  # type: ignore[arg-type]  # literals above

    await do(executor, fill)
    assert set(heard) == {WaitingNews(is_quiet=False), WaitingNews(is_quiet=True)}
    for is_quiet, officer, news in ((False, HUNG, [(8, "added"), (9, "new")]), (True, other, [(9, "quiet")])):
        assert await do(executor, lambda uow, q=is_quiet: uow.untold.officers(is_quiet=q)) == [officer]  # type: ignore[misc]
        taken = await do(executor, lambda uow, o=officer, q=is_quiet: uow.untold.take(o, is_quiet=q))  # type: ignore[misc]
        assert taken == news
        assert await do(executor, lambda uow, q=is_quiet: uow.untold.officers(is_quiet=q)) == []  # type: ignore[misc]
