"""A message out is one of five kinds, and says no more than its kind needs."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.domain.conversation import Language
from bot.domain.ids import ChatId, Handle, TipNumber
from bot.domain.outgoing import EditCard, Outgoing, Send, Urgency
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import NewMessage

READ: TypeAdapter[Outgoing] = TypeAdapter(Outgoing)
SHOWN: dict[str, Any] = {
    "chat": ChatId(5),
    "language": Language.VI,
    "urgency": Urgency.REPLY,
    "screen": Line(key="x", values={"n": 1}),
}
KINDS: dict[str, Any] = {
    "send": SHOWN | {"kind": "send", "tip": TipNumber(3), "version": 2, "traced": True},
    "edit": SHOWN | {"kind": "edit", "card": "draft", "traced": True},
    "fresh": SHOWN | {"kind": "fresh", "card": "tip:3", "protect": True},
    "answer": {"kind": "answer", "chat": ChatId(5), "language": Language.EN, "callback": "q"},
    "delete": {"kind": "delete", "chat": ChatId(5), "urgency": Urgency.REPLY, "messages": (1, 2)},
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_comes_out_of_the_outbox_as_it_went_in(kind: str) -> None:
    """It is stored as text and read back by whoever sends it."""
    outgoing = READ.validate_python(KINDS[kind])
    assert outgoing.kind == kind
    assert READ.validate_json(outgoing.model_dump_json()) == outgoing


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        *((kind, "screen") for kind in ("send", "edit", "fresh")),
        *((kind, "card") for kind in ("edit", "fresh")),
        ("answer", "callback"),
        ("delete", "messages"),
    ],
)
def test_a_message_without_what_it_is_for_cannot_be_made(kind: str, field: str) -> None:
    """It would be parked by the sender, hours later and without a word."""
    with pytest.raises(ValidationError):
        READ.validate_python({name: value for name, value in KINDS[kind].items() if name != field})


@pytest.mark.parametrize(
    ("kind", "field"),
    [("send", "card"), ("edit", "callback"), ("fresh", "wipes"), ("answer", "tip"), ("delete", "screen")],
)
def test_a_message_carries_nothing_of_another_kind(kind: str, field: str) -> None:
    """What no kind has together need not be thought of."""
    with pytest.raises(ValidationError):
        READ.validate_python(KINDS[kind] | {field: None})


def test_what_may_show_a_citizens_words_is_known_from_the_message() -> None:
    """Everything to citizens may; a message to an officer that is no open card may not."""
    assert Send(**SHOWN | {"screen": NewMessage(handle=Handle("abcdefgh"))}, traced=True).may_carry_words
    assert not EditCard(**SHOWN, card="tip:3", protect=True).may_carry_words
