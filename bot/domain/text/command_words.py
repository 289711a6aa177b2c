"""The commands people type: the Vietnamese word, the English one, for whom, and the form that is shown.

A form is shown where what stands behind the word cannot be read: whoever types it back is understood. Keyboards add
accents and capitals, so a word is found folded.
"""

from enum import Enum

from bot.domain.ids import TipNumber
from bot.domain.text.folding import fold


class Audience(Enum):
    """For whom a command is."""

    EVERYONE = "in the menu that a phone suggests"
    THE_FORCE = "on the help pages of the force"


class CommandWord(Enum):
    """Every typed command but /start, those for everyone in the order of the menu."""

    STATUS = "trangthai", "status", Audience.EVERYONE
    PRIVACY = "riengtu", "privacy", Audience.EVERYONE
    WIPE = "xoa", "wipe", Audience.EVERYONE
    STOP = "ngung", "stop", Audience.EVERYONE
    LANGUAGE = "ngonngu", "language", Audience.EVERYONE
    HELP = "trogiup", "help", Audience.EVERYONE

    QUEUE = "hangdoi", "queue", Audience.THE_FORCE
    TIP = "tin", "tip", Audience.THE_FORCE, "1042"
    CLAIM = "nhan", "claim", Audience.THE_FORCE, "1042"
    ASK = "hoi", "ask", Audience.THE_FORCE, "1042 …"
    VALUABLE = "giatri", "valuable", Audience.THE_FORCE, "1042 …"
    NOT_USEFUL = "khong", "notuseful", Audience.THE_FORCE, "1042"
    SPAM = "rac", "spam", Audience.THE_FORCE, "1042"
    DUPLICATE = "trung", "duplicate", Audience.THE_FORCE, "1042 1007"
    TAKE_BACK = "rutketluan", "takeback", Audience.THE_FORCE, "1042"
    OUTCOME = "ketqua", "outcome", Audience.THE_FORCE, "1042 vu 1 bat 2 truyna 1"
    CLOSE = "dong", "close", Audience.THE_FORCE, "1042"
    REOPEN = "molai", "reopen", Audience.THE_FORCE, "1042"
    WALK_IN = "tinngoai", "walkin", Audience.THE_FORCE, "dienthoai …"
    OUTREACH = "tuyentruyen", "outreach", Audience.THE_FORCE, "5 cuoc 600 luot"
    ACTIVITY = "hoatdong", "activity", Audience.THE_FORCE, "tapthe 3"
    LOCK = "khoa", "lock", Audience.THE_FORCE
    STATS = "thongke", "stats", Audience.THE_FORCE
    DIGEST = "bantin", "digest", Audience.THE_FORCE
    TARGET = "chitieu", "target", Audience.THE_FORCE, "nguontin 50"
    INVITE = "moi", "invite", Audience.THE_FORCE, "canbo 31135"
    PEOPLE = "danhsach", "people", Audience.THE_FORCE
    REVOKE = "thuhoi", "revoke", Audience.THE_FORCE, "7"
    ALIAS = "themten", "alias", Audience.THE_FORCE, "31135 chợ Xuân Khánh"

    def __init__(self, vi: str, en: str, audience: Audience, sample: str = "") -> None:
        self.vi = vi
        self.en = en
        self.audience = audience
        self.form = f"/{vi} {sample}".rstrip()

    def form_about(self, tip: TipNumber) -> str:
        """Give the form about this very tip."""
        return self.form.replace("1042", str(tip))


_BY_NAME = {name: word for word in CommandWord for name in (word.vi, word.en)}


def find(word: str) -> CommandWord | None:
    """Find a command by its word in either language, with or without the slash: "dong", "/Đóng", "close"."""
    return _BY_NAME.get(fold(word.removeprefix("/")))
