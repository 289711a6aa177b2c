"""The typed commands: Vietnamese name, English alias, and what each makes of the words behind it."""

from collections.abc import Callable, Mapping

from bot.chat.handlers.parsing import Origin, read_tip, read_tip_alone
from bot.domain.activities import OUTREACH_FORM, ActivityKind
from bot.domain.ids import OfficerNumber
from bot.domain.text.folding import fold
from bot.domain.tip import Channel, Verdict
from bot.services import commands as c

Parser = Callable[[Origin, str], c.Command]

_CHANNELS = {
    "dienthoai": Channel.PHONE,
    "phone": Channel.PHONE,
    "thu": Channel.LETTER,
    "letter": Channel.LETTER,
    "tructiep": Channel.VISIT,
    "visit": Channel.VISIT,
}
_ACTIVITIES = {
    "tuyentruyen": ActivityKind.OUTREACH,
    "outreach": ActivityKind.OUTREACH,
    "tapthe": ActivityKind.COLLECTIVES,
    "collectives": ActivityKind.COLLECTIVES,
    "canhan": ActivityKind.INDIVIDUALS,
    "individuals": ActivityKind.INDIVIDUALS,
    "mohinh": ActivityKind.MODEL,
    "model": ActivityKind.MODEL,
    "kiemtra": ActivityKind.JOINT_CHECK,
    "check": ActivityKind.JOINT_CHECK,
    "guong": ActivityKind.GOOD_DEED,
    "deed": ActivityKind.GOOD_DEED,
}


def _plain(kind: type[c.Command], **fixed: object) -> Parser:
    return lambda o, _: o.make(kind, **fixed)


def _on_tip(kind: type[c.OnTip], form: str, **fixed: object) -> Parser:
    """Make a parser of a command that needs a tip's number alone."""

    def parse(o: Origin, arguments: str) -> c.Command:
        tip = read_tip_alone(arguments)
        return o.make(kind, tip=tip, **fixed) if tip else o.explain(form)

    return parse


def _on_tip_with(kind: type[c.OnTip], field: str, form: str) -> Parser:
    """Make a parser of a command that needs a tip's number and takes words behind it."""

    def parse(o: Origin, arguments: str) -> c.Command:
        read = read_tip(arguments)
        return o.make(kind, tip=read[0], **{field: read[1]}) if read else o.explain(form)

    return parse


def _words(kind: type[c.Command], field: str) -> Parser:
    return lambda o, arguments: o.make(kind, **{field: arguments})


def _duplicate(o: Origin, arguments: str) -> c.Command:
    read = read_tip(arguments)
    other = read_tip_alone(read[1]) if read else None
    if read is None or other is None:
        return o.explain("/trung 1042 1007")
    return o.make(c.Judge, tip=read[0], verdict=Verdict.DUPLICATE, duplicate_of=other)


def _walk_in(o: Origin, arguments: str) -> c.Command:
    word, _, rest = arguments.partition(" ")
    channel = _CHANNELS.get(fold(word))
    if channel is None and arguments:
        return o.explain("/tinngoai dienthoai …")
    return o.make(c.EnterTip, channel=channel, text=rest.strip())


def _outreach(o: Origin, arguments: str) -> c.Command:
    return (
        o.make(c.RecordActivity, kind=ActivityKind.OUTREACH, number=arguments)
        if arguments
        else o.explain(OUTREACH_FORM)
    )


def _activity(o: Origin, arguments: str) -> c.Command:
    words = arguments.split()
    for end in (1, 2):  # "tapthe 3", and "tập thể 3"
        kind = _ACTIVITIES.get(fold("".join(words[:end])))
        if kind is not None:
            return o.make(c.RecordActivity, kind=kind, number=" ".join(words[end:]))
    return o.make(c.RecordActivity, kind=None, number="")


def _revoke(o: Origin, arguments: str) -> c.Command:
    number = read_tip_alone(arguments)
    return o.make(c.Revoke, officer=OfficerNumber(number)) if number else o.explain("/thuhoi 7")


_TABLE: tuple[tuple[tuple[str, ...], Parser], ...] = (
    # citizens
    (("trangthai", "status"), _words(c.ShowOwnTips, "code")),
    (("xoa", "wipe"), _plain(c.Wipe)),
    (("ngung", "stop"), _plain(c.StopReplies)),
    (("riengtu", "privacy"), _plain(c.ShowPage, page="privacy")),
    (("ngonngu", "language"), _plain(c.ChooseLanguage)),
    (("trogiup", "help"), _plain(c.ShowPage, page="help")),
    # officers
    (("hangdoi", "queue"), _plain(c.ShowQueue)),
    (("tin", "tip"), _on_tip(c.OpenTip, "/tin 1042")),
    (("nhan", "claim"), _on_tip(c.Claim, "/nhan 1042")),
    (("hoi", "ask"), _on_tip_with(c.Ask, "text", "/hoi 1042 …")),
    (("giatri", "valuable"), _on_tip_with(c.JudgeValuable, "evidence", "/giatri 1042 …")),
    (("khong", "notuseful"), _on_tip(c.Judge, "/khong 1042", verdict=Verdict.NOT_USEFUL, is_sure=True)),
    (("rac", "spam"), _on_tip(c.Judge, "/rac 1042", verdict=Verdict.SPAM, is_sure=True)),
    (("trung", "duplicate"), _duplicate),
    (("rutketluan", "takeback"), _on_tip(c.TakeBack, "/rutketluan 1042")),
    (("ketqua", "outcome"), _on_tip_with(c.RecordOutcome, "text", "/ketqua 1042 vu 1 bat 2 truyna 1")),
    (("dong", "close"), _on_tip(c.CloseTip, "/dong 1042")),
    (("molai", "reopen"), _on_tip(c.ReopenTip, "/molai 1042")),
    (("tinngoai", "walkin"), _walk_in),
    (("tuyentruyen", "outreach"), _outreach),
    (("hoatdong", "activity"), _activity),
    (("khoa", "lock"), _plain(c.Lock)),
    # figures
    (("thongke", "stats"), _words(c.ShowStats, "words")),
    (("bantin", "digest"), _words(c.ShowDigest, "week")),
    (("chitieu", "target"), _words(c.SetTarget, "words")),
    # people
    (("moi", "invite"), _words(c.InvitePerson, "words")),
    (("danhsach", "people"), _plain(c.ShowPeople)),
    (("thuhoi", "revoke"), _revoke),
    # places
    (("themten", "alias"), _words(c.AddAlias, "words")),
)

PARSERS: Mapping[str, Parser] = {name: parser for names, parser in _TABLE for name in names}
"""Every typed command but /start, by name."""
