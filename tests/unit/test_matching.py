"""The ward finder: what settles a place, and what must be asked."""

import pytest

from bot.domain.matching import Finder, Finding, Routing
from bot.domain.places import Gazetteer
from bot.gazetteer import load, load_finder
from tests.places.corpus import nowhere, sentences
from tests.places.generated import cases
from tests.places.report import score

WRONG_AT_MOST = 0.002
FOUND_AT_LEAST = 0.99


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    """The shipped place data of Cần Thơ."""
    return load()


@pytest.fixture(scope="module")
def finder(places: Gazetteer) -> Finder:
    """The finder with the shipped landmarks."""
    return load_finder(places)


def _names(finding: Finding) -> list[str]:
    return [each.name.split(" ", 1)[1] for each in finding.candidates]


def test_hand_written_texts_find_their_ward(finder: Finder) -> None:
    """These are the words citizens use; a wrong route is worse than a question."""
    found = [(sentence, finder.find(sentence.text)) for sentence in sentences()]
    assert found
    assert [each for each in found if each[0].is_wronged_by(each[1]) or not each[0].is_met_by(each[1])] == []


def test_texts_without_a_place_of_ours_are_never_routed(finder: Finder) -> None:
    """Names of people, streets, plain words and other provinces must not fill a ward's queue."""
    assert list(nowhere())
    assert [text for text in nowhere() if finder.find(text).decision is Routing.ROUTE] == []


@pytest.mark.parametrize("seed", [0, 1])
def test_generated_names_are_found_in_every_form(places: Gazetteer, finder: Finder, seed: int) -> None:
    """Every current and former name, in every form; `python -m tests.places.report` lists the misses."""
    result = score(finder, cases(places, seed=seed))
    assert result.wrong_share <= WRONG_AT_MOST, result.wrong
    assert result.found_share >= FOUND_AT_LEAST, result.missed


# An old name whose ground is elsewhere today: text with its district, where it must lead, and whether it must be asked.
TRAPS = [
    ("phường Tân An, quận Ninh Kiều", {"Tân An", "Ninh Kiều"}),
    ("xã Thạnh An, huyện Vĩnh Thạnh", {"Thạnh An", "Thạnh Quới"}),
    ("xã Đông Phước, huyện Châu Thành, Hậu Giang", {"Đông Phước", "Phú Hữu"}),
    ("xã Vị Thủy, huyện Vị Thủy", {"Vị Thủy", "Vĩnh Thuận Đông"}),
    ("thị trấn Cù Lao Dung, huyện Cù Lao Dung", {"Cù Lao Dung", "An Thạnh"}),
    ("phường Long Hưng, quận Ô Môn", {"Thới Long"}),
    ("xã Tân Thạnh, huyện Thới Lai", {"Trường Thành"}),
    ("xã Tân Long, huyện Phụng Hiệp", {"Thạnh Hòa"}),
    ("xã Vị Thanh, huyện Vị Thủy", {"Vị Thanh 1"}),
    ("phường Vĩnh Tường, thị xã Long Mỹ", {"Long Bình"}),
    ("phường Thạnh Hòa, quận Thốt Nốt", {"Trung Nhứt"}),
    ("xã Thuận Hưng, huyện Long Mỹ", {"Xà Phiên"}),
    ("xã Thuận Hòa, huyện Long Mỹ", {"Xà Phiên"}),
    ("thị trấn Châu Thành, huyện Châu Thành, Sóc Trăng", {"Phú Tâm"}),
    ("xã Hưng Phú, huyện Mỹ Tú", {"Long Hưng"}),
    ("xã Phú Hữu, huyện Long Phú", {"Trường Khánh"}),
    ("xã Long Phú, thị xã Long Mỹ", {"Long Phú 1"}),
    ("xã Thạnh Phú, huyện Mỹ Xuyên", {"Nhu Gia"}),
    ("xã Thạnh Quới, huyện Mỹ Xuyên", {"Gia Hòa"}),
    ("xã Long Bình, thị xã Ngã Năm", {"Tân Long"}),
    ("xã Thuận Hưng, huyện Mỹ Tú", {"Mỹ Hương"}),
]


@pytest.mark.parametrize(("text", "right"), TRAPS)
def test_a_named_former_district_means_the_former_ward(finder: Finder, text: str, right: set[str]) -> None:
    """Where today's unit of the name lies in the same former district, the district settles nothing: ask."""
    finding = finder.find(text)
    assert finding.decision is (Routing.ROUTE if len(right) == 1 else Routing.ASK)
    assert set(_names(finding)) == right


