"""Numbers as people type them: every accepted form is read back exactly, and everything else is refused."""

import asyncio
import itertools
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.campaign.activities import MOST_PEOPLE, MOST_SESSIONS, ActivityKind, read_records
from bot.domain.roles import Role
from bot.domain.text.amounts import read_amounts, read_whole
from bot.services.campaign.targets import MOST_TARGET
from bot.services.commands import base, campaign, officer
from bot.services.officer.cases import MOST_OUTCOMES, read_outcome
from tests.services.town import CAI_KHE, Town

FORM = "/ketqua 1042 vu 1 bat 2 truyna 1"
NAMES = {
    "cases": ("vụ", "vụ án", "VU", "cases"),
    "persons": ("bắt", "đối tượng", "người", "bắt đối tượng", "persons"),
    "fugitives": ("truy nã", "truyna", "đối tượng truy nã", "Fugitives"),
}


def printed(number: int) -> list[str]:
    """Give every way a number may be written."""
    return [str(number), f"{number:,}", f"{number:,}".replace(",", "."), *([f"0{number}"] if number < 10 else [])]


@st.composite
def amounts(draw: st.DrawFn) -> tuple[str, dict[str, int]]:
    """Print some numbers with their words, all before or all behind, in any order and with any separator."""
    meanings = draw(st.permutations(list(NAMES)))[: draw(st.integers(1, 3))]
    is_before = draw(st.booleans())
    parts, wanted = [], {}
    for meaning in meanings:
        number = draw(st.integers(0, MOST_OUTCOMES))
        name, shown = draw(st.sampled_from(NAMES[meaning])), draw(st.sampled_from(printed(number)))
        parts.append(f"{name}{draw(st.sampled_from([' ', ': ', '']))}{shown}" if is_before else f"{shown} {name}")
        wanted[meaning] = number
    return draw(st.sampled_from([" ", ", ", "; ", "\n"])).join(parts), wanted


@given(amounts())
@example(("bắt 2 đối tượng", {"persons": 2}))
@example(("bắt 2 đối tượng, 1 vụ", {"persons": 2, "cases": 1}))
@example(("vụ 1 bắt 2 đối tượng truy nã 1", {"cases": 1, "persons": 2, "fugitives": 1}))
@example(("02 vụ, 05 đối tượng.", {"cases": 2, "persons": 5}))
@example(("vu:1,bat:2", {"cases": 1, "persons": 2}))
@example(("vụ 1, 2 đối tượng", {"cases": 1, "persons": 2}))
@example(("2 đối tượng, truy nã 1", {"persons": 2, "fugitives": 1}))
@example(("1 vụ, 2 đối tượng, 1 đối tượng truy nã.", {"cases": 1, "persons": 2, "fugitives": 1}))
def test_what_is_printed_is_read_back_exactly(amount: tuple[str, dict[str, int]]) -> None:
    """A report's line can be typed as it is said."""
    text, wanted = amount
    assert read_outcome(text) == wanted


@given(st.text("0123456789.,", min_size=1, max_size=14))
@example("1.360.000")
@example("1.3600.000")
@example("12,5")
@example("1.5")
@example("12,000.000")
@example("007")
def test_a_number_is_read_where_it_can_be_printed_so_and_nowhere_else(text: str) -> None:
    """No digit runs together with another, and none vanishes."""
    digits = text.replace(".", "").replace(",", "")
    wanted = int(digits) if digits and text in printed(int(digits)) else None
    assert read_whole(text) == wanted


@given(st.integers(1, MOST_PEOPLE), st.sampled_from(["{}", "{} người", "{} lượt", "lượt người: {}", "{} people"]))
def test_a_lone_number_is_one_session(number: int, form: str) -> None:
    """Whatever word stands beside it."""
    for shown in printed(number):
        assert read_records(ActivityKind.OUTREACH, form.format(shown)) == (number,)


@given(st.integers(1, MOST_SESSIONS), st.integers(0, MOST_PEOPLE - MOST_SESSIONS))
def test_sessions_reported_together_keep_both_numbers(sessions: int, more: int) -> None:
    """Five sessions are five, and not a person is lost between them."""
    people = sessions + more
    for text in (
        f"{sessions} cuộc {people:,} lượt",
        f"luot {people} cuoc {sessions}",
        f"{sessions} cuộc tuyên truyền, {people} lượt người tham dự.",
    ):
        records = read_records(ActivityKind.OUTREACH, text)
        assert (len(records), sum(records)) == (sessions, people)
        assert max(records) - min(records) <= 1


WORDS = st.sampled_from(
    ["1", "2", "150", "12,5", "-3", "１２", "bat", "doi tuong", "vu", "truy na", "bát phố", "½", "-", ","]
)


@given(st.lists(WORDS, max_size=7), st.booleans())
def test_a_text_is_never_read_with_more_or_fewer_numbers_than_it_has(parts: list[str], signed: bool) -> None:  # noqa: FBT001 - drawn
    """Doubtful is refused: no number is dropped, added up, or overwritten by the last."""
    words = {"vu": "cases", "bat": "persons", "doi tuong": "persons", "truy na": "fugitives"}
    text = " ".join(parts)
    try:
        found = read_amounts(text, words=words, form=FORM, signed=signed)
    except errors.Refusal:
        return
    numbers = [each for each in parts if each.lstrip("-").isascii() and each.lstrip("-").isdigit()]
    assert sorted(found.values()) == sorted(int(each) for each in numbers)
    assert not set(parts) & {"12,5", "１２", "bát phố", "½", "-"}
    assert signed or "-3" not in parts
    assert not any(left in numbers and right in numbers for left, right in itertools.pairwise(parts))


