"""The forms of commands that people are shown are accepted when they are typed back."""

import ast
import re
from pathlib import Path

import pytest

from bot.chat.handlers.parsing import Origin, split_command
from bot.chat.handlers.typed import PARSERS
from bot.chat.texts import Texts
from bot.domain.conversation import Language
from bot.domain.ids import ChatId, MessageId, UpdateKey
from bot.domain.roles import Role
from bot.services import commands as c
from tests.services.town import CAI_KHE, PLACES, SERVICES, Town

ROOT = Path(__file__).parents[2] / "bot"
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


def in_the_code() -> set[str]:
    """Find every form that stands in the program."""
    found: set[str] = set()
    for folder in ("services", "domain", "chat/handlers"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                    text = "".join(
                        str(each.value) if isinstance(each, ast.Constant) else "1042" for each in node.values
                    )
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    text = node.value
                else:
                    continue
                if re.fullmatch(r"/[a-z]+ [^\n]+", text):
                    found.add(text)
    return found


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
        await town.do(c.JudgeValuable, 901, tip=1042, evidence=EVIDENCE)
    name, arguments = split_command(form.replace("…", EVIDENCE))
    origin = Origin(UpdateKey(4242, 10_000), ChatId(900), MessageId(10_000))
    command = PARSERS[name](origin, arguments)
    assert not isinstance(command, c.Explain), form
    await town.ask(SERVICES.table[type(command)], command)
    assert not UNREAD & set(town.keys(900)), form


async def test_every_form_in_the_code_is_accepted_when_typed_back() -> None:
    """An answer that shows a form which is not understood leaves a person nowhere to go."""
    forms = in_the_code()
    assert {"/hoatdong tapthe 3", "/trung 1042 1007", "/chitieu nguontin 50"} <= forms
    for form in sorted(forms):
        await must_be_read(form)


@pytest.mark.parametrize(("language", "form"), OF_PAGES)
async def test_every_form_on_a_page_is_accepted_when_typed_back(language: Language, form: str) -> None:
    """The help is what people copy."""
    texts = Texts.load()
    pages = "".join(texts.text(language, f"page-help_{each}") for each in ("officer", "committee", "admin"))
    assert form in pages
    await must_be_read(form)
