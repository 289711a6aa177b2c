"""How a batch is parted, and how far it may be confirmed."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.intake.batch import chat_of, confirmed_to, number_of, queues_of
from tests.unit.test_polling import Handlers, Telegram, poll, text

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
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


@given(batch=st.lists(JSON | RAW, max_size=12))
def test_whatever_comes_every_numbered_update_is_in_exactly_one_queue(batch: list[Any]) -> None:
    """Nonsense beside a tip must not cost the tip."""
    queues = queues_of(batch)
    numbers = [number for queue in queues for number, _ in queue]
    assert sorted(numbers) == sorted({number for raw in batch if (number := number_of(raw)) is not None})
    assert all(queue == sorted(queue, key=lambda each: each[0]) for queue in queues)


@given(ids=st.sets(st.integers(1, 50), min_size=1), done=st.sets(st.integers(1, 50)))
def test_the_offset_never_passes_an_update_that_is_not_dealt_with(ids: set[int], done: set[int]) -> None:
    """This is the whole promise in one line."""
    offset = confirmed_to([{"update_id": each} for each in ids], done=done, offset=0)
    assert all(each in done for each in ids if each < offset)
    assert offset == max(ids) + 1 or offset in ids - done


def test_a_batch_of_nothing_numbered_and_a_broken_last_resort_slow_down_and_lose_nothing() -> None:
    """Even when setting aside has a bug, other chats go on and the update stays with Telegram."""
    handlers = Handlers({1: [ValueError()] * 1000})
    telegram = Telegram(text(1, 1), text(2, 2))

    async def park(*_: object) -> None:
        raise ZeroDivisionError

    handlers.park = park  # type: ignore[method-assign,assignment]  # broken on purpose
    poll(telegram, handlers, seconds=100)
    assert handlers.settled == [2]
    assert telegram.waiting[0] == 1
    assert len(telegram.asked) < 12

    nonsense = Telegram("a", "b")
    poll(nonsense, handlers, seconds=100)
    assert len(nonsense.asked) < 12
