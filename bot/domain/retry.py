"""What to do after a message could not be sent: a pure decision from what happened and how often it was tried."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import assert_never

FIRST_DELAY = timedelta(seconds=1)
LONGEST_DELAY = timedelta(minutes=5)


def back_off(failures: int, *, chance: float, first: timedelta = FIRST_DELAY, longest: timedelta) -> timedelta:
    """Wait longer after each failure in a row, doubled up to `longest`, less up to a half by chance (0 to 1)."""
    doubled = first * (1 << min(max(failures, 1) - 1, 16))
    return min(doubled, longest) * (1 - chance / 2)


class SendOutcome(StrEnum):
    """How one attempt ended, as the sender saw it."""

    SENT = "sent"
    HARMLESS = "harmless"  # nothing was changed and nothing is missing: "message is not modified", a stale callback
    GONE = "gone"  # the message to edit or delete is no longer there
    BLOCKED = "blocked"  # the person blocked the bot or is gone
    REFUSED = "refused"  # Telegram will never accept this request
    SLOW_DOWN = "slow_down"  # asked to wait
    UNKNOWN = "unknown"  # it may or may not have arrived: time-out, broken connection, 5xx


class Next(StrEnum):
    """What becomes of the outbox row."""

    DROP = "drop"
    PARK = "park"
    SEND_ANEW = "send_anew"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Advice:
    """What becomes of the row, and after which delay when it is tried again."""

    next: Next
    delay: timedelta = timedelta()


def advise(outcome: SendOutcome, *, attempts: int, retry_after: timedelta | None = None) -> Advice:
    """Decide after an attempt; `attempts` counts it. Messages are never given up for a slow or broken network."""
    match outcome:
        case SendOutcome.SENT | SendOutcome.HARMLESS:
            return Advice(Next.DROP)
        case SendOutcome.GONE:
            return Advice(Next.SEND_ANEW)
        case SendOutcome.BLOCKED | SendOutcome.REFUSED:
            return Advice(Next.PARK)
        case SendOutcome.SLOW_DOWN:
            return Advice(Next.RETRY, retry_after or FIRST_DELAY)
        case SendOutcome.UNKNOWN:
            return Advice(Next.RETRY, min(FIRST_DELAY * 2 ** min(attempts - 1, 16), LONGEST_DELAY))
        case _:
            assert_never(outcome)
