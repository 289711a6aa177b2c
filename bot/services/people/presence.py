"""Whether people of the force can be written to: who blocked the bot, what that means for their tips, who is back."""

from dataclasses import dataclass, replace

from bot.domain.ids import ChatId
from bot.domain.outgoing import Urgency
from bot.domain.roles import Action, Officer, Role
from bot.domain.screens.base import Line
from bot.ports import AuditRow, UnitOfWork
from bot.services.commands.people import Block
from bot.services.officer.whose_work import WhoseWork
from bot.services.session import ChatSession, write_to_officer


@dataclass(frozen=True, slots=True)
class Presence:
    """Notes who can be told of tips. Of a citizen nothing is noted."""

    whose_work: WhoseWork

    async def note(self, uow: UnitOfWork, command: Block) -> None:
        """Note what somebody's phone says: that the bot was blocked there, or may write again."""
        if command.blocked:
            await self.note_blocked(uow, command.actor)
            return
        officer = await uow.officers.by_chat(command.actor)
        if officer is not None and officer.blocked:
            await self._come_back(uow, officer)

    async def note_blocked(self, uow: UnitOfWork, chat: ChatId) -> None:
        """Note that a chat cannot be written to; if it is an officer's, somebody else hears of what waits for them."""
        officer = await uow.officers.by_chat(chat)
        if officer is None or not await uow.officers.set_blocked(officer.number, blocked=True):
            return
        await self._put_on_record(uow, officer, "officer.blocked")
        if officer.may(Action.TRIAGE):
            await self.whose_work.pass_on(uow, officer)

    async def welcome_back(self, session: ChatSession) -> None:
        """Take it that whoever writes can be written to."""
        if session.officer is not None and session.officer.blocked:
            await self._come_back(session.uow, session.officer)
            session.officer = replace(session.officer, blocked=False)

    async def _come_back(self, uow: UnitOfWork, officer: Officer) -> None:
        await uow.officers.set_blocked(officer.number, blocked=False)
        await self._put_on_record(uow, officer, "officer.back")
        contact = await uow.officers.contact(officer.number)
        if contact is None or not officer.may(Action.TRIAGE):
            return
        values: dict[str, str | int] = {
            "mine": len(await uow.tips.claimed_by(officer.number)),
            "open": await uow.tips.count_open_for(officer.unit, below=officer.role is Role.COMMANDER),
        }
        await write_to_officer(uow, contact, Line(key="back-again", values=values), urgency=Urgency.NOTICE)

    async def _put_on_record(self, uow: UnitOfWork, officer: Officer, action: str) -> None:
        subject = f"officer {officer.number}"
        await uow.audit.append(AuditRow(action=action, officer=officer.number, subject=subject, unit=officer.unit))
