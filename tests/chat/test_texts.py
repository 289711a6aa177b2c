"""Every word a person reads: both languages say the same things with the same values, and no key is missing."""

import ast
import re
from pathlib import Path

import pytest

from bot.chat.texts import MissingTextError, Texts
from bot.domain import errors
from bot.domain.campaign.activities import ActivityKind
from bot.domain.campaign.periods import Span
from bot.domain.conversation import Language
from bot.domain.roles import HelpPage, Role
from bot.domain.screens.citizen import PlainState
from bot.domain.screens.officer import CardAction
from bot.domain.stats import Headline, Qualifier
from bot.domain.text.categories import Category, Service
from bot.domain.tip import Channel, Status, Verdict

ROOT = Path(__file__).parents[2]
TEXTS = Texts.load()
VALUE = re.compile(r"\{\s*\$(\w+)\s*\}")
FAMILIES = {
    "category": Category,
    "emergency": Service,
    "role": Role,
    "status": Status,
    "verdict": Verdict,
    "channel": Channel,
    "state": PlainState,
    "action": CardAction,
    "line": Headline,
    "qualifier": Qualifier,
    "stats-period": Span,
    "activity-recorded": ActivityKind,
    "target-set": Headline,
    "join-welcome": Role,
    "page": HelpPage,
}


def read(language: Language) -> dict[str, str]:
    """Read a language's files: key to raw text."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "bot/locales" / language.value).glob("*.ftl")):
        key = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if not line.startswith(" "):
                key, _, text = line.partition(" =")
                assert key not in found, key
                found[key] = text
            else:
                found[key] += "\n" + line
    return found


RAW = {language: read(language) for language in Language}


def test_both_languages_have_the_same_keys_with_the_same_values() -> None:
    """A person who switches the language must not meet a hole."""
    assert set(RAW[Language.VI]) == set(RAW[Language.EN])
    for key, text in RAW[Language.VI].items():
        assert set(VALUE.findall(text)) == set(VALUE.findall(RAW[Language.EN][key])), key


@pytest.mark.parametrize("language", list(Language))
def test_every_file_parses_without_junk(language: Language) -> None:
    """A stray sign in a file would silently swallow a text."""
    assert TEXTS.keys(language) == set(RAW[language])


@pytest.mark.parametrize(("family", "kind"), FAMILIES.items())
def test_every_value_of_a_kind_has_a_text(family: str, kind: type) -> None:
    """A new kind of matter must not crash a card."""
    missing = [f"{family}-{each.value}" for each in kind if f"{family}-{each.value}" not in RAW[Language.VI]]  # type: ignore[attr-defined]  # an enum
    assert missing == []


def test_every_refusal_has_a_text_with_the_values_it_carries() -> None:
    """A refusal that cannot be said would be a crash in the answer to a mistake."""
    kinds = errors.Refusal.__subclasses__()
    assert [kind.key for kind in kinds if kind.key not in RAW[Language.VI]] == []


def keys_in_services() -> set[str]:
    """Find the literal keys that services say: line("..."), popup("..."), Line(key="...")."""
    found = set()
    for path in (ROOT / "bot/services").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            values = [*node.args[:1], *(each.value for each in node.keywords if each.arg == "key")]
            if name in {"line", "popup", "Line"}:
                found |= {
                    each.value for each in values if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return found


def test_every_line_the_services_say_has_a_text() -> None:
    """The services know keys, not sentences."""
    found = keys_in_services()
    assert len(found) > 20
    assert found - set(RAW[Language.VI]) == set()


def test_a_missing_key_or_value_is_an_error_not_an_empty_message() -> None:
    """Silence would be taken for an answer."""
    with pytest.raises(MissingTextError):
        TEXTS.text(Language.VI, "no-such-key")
    with pytest.raises(MissingTextError):
        TEXTS.text(Language.VI, "join-confirmed")


def test_vietnamese_uses_no_exclamation_marks_and_the_right_address() -> None:
    """Citizens are addressed as equals, officers as comrades, and both are spoken to calmly."""
    citizen = (ROOT / "bot/locales/vi/citizen.ftl").read_text(encoding="utf-8")
    officer = (ROOT / "bot/locales/vi/officer.ftl").read_text(encoding="utf-8")
    for text in RAW[Language.VI].values():
        assert "!" not in text
    assert "ồng chí" not in citizen.partition("\n")[2]
    assert not re.search(r"\b[Bb]ạn\b", officer.partition("\n")[2])
