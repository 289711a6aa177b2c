"""What the campaign does besides tips: the kinds of activities, and how their numbers are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain import errors
from bot.domain.ids import OfficerNumber
from bot.domain.places import UnitCode
from bot.domain.text.amounts import read_amounts
from bot.domain.text.command_words import CommandWord

MOST_PEOPLE = 100_000
"""More people than one record can mean: a typing slip, not a meeting."""
MOST_SESSIONS = 100
"""More sessions than are reported at once."""


class ActivityKind(StrEnum):
    """The kinds of activities the campaign reports."""

    OUTREACH = "outreach"  # cuộc tuyên truyền
    COLLECTIVES = "collectives"  # tập thể được khen thưởng
    INDIVIDUALS = "individuals"  # cá nhân được khen thưởng
    MODEL = "model"  # mô hình tự phòng, tự quản, tự bảo vệ
    JOINT_CHECK = "joint_check"  # kiểm tra liên ngành
    GOOD_DEED = "good_deed"  # gương người tốt, việc tốt


ACTIVITY_WORDS: Mapping[str, ActivityKind] = {
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
"""How each kind is typed behind /hoatdong, folded and without spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One record of an activity: `number` is the people reached, or how many were commended."""

    unit: UnitCode
    day: date
    kind: ActivityKind
    number: int
    officer: OfficerNumber


_SESSIONS, _NUMBER = "sessions", "number"
_UNITS: Mapping[ActivityKind, Mapping[str, str]] = {
    ActivityKind.OUTREACH: {
        **dict.fromkeys(("cuoc", "buoi", "cuoc tuyen truyen", "buoi tuyen truyen", "session", "sessions"), _SESSIONS),
        **dict.fromkeys(
            ("luot", "luot nguoi", "nguoi", "luot nguoi tham du", "person", "persons", "people", "attendances"), _NUMBER
        ),
    },
    ActivityKind.COLLECTIVES: dict.fromkeys(("tap the", "collective", "collectives"), _NUMBER),
    ActivityKind.INDIVIDUALS: dict.fromkeys(("ca nhan", "nguoi", "individual", "individuals"), _NUMBER),
    ActivityKind.MODEL: dict.fromkeys(("mo hinh", "model", "models"), _NUMBER),
    ActivityKind.JOINT_CHECK: dict.fromkeys(("cuoc", "luot", "lan", "check", "checks"), _NUMBER),
    ActivityKind.GOOD_DEED: dict.fromkeys(("guong", "nguoi", "deed", "deeds"), _NUMBER),
}


def read_records(kind: ActivityKind, typed: str) -> tuple[int, ...]:
    """Read what was typed into the number of each record: one, or one for each of several outreach sessions.

    Sessions that are reported together ("5 cuoc 600 luot") share their people evenly, to the last person.
    Raises NumberDoubtful, NotUnderstood or NumberOutOfRange.
    """
    form = (CommandWord.OUTREACH if kind is ActivityKind.OUTREACH else CommandWord.ACTIVITY).form
    found = read_amounts(typed, words=_UNITS[kind], form=form, bare=_NUMBER)
    if _NUMBER not in found:
        raise errors.NotUnderstood(form=form)
    number = check_number(found[_NUMBER], most=MOST_PEOPLE)
    sessions = check_number(found.get(_SESSIONS, 1), most=MOST_SESSIONS)
    if sessions > number:
        raise errors.NumberDoubtful(form=form, read=f"{sessions} > {number}")
    share, left = divmod(number, sessions)
    return tuple(share + (at < left) for at in range(sessions))


def check_number(number: int, *, most: int, least: int = 1) -> int:
    """Give the number back when it is between `least` and `most`. Raises NumberOutOfRange."""
    if not least <= number <= most:
        raise errors.NumberOutOfRange(most=most)
    return number
