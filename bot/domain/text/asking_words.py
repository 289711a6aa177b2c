"""The words by which `bot.domain.text.asking` reads a question: Vietnamese of several regions, and a little English."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from bot.domain.text.folding import fold, plain_tone


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared: with its marks, and without them when it was typed without."""

    written: str
    bare: str

    @classmethod
    def of(cls, word: str) -> Self:
        """Read a word."""
        return cls(plain_tone(word), fold(word))

    @property
    def is_bare(self) -> bool:
        """Say whether the word was typed without marks, or has none."""
        return self.written == self.bare

    def may_be(self, other: "Word") -> bool:
        """Say whether this, as it was typed, can be that word of the lexicon."""
        return self.written == other.written or (self.is_bare and self.bare == other.bare)


class Phrases:
    """Phrases of one meaning, with commas between, found at a place of a sentence; the longest wins."""

    def __init__(self, phrases: str, *, exactly: bool = False) -> None:
        """Read the phrases; `exactly`: a word without its marks is not taken for one with them."""
        self._by_first: dict[str, list[tuple[Word, ...]]] = {}
        self._exactly = exactly
        for phrase in phrases.split(","):
            words = tuple(Word.of(each) for each in phrase.split())
            self._by_first.setdefault(words[0].bare, []).append(words)
        for found in self._by_first.values():
            found.sort(key=len, reverse=True)

    @property
    def firsts(self) -> Iterable[str]:
        """The first words of the phrases, without marks."""
        return self._by_first

    def length_at(self, words: Sequence[Word], at: int) -> int:
        """Give how many words from a place on are one of the phrases; 0: none."""
        for phrase in self._by_first.get(words[at].bare, ()):
            there = words[at : at + len(phrase)]
            if len(there) == len(phrase) and all(map(self._is_that, there, phrase)):
                return len(phrase)
        return 0

    def _is_that(self, word: Word, wanted: Word) -> bool:
        return word.written == wanted.written if self._exactly else word.may_be(wanted)


_YOU = (
    "bạn, bồ, anh, chị, chế, hia, em, cô, chú, bác, cậu, dì, ông, bà, thím, mợ, dượng, cháu, con, mày, mầy, mi, mình, "
    "cưng, ní, vị, bn, a, c, e, b, you, your"
)
YOU = Phrases(_YOU)
"""Words that speak to somebody, unless another word says that they speak of somebody."""
YOU_AS_WRITTEN = Phrases(_YOU, exactly=True)
DOUBTFUL_YOU = Phrases("bạn, cô, chú, dì, bà, a, c, e, b, vị, mi, mày, mầy")
"""Of those, what without marks is as often something else: "bán", "có", "chủ", "đi", "ba"."""
BEFORE_YOU = Phrases(
    """
    của, xin, chào, thưa, mời, hỏi, nhà, tên, thoại, chỉ, ơi, lúc, vậy, rồi, quý, biết, gặp, gọi, các, là, sđt, zalo,
    facebook, fb, đang, và, thì, giờ, hiện, đó
    """
)
"""What may stand before a doubtful one that speaks to the reader."""
OF_OTHERS = Phrases(
    """
    mấy, những, một, hai, ba, bốn, vài, nhiều, người, thằng, đứa, kẻ, tay, lão, nó, tụi, bọn, họ, hẻm, khu, lô
    """
)
"""What makes "anh", "em" and the like somebody else."""
OTHERS = Phrases(
    """
    nó, họ, hắn, gã, tụi nó, tụi kia, tụi đó, tụi này, bọn, chúng nó, đám, nhóm, băng, thằng, đứa, kẻ, ai, tên trộm,
    người, đối tượng, nghi phạm, khách, con đó, con kia, hai đứa, mấy đứa
    """
)
"""Whom a question is about when it is not the reader."""
OTHERS_AS_WRITTEN = Phrases("ổng, bả, ảnh, cổ, chả, chủ", exactly=True)
"""The same, where without marks it would be the reader."""
THREATENED = Phrases(
    """
    lừa, dọa, đe, đánh, chém, đòi, gọi, gọi cho, nhắn, nhắn cho, chửi, rủ, kêu, cướp, giật, bắt, ép, hỏi, trả
    """
)
"""What others do to the reader, who is not what the sentence is about then: "số nào gọi lừa bạn"."""
THAT = Phrases("đó, đấy, ấy, kia, này, nầy, nọ, ta, nớ, mà")
"""Points at somebody else ("anh đó"), unless it follows a time ("lúc đó")."""
TIMES = Phrases("lúc, khi, hồi, hôm, bữa, giờ")
KNOW = Phrases("biết, hỏi, xem")
"""Light after "cho" alone: "bạn cho biết tên" asks for yours, "bạn biết tên" for another's."""
LET = Phrases("cho, xin, tôi, tui, mình, em, anh, chú, cô, con, phép")

