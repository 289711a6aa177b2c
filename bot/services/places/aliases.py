"""How the admin teaches the ward finder a name of a place: in chat or from the command line, at work at once."""

from dataclasses import dataclass

from bot.domain import errors
from bot.domain.ids import OfficerNumber
from bot.domain.matching import AliasError, parse_alias
from bot.domain.text.command_words import CommandWord
from bot.ports import AuditRow, Chore, UnitOfWork
from bot.services.commands.people import AddAlias
from bot.services.places.live_finder import SOURCE, LivePlaceFinder
from bot.services.session import ChatSession


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFromServer(Chore):
    """Add a name of a place from the server's command line."""

    words: str


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """Adds names of places."""

    live_finder: LivePlaceFinder

    async def add(self, session: ChatSession, command: AddAlias) -> None:
        """Add a name in chat."""
        uow = session.uow
        name, unit = await self._add(uow, command.words, session.me.number)
        await session.line("alias-added", name=name, unit=unit)

    async def add_from_server(self, uow: UnitOfWork, command: NameFromServer) -> tuple[str, str]:
        """Add a name from the command line; give it with the unit's full name."""
        return await self._add(uow, command.words, None)

    async def _add(self, uow: UnitOfWork, words: str, officer: OfficerNumber | None) -> tuple[str, str]:
        code, _, name = words.strip().partition(" ")
        if not name.strip():
            raise errors.NotUnderstood(form=CommandWord.ALIAS.form)
        unit = self.live_finder.places.get(code)
        if unit is None or unit.code == self.live_finder.places.inspectorate:  # no place's tips are to be led there
            raise errors.NoSuchUnit(name=code)
        try:
            alias = parse_alias(name, [code], source=SOURCE, places=self.live_finder.places)
        except AliasError as error:
            raise errors.AliasUnusable(name=name.strip()) from error
        await uow.aliases.add(name=alias.name, unit=unit.code, officer=officer)
        await uow.audit.append(AuditRow(action="alias.added", officer=officer, subject=alias.name, unit=unit.code))
        await self.live_finder.refresh(uow)
        return alias.name, unit.full_name
