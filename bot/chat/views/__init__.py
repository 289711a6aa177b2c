"""Screens into words: one pure function for each screen; here its module is chosen.

Views pass values; sentences are in the locales.
"""

from dataclasses import dataclass

from bot.chat.texts import Texts
from bot.chat.views import citizen, figures, officer, people
from bot.chat.views.rendered import Button, EmergencyNumbers, Rendered, Speaker, escape
from bot.domain.conversation import Language
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import CitizenScreen
from bot.domain.screens.figures import FiguresScreen
from bot.domain.screens.officer import OfficerScreen
from bot.domain.screens.people import PeopleScreen
from bot.domain.text.command_words import Audience, CommandWord

__all__ = ["Button", "EmergencyNumbers", "Rendered", "Views"]


@dataclass(frozen=True, slots=True)
class Views:
    """Renders screens in any language."""

    texts: Texts
    numbers: EmergencyNumbers
    username: str
    """The bot's own, for links; empty until it is known."""

    def menus(self) -> list[dict[str, object]]:
        """Give the commands a phone suggests to everyone, per language: payloads of setMyCommands."""
        found: list[dict[str, object]] = []
        words = [word for word in CommandWord if word.audience is Audience.EVERYONE]
        for language in Language:
            names = [{Language.VI: word.vi, Language.EN: word.en}[language] for word in words]
            commands = [{"command": name, "description": self.texts.text(language, f"menu-{name}")} for name in names]
            found.append({"commands": commands, "language_code": language.value})
        return [{"commands": found[0]["commands"]}, *found[1:]]

    def render(self, screen: AnyScreen, language: Language) -> Rendered:
        """Give the words and buttons of a screen: each union of screens has a module here."""
        say = Speaker(self.texts, language, self.numbers, self.username)
        if isinstance(screen, CitizenScreen):
            return citizen.render(say, screen)
        if isinstance(screen, OfficerScreen):
            return officer.render(say, screen)
        if isinstance(screen, FiguresScreen):
            return figures.render(say, screen)
        if isinstance(screen, PeopleScreen):
            return people.render(say, screen)
        return _line(say, screen)


def _line(say: Speaker, screen: Line) -> Rendered:
    values = {name: escape(each) if isinstance(each, str) else each for name, each in screen.values.items()}
    return Rendered(say(screen.key, **(say.emergency() | values)))
