"""Whatever a button names that is not there any more, or never was, is answered: forged data is no failure of ours."""

import asyncio
import itertools
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import pytest

from bot.chat.buttons import (
    BIGGEST,
    AnyButton,
    CaseButton,
    ChannelButton,
    ChatButton,
    DraftButton,
    InviteButton,
    JoinButton,
    LanguageButton,
    OwnPageButton,
    OwnTipButton,
    PageButton,
    PersonButton,
    QueueButton,
    StatsButton,
    Sure,
    TipButton,
    unpack,
)
from bot.chat.handlers.parsing import Origin
from bot.chat.handlers.pressed import to_command
from bot.chat.texts import Texts
from bot.chat.views import EmergencyNumbers, Views
from bot.domain.campaign.periods import Span
from bot.domain.conversation import Language
from bot.domain.ids import ChatId, Handle, MessageId, UpdateKey
from bot.domain.outgoing import Answer
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.domain.screens.citizen import DraftCard
from bot.domain.screens.officer import CardAction
from bot.domain.screens.people import InviteChoice, InviteLink
from bot.domain.tip import Channel
from bot.ports import Refused
from bot.services.commands import citizen, people
from bot.services.commands.citizen import DraftStep, OwnStep
from tests.services.town import CAI_KHE, PLACES, SERVICES, Town, refusal_of

PEOPLE = {
    5: None,
    6: None,
    900: Role.OFFICER,
    980: Role.COMMANDER,
    990: Role.INSPECTOR,
    950: Role.COMMITTEE,
    960: Role.ADMIN,
}
VIEWS = Views(Texts.load(), EmergencyNumbers("113", "114", "115"), "nguontin_bot")
HANDLE = Handle("abcdefgh")
UNITS: tuple[Any, ...] = (
    "zzz",
    "0",
    "99999",
    "p9",
    "p99",
    "d999999",
    "d916-99",
    *(PLACES.city, PLACES.duty, PLACES.inspectorate, CAI_KHE),
)
NUMBERS: tuple[Any, ...] = (1, 2, 999_999, BIGGEST)
VERSIONS = (0, 1, BIGGEST)


def presses(draft: Any) -> Iterator[AnyButton]:
    """Give every kind of button with values that are well formed and name nothing, or the wrong thing."""
    for step, handle, unit in itertools.product(DraftStep, (HANDLE, draft), (None, *UNITS)):
        yield DraftButton(step, handle, unit)
    for own in OwnStep:
        yield OwnTipButton(own, HANDLE)
        yield OwnTipButton(own, draft)
    for what in get_args(get_type_hints(ChatButton)["what"]):
        yield ChatButton(what)
    yield from map(LanguageButton, Language)
    yield from map(QueueButton, (0, 1, 999_999, BIGGEST))
    for action, tip, version, sure in itertools.product((*CardAction, "open"), NUMBERS, VERSIONS, Sure):
        yield TipButton(action, tip, version, sure)
    for tip, version, case in itertools.product(NUMBERS, VERSIONS, ("new", *NUMBERS)):
        yield CaseButton(tip, version, case)
    yield from itertools.starmap(PageButton, itertools.product(NUMBERS, (0, 1, BIGGEST)))
    yield from itertools.starmap(OwnPageButton, itertools.product((HANDLE, draft), (0, 1, BIGGEST)))
    yield from map(ChannelButton, Channel)
    for unit, span, back in itertools.product(UNITS, Span, (0, 200)):
        yield StatsButton(unit, span, back)
    for number in (*range(1, 8), 999_999, BIGGEST):
        yield JoinButton(number, "y")
        yield JoinButton(number, "n")
        yield PersonButton(number)
    for role, unit in itertools.product(Role, UNITS):
        yield InviteButton(role, unit)


def test_every_kind_of_button_is_pressed_below() -> None:
    """A new kind must answer as well."""
    assert {type(press) for press in presses(HANDLE)} == set(get_args(AnyButton))


async def settled() -> Town:
    """Open a town with one of each role, a tip, and a citizen with an open draft."""
    town = await Town().begin()
    for chat, role in PEOPLE.items():
        if role is not None:
            await town.enrol(chat, role, CAI_KHE if role in {Role.OFFICER, Role.COMMANDER} else PLACES.city)
    await town.report(5)
    await town.do(citizen.Write, 5, text="Có đánh bạc ở phường Cái Khế")
    return town


async def press(town: Town, chat: int, button: AnyButton) -> object:
    """AnyButton a button as it comes from Telegram."""
    assert unpack(button.pack()) == button
    origin = Origin(UpdateKey(4242, next(town.updates)), ChatId(chat), MessageId(next(town.messages)), "q")
    command = to_command(origin, button.pack())
    return await town.ask(SERVICES.dispatcher.run, command)


@pytest.mark.parametrize("chat", PEOPLE)
def test_any_button_is_answered_whoever_presses_it(chat: int) -> None:
    """The spinning stops, with words that can be shown, and nothing is set aside as a failure."""

    async def live() -> None:
        town = await settled()
        before = town.executor.state
        for button in presses(town.last(5, DraftCard).handle):
            town.executor.state, town.sent = before.copy(), {}
            await press(town, chat, button)
            answers = [each for each in town.sent[chat] if isinstance(each, Answer)]
            assert len(answers) == 1, button
            for outgoing in itertools.chain(*town.sent.values()):
                assert outgoing.screen is None or VIEWS.render(outgoing.screen, outgoing.language).text, button

    asyncio.run(live())


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        *((role, UnitCode("zzz")) for role in Role),
        (Role.OFFICER, PLACES.inspectorate),
        (Role.COMMANDER, PLACES.inspectorate),
        (Role.INSPECTOR, CAI_KHE),
        (Role.COMMITTEE, CAI_KHE),
        (Role.ADMIN, CAI_KHE),
    ],
)
async def test_an_invite_button_for_a_seat_that_is_not_there_is_stale(role: Role, unit: UnitCode) -> None:
    """Nobody is invited, and nobody is seated elsewhere without a word."""
    town = await settled()
    assert refusal_of(await press(town, 960, InviteButton(role, unit))) == "refused-button-stale"
    assert all(not isinstance(each.screen, InviteLink) for each in town.sent[960])


@pytest.mark.parametrize("words", ["", CAI_KHE, PLACES.inspectorate, PLACES.duty, PLACES.city])
async def test_every_role_that_is_offered_can_be_invited(words: str) -> None:
    """A button that is shown and then refused would send the admin in circles."""
    town = await settled()
    await town.do(people.InvitePerson, 960, words=words)
    choice: InviteChoice = town.last(960, InviteChoice)
    assert choice.roles
    for role in choice.roles:
        assert not isinstance(await press(town, 960, InviteButton(role, choice.unit_code)), Refused)


async def test_a_channel_button_never_enters_a_tip_as_one_of_the_bot() -> None:
    """What officers enter is counted apart from what citizens send."""
    town = await settled()
    await press(town, 900, ChannelButton(Channel.BOT))
    await town.do(citizen.Write, 900, text="Có người gọi báo mất xe máy")
    assert len(town.executor.state.tips) == 1
