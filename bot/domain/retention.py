"""How long everything lives: each table of the schema has its end here, or a reason why it is kept.

This is the table "At rest" as the program keeps it today. A test reads the schema and fails for a table that is missing
here; another lets time pass over a real database; a third compares what the privacy page tells citizens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

ROUTE_LIVES = timedelta(days=7)
"""A reply route dies this long after the tip was closed."""
WORDS_LIVE = timedelta(days=90)
"""Words and receipt codes die this long after the tip was closed."""
REVOKED_LIVES = timedelta(days=30)
"""An officer's chat and name die this long after revocation."""
IDLE_CHAT_LIVES = timedelta(hours=48)
"""What a chat remembers dies this long after the person's last message, when no tip of theirs can be answered."""
EVIDENCE_LIVES = timedelta(days=730)
"""An evidence note dies this long after its decision: two yearly reviews have read it by then."""
ALERTS_LIVE = timedelta(days=365)
"""How long it is known that a warning was given."""
PARKED_LIVE = timedelta(days=30)
"""How long an update that cannot be handled is kept for a program that can."""
PARKED_MESSAGES_LIVE = timedelta(hours=48)
"""How long a message out is kept that could not be sent; then it would be about the past."""
UPDATE_KEYS_LIVE = timedelta(hours=48)
"""How long updates are known again; Telegram repeats one for 24 hours."""
DELETABLE_FOR = timedelta(hours=48)
"""How long Telegram lets a bot delete a message (Bot API, deleteMessage): older ones need not be remembered."""
INVITE_LASTS = timedelta(hours=48)
"""How long an invitation can be used."""
EXPIRED_INVITES_LIVE = timedelta(hours=48)
"""How long an invitation that nobody used is kept after that."""
PROMPT_LASTS = timedelta(minutes=15)
"""How long an officer who was asked for a text is listened to: what comes later is about something else."""
ANSWER_LIVES = timedelta(seconds=30)
"""A button press older than this cannot be answered any more."""


class Since(StrEnum):
    """What a life is counted from."""

    CLOSING = "the day the tip was closed or withdrawn"
    REVOCATION = "the day the officer was revoked"
    LAST_MESSAGE = "the hour of the person's last message, once no tip of the chat is open or has a route"
    SETTLING = "the hour the update was dealt with"
    PARKING = "the hour it was set aside; sooner when it could be handled or sent, or when its chat was wiped"
    EXPIRY = "the moment the invitation expired; sooner when it was used"
    LAST_WORDS = "the death of the words of the case's last tip"
    DECISION = "the day of the decision"
    WARNING = "the day the warning was given"
    LAST_SEAL = "the end of the last value sealed with it; looked for at each start of the bot"
    WRITING = "the hour a person's message came; the bot's own are there as long as the conversation"


@dataclass(frozen=True, slots=True)
class Life:
    """How long rows of a table live, or some of their columns."""

    table: str
    since: Since
    lasts: timedelta
    columns: tuple[str, ...] = ()
    """What dies of the row; empty: the whole row."""


LIVES = (
    Life("seen_update", Since.SETTLING, UPDATE_KEYS_LIVE),
    Life("conversation", Since.LAST_MESSAGE, IDLE_CHAT_LIVES),
    Life("card_place", Since.LAST_MESSAGE, IDLE_CHAT_LIVES),
    Life("trace", Since.WRITING, DELETABLE_FOR),
    Life("trace", Since.LAST_MESSAGE, IDLE_CHAT_LIVES),
    Life("tip", Since.CLOSING, ROUTE_LIVES, ("route",)),
    Life("tip", Since.CLOSING, WORDS_LIVE, ("content",)),
    Life("receipt", Since.CLOSING, WORDS_LIVE),
    Life("officer", Since.REVOCATION, timedelta(), ("tag",)),
    Life("officer", Since.REVOCATION, REVOKED_LIVES, ("chat", "person")),
    Life("case_source", Since.LAST_WORDS, timedelta()),
    Life("decision", Since.DECISION, EVIDENCE_LIVES, ("evidence",)),
    Life("parked_update", Since.PARKING, PARKED_LIVE),
    Life("outbox", Since.PARKING, PARKED_MESSAGES_LIVE),
    Life("invite", Since.EXPIRY, EXPIRED_INVITES_LIVE),
    Life("alert", Since.WARNING, ALERTS_LIVE),
    Life("data_key", Since.LAST_SEAL, timedelta()),
)
"""What dies by itself."""

KEPT: Mapping[str, str] = {
    "counter": "no number is given twice",
    "unit": "the tree, made equal to the place data at each start",
    "unit_above": "the same tree, written anew at each start",
    "tip": "the row without words and route: what was received is recounted from it",
    "case_file": "what credits are counted in",
    "decision": "the row without its evidence note: credits are recounted from it",
    "outcome": "recounted",
    "activity": "recounted",
    "rollup_day": "the sums",
    "rollup_month": "the sums",
    "rollup_category": "the sums",
    "target": "stands beside every later year",
    "digest": "no week is told twice",
    "officer": "the row without chat and name: audit and decisions name its number",
    "alias": "taught names of places",
    "audit": "append-only",
}
"""What is kept for ever, and why: no person and no words in it."""

USED_UP: Mapping[str, str] = {
    "reminder": "goes as it fires",
    "untold": "goes as its officer is told, or need not be told any more",
}
"""What is gone with what it was for, within hours: no clock counts its days."""