@pytest.mark.parametrize("text", [text.split(", ")[0].split(" ", 1)[1].removeprefix("trấn ") for text, _ in TRAPS])
def test_a_trap_name_alone_is_always_asked(finder: Finder, text: str) -> None:
    """Without a district, old and new are equally likely."""
    assert finder.find(f"ở {text} có trộm").decision is Routing.ASK


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("phường Tân An cũ", "Ninh Kiều"),
        ("phường Tân An mới", "Tân An"),
        ("Hưng Lợi nay là phường Tân An", "Tân An"),
        ("phường Tân An (trước đây là Hưng Lợi)", "Tân An"),
        ("Thạnh An cũ, huyện Vĩnh Thạnh", None),
        ("xã Thạnh An cũ, huyện Vĩnh Thạnh", "Thạnh Quới"),
        ("phuong tan an cu danh nhau hoai", None),
    ],
)
def test_the_words_old_and_new_settle_a_name(finder: Finder, text: str, name: str | None) -> None:
    """Unless "cũ" lacks its mark, when it may be "cứ", or both old ones bear the name."""
    finding = finder.find(text)
    assert finding.decision is (Routing.ASK if name is None else Routing.ROUTE)
    assert name is None or _names(finding)[0] == name


@pytest.mark.parametrize(
    "name", ["Ninh Kiều", "Cái Răng", "Ô Môn", "Thốt Nốt", "Vị Thanh", "Long Mỹ", "Kế Sách", "Sóc Trăng"]
)
def test_a_bare_name_that_was_a_district_is_asked_its_namesake_first(finder: Finder, name: str) -> None:
    """People still say the district's name for the whole of it."""
    finding = finder.find(f"ở {name} có trộm")
    assert finding.decision is Routing.ASK
    assert _names(finding)[0] == name
    assert len(finding.candidates) >= 2


def test_a_type_word_makes_the_name_a_wards(finder: Finder) -> None:
    """Nobody ever said "phường" before a district."""
    assert finder.find("phường Ninh Kiều có trộm").decision is Routing.ROUTE


@pytest.mark.parametrize(
    "text", ["phường Xuân Khánh", "phường xuân khánh", "PHUONG XUAN KHANH", "p.xuân khánh", "phuongxuankhanh"]
)
def test_forms_of_one_name_have_one_answer(finder: Finder, text: str) -> None:
    """Haste, capitals and telephones must not change the ward."""
    finding = finder.find(text)
    assert (finding.decision, _names(finding)) == (Routing.ROUTE, ["Ninh Kiều"])


@pytest.mark.parametrize(
    "text", ["", "   ", "😡😡", "\u202e\u0000", "12345", "p", "phường", "xã, huyện, tỉnh", "a" * 5000]
)
def test_texts_without_words_are_unknown(finder: Finder, text: str) -> None:
    """Anything can arrive; nothing may break."""
    assert finder.find(text).decision is Routing.UNKNOWN


def test_elsewhere_is_said_only_when_it_is_clear(finder: Finder) -> None:
    """Someone from elsewhere may do harm here."""
    assert finder.find("phường Phú Lợi, Thủ Dầu Một, Bình Dương").decision is Routing.OUTSIDE
    assert finder.find("người Sài Gòn xuống phường Cái Khế bán ma túy").decision is Routing.ROUTE
    assert finder.find("xe biển số Cà Mau chở hàng lậu").decision is Routing.UNKNOWN


def test_every_candidate_says_why(finder: Finder) -> None:
    """Whoever keeps the place data must see what decided."""
    finding = finder.find("p.Hưng Lợi, q.Ninh Kiều")
    assert "former phường Hưng Lợi" in finding.candidates[0].why
    assert 0 < finding.candidates[0].score <= 1


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("nin", "Ninh Kiều"),
        ("NINH KI", "Ninh Kiều"),
        ("xuan kh", "Ninh Kiều"),
        ("hung lo", "Tân An"),
        ("cairang", "Cái Răng"),
    ],
)
def test_a_few_letters_are_completed_by_current_and_former_names(finder: Finder, letters: str, first: str) -> None:
    """The picker is for thumbs."""
    found = finder.complete(letters)
    assert found[0].name == first
    assert len(found) <= 8


def test_no_letters_complete_to_nothing(finder: Finder) -> None:
    """An empty query would list the city."""
    assert finder.complete("  ") == ()
    assert finder.complete("zzzz") == ()
    assert len(finder.complete("t", limit=3)) == 3
