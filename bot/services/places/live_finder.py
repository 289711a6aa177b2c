"""The ward finder as it is now: the shipped one, and the names of places the admin has added, at work at once."""

from collections.abc import Mapping

from bot.domain.matching import Finder, Finding, parse_alias
from bot.domain.places import Gazetteer, Unit, UnitCode
from bot.ports import UnitOfWork

SOURCE = "admin"
"""Where an added name is known from, in the finder's reasons."""


class LivePlaceFinder:
    """A finder that learns. Reading is pure; only `refresh` changes it, and only between two texts."""

    def __init__(self, places: Gazetteer, finder: Finder) -> None:
        self.places = places
        self._shipped = finder
        self._finder = finder
        self._known: Mapping[str, UnitCode] = {}

    def find(self, text: str) -> Finding:
        """Decide which place a text is about."""
        return self._finder.find(text)

    def complete(self, letters: str, *, limit: int = 8) -> tuple[Unit, ...]:
        """List the units whose name starts with the letters."""
        return self._finder.complete(letters, limit=limit)

    async def refresh(self, uow: UnitOfWork) -> None:
        """Learn the added names anew, if they have changed: by this process or by an operator's command."""
        names = await uow.aliases.all()
        if names != self._known:
            more = [parse_alias(name, [unit], source=SOURCE, places=self.places) for name, unit in names.items()]
            self._finder = self._shipped.with_aliases(more)
            self._known = names
