"""What a note about evidence names: a case, or none."""

import pytest

from bot.services.officer.cases import read_case


@pytest.mark.parametrize(
    ("note", "case", "rest"),
    [
        ("vụ 3: đã bắt quả tang", 3, "đã bắt quả tang"),
        ("Vụ số 3, đã bắt quả tang", 3, "đã bắt quả tang"),
        ("vu #12 : đã xác minh", 12, "đã xác minh"),
        ("case 7:evidence", 7, "evidence"),
        ("vụ 3:", 3, ""),
    ],
)
def test_a_case_is_named_before_a_note(note: str, case: int, rest: str) -> None:
    """As the help shows it."""
    assert read_case(note) == (case, rest)


@pytest.mark.parametrize(
    "note",
    [
        "Vụ 1,5 triệu đồng bị trộm ở chợ",
        "vụ 1, 2 thanh niên ghi đề ở quán",
        "vụ 2:30 sáng bắt trộm",
        "vụ 1:  2 đối tượng đã bị bắt",
        "vụ trộm 3: đã bắt",
        "đã xác minh vụ 3: đúng",
        "vụ 3 đã bắt",
    ],
)
def test_a_number_that_goes_on_names_no_case(note: str) -> None:
    """A sum, an hour and a list of people are evidence: read as a case, the note would land in a stranger's."""
    assert read_case(note) is None
