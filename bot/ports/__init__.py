"""What the use cases need from the outside: a unit of work, what runs it, a clock, ids and a sender.

Storage implements the repositories for each engine; one contract suite runs over all of them. Inside a use case the
only thing that may be awaited is a repository of its own unit of work: the engine refuses anything else.
"""

from bot.ports.clock import Clock, Ids
from bot.ports.executor import (
    REPEATED,
    Chore,
    Executor,
    ForeignAwaitError,
    HandedOver,
    Handled,
    Keyed,
    LostTrack,
    OnCommit,
    OnRefusal,
    QueuedRow,
    Refused,
    Repeated,
    StorageUnavailableError,
    StoredReminder,
    Trouble,
    UseCase,
    WaitingNews,
    reason_of,
)
from bot.ports.messaging import Delivered, Sender, SendOutcome
from bot.ports.reader import Reader
from bot.ports.repositories.alerts import Alerts
from bot.ports.repositories.aliases import Aliases
from bot.ports.repositories.audit import Audit, AuditLink, AuditRow
from bot.ports.repositories.campaign.activities import Activities
from bot.ports.repositories.campaign.digests import Digests
from bot.ports.repositories.campaign.rollups import Rollups
from bot.ports.repositories.campaign.targets import Targets
from bot.ports.repositories.cases import Cases
from bot.ports.repositories.conversations import Conversations
from bot.ports.repositories.officers import Contact, Invite, Invites, Officers
from bot.ports.repositories.outbox import BLOCKED, Outbox, OutboxRow
from bot.ports.repositories.receipts import Receipts
from bot.ports.repositories.reminders import Reminders, Untold
from bot.ports.repositories.tips import TipContent, Tips
from bot.ports.repositories.units import Units
from bot.ports.repositories.updates import ParkedUpdate, ParkedUpdates, Updates
from bot.ports.unit_of_work import ForgetsChats, UnitOfWork

__all__ = [
    "BLOCKED",
    "REPEATED",
    "Activities",
    "Alerts",
    "Aliases",
    "Audit",
    "AuditLink",
    "AuditRow",
    "Cases",
    "Chore",
    "Clock",
    "Contact",
    "Conversations",
    "Delivered",
    "Digests",
    "Executor",
    "ForeignAwaitError",
    "ForgetsChats",
    "HandedOver",
    "Handled",
    "Ids",
    "Invite",
    "Invites",
    "Keyed",
    "LostTrack",
    "Officers",
    "OnCommit",
    "OnRefusal",
    "Outbox",
    "OutboxRow",
    "ParkedUpdate",
    "ParkedUpdates",
    "QueuedRow",
    "Reader",
    "Receipts",
    "Refused",
    "Reminders",
    "Repeated",
    "Rollups",
    "SendOutcome",
    "Sender",
    "StorageUnavailableError",
    "StoredReminder",
    "Targets",
    "TipContent",
    "Tips",
    "Trouble",
    "UnitOfWork",
    "Units",
    "Untold",
    "Updates",
    "UseCase",
    "WaitingNews",
    "reason_of",
]
