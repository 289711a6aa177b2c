"""Parked updates: what was set aside keeps its turn, and what failed is tried again.

When a chat's next update comes, what failed of that chat is tried once before it, so that words stay in order; the
next one then goes on whatever came of it. Only what tells of danger now goes first. Beside that they are tried every
hour and at every start, as long as they live; each failure is counted, and after a few the person is asked to write
again (`bot.services.background.set_aside`). What the chat's `/xoa` has destroyed meanwhile is never tried.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.ids import ChatId, UpdateKey
from bot.domain.text.categories import Vocabulary
from bot.domain.text.cleaning import clean
from bot.intake.batch import Raw, read
from bot.intake.handling import UpdateHandler
from bot.intake.in_hand import Turn
from bot.ports import Chore, Executor, Handled, ParkedUpdate, Refused, Repeated, UnitOfWork

_LONGEST_TEXT: Final = 4096
"""Characters of a text that are looked at: Telegram's have no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask(Chore):
    which: UpdateKey


class ParkedUpdateHandler:
    """Deals with the turns of a chat's queue, and with what failed in that chat before."""

    def __init__(self, *, executor: Executor, handler: UpdateHandler, is_pressing: Callable[[Raw], bool]) -> None:
        """Wire the handler.

        Args:
            executor: Reads what is aside.
            handler: Deals with one update, or sets it aside.
            is_pressing: Says whether an update must be dealt with before anything that failed.
        """
        self._executor = executor
        self._handler = handler
        self._is_pressing = is_pressing
        self._failed: dict[ChatId | None, list[int]] = {}

    async def begin(self) -> list[Turn]:
        """Look for what an earlier life left aside: it goes into the queues before all that is newer."""
        found = await self._executor.run(_all, Chore())
        rows = () if isinstance(found, Repeated | Refused) else found
        return [Turn(row.chat, row.key.update, is_aside=True) for row in rows]

    def wishes(self) -> list[Turn]:
        """Give a turn for each chat in which something failed: it is to be tried again."""
        return [Turn(chat) for chat in self._failed]

    async def work(self, turn: Turn) -> None:
        """Bring a turn to its end. Raises what `UpdateHandler.handle` raises."""
        if turn.number is None:
            await self._try_again(turn.chat, tuple(self._failed.get(turn.chat, ())))
            return
        raw, is_late = turn.raw, False
        if raw is None:
            row = await self._find(turn.number)
            if row is None:
                return
            raw, is_late = read(row.raw), row.tries > 0
        failed = () if is_late or turn.chat is None else tuple(self._failed.get(turn.chat, ()))
        if failed and not self._is_pressing(raw):
            await self._try_again(turn.chat, failed)
            failed = ()
        await self._deal(turn, raw, is_late=is_late)
        await self._try_again(turn.chat, failed)

    async def _try_again(self, chat: ChatId | None, failed: tuple[int, ...]) -> None:
        for number in failed:
            row = await self._find(number)
            turn = Turn(chat, number, is_aside=True)
            if row is None:
                self._forget(turn)
            else:
                await self._deal(turn, read(row.raw), is_late=True)

    async def _deal(self, turn: Turn, raw: Raw, *, is_late: bool) -> None:
        if turn.number is None:
            return
        handled = await self._handler.handle(turn.number, raw, chat=turn.chat, is_late=is_late)
        if handled is None:
            self._remember(turn.chat, turn.number)
            return
        if handled is Handled.IGNORED and turn.is_aside:
            await self._handler.drop(turn.number)
        self._forget(turn)

    async def _find(self, number: int) -> ParkedUpdate | None:
        found = await self._executor.run(_one, _Ask(which=self._handler.key(number)))
        return found if isinstance(found, ParkedUpdate) else None

    def _remember(self, chat: ChatId | None, number: int) -> None:
        if number not in (failed := self._failed.setdefault(chat, [])):
            failed.append(number)

    def _forget(self, turn: Turn) -> None:
        failed = self._failed.get(turn.chat)
        if failed is not None and turn.number in failed:
            failed.remove(turn.number)
            if not failed:
                del self._failed[turn.chat]


def tells_of_danger(vocabulary: Vocabulary, raw: Raw) -> bool:
    """Say whether an update is a text that tells of danger now: it is answered before anything that waited."""
    message = raw.get("message") if isinstance(raw, Mapping) else None
    text = message.get("text") if isinstance(message, Mapping) else None
    return isinstance(text, str) and vocabulary.suggest(clean(text[:_LONGEST_TEXT])).emergency is not None


async def _all(uow: UnitOfWork, _: Chore) -> list[ParkedUpdate]:
    return list(await uow.parked.all())


async def _one(uow: UnitOfWork, asked: _Ask) -> ParkedUpdate | None:
    return await uow.parked.get(asked.which)
