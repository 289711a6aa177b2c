"""The real ids: unguessable where it matters."""

from bot.clock_and_ids import SystemIds


def test_codes_and_tokens_have_their_shape_and_do_not_repeat() -> None:
    """Sixteen digits, eight and twenty-two signs."""
    ids = SystemIds()
    codes = {ids.receipt_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(len(code) == 16 and code.isdigit() for code in codes)
    assert len(ids.handle()) == 8
    assert len(ids.invite_token()) == 22
