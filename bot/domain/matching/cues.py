"""The words before a name that say what the name is: a ward, a district, a street, a person, somewhere near.

They are grammar, not place data, so they live in code. Marks count where they are written: "quán" is no "quận".
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from rapidfuzz.distance import OSA

from bot.domain.text.folding import JOINER, Words, plain_tone, split_words


class Cue(StrEnum):
    """What a word before a name says about it."""

    WARD = "ward"
    COMMUNE = "commune"
    TOWN = "town"
    DISTRICT = "district"
    PROVINCE = "province"
    STREET = "street"
    """A street: named after anything, lying anywhere."""
    HAMLET = "hamlet"
    """A part of a ward, often with the name of another ward."""
    BUILDING = "building"
    """A market, school, bridge or stream: often, not always, in the ward it is named after."""
    OFFICE = "office"
    """An office of a ward: its police, its committee."""
    PERSON = "person"
    NEAR = "near"
    AT = "at"
    ORIGIN = "origin"
    """Where someone or something comes from."""
    MOVE = "move"
    """Where someone or something goes."""


TYPES = frozenset({Cue.WARD, Cue.COMMUNE, Cue.TOWN})
"""Words that make a name a ward's, whatever else it could be."""
TYPE_WORD: Mapping[Cue, str] = {Cue.WARD: "phuong", Cue.COMMUNE: "xa", Cue.TOWN: "tt"}

_LISTS: Mapping[Cue, str] = {
    Cue.WARD: "phường, p, f, ph, phg, phườg",
    Cue.COMMUNE: "xã, x",
    Cue.TOWN: "thị trấn, tt, t t, t trấn",
    Cue.DISTRICT: "quận, q, huyện, h, thị xã, tx, t x, thành phố, tp, t p, tpho",
    Cue.PROVINCE: "tỉnh, tỉnh cũ",
    Cue.STREET: """
        đường, đ, phố, hẻm, ngõ, kiệt, lộ, đại lộ, quốc lộ, tỉnh lộ, hương lộ, ngã tư, ngã ba, vòng xoay, tuyến
        đường, đường tỉnh, cao tốc, nút giao""",
    Cue.HAMLET: """
        ấp, khu vực, kv, khóm, tổ, thôn, xóm, kdc, khu dân cư, làng, khu đô thị, kđt, khu tái định cư, tdc, khu
        phố""",
    Cue.BUILDING: """
        chợ, trường, trường học, thpt, thcs, tiểu học, mầm non, mẫu giáo, cấp 1, cấp 2, cấp 3, bệnh viện, bv,
        trạm, bến xe, chùa, đình, nhà thờ, công ty, cty, quán, khách sạn, nhà hàng, siêu thị, kcn, khu công
        nghiệp, cụm công nghiệp, chung cư, nhà nghỉ, nhà trọ, karaoke, cà phê, cafe, tiệm, cửa hàng, bến, bến
        tàu, nhà máy, lò, vựa, trại, sân vận động, sân bóng, công viên, nghĩa trang, miếu, thánh thất, cây xăng,
        đại học, cao đẳng, trung tâm, khu du lịch, chành, kho, hợp tác xã, htx, tượng đài, bưu điện, cầu, rạch,
        kinh, kênh, sông, cồn, vàm, phà, bến phà, bến đò, đò, mé sông, bờ kè, dốc cầu, chân cầu""",
    Cue.OFFICE: """
        công an, ca, ubnd, ủy ban, ủy ban nhân dân, trụ sở, trụ sở công an, trạm y tế, mặt trận, hội phụ nữ,
        đoàn thanh niên, quân sự, đồn công an""",
    Cue.PERSON: """
        ông, bà, anh, chị, cô, chú, bác, dì, dượng, cậu, mợ, thím, thằng, em, thầy, tên, tên là, họ tên, đồng
        chí, đ c, bé, nhóc, ổng, tên thật, biệt danh, nick, facebook, fb, zalo, nguyễn, trần, lê, phạm, huỳnh,
        hoàng, võ, vũ, phan, trương, bùi, đặng, đỗ, ngô, hồ, dương, lý, đinh, đoàn, lâm, mai, tạ, thạch, sơn,
        danh, kim, văn, thị, hữu, bạn, chủ, giám đốc, trưởng ấp, chủ quán""",
    Cue.NEAR: """
        gần, giáp, cạnh, sát, kế, kế bên, cách, đối diện, gần bên, giáp ranh, gần tới, sắp tới, ngang qua,
        hướng, hướng về, phía, lân cận""",
    Cue.AT: """
        ở, tại, trong, trên, dưới, bên, khu, vùng, địa bàn, địa phận, thuộc, nơi, ngay, xứ, ngoài, khúc, đoạn, ở
        bên, trên địa bàn, ở khu, bển, nhà, nhà tôi, nhà em, nhà mình, bà con, người dân, địa chỉ, đc, dc, thuộc
        về, ở tại, ở dưới, ở trên, vô, tới, địa điểm, đang ở, sống ở, nội ô, khu trung tâm, quê em, quê tôi, quê
        tui, quê con, quê cháu, quê mình, nhà tui, nhà con, nhà cháu, chỗ em, chỗ tôi, chỗ tui, chỗ con, chỗ
        cháu, chỗ mình, bên em, bên tôi, bên tui, bên con, bên cháu, bên mình, xóm em, xóm tôi, xóm tui, xóm
        con, xóm cháu, xóm mình, khu em, khu tôi, khu tui, khu con, khu cháu, khu mình, ấp em, ấp tôi, ấp tui,
        ấp con, ấp cháu, ấp mình""",
    Cue.ORIGIN: """
        người, quê, quê ở, gốc, gốc ở, biển số, bs, xe, giọng, hàng, dân, người ở, hộ khẩu, sinh ra ở,
        tuyến, xe khách, nhà xe, vé, dân ở, người gốc, tuốt""",
    Cue.MOVE: """
        từ, đi, về, lên, xuống, qua, ra, sang, trốn, trốn xuống, trốn qua, trốn lên, trốn về, chạy xuống, chạy qua,
        chạy lên, chạy về, chở đi, chở lên, chở về, chở qua, mang về, bán qua, chuyển đi, đưa đi, đưa qua, đưa
        lên, lên tới""",
}
_MARKED_ONLY = """
    bà cô con chị bác dì cậu em bé lê hồ đỗ lý võ vũ mai tạ sơn danh kim văn thị hữu bạn chủ thạch lâm dương phan đinh
    cầu chợ lộ cồn kho bến kế lò trại tổ hàng vé đò phố trạm quán đình đoàn hoàng"""
