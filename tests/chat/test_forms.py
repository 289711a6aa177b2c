"""The forms of commands that stand on the help pages are accepted when they are typed back."""

import pytest

from bot.chat.handlers.parsing import Origin, split_command
from bot.chat.handlers.typed import read_typed
from bot.chat.texts import Texts
from bot.domain.conversation import Language
from bot.domain.ids import ChatId, MessageId, UpdateKey
from bot.domain.roles import Role
from bot.services.commands import citizen, officer
from tests.services.town import CAI_KHE, PLACES, SERVICES, Town

EVIDENCE = "đã xác minh và bắt quả tang"
UNREAD = {"refused-usage", "refused-number-doubtful", "refused-number-out-of-range", "unknown-command-officer"}
OF_PAGES = (
    (Language.VI, "/giatri 1042 vu 7: bằng chứng"),
    (Language.VI, "/ketqua 1042 vu 1 bat 2 truyna 1"),
    (Language.VI, "/tuyentruyen 5 cuoc 600 luot"),
    (Language.VI, "/tuyentruyen 120"),
    (Language.VI, "/hoatdong tapthe 2"),
    (Language.VI, "/chitieu nguontin 50"),
    (Language.VI, "/chitieu nguontin 2000"),
    (Language.VI, "/moi canbo 31135"),
    (Language.VI, "/themten 31135 chợ Xuân Khánh"),
    (Language.EN, "/valuable 1042 case 7: evidence"),
    (Language.EN, "/outcome 1042 case 1 persons 2 fugitives 1"),
    (Language.EN, "/outreach 5 sessions 600 people"),
    (Language.EN, "/outreach 120"),
    (Language.EN, "/activity collectives 2"),
    (Language.EN, "/target valuable 50"),
    (Language.EN, "/target valuable 2000"),
    (Language.EN, "/invite officer 31135"),
    (Language.EN, "/alias 31135 chợ Xuân Khánh"),
)


async def must_be_read(form: str) -> None:
    """Type a form in a town where its numbers exist: whatever is answered, it was understood."""
    town = await Town().begin()
    role = Role.ADMIN if form.startswith(("/moi", "/invite", "/themten", "/alias", "/thuhoi")) else Role.COMMANDER
    await town.enrol(900, role, PLACES.city if role is Role.ADMIN else CAI_KHE)
    await town.enrol(901, Role.OFFICER, CAI_KHE)
    for number in (1007, 1042):
        town.executor.state.numbers["tip"] = number - 1
        assert await town.report(number) == number
    if form.startswith(("/ketqua", "/outcome")):
        await town.do(officer.JudgeValuable, 901, tip=1042, evidence=EVIDENCE)
    name, arguments = split_command(form.replace("…", EVIDENCE))
    origin = Origin(UpdateKey(4242, 10_000), ChatId(900), MessageId(10_000))
    command = read_typed(origin, name, arguments)
    assert command is not None
    assert not isinstance(command, citizen.Explain), form
    await town.ask(SERVICES.dispatcher.run, command)
    assert not UNREAD & set(town.keys(900)), form


@pytest.mark.parametrize(("language", "form"), OF_PAGES)
async def test_every_form_on_a_page_is_accepted_when_typed_back(language: Language, form: str) -> None:
    """The help is what people copy."""
    texts = Texts.load()
    pages = "".join(texts.text(language, f"page-help_{each}") for each in ("officer", "committee", "admin"))
    assert form in pages
    await must_be_read(form)
