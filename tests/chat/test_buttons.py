"""What buttons carry: it comes back as it was, and anything forged is nothing."""

import re
from dataclasses import fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat import buttons
from bot.chat.buttons import LIMIT, SHAPES, AnyButton, ButtonData, DraftButton, OwnTipButton, unpack
from bot.chat.handlers.parsing import Origin
from bot.chat.handlers.pressed import to_command
from bot.domain.ids import CaseNumber, ChatId, OfficerNumber, TipNumber, UpdateKey
from bot.services.commands.citizen import PressUnknown

KINDS: tuple[type[AnyButton], ...] = get_args(AnyButton)


def types_of(kind: type[ButtonData]) -> dict[str, Any]:
    """Give the types of a kind's fields by name."""
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in fields(kind)}  # type: ignore[arg-type]  # all are dataclasses


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Give any value of a field's type."""
    if get_origin(kind) in {Union, UnionType}:
        return st.one_of([values_of(each) for each in get_args(kind)])
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if kind is NoneType:
        return st.none()
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    shape = SHAPES[kind]
    if isinstance(shape, re.Pattern):
        return st.from_regex(shape, fullmatch=True)
    return st.integers(shape.start, shape.stop - 1)


BUTTONS: st.SearchStrategy[AnyButton] = st.one_of(
    [st.builds(kind, **{name: values_of(each) for name, each in types_of(kind).items()}) for kind in KINDS]
)


@given(BUTTONS)
def test_what_is_packed_comes_back_as_it_was_and_fits(button: AnyButton) -> None:
    """Telegram takes 64 bytes."""
    data = button.pack()
    assert 1 <= len(data.encode()) <= LIMIT
    assert unpack(data) == button


@given(BUTTONS)
def test_every_button_that_is_shown_becomes_a_command(button: AnyButton) -> None:
    """A kind that nobody reads would answer every press with "outdated"."""
    command = to_command(Origin(UpdateKey(1, 1), ChatId(1)), button.pack())
    assert not isinstance(command, PressUnknown)


@given(BUTTONS, st.data())
def test_a_button_with_one_value_forged_is_nothing_or_what_we_would_have_written(
    button: AnyButton, data: st.DataObject
) -> None:
    """Most of what is forged looks almost right."""
    parts = button.pack().split(":")
    at = data.draw(st.integers(0, len(parts)))
    forged = data.draw(st.text(max_size=20) | st.from_regex(r"-?\d{1,20}|[a-z_]{0,12}", fullmatch=True))
    text = ":".join([*parts[:at], forged, *parts[at + 1 :]])
    found = unpack(text)
    assert found is None or found.pack() == text


@given(st.text(max_size=80) | st.from_regex(r"[a-z]:[a-z0-9:_-]{0,70}", fullmatch=True))
@example("t:claim:0:1:a")
@example("t:claim:1:1:a:9")
@example("t:claim:01:1:a")
@example("t:claim:+1:1:a")
@example("t:claim:１:1:a")
@example("t:claim:99999999999999999999:1:a")
@example("t:claim:9007199254740992:1:a")
@example("d:send:short")
@example("d:send:abcdefgh\n:")
@example("s:31135:week:999")
@example("s:31135:week:201")
@example("k:1:1:0")
@example("c:everything")
@example("c:wipe:")
@example("j:1:x")
@example("t:claim:1:1:")
@example("t")
@example(":")
@example("\ud800")
@example("c:\ud800")
@example("")
def test_anything_forged_is_nothing_or_what_we_would_have_written(data: str) -> None:
    """A forged button must not raise, and must not mean two things."""
    button = unpack(data)
    assert button is None or button.pack() == data


def test_every_kind_has_a_prefix_of_its_own() -> None:
    """Otherwise one button would be read as another."""
    assert len({kind.prefix for kind in KINDS}) == len(KINDS)


def test_every_kind_is_in_the_union() -> None:
    """One outside could be shown, and nobody could press it."""
    defined = {each for each in vars(buttons).values() if isinstance(each, type) and issubclass(each, ButtonData)}
    assert defined - {ButtonData} == set(KINDS)


def test_citizens_buttons_carry_no_number() -> None:
    """A seized phone must not tie a chat to a number that officers say aloud."""
    for kind in (OwnTipButton, DraftButton):
        assert not {TipNumber, CaseNumber, OfficerNumber, int} & set(types_of(kind).values())
