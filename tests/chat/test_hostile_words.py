"""Words that look like HTML, in every field that people fill: shown as they were written, never obeyed."""

from typing import Any

import pytest
from pydantic import BaseModel

from bot.domain.conversation import Language
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Exchange, Line
from bot.domain.screens.figures import Stats
from bot.domain.screens.officer import TipCard
from bot.domain.screens.people import People
from tests.chat.test_views import EXAMPLES, VIEWS, plain

HOSTILE = "<b>x & y"
MADE_BY_US = {"key", "code", "payload", "period", "pick", "back", "forward"}
"""Texts of the program itself: keys, codes, tokens, names of weeks."""


def hostile(value: Any) -> Any:
    """Give a screen, or a part of one, with hostile words wherever people's words or names stand."""
    match value:
        case BaseModel():
            changed = {}
            for name, info in type(value).model_fields.items():
                is_text = info.annotation in {str, str | None}
                kept = name in MADE_BY_US or getattr(value, name) is None or not is_text
                changed[name] = hostile(getattr(value, name)) if kept else HOSTILE
            return value.model_copy(update={**changed, **_values(value)})
        case tuple():
            return tuple(HOSTILE if isinstance(each, str) and type(each) is str else hostile(each) for each in value)
        case _:
            return value


def _values(value: BaseModel) -> dict[str, Any]:
    if isinstance(value, Line):
        return {"values": {name: HOSTILE if isinstance(each, str) else each for name, each in value.values.items()}}
    return {}


LINES = (
    Line(key="join-welcome-officer", values={"unit": "x"}),
    Line(key="alert-unit-empty", values={"unit": "x", "holder": "y"}),
    Line(key="refused-no-such-unit", values={"name": "x"}),
)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("screen", [*EXAMPLES, *LINES], ids=lambda screen: screen.name)
def test_hostile_words_in_any_field_are_escaped_on_every_screen(screen: AnyScreen, language: Language) -> None:
    """Unescaped, a tip could write into the officer's card, or be refused by Telegram and never be seen."""
    rendered = VIEWS.render(hostile(screen), language)
    assert HOSTILE not in rendered.text
    plain(rendered)


def test_what_is_hostile_is_really_shown() -> None:
    """A test that puts nothing in finds nothing."""
    card = next(each for each in EXAMPLES if isinstance(each, TipCard) and not each.folded)
    talk = (Exchange(by="officer", text="x"), Exchange(by="reporter", text="y"))
    shown = plain(VIEWS.render(hostile(card.model_copy(update={"exchanges": talk})), Language.VI))
    assert shown.count(HOSTILE) == 4  # the unit, the words, a question and an answer
    ladder = next(each for each in EXAMPLES if isinstance(each, Stats))
    assert plain(VIEWS.render(hostile(ladder), Language.VI)).count(HOSTILE) >= 1
    people = next(each for each in EXAMPLES if isinstance(each, People) and each.people)
    assert HOSTILE in plain(VIEWS.render(hostile(people), Language.VI))
