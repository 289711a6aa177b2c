"""What in a text seems to name its writer."""

import pytest

from bot.domain.drafting import gives_writer_away, mentions_police


@pytest.mark.parametrize(
    "text",
    [
        "gọi lại số 0909123456",
        "gọi lại số 0909.123.456",
        "gọi +84909123456",
        "cccd 092123456789",
        "gửi thư về lan.tran@gmail.com nhé",
        "LAN_TRAN+1@Mail.Example.VN",
        "mail: lan@ctu.edu.vn.",
        "tên tôi là Lan",
        "nhà tôi số 12",
        "zalo của em nè",
    ],
)
def test_a_number_an_address_or_a_name_gives_the_writer_away(text: str) -> None:
    """The card says so before anything is sent."""
    assert gives_writer_away(text)


@pytest.mark.parametrize(
    "text",
    ["", "@", "@ @ . a", "lúc 21@22. rồi", "theo dõi @nhom", "mất 20.000.000 đồng", "biển số 65B1-234.56", "a@b"],
)
def test_other_signs_do_not(text: str) -> None:
    """A warning at every text is read by nobody."""
    assert not gives_writer_away(text)


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("anh công an phường nhận tiền", True),
        ("may ong canh sat an hoi lo", True),
        ("công anh, cong ty an toàn", False),
    ],
)
def test_words_that_name_the_police_are_noticed(text: str, *, is_named: bool) -> None:
    """Only the writer knows whether a tip is about them; unasked, they would send it to the very unit it is about."""
    assert mentions_police(text) is is_named
