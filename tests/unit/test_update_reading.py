"""How raw updates are read, however malformed, and how far a batch may be confirmed."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.batch_reading import read_pieces
from bot.intake.batch import chat_of, confirmed_to, number_of, numbered, read, write

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["chat", "id", "from", "message"]), inner)
    ),
    max_leaves=12,
)
RAW = st.fixed_dictionaries(
    {"update_id": st.integers(1, 10**9) | JSON}, optional={"message": JSON, "callback_query": JSON}
)


def test_every_kind_of_update_belongs_to_its_chat() -> None:
    """A press and a text in one chat must not be handled at the same time."""
    chat = {"id": 7}
    for raw in (
        {"update_id": 1, "message": {"chat": chat, "from": {"id": 9}}},
        {"update_id": 1, "edited_message": {"chat": chat}},
        {"update_id": 1, "callback_query": {"from": {"id": 9}, "message": {"chat": chat}}},
        {"update_id": 1, "my_chat_member": {"chat": chat, "from": {"id": 9}}},
    ):
        assert chat_of(raw) == 7
    assert chat_of({"update_id": 1, "callback_query": {"from": {"id": 9}}}) == 9
    assert chat_of({"update_id": 1, "poll": {"id": "5"}}) is None
    assert chat_of({"update_id": 1, "message": {"chat": {"id": 10**30}}}) is None


@given(batch=st.lists(JSON | RAW, max_size=12))
def test_whatever_comes_every_numbered_update_is_taken_once_in_order_and_can_be_kept(batch: list[Any]) -> None:
    """Nonsense beside a tip must not cost the tip."""
    found = numbered(batch)
    numbers = [number for number, _ in found]
    assert numbers == sorted({number for raw in batch if (number := number_of(raw)) is not None})
    assert all(0 < number < 2**63 for number in numbers)
    for number, raw in found:
        again = read(write(raw))
        assert (number_of(again), chat_of(again)) == (number, chat_of(raw))


@given(ids=st.sets(st.integers(1, 50), min_size=1), done=st.sets(st.integers(1, 50)), offset=st.integers(0, 50))
def test_the_offset_never_passes_an_update_that_is_not_dealt_with(ids: set[int], done: set[int], offset: int) -> None:
    """This is the whole promise in one line."""
    moved = confirmed_to([{"update_id": each} for each in ids], done=done, offset=offset)
    assert moved >= offset
    assert all(each in done for each in ids if offset <= each < moved)
    assert moved in {offset, max(ids) + 1} | (ids - done)


DEEP = '{"update_id":7,"message":' + "[" * 10_000 + "]" * 10_000 + "}"
LONG = '{"update_id":8,"message":{"message_id":' + "1" * 5000 + "}}"


@given(batch=st.lists(RAW | st.sampled_from([DEEP, LONG]), max_size=6))
def test_what_json_cannot_read_costs_its_neighbours_nothing(batch: list[Any]) -> None:
    """One update nested too deep would hide the whole batch, at every try: the bot would be deaf for good."""
    answer = '{"ok":true,"result":[' + ",\n".join(write(each) for each in batch) + "]}"
    assert read_pieces(answer) == batch
    assert [number_of(each) for each in batch if isinstance(each, str)] == [
        7 if each is DEEP else 8 for each in batch if isinstance(each, str)
    ]
