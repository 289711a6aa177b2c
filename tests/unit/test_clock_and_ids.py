"""The real ids: unguessable where it matters, in order where it matters."""

from datetime import UTC, datetime, timedelta

from bot.clock_and_ids import SystemIds
from bot.domain.ids import first_outbox_id

NOW = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)


def test_outbox_ids_grow_and_say_when_they_were_made() -> None:
    """Order within a chat, and which answers are stale, are read off them."""
    ids = SystemIds()
    made = [ids.outbox_id(NOW) for _ in range(1000)]
    assert made == sorted(set(made))
    assert made[0] >= first_outbox_id(NOW)
    assert made[-1] < first_outbox_id(NOW + timedelta(milliseconds=2))
    assert ids.outbox_id(NOW - timedelta(hours=1)) > made[-1]
    assert made[-1] < 2**63


def test_codes_and_tokens_have_their_shape_and_do_not_repeat() -> None:
    """Sixteen digits, eight and twenty-two signs."""
    ids = SystemIds()
    codes = {ids.receipt_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(len(code) == 16 and code.isdigit() for code in codes)
    assert len(ids.handle()) == 8
    assert len(ids.invite_token()) == 22
