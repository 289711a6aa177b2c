"""Screens into words: one pure function for each screen, chosen here.

Views pass values; sentences are in the locales.
"""

from dataclasses import dataclass
from typing import assert_never

from bot.chat.texts import Texts
from bot.chat.views import citizen, figures, officer, people
from bot.chat.views.rendered import Button, EmergencyNumbers, Rendered, Speaker, escape
from bot.domain import screens as s
from bot.domain.conversation import Language

__all__ = ["Button", "EmergencyNumbers", "Rendered", "Views"]

MENU = {
    Language.VI: ("trangthai", "riengtu", "xoa", "ngung", "ngonngu", "trogiup"),
    Language.EN: ("status", "privacy", "wipe", "stop", "language", "help"),
}
"""Commands suggested while typing; each language by its own names."""


@dataclass(frozen=True, slots=True)
class Views:
    """Renders screens in any language."""

    texts: Texts
    numbers: EmergencyNumbers
    username: str
    """The bot's own, for links."""

    def menus(self) -> list[dict[str, object]]:
        """Give the commands a phone suggests to everyone, per language: payloads of setMyCommands."""
        found: list[dict[str, object]] = []
        for language in Language:
            commands = [
                {"command": name, "description": self.texts.text(language, f"menu-{name}")} for name in MENU[language]
            ]
            found.append({"commands": commands, "language_code": language.value})
        return [{"commands": found[0]["commands"]}, *found[1:]]

    def render(self, screen: s.AnyScreen, language: Language) -> Rendered:  # noqa: C901, PLR0911, PLR0912 - one line a screen
        """Give the words and buttons of a screen."""
        say = Speaker(self.texts, language, self.numbers, self.username)
        match screen:
            case s.Line():
                values = {name: escape(each) if isinstance(each, str) else each for name, each in screen.values.items()}
                return Rendered(say(screen.key, **values))
            case s.Welcome():
                return citizen.welcome(say, screen)
            case s.DraftCard():
                return citizen.draft(say, screen)
            case s.PlacePicker():
                return citizen.picker(say, screen)
            case s.Receipt():
                return citizen.receipt(say, screen)
            case s.OwnTipList():
                return citizen.own_tips(say, screen)
            case s.OwnTipCard():
                return citizen.own_tip(say, screen)
            case s.NewMessage():
                return citizen.new_message(say, screen)
            case s.OfficerQuestion():
                return citizen.question(say, screen)
            case s.ConfirmOwn():
                return citizen.confirm(say, screen)
            case s.LanguageChoice():
                return citizen.language(say)
            case s.Page():
                return citizen.page(say, screen)
            case s.Notice():
                return officer.notice(say, screen)
            case s.Queue():
                return officer.queue(say, screen)
            case s.TipCard():
                return officer.card(say, screen)
            case s.CaseChoice():
                return officer.case_choice(say, screen)
            case s.ConfirmVerdict():
                return officer.confirm_verdict(say, screen)
            case s.Prompt():
                return officer.prompt(say, screen)
            case s.ChannelChoice():
                return officer.channel_choice(say, screen)
            case s.Stats():
                return figures.stats(say, screen)
            case s.Digest():
                return figures.digest(say, screen)
            case s.InviteLink():
                return people.invite_link(say, screen)
            case s.JoinRequest():
                return people.join_request(say, screen)
            case s.People():
                return people.people(say, screen)
            case s.InviteChoice():
                return people.invite_choice(say, screen)
            case _:
                assert_never(screen)
