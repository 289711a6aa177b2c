"""What identifies what: one type for each kind of number or token, so that they cannot be mixed up."""

from dataclasses import dataclass
from typing import NewType

ChatId = NewType("ChatId", int)  # a Telegram private chat; only ever stored sealed
MessageId = NewType("MessageId", int)  # unique within one chat
TipNumber = NewType("TipNumber", int)  # 1, 2, 3 ...: what officers say to each other
CaseNumber = NewType("CaseNumber", int)
DecisionNumber = NewType("DecisionNumber", int)
OfficerNumber = NewType("OfficerNumber", int)  # an officer in the audit log and beside a decision
InviteNumber = NewType("InviteNumber", int)
ReminderNumber = NewType("ReminderNumber", int)  # random: the order of writing does not show
OutboxId = NewType("OutboxId", int)  # 1, 2, 3 ...: the order of queueing, and nothing of its time
Handle = NewType("Handle", str)  # opaque name of a tip, draft or choice inside one conversation
CardName = NewType("CardName", str)  # of a card within one chat: made in `bot.domain.conversation`
ReceiptCode = NewType("ReceiptCode", str)  # sixteen digits, no spaces


@dataclass(frozen=True, slots=True)
class UpdateKey:
    """Which update of which bot: an update id is unique per bot only."""

    bot: int
    update: int