BAD: list[tuple[type[base.Command], dict[str, Any]]] = [
    *(
        (campaign.RecordActivity, {"kind": ActivityKind.OUTREACH, "number": text})
        for text in (
            *("2 150", "1.5", "12,5", "1.3600.000", "-5", "+5", "0", "100.001", "99999999999999999999", "１２０"),
            *(
                "120 130 người",
                "120 con gà",
                "5 cuộc",
                "600 cuộc 5 lượt",
                "5 cuộc 6 cuộc 600 lượt",
                "1e3",
                "1/2",
                "101 cuộc 600 lượt",
            ),
            *("5 cuộc, 600", "người 5 lượt 600", "nhiều", "hai mươi", "5 cuộc 600 lượt 18", "9" * 4000, "cuoc " * 800),
        )
    ),
    *(
        (campaign.RecordActivity, {"kind": ActivityKind.COLLECTIVES, "number": text})
        for text in ("3 cá nhân", "2 3", "3.5", "tập thể", "")
    ),
    *(
        (officer.RecordOutcome, {"tip": 1, "text": text})
        for text in (
            *("bat 2 doi tuong 3", "vu 1 vu 2", "vu 1,5", "bat 2 150", "bắt 2 truy nã", "3", "vu 1 bat", "1 2 vu"),
            *("vu 1.000.000", "bat --2", "bat 1-2", "vu 1 bat 2 3", "bat - 2", "bat 1 2 vu", "đối tượng vụ 2"),
            *("bat, 2", "vu 1, 2", "2, bat", "vu 1, vu 2", "bat 2, doi tuong 3", "vu. 1"),
        )
    ),
    *(
        (campaign.SetTarget, {"words": text})
        for text in (
            *("nguontin 10.000.001", "nguontin -5", "nguontin 1,5", "nguontin 2 150", "nguontin 1.3600.000"),
            *("nguontin 2000000000", "nguontin năm mươi", "nguontin", "nguontin ５０", "50 nguontin"),
        )
    ),
]


async def refuse(town: Town, kind: type[base.Command], fields: dict[str, Any]) -> None:
    """Ask for something doubtful: it is refused in words, and nothing is kept."""
    state = town.executor.state
    before = (dict(state.activities), dict(state.targets), dict(state.outcomes), state.sums.copy(), dict(state.audit))
    await town.do(kind, 900, **fields)
    state = town.executor.state
    after = (dict(state.activities), dict(state.targets), dict(state.outcomes), state.sums.copy(), dict(state.audit))
    assert after == before, fields
    assert town.keys(900)[-1].startswith("refused-"), fields


async def open_town() -> Town:
    """Open a town with a commander and a valuable tip in case 1."""
    town = await Town().begin()
    await town.enrol(900, Role.COMMANDER, CAI_KHE)
    await town.do(officer.JudgeValuable, 900, tip=await town.report(5), evidence="Đã xác minh và bắt quả tang")
    return town


async def test_what_is_doubtful_is_refused_and_stores_nothing() -> None:
    """Through the use cases, one after the other."""
    town = await open_town()
    for kind, fields in BAD:
        await refuse(town, kind, fields)
    assert await town.off_by() == {}


async def test_the_answer_says_what_was_read_and_how_to_write_it() -> None:
    """Not only that it was wrong."""
    town = await open_town()
    await town.do(campaign.RecordActivity, 900, kind=ActivityKind.OUTREACH, number="2 150")
    assert town.sent[900][-1].screen.values == {"read": "2 150", "form": "/tuyentruyen 5 cuoc 600 luot"}  # type: ignore[union-attr]  # a line
    await town.do(campaign.SetTarget, 900, words=f"nguontin {MOST_TARGET + 1}")
    assert town.sent[900][-1].screen.values == {"most": MOST_TARGET}  # type: ignore[union-attr]  # a line


JUNK = st.text("0123456789., -cuộclượtngười", max_size=20)


@given(st.lists(JUNK, min_size=1, max_size=12))
def test_whatever_is_stored_was_typed(texts: list[str]) -> None:
    """Every record's sum stands in the text in one of its printed forms."""

    async def live() -> None:
        town = await open_town()
        for text in texts:
            known = set(town.executor.state.activities)
            await town.do(campaign.RecordActivity, 900, kind=ActivityKind.OUTREACH, number=text)
            new = [each.number for number, each in town.executor.state.activities.items() if number not in known]
            assert not new or any(form in text for form in printed(sum(new))), text
            assert len(new) <= 1 or any(form in text for form in printed(len(new))), text

    asyncio.run(live())


@pytest.mark.parametrize(
    ("note", "case"),
    [
        ("vụ 1: đã xác minh và bắt quả tang", 1),
        ("vu 1, đã xác minh và bắt quả tang", 1),
        ("case 1:đã xác minh và bắt quả tang", 1),
        ("Vụ 1 thanh niên ghi đề đã được xác minh", 2),
        ("vụ 1 đã xác minh và bắt quả tang", 2),
    ],
)
async def test_a_case_is_named_with_a_colon_or_a_comma(note: str, case: int) -> None:
    """A note that begins "Vụ 1 thanh niên ghi đề" tells of a youth, not of case 1."""
    town = await open_town()
    tip = await town.report(6)
    await town.do(officer.JudgeValuable, 900, tip=tip, evidence=note)
    assert next(each.case for each in town.executor.state.decisions.values() if each.tip == tip) == case
