"""What the campaign does besides tips: the kinds of activities, and which indicators each one adds to."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from bot.domain import errors
from bot.domain.ids import OfficerNumber
from bot.domain.places import UnitCode
from bot.domain.stats import Entry, Indicator

MOST_PEOPLE = 100_000
"""More people than one record can mean: a typing slip, not a meeting."""


class ActivityKind(StrEnum):
    """The kinds of activities the campaign reports."""

    OUTREACH = "outreach"  # cuộc tuyên truyền
    COLLECTIVES = "collectives"  # tập thể được khen thưởng
    INDIVIDUALS = "individuals"  # cá nhân được khen thưởng
    MODEL = "model"  # mô hình tự phòng, tự quản, tự bảo vệ
    JOINT_CHECK = "joint_check"  # kiểm tra liên ngành
    GOOD_DEED = "good_deed"  # gương người tốt, việc tốt


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One record of an activity: `number` is the people reached, or how many were commended."""

    unit: UnitCode
    day: date
    kind: ActivityKind
    number: int
    officer: OfficerNumber

    def entries(self) -> Counter[Entry]:
        """Count what the record adds to the rollups; models, checks and deeds are kept as rows alone."""
        match self.kind:
            case ActivityKind.OUTREACH:
                parts = {Indicator.SESSIONS: 1, Indicator.PEOPLE: self.number}
            case ActivityKind.COLLECTIVES:
                parts = {Indicator.COLLECTIVES: self.number}
            case ActivityKind.INDIVIDUALS:
                parts = {Indicator.INDIVIDUALS: self.number}
            case ActivityKind.MODEL | ActivityKind.JOINT_CHECK | ActivityKind.GOOD_DEED:
                parts = {}
            case _:
                assert_never(self.kind)
        return Counter({Entry(self.unit, self.day, what): number for what, number in parts.items() if number})


def check_number(number: int, *, most: int = MOST_PEOPLE) -> int:
    """Give the number back when it is between 1 and `most`. Raises NumberOutOfRange."""
    if not 1 <= number <= most:
        raise errors.NumberOutOfRange(most=most)
    return number
