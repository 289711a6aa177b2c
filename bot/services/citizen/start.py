"""What anyone can ask of the bot before and beside tips: open the chat, read a page, change the language."""

from dataclasses import dataclass, field

from bot.domain import errors
from bot.domain.places import Gazetteer, UnitCode
from bot.domain.roles import help_page
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import LanguageChoice, Page, Welcome
from bot.services.citizen.draft import TAKES_TIPS, Drafts
from bot.services.commands.citizen import ChooseLanguage, Explain, PressUnknown, SendUnsupported, ShowPage, Start
from bot.services.gentle_limits import Refusals
from bot.services.people.invitations import Invitations
from bot.services.session import ChatSession


@dataclass(frozen=True, slots=True)
class Guidance:
    """Tells anyone what the bot is for and how to use it."""

    places: Gazetteer
    drafts: Drafts
    invitations: Invitations
    refusals: Refusals = field(default_factory=Refusals)

    async def start(self, session: ChatSession, command: Start) -> None:
        """Open the chat: by an invitation, by a poster's link, or just so. A forged link is a plain opening."""
        if command.payload.startswith("i") and len(command.payload) > 1:
            await self.invitations.join(session, command)
        elif session.officer is not None:
            await session.say(self._help(session))
        else:
            unit = self._hint(command.payload)
            if unit is not None:
                self.drafts.hint(session, unit)
            place = self.places.units[unit].full_name if unit else None
            await session.say(Welcome(place=place))

    def _hint(self, payload: str) -> UnitCode | None:
        unit = self.places.get(payload[1:]) if payload.startswith("w") else None
        return unit.code if unit is not None and unit.kind in TAKES_TIPS else None

    def _help(self, session: ChatSession) -> Page:
        return Page(page=help_page(session.me.role) if session.is_of_the_force else "help")

    async def page(self, session: ChatSession, command: ShowPage) -> None:
        """Show what is and is not private, or the help for the person's role."""
        await session.say(self._help(session) if command.page == "help" else Page(page=command.page))

    async def language(self, session: ChatSession, command: ChooseLanguage) -> None:
        """Offer the languages, or change to one."""
        if command.language is None:
            await session.say(LanguageChoice())
            return
        session.remember(language=command.language)
        await session.replace(Line(key="language-chosen"))

    async def unsupported(self, session: ChatSession, command: SendUnsupported) -> None:
        """Say what can be sent, once while the same comes in a row.

        The draft stays as it is, and so does what an officer was asked to write.
        """
        key = f"unsupported-{command.kind}"
        if session.officer is not None:
            session.remember(listening=session.awaited)
            key = "unsupported-edited-officer" if command.kind == "edited" else "unsupported-officer"
        if self.refusals.is_news(command.chat, command.kind, command.key, now=session.uow.now):
            await session.line(key)

    async def unknown_press(self, session: ChatSession, _: PressUnknown) -> None:
        """Turn down a forged or outdated button."""
        session.popup(errors.ButtonStale.key)

    async def explain(self, session: ChatSession, command: Explain) -> None:
        """Say which form a command of the force has. Raises NotEnrolled."""
        if not session.is_of_the_force:
            raise errors.NotEnrolled
        await session.line(errors.NotUnderstood.key, form=command.form)
