"""The words people type as commands: each is one command, and whatever form is shown is understood when typed back."""

import ast
import re
from pathlib import Path

import pytest

from bot.chat.handlers.parsing import Origin, split_command
from bot.chat.handlers.typed import PARSERS, read_typed
from bot.chat.texts import Texts
from bot.domain import errors
from bot.domain.conversation import Language
from bot.domain.ids import ChatId, MessageId, TipNumber, UpdateKey
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.domain.text.command_words import Audience, CommandWord, find
from bot.services.commands import base, citizen, officer
from tests.services.town import CAI_KHE, PLACES, SERVICES, Town

ROOT = Path(__file__).parents[2] / "bot"
ORIGIN = Origin(UpdateKey(4242, 10_000), ChatId(900), MessageId(10_000))
EVIDENCE = "đã xác minh và bắt quả tang"
MENTION = re.compile(r"(?<![\w<:/.])/([a-z]+)")
"""A command within a text; not the end of a tag, and not an address."""
FOR_ADMINS = {CommandWord.INVITE, CommandWord.ALIAS}
OF_PAGES = {
    Language.VI: (
        *("/giatri 1042 vu 7: bằng chứng", "/ketqua 1042 vu 1 bat 2 truyna 1", "/tuyentruyen 5 cuoc 600 luot"),
        *("/tuyentruyen 120", "/hoatdong tapthe 2", "/chitieu nguontin 50", "/chitieu nguontin 2000"),
        *("/moi canbo 31135", "/themten 31135 chợ Xuân Khánh"),
    ),
    Language.EN: (
        *("/valuable 1042 case 7: evidence", "/outcome 1042 case 1 persons 2 fugitives 1", "/outreach 120"),
        *("/outreach 5 sessions 600 people", "/activity collectives 2", "/target valuable 50", "/target valuable 2000"),
        *("/invite officer 31135", "/alias 31135 chợ Xuân Khánh"),
    ),
}
"""Forms on the help pages, which people copy."""
UNREAD = {"refused-usage", "refused-number-doubtful", "refused-number-out-of-range", "unknown-command-officer"}
ASKS_BACK = {CommandWord.WALK_IN, CommandWord.INVITE}
"""Alone they offer the channels, or the roles, as buttons."""


def typed(text: str) -> base.Command:
    """Read a command as it is typed."""
    command = read_typed(ORIGIN, *split_command(text))
    assert command is not None, text
    return command


def test_every_word_is_of_one_command_alone() -> None:
    """Otherwise one command would be read as another."""
    names = [name for word in CommandWord for name in (word.vi, word.en)]
    assert len(names) == len(set(names))
    assert "start" not in names
    assert set(PARSERS) == set(CommandWord)


@pytest.mark.parametrize("word", CommandWord)
def test_a_word_is_found_as_it_may_be_spelled(word: CommandWord) -> None:
    """Keyboards add capitals, and people write with or without the slash."""
    for name in (word.vi, word.en):
        assert re.fullmatch(r"[a-z]{1,32}", name)  # what Telegram takes for a command
        for spelled in (name, f"/{name}", name.upper(), name.capitalize()):
            assert find(spelled) is word


@pytest.mark.parametrize(
    ("spelled", "word"),
    [
        ("/đóng", CommandWord.CLOSE),
        ("/Đóng", CommandWord.CLOSE),
        ("hàngđợi", CommandWord.QUEUE),
        ("/giátrị", CommandWord.VALUABLE),
        ("xoá", CommandWord.WIPE),
        ("xóa", CommandWord.WIPE),
        ("", None),
        ("/", None),
        ("//dong", None),
        ("khôngcó", None),
    ],
)
def test_a_word_is_found_with_its_accents(spelled: str, word: CommandWord | None) -> None:
    """A keyboard that adds accents turns "/dong" into "/đóng"."""
    assert find(spelled) is word


