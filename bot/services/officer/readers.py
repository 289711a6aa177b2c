"""Who may still be shown what a message shows an officer: asked as it leaves, and again when it has arrived."""

from dataclasses import dataclass

from bot.domain.outgoing import Shown
from bot.domain.places import Gazetteer
from bot.domain.roles import sees
from bot.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Readers:
    """Knows who sees which tip now."""

    places: Gazetteer

    async def may_read(self, uow: UnitOfWork, shown: Shown) -> bool:
        """Say whether the chat is an officer's who sees every tip the message shows."""
        reader = await uow.officers.by_chat(shown.chat)
        if reader is None:
            return False
        for number in shown.screen.tips_shown:
            tip = await uow.tips.get(number)
            if tip is None:
                return False
            held_by = await uow.units.holder(tip.unit)
            if not sees(reader, unit=tip.unit, held_by=held_by, places=self.places):
                return False
        return reader.is_active