THINGS = Phrases(
    """
    tên, họ tên, tên họ, họ và tên, tên tuổi, tên thật, quý danh, danh tính, tuổi, năm sinh, ngày sinh, nghề nghiệp,
    nghề, số, số điện thoại, điện thoại, số đt, đt, sđt, số máy, số phone, phone, số liên lạc, zalo, số zalo, số di
    động, facebook, face, fb, telegram, tele, viber, tiktok, nick, tài khoản, số tài khoản, stk, email, gmail, mail,
    căn cước, căn cước công dân, cccd, cmnd, chứng minh, chứng minh nhân dân, giấy tờ, giấy tờ tùy thân, hộ khẩu, địa
    chỉ, địa chỉ nhà, số nhà, chỗ ở, nơi ở, nơi làm việc, quê, quê quán, name, phone number, number, address, age,
    job, account, thông tin liên lạc, thông tin cá nhân, thông tin liên hệ
    """
)
"""What people have, and what they can be found by."""
PARTS = Phrases("tên, họ tên, số, điện thoại, sđt, zalo, địa chỉ, tuổi, họ, thoại, chỉ, gì, chi, mấy")
"""Words of things that are asked for in one breath with others."""
ONLY_OF_PEOPLE = Phrases(
    """
    họ tên, tên họ, họ và tên, số điện thoại, số đt, sđt, căn cước, cccd, cmnd, quý danh, danh tính
    """
)
"""What a question of nothing else asks of the reader: "Số điện thoại?"."""
OF = Phrases("của, thật, riêng, cá nhân, đầy đủ, liên lạc, hiện tại, chính xác, nhà, hiện nay, di động, trực tiếp")
END = Phrases(
    """
    gì, chi, mấy, nào, bao nhiêu, là, với, và, hay, hoặc, đi, nha, nhé, nghen, nghe, ạ, vậy, được, không, ko, hông,
    hong, hôn, cho, để, qua, lên, vô, vào, rồi, luôn, cái, giúp, giùm, dùm, nữa, ở, trên, thôi, gửi, hả, hén, coi, ra
    sao, j, bn, hen, lẹ, ngay, lại, làm việc, đâu, chưa, ơi, nhen, nghe con, sao, dưới, lúc, tại, phường làm việc,
    phường, mai, chiều, sáng, tối, để tiện, phải không, thì, is, please, trình báo, làm rõ, gặp
    """
)
"""After these words nobody is named any more."""
LIGHT = Phrases(
    """
    đang, hiện, tại, nay, giờ, bây, lúc, khi, hồi, hôm, có, thể, thì, là, vậy, ở, sống, trú, tạm, thường, đứng, ngồi,
    nhà, quê, học, làm, việc, và, với, hay, hoặc, cùng, năm, vẫn, rõ, nói, dùng, xài, thật, luôn, cả, ơi, à, ạ, giúp,
    giùm, dùm, ơn, hãy, muốn, nên, cần, được, chính, xác, tôi, tui, mai, chiều, sáng, tối, lát, đây, ngay, bữa, trực,
    tiếp, phải, chúng, xem, hả, đầy, đủ, cái, xưng, đưa, trình, chụp, hình, ảnh, qua, lại, công dân, cước, căn, nhé,
    nha, của, hiện tại, nam, nữ, trọ, thuê
    """
)
"""Words that can stand between the reader and what is asked, and name nobody."""
ASKING = Phrases(
    """
    xin, cho, cho xin, cho biết, gửi, gởi, cung, cấp, vui, lòng, đề, nghị, yêu, cầu, khai, ghi, mời, nhờ, để lại, add,
    kết, give, send
    """
)
"""Words that ask for something."""
NOT_NEEDED = Phrases(
    """
    không cần, khỏi, khỏi cần, không phải, chưa cần, không nên, ko cần, không hỏi, đừng nói, đừng gặp, đừng gửi, đừng
    gọi, đừng để, đừng ghi, đừng đưa, không ai, không biết, không thấy, chưa biết, chẳng ai
    """
)
NEEDED = Phrases("cần, không, phải, nói, biết, ra, đi, tới, đến")

