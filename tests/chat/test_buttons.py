"""What buttons carry: it comes back as it was, and anything forged is nothing."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.buttons import (
    KINDS,
    LIMIT,
    OnCase,
    OnChannel,
    OnChat,
    OnDraft,
    OnInvite,
    OnJoin,
    OnLanguage,
    OnOwnPage,
    OnOwnTip,
    OnPage,
    OnPerson,
    OnQueue,
    OnStats,
    OnTip,
    Press,
    Sure,
    unpack,
)
from bot.domain.conversation import Language
from bot.domain.periods import Span
from bot.domain.roles import Role
from bot.domain.screens.officer import CardAction
from bot.domain.tip import Channel
from bot.services.commands import DraftStep, OwnStep

HANDLES = st.text("ABCxyz019_-", min_size=8, max_size=8)
UNITS = st.from_regex(r"[0-9a-z-]{1,12}", fullmatch=True)
NUMBERS = st.integers(1, 2**53 - 1)
COUNTS = st.integers(0, 10**9)
PRESSES: st.SearchStrategy[Press] = st.one_of(
    st.builds(OnDraft, st.sampled_from(DraftStep), HANDLES, st.none() | UNITS),
    st.builds(OnOwnTip, st.sampled_from(OwnStep), HANDLES),
    st.builds(OnOwnPage, HANDLES, COUNTS),
    st.builds(OnPage, NUMBERS, COUNTS),
    st.builds(OnChat, st.sampled_from(["wipe", "wipe_sure", "stop_sure", "tips", "privacy", "cancel", "queue"])),
    st.builds(OnLanguage, st.sampled_from(Language)),
    st.builds(OnQueue, COUNTS),
    st.builds(OnTip, st.sampled_from([*CardAction, "open"]), NUMBERS, COUNTS, st.sampled_from(Sure)),
    st.builds(OnCase, NUMBERS, COUNTS, COUNTS),
    st.builds(OnChannel, st.sampled_from(Channel)),
    st.builds(OnStats, UNITS, st.sampled_from(Span), st.integers(0, 200)),
    st.builds(OnJoin, NUMBERS, st.sampled_from(["y", "n"])),
    st.builds(OnInvite, st.sampled_from(Role), UNITS),
    st.builds(OnPerson, NUMBERS),
)


@given(PRESSES)
def test_what_is_packed_comes_back_as_it_was_and_fits(press: Press) -> None:
    """Telegram takes 64 bytes."""
    data = press.pack()
    assert len(data.encode()) <= LIMIT
    assert unpack(data) == press


@given(st.text(max_size=80) | st.from_regex(r"[a-z]:[a-z0-9:_-]{0,70}", fullmatch=True))
@example("t:claim:0:1:a")
@example("t:claim:1:1:a:9")
@example("t:claim:01:1:a")
@example("t:claim:99999999999999999999:1:a")
@example("d:send:short")
@example("s:31135:week:999")
@example("c:everything")
@example("j:1:x")
@example("t:claim:1:1:")
@example("\ud800")
@example("")
def test_anything_forged_is_nothing_or_what_we_would_have_written(data: str) -> None:
    """A forged button must not raise, and must not mean two things."""
    press = unpack(data)
    assert press is None or press.pack() == data


def test_every_kind_has_a_prefix_of_its_own() -> None:
    """Otherwise one button would be read as another."""
    assert len({kind.prefix for kind in KINDS}) == len(KINDS)


def test_citizens_buttons_carry_no_tip_number() -> None:
    """A seized phone must not tie a chat to a number that officers say aloud."""
    assert "tip" not in OnOwnTip.__dataclass_fields__
    assert "tip" not in OnDraft.__dataclass_fields__
