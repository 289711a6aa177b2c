"""Laws of a draft that hold whatever a person writes, presses and shares, in any order."""

from typing import assert_never

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.drafting import (
    ChosePlace,
    Draft,
    Drafting,
    DraftMove,
    ForgotPlace,
    Located,
    PlaceState,
    ToggledPolice,
    ToggledSpot,
    WantsOtherPlace,
    Wrote,
)
from bot.domain.ids import Handle
from bot.gazetteer import load, load_finder, load_vocabulary
from bot.services.places.live_finder import LivePlaceFinder

_PLACES = load()
_VOCABULARY = load_vocabulary()
_CODES = [unit.code for unit in _PLACES.places]
_SAYINGS = [
    "alo", "ừ", "phường Cái Khế", "Ninh Kiều", "cai khe", "hưng", "tụi nó đang chém nhau nè", "có thằng cầm mã tấu",
    "biển số 65B1-234.56", "nhà số 12", "nhà em bên An Bình mà đi ngang Cái Khế thấy tụi nó hút chích, đông lắm",
    "Hà Nội", "chị Ba quận Ninh Kiều",
]  # fmt: skip
_TEXTS = st.one_of(st.sampled_from(_SAYINGS), st.text(min_size=1, max_size=60)).map(Wrote)
_STEPS: st.SearchStrategy[DraftMove] = st.one_of(
    _TEXTS,
    _TEXTS,
    st.builds(Located, st.floats(9.2, 10.4), st.floats(105.2, 106.3)),
    st.just(ToggledSpot()),
    st.sampled_from(_CODES).map(ChosePlace),
    st.just(ForgotPlace()),
    st.just(WantsOtherPlace()),
    st.just(ToggledPolice()),
)


@pytest.fixture(scope="module")
def drafting() -> Drafting:
    """The rule, with the shipped places and words."""
    return Drafting(LivePlaceFinder(_PLACES, load_finder(_PLACES)), _VOCABULARY)


def _is_text(step: DraftMove) -> str | None:
    match step:
        case Wrote(text):
            return text
        case Located() | ToggledSpot() | ChosePlace() | ForgotPlace() | WantsOtherPlace() | ToggledPolice():
            return None
        case _:
            assert_never(step)


@given(steps=st.lists(_STEPS, max_size=10))
@example(steps=[Wrote("alo"), Wrote("tụi nó đang chém nhau nè"), Wrote("có thằng cầm mã tấu"), Wrote("phường Cái Khế")])
@example(steps=[Wrote("Có trộm ở Cái Khế"), WantsOtherPlace(), Wrote("nó cầm dao, đang rượt người ta")])
@example(steps=[Located(10.04, 105.78), Wrote("đang đánh nhau")])
def test_every_text_is_one_part_of_the_draft_and_all_parts_are_read(drafting: Drafting, steps: list[DraftMove]) -> None:
    """A plate, a name, a cry for help: whatever was asked before, what a person writes is what the officer reads."""
    draft = Draft(handle=Handle("AAAAAAAA"))
    for step in steps:
        draft = drafting.advance(draft, step)
        parts = "\n".join(draft.parts)
        seen = _VOCABULARY.suggest(parts)
        assert draft.words.startswith(parts)
        assert (draft.category, draft.urgent, draft.emergency) == (seen.category, seen.urgent, seen.emergency)
    assert draft.parts == tuple(text for step in steps if (text := _is_text(step)) is not None)


@given(steps=st.lists(_STEPS, max_size=6), text=_TEXTS)
def test_a_place_is_said_to_be_unread_by_the_text_that_was_to_be_one_alone(
    drafting: Drafting, steps: list[DraftMove], text: DraftMove
) -> None:
    """The sentence answers one text; a later press or text takes it away, and it never stands beside a place."""
    draft = Draft(handle=Handle("AAAAAAAA"))
    for step in (*steps, text):
        draft = drafting.advance(draft, step)
        assert not draft.is_place_unread or draft.place is PlaceState.ASKED
    assert not drafting.advance(draft, ToggledPolice()).is_place_unread


@pytest.mark.parametrize("text", ["không nhớ", "Ko nho", "em không biết nữa.", "I don’t remember"])
def test_a_place_may_be_said_to_be_forgotten_in_words(drafting: Drafting, text: str) -> None:
    """Whoever is asked and writes what the button says has answered; before the question it is only a word."""
    asked = drafting.advance(Draft(handle=Handle("AAAAAAAA")), Wrote("có trộm"))
    assert drafting.advance(asked, Wrote(text)).place is PlaceState.FORGOTTEN
    assert drafting.advance(Draft(handle=Handle("AAAAAAAA")), Wrote(text)).place is PlaceState.ASKED
