"""What is too long for one message is read in pages: nothing is lost, and every page is one message Telegram takes."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.buttons import OwnPageButton, PageButton, unpack
from bot.chat.views import Rendered
from bot.chat.views.paged import LONGEST_WORD, pages
from bot.chat.views.rendered import TEXT_LIMIT, escape, utf16_length
from bot.domain.conversation import Language
from bot.domain.screens.base import Exchange
from bot.domain.screens.citizen import OfficerQuestion, OwnTipCard
from tests.chat.test_views import HANDLE, VIEWS, card, plain

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text("ab&<>đ🙂; \n", max_size=60)
LONG = st.builds(lambda piece, times: (piece * times)[:6_000], ANY, st.integers(1, 400))
PROSE = st.builds(
    lambda words, times: " ".join(words * times)[:6_000],
    st.lists(st.text("aăđ&<🙂", min_size=1, max_size=9), min_size=1, max_size=9),
    st.integers(1, 300),
)


def own(exchanges: list[Exchange], page: int = 0) -> OwnTipCard:
    """Make an own tip's card."""
    given_ = {"handle": HANDLE, "page": page, "received": "2026-11-01", "state": "checking", "category": "cyber"}
    rest = {"place": "Xã Long Phú", "exchanges": exchanges, "may_add": True, "may_withdraw": True, "may_stop": True}
    return OwnTipCard.model_validate(given_ | rest)


def said(*texts: str) -> list[Exchange]:
    """Let both sides say something in turn."""
    return [Exchange(by="reporter" if at % 2 else "officer", text=text) for at, text in enumerate(texts)]


def read_through(render: Callable[[int], Rendered]) -> list[str]:
    """Turn the pages by their buttons alone, forward to the end and back to where the card opens."""
    found: list[str] = []
    at = 1
    assert 1 in targets(render(0))
    while True:
        shown = render(at)
        assert utf16_length(shown.text) <= TEXT_LIMIT
        found.append(plain(shown))
        assert at - 1 in targets(shown)
        if at + 1 not in targets(shown):
            return found
        at += 1


def targets(shown: Rendered) -> set[int]:
    """Give the pages that buttons lead to."""
    presses = [unpack(button.data) for row in shown.keyboard for button in row]
    return {press.page for press in presses if isinstance(press, PageButton | OwnPageButton)}


def squeezed(text: str) -> str:
    """Leave out spaces and line ends."""
    return "".join(text.split())


@given(st.lists(LONG | PROSE, max_size=6), st.integers(300, 4096))
def test_pages_lose_nothing_and_cut_through_no_sign(texts: list[str], room: int) -> None:
    """Whatever people wrote is read by somebody, in the order it was written."""
    pieces = [escape(text) for text in texts]
    found = pages(pieces, room)
    assert squeezed("".join(found)) == squeezed("".join(pieces))
    for page in found:
        assert utf16_length(page) <= room
        assert not re.search(r"&(?!amp;|lt;|gt;)", page)
        page.encode("utf-16-le")


@given(st.lists(PROSE, max_size=6), st.integers(300, 4096))
def test_pages_are_turned_between_words(texts: list[str], room: int) -> None:
    """A plate or a name in two halves is misread."""
    pieces = [escape(text) for text in texts]
    assert all(len(word) <= LONGEST_WORD for piece in pieces for word in piece.split())
    assert " ".join(pages(pieces, room)).split() == " ".join(pieces).split()


@given(
    st.lists(st.integers(0, 900), min_size=1, max_size=6),
    st.sampled_from([" ", "\n", " & ", " 🙂 ", " <b> "]),
    st.sampled_from(Language),
)
def test_every_word_of_a_tip_and_its_talk_is_read_once_and_in_order(
    lengths: list[int], between: str, language: Language
) -> None:
    """Officer and reporter: what is beyond one message stands on further pages, each reached and left by a button."""
    marks = iter(range(sum(lengths)))
    texts = [between.join(f"m{next(marks)}" for _ in range(length)) or "-" for length in lengths]

    def on_card(page: int) -> Rendered:
        return VIEWS.render(card(words=texts[0], exchanges=said(*texts[1:]), page=page), language)

    def on_own(page: int) -> Rendered:
        return VIEWS.render(own(said(*texts), page), language)

    for render in (on_card, on_own):
        front = render(0)
        read = read_through(render) if targets(front) else [plain(front)]
        assert re.findall(r"\bm(\d+)", " ".join(read)) == [str(mark) for mark in range(sum(lengths))]


@pytest.mark.parametrize("size", [3_000, 3_500, 3_700])
def test_what_fits_is_shown_whole_when_the_other_half_is_empty(size: int) -> None:
    """Half a card must not be kept for a talk that never was, nor for words that are few."""
    text = "x" * size
    for screen in (card(words=text), card(words="ngắn", exchanges=said(text))):
        shown = VIEWS.render(screen, Language.VI)
        assert text in shown.text
        assert targets(shown) == set()


def test_short_words_leave_the_talk_the_rest_of_the_front() -> None:
    """Of a long talk as much is shown as fits, the newest first."""
    texts = [f"{number} " + "y" * 500 for number in range(12)]
    front = plain(VIEWS.render(card(words="ngắn", exchanges=said(*texts)), Language.VI))
    assert "ngắn" in front
    assert utf16_length(front) > 3_000
    assert texts[-1] in front


def test_a_page_that_is_no_more_is_the_last_one() -> None:
    """The button may be older than the tip's words."""
    words = "từ " * 3_000
    last = read_through(lambda page: VIEWS.render(card(words=words, page=page), Language.VI))[-1]
    assert plain(VIEWS.render(card(words=words, page=400), Language.VI)) == last
    assert "trang" not in plain(VIEWS.render(card(words="ngắn", page=7), Language.VI)).casefold()


@pytest.mark.parametrize("language", list(Language))
def test_a_long_question_leads_to_all_of_it(language: Language) -> None:
    """A question that is cut cannot be answered."""
    text = "mấy giờ & ở đâu " * 400
    shown = VIEWS.render(OfficerQuestion(handle=HANDLE, text=text), language)
    assert utf16_length(shown.text) <= TEXT_LIMIT
    assert targets(shown) == {1}
    short = VIEWS.render(OfficerQuestion(handle=HANDLE, text="x" * 3_800), language)
    assert "x" * 3_800 in short.text
    assert targets(short) == set()
