"""What becomes of a reminder when it fires: whether it holds and is wanted is looked up then, and it tells, or nothing.

Each is one unit of work that takes the reminder out and writes what follows from it: whatever stops the program between
two steps, a reminder fires once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from bot.domain.conversation import Conversation
from bot.domain.ids import OfficerNumber, ReminderNumber
from bot.domain.outgoing import Send, Urgency
from bot.domain.reminders import CheckOpened, Reminder, TellDone, TellMove, TellQuestion
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import NewMessage, NobodyOpened
from bot.domain.tip import Status, Tip
from bot.ports import Chore, UnitOfWork
from bot.services.notices import Notices
from bot.services.tip_changes import reporter_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Fire(Chore):
    """Fire a reminder, unless it was fired or forgotten."""

    number: ReminderNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUntold(Chore):
    """List the officers for whom news waits."""

    is_quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TellNews(Chore):
    """Tell an officer what waits for them."""

    officer: OfficerNumber
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class Reminding:
    """Fires reminders, and tells officers what was collected for them."""

    notices: Notices

    async def stored(self, uow: UnitOfWork, _: Chore) -> Sequence[tuple[ReminderNumber, Reminder]]:
        """Give every reminder, for the start."""
        return await uow.reminders.all()

    async def untold(self, uow: UnitOfWork, command: ListUntold) -> Sequence[OfficerNumber]:
        """List the officers for whom news waits."""
        return await self.notices.officers_untold(uow, is_quiet=command.is_quiet)

    async def tell_news(self, uow: UnitOfWork, command: TellNews) -> None:
        """Tell an officer what waits for them."""
        await self.notices.tell_untold(uow, command.officer, is_quiet=command.is_quiet)

    async def fire(self, uow: UnitOfWork, command: Fire) -> None:
        """Take a reminder out, and do what it is for if that still holds."""
        reminder = await uow.reminders.take(command.number)
        tip = await uow.tips.get(reminder.tip) if reminder is not None else None
        if reminder is None or tip is None:
            return
        match reminder:
            case TellDone():
                await self._done(uow, tip, reminder)
            case TellQuestion():
                await self._question(uow, tip)
            case TellMove():
                await self.notices.tell(uow, tip, reminder.what, is_alone=False)
            case CheckOpened():
                await self._check_opened(uow, tip)
            case _:
                assert_never(reminder)

    async def _done(self, uow: UnitOfWork, tip: Tip, reminder: TellDone) -> None:
        reporter = await reporter_of(uow, tip.number)
        if reporter is not None and tip.version == reminder.version:
            done = Line(key="own-done")
            await _tell(uow, reporter[0], tip, done, urgency=Urgency.DIGEST, version=tip.version)

    async def _question(self, uow: UnitOfWork, tip: Tip) -> None:
        content = await uow.tips.content(tip.number)
        if content is None or content.unread_since is None:
            return
        reporter = await reporter_of(uow, tip.number)
        if reporter is not None and tip.is_open:
            await _tell(uow, reporter[0], tip, NewMessage(handle=reporter[1]), urgency=Urgency.NOTICE)
        else:  # whatever is asked once the tip is open again gets a sign of its own
            await uow.tips.set_content(tip.number, replace(content, unread_since=None))

    async def _check_opened(self, uow: UnitOfWork, tip: Tip) -> None:
        content = await uow.tips.content(tip.number)
        if tip.status is not Status.NEW or content is None or content.is_opened:
            return
        missed, event = tip.miss()
        missed = await self.notices.whose_work.store(uow, missed, event)
        await self.notices.tell_unopened(uow, missed)
        reporter = await reporter_of(uow, tip.number)
        if reporter is not None:
            await _tell(uow, reporter[0], missed, NobodyOpened(), urgency=Urgency.NOTICE)


async def _tell(
    uow: UnitOfWork,
    conversation: Conversation,
    tip: Tip,
    screen: AnyScreen,
    *,
    urgency: Urgency,
    version: int | None = None,
) -> None:
    """Queue a message to a reporter who did not just ask for it: no phone rings for it."""
    await uow.outbox.put(
        Send(
            chat=conversation.chat,
            language=conversation.language,
            urgency=urgency,
            screen=screen,
            traced=True,
            silent=True,
            tip=tip.number,
            version=version,
        )
    )
