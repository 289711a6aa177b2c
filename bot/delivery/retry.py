"""What to do after something could not be sent or asked, decided from what happened and how often it was tried."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final, assert_never

from bot.ports import SendOutcome

LONGEST_DELAY: Final = timedelta(minutes=5)
_FIRST_DELAY: Final = timedelta(seconds=1)


def back_off(failures: int, *, chance: float, first: timedelta = _FIRST_DELAY, longest: timedelta) -> timedelta:
    """Wait longer after each failure in a row, doubled up to `longest`, less up to a half by chance (0 to 1)."""
    doubled = first * (1 << min(max(failures, 1) - 1, 16))
    return min(doubled, longest) * (1 - chance / 2)


def asked_to_wait(span: timedelta | float) -> timedelta:
    """Tell how long Telegram asks to wait: its library gives a span, or seconds, as it is set."""
    return span if isinstance(span, timedelta) else timedelta(seconds=span)


class Next(StrEnum):
    """What becomes of a message after an attempt."""

    DROP = "drop"
    PARK = "park"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Advice:
    """What becomes of the message, and after which delay when it is tried again."""

    next: Next
    delay: timedelta = timedelta()


def advise(outcome: SendOutcome, *, attempts: int, retry_after: timedelta | None = None) -> Advice:
    """Decide after an attempt; `attempts` counts it. Messages are never given up for a slow or broken network."""
    match outcome:
        case SendOutcome.SENT | SendOutcome.HARMLESS | SendOutcome.GONE:  # a card that is gone was sent anew before
            return Advice(Next.DROP)
        case SendOutcome.BLOCKED | SendOutcome.REFUSED:
            return Advice(Next.PARK)
        case SendOutcome.SLOW_DOWN:
            return Advice(Next.RETRY, retry_after or _FIRST_DELAY)
        case SendOutcome.UNKNOWN:
            return Advice(Next.RETRY, back_off(attempts, chance=0, longest=LONGEST_DELAY))
        case _:
            assert_never(outcome)