ASKS = Phrases(
    """
    là ai, là đứa nào, là người nào, là gì của, quan hệ, bao nhiêu tuổi, mấy tuổi, sinh năm, làm nghề, số mấy, nhà số
    mấy, lớp mấy, ở đâu, ở mô, nhà đâu, đứng đâu, ngồi đâu, sống đâu, trú đâu, quê đâu, đâu vậy, đâu rồi, chỗ nào, nơi
    nào, phường nào, xã nào, ấp nào, khu nào, khúc nào, khu vực nào, khóm nào, tổ nào, hẻm nào, đường nào, quận nào,
    huyện nào, trường nào, lớp nào, công ty nào, cơ quan nào, tòa nào, vùng nào, có phải là, có phải người, có phải
    hàng xóm, có phải vợ, có phải chồng, phải là người, live, who are, where are, nam hay nữ, ở với ai
    """
)
"""Questions whose subject stands before them."""
HOME = Phrases("nhà, chỗ, nơi ở")
NEAR = Phrases("cách, gần, sát, bên, đối diện, kế, cạnh, nằm, hướng")


def _each(*parts: str) -> str:
    """Give every phrase that has one of each part's."""
    whole = [""]
    for part in parts:
        whole = [f"{start} {each}" for start in whole for each in part.split(",")]
    return ",".join(whole)


_ME = "tôi, tui, tao, mình, tớ, cán bộ, chúng tôi, đồng chí, me"
SHARE_PLACE = Phrases(
    _each(
        "gửi, gởi, chia sẻ, share, bật, thả, mở, cho xin, send your", "định vị, vị trí, tọa độ, location, gps, chỗ đứng"
    )
)
REACH_OUT = Phrases(
    _each(
        """
        gọi, gọi cho, gọi lại, gọi lại cho, gọi qua, điện, điện cho, điện lại cho, nhắn, nhắn cho, nhắn tin cho,
        nhắn riêng cho, alo, alo cho, liên hệ, liên hệ với, liên lạc, liên lạc với, call, text
        """,
        f"{_ME}, số này, số tôi, số tui",
    )
    + ", kết bạn, inbox, ib, add friend, nhắn riêng"
)
"""Calls out of the chat."""
MEET = Phrases(
    ",".join(
        (
            "gặp nhau, gặp mặt, gặp trực tiếp, hẹn gặp, gặp riêng, meet",
            _each("gặp", _ME),
            _each("hẹn", "bạn, anh, chị, cô, chú, bác, em"),
        )
    )
)
MEETS = Phrases("gặp, đón, rước")
COME = Phrases(
    _each(
        "lên, tới, đến, ra, qua, ghé, vô, vào, xuống, lại",
        """
        công an, công an phường, công an xã, trụ sở, trụ sở công an, đồn, đồn công an, cơ quan, cơ quan công an, phường,
        xã, ủy ban
        """,
    )
)
"""Ways to a police station."""
DIGITS = Phrases(
    "không, một, hai, ba, bốn, tư, năm, lăm, sáu, bảy, bẩy, tám, chín, linh, o, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9"
)
