"""A citizen's "/" begins a text whenever words stand behind it: nobody in danger is taught the form of a command."""

import asyncio

import pytest

from bot.chat.acknowledgement import acknowledge
from bot.chat.application import build_application, take
from bot.chat.handlers.table import TelegramHandlers, handlers
from bot.chat.transport import AiohttpRequest
from bot.domain import errors
from bot.domain.roles import Role
from bot.domain.screens.citizen import DraftCard
from bot.domain.text.command_words import Audience, CommandWord
from bot.services.commands import base, people
from tests.chat.test_handlers import TOKEN, _me, message
from tests.services.town import CAI_KHE, SERVICES, Town

DANGER = "đang đánh nhau có dao ở phường Cái Khế"
LAN = 77
"""Who writes in the updates of `message`."""


class TownRunner:
    """A runner over a town."""

    def __init__(self, town: Town) -> None:
        self.town = town

    async def take(self, command: base.Command) -> None:
        await self.town.ask(SERVICES.dispatcher.run, command)
        acknowledge()


async def written(town: Town, *texts: str) -> Town:
    """Let Lan type texts, from raw updates on."""
    built = build_application(token=TOKEN, base_url="http://127.0.0.1:9/bot", request=AiohttpRequest())
    built.bot._bot_user = _me()
    built._initialized = True
    built.add_handlers(handlers(TelegramHandlers(TownRunner(town), bot_id=4242)))  # type: ignore[arg-type]  # one that runs
    for text in texts:
        await take(built, {**message(text), "update_id": 10_000 + next(town.updates)})
    await asyncio.sleep(0)
    return town


def draft_of(town: Town) -> str:
    """Give the words of Lan's draft."""
    conversation = town.conversation(LAN)
    assert conversation is not None
    return conversation.draft.words if conversation.draft else ""


NAMES = ["start", *(name for word in CommandWord for name in (word.vi, word.en))]


@pytest.mark.parametrize("name", NAMES)
async def test_words_behind_a_command_are_a_citizens_text(name: str) -> None:
    """Whatever the first word happens to mean to the bot, the danger behind it is seen and nothing is lost."""
    town = await written(await Town().begin(), f"/{name} {DANGER}")
    assert draft_of(town) == f"{name} {DANGER}"
    assert town.last(LAN, DraftCard).emergency == "police"
    assert town.keys(LAN) == []


@pytest.mark.parametrize(
    "text",
    [
        "/dong nguoi dang danh nhau co dao",
        "/tin có nhóm hút chích ở phường Cái Khế",
        "/khong biet ai dang dap cua nha em o phuong Cai Khe",
        "/moi nguoi oi chay nha roi",
        "/ngung lai, no dang danh em",
        "/trangthai của em là đang bị đánh",
        "/TIN 5 nhóm hút chích",
    ],
)
async def test_a_text_that_begins_with_a_commands_word_is_kept_whole(text: str) -> None:
    """People type without accents, and some of our words are everyday ones."""
    town = await written(await Town().begin(), text)
    assert draft_of(town) == text[1:]


@pytest.mark.parametrize(
    "text", ["/trangthai 1234 5678", "/trangthai mã 1234 5678 9012 3456", "/start w31135", "/start"]
)
async def test_what_a_citizens_command_uses_is_no_text(text: str) -> None:
    """A code that is not whole yet is asked for again, and a link opens the chat."""
    assert draft_of(await written(await Town().begin(), text)) == ""


@pytest.mark.parametrize("word", [word for word in CommandWord if word.audience is Audience.THE_FORCE])
@pytest.mark.parametrize("is_waiting", [False, True])
async def test_who_is_not_of_the_force_is_never_shown_a_form_of_it(word: CommandWord, is_waiting: bool) -> None:  # noqa: FBT001 - a case
    """Neither a citizen nor who still waits to be let in: a form that cannot be used leads nowhere."""
    town = await Town().begin()
    if is_waiting:
        await town.enrol(980, Role.COMMANDER, CAI_KHE)
        await town.do(people.InvitePerson, 980, words="canbo")
        link = next(
            each.screen for each in reversed(town.sent[980]) if each.screen and each.screen.name == "invite_link"
        )
        await written(town, f"/start {link.payload}")
    await written(town, f"/{word.vi}", f"/{word.en} {DANGER}")
    assert errors.NotUnderstood.key not in town.keys(LAN)
    assert errors.NotEnrolled.key in town.keys(LAN)