"""Single words that mean too many things when written without their marks."""
_NEAR_PHUONG = frozenset({"huong", "phung", "phong", "phuoc"})
_HOURS = frozenset({"h", "p"})
"""Letters that after a number are hours and minutes."""

Table = Mapping[tuple[str, ...], tuple[tuple[Cue, tuple[str, ...]], ...]]


def _table(lists: Mapping[Cue, str]) -> Table:
    found: dict[tuple[str, ...], list[tuple[Cue, tuple[str, ...]]]] = {}
    for cue, phrases in lists.items():
        for phrase in phrases.split(","):
            words = split_words(phrase)
            marked = tuple(plain_tone(word) for word in words.written)
            found.setdefault(words.keys, []).append((cue, marked))
    return {keys: tuple(each) for keys, each in found.items()}


_TABLE = _table(_LISTS)
_LONGEST = max(map(len, _TABLE))
_LAST = frozenset(keys[-1] for keys in _TABLE)
_STRICT = frozenset(plain_tone(word) for word in _MARKED_ONLY.split())


def cues_before(words: Words, at: int) -> tuple[frozenset[Cue], int]:
    """Give what the longest known phrase right before a position says, and where that phrase starts."""
    if not at or (words.keys[at - 1] not in _LAST and not is_nearly_phuong(words.keys[at - 1])):
        return frozenset(), at
    if at > 1 and words.keys[at - 1] == "tran" and OSA.distance(words.keys[at - 2], "thi", score_cutoff=1) <= 1:
        return frozenset({Cue.TOWN}), at - 2
    for size in range(min(_LONGEST, at), 0, -1):
        start = at - size
        cues = _TABLE.get(words.keys[start:at])
        if cues is None or max(words.gaps[start + 1 : at + 1]) > JOINER or _is_time(words, start, size):
            continue
        written = words.written[start:at]
        if found := frozenset(cue for cue, marked in cues if _agrees(written, marked)):
            return found, start
    if at and words.gaps[at] <= JOINER and is_nearly_phuong(words.keys[at - 1]):
        return frozenset({Cue.WARD}), at - 1
    return frozenset(), at


def is_nearly_phuong(key: str) -> bool:
    """Say whether a word is "phường" with one letter wrong: the type word a name needs most."""
    return (
        key[:1] in {"p", "h", "u"}
        and len(key) in {5, 6, 7}
        and key not in _NEAR_PHUONG
        and OSA.distance(key, "phuong", score_cutoff=1) <= 1
    )


def _is_time(words: Words, start: int, size: int) -> bool:
    return size == 1 and start > 0 and words.keys[start] in _HOURS and words.keys[start - 1].isdigit()


def _agrees(written: Sequence[str], marked: tuple[str, ...]) -> bool:
    """Say whether the words as written can be the cue: marks that are there must be right."""
    if len(marked) == 1 and written[0].isascii():
        return marked[0].isascii() or marked[0] not in _STRICT
    return all(word.isascii() or plain_tone(word) == mark for word, mark in zip(written, marked, strict=True))