async def answers_to(text: str, word: CommandWord) -> list[Line]:
    """Type a command in a town where its numbers exist, as somebody who may; give what is said about it."""
    town = await Town().begin()
    role = Role.ADMIN if word in FOR_ADMINS else Role.COMMANDER
    await town.enrol(900, role, PLACES.city if role is Role.ADMIN else CAI_KHE)
    await town.enrol(901, Role.OFFICER, CAI_KHE)
    for number in (TipNumber(1007), TipNumber(1042)):
        town.executor.state.numbers["tip"] = number - 1
        assert await town.report(number) == number
    if word is CommandWord.OUTCOME:
        await town.do(officer.JudgeValuable, 901, tip=1042, evidence=EVIDENCE)
    command = typed(text)
    await town.ask(SERVICES.dispatcher.run, command)
    return [each.screen for each in town.sent[900] if isinstance(each.screen, Line)]


@pytest.mark.parametrize("word", CommandWord)
async def test_the_form_of_a_command_is_understood_when_it_is_typed_back(word: CommandWord) -> None:
    """An answer that shows a form which is not understood leaves a person nowhere to go."""
    text = word.form.replace("…", EVIDENCE)
    assert not isinstance(typed(text), citizen.Explain)
    said = {each.key for each in await answers_to(text, word)}
    refused = (errors.NotUnderstood, errors.NumberDoubtful, errors.NumberOutOfRange, errors.NotAllowed)
    assert not {each.key for each in refused} & said


@pytest.mark.parametrize(("language", "form"), [(each, form) for each in OF_PAGES for form in OF_PAGES[each]])
async def test_every_form_on_a_page_is_understood_when_it_is_typed_back(language: Language, form: str) -> None:
    """The help is what people copy."""
    pages = (Texts.load().text(language, f"page-help_{each}") for each in ("officer", "committee", "admin"))
    assert form in "".join(pages)
    assert not isinstance(typed(form), citizen.Explain)
    word = find(form.split(maxsplit=1)[0])
    assert word is not None
    assert not UNREAD & {each.key for each in await answers_to(form, word)}


@pytest.mark.parametrize("word", [word for word in CommandWord if " " in word.form and word not in ASKS_BACK])
async def test_a_word_that_says_too_little_alone_is_answered_with_its_form(word: CommandWord) -> None:
    """The answer shows what to type, and it is the form of this very command."""
    said = await answers_to(f"/{word.en}", word)
    assert Line(key=errors.NotUnderstood.key, values={"form": word.form}) in said


def test_a_form_about_a_tip_names_it() -> None:
    """It can be typed as it is shown."""
    assert CommandWord.DUPLICATE.form_about(TipNumber(7)) == "/trung 7 1007"


@pytest.mark.parametrize("language", Language)
def test_every_command_that_a_text_mentions_exists_in_the_words_of_its_language(language: Language) -> None:
    """A person types what is written."""
    texts = (ROOT / "locales" / language.value).glob("*.ftl")
    mentioned = {name for path in texts for name in MENTION.findall(path.read_text(encoding="utf-8"))}
    own = {word.vi if language is Language.VI else word.en for word in CommandWord}
    assert len(mentioned) > 20
    assert mentioned <= own


@pytest.mark.parametrize("language", Language)
def test_the_menu_is_for_everyone_and_the_first_help_page_explains_it(language: Language) -> None:
    """A citizen is offered what a citizen may do."""
    page = Texts.load().text(language, "page-help", police="113", fire="114", ambulance="115")
    for word in CommandWord:
        name = word.vi if language is Language.VI else word.en
        is_explained = name in MENTION.findall(page) or word is CommandWord.HELP
        assert is_explained is (word.audience is Audience.EVERYONE)


def test_no_form_is_written_a_second_time() -> None:
    """Written twice, one of the two grows old."""
    forms = re.compile(r"/([a-z]+)( [^\n]*)?")
    for path in ROOT.rglob("*.py"):
        if path.parent.name == "cli":  # the tour types as people do
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found = forms.fullmatch(node.value)
                assert found is None or find(found[1]) is None, f"{path}:{node.lineno}"
