"""Who may still be shown what a message shows an officer: asked as it leaves, and again when it has arrived."""

from dataclasses import dataclass

from bot.domain.outgoing import Shown
from bot.ports import UnitOfWork
from bot.services.officer.whose_work import WhoseWork


@dataclass(frozen=True, slots=True)
class Readers:
    """Knows who may read which tip now."""

    whose_work: WhoseWork

    async def may_read(self, uow: UnitOfWork, shown: Shown) -> bool:
        """Say whether the chat is an officer's who may read every tip the message shows."""
        reader = await uow.officers.by_chat(shown.chat)
        if reader is None or not reader.is_active:
            return False
        for number in shown.screen.tips_shown:
            tip = await uow.tips.get(number)
            if tip is None or not await self.whose_work.may_read(uow, reader, shown.chat, tip):
                return False
        return True
