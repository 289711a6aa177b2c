"""The unit of work over dictionaries: every repository, open for one use case."""

from datetime import datetime

from bot import ports
from tests.memory.repositories.alerts import MemoryAlerts
from tests.memory.repositories.aliases import MemoryAliases
from tests.memory.repositories.audit import MemoryAudit
from tests.memory.repositories.campaign.activities import MemoryActivities
from tests.memory.repositories.campaign.digests import MemoryDigests
from tests.memory.repositories.campaign.rollups import MemoryRollups
from tests.memory.repositories.campaign.targets import MemoryTargets
from tests.memory.repositories.cases import MemoryCases
from tests.memory.repositories.conversations import MemoryConversations
from tests.memory.repositories.officers import MemoryInvites, MemoryOfficers
from tests.memory.repositories.outbox import MemoryOutbox
from tests.memory.repositories.receipts import MemoryReceipts
from tests.memory.repositories.reminders import MemoryReminders, MemoryUntold
from tests.memory.repositories.tips import MemoryTips
from tests.memory.repositories.units import MemoryUnits
from tests.memory.repositories.updates import MemoryParkedUpdates, MemoryUpdates
from tests.memory.state import State


class MemoryUnitOfWork:
    """Implements `bot.ports.UnitOfWork`."""

    def __init__(self, state: State, *, now: datetime, ids: ports.Ids) -> None:
        self.now = now
        self.ids: ports.Ids = ids
        self.queued: list[ports.HandedOver] = []
        self.conversations: ports.Conversations = MemoryConversations(state)
        self.tips: ports.Tips = MemoryTips(state)
        self.receipts: ports.Receipts = MemoryReceipts(state)
        self.updates: ports.Updates = MemoryUpdates(state, now)
        self.cases: ports.Cases = MemoryCases(state)
        self.officers: ports.Officers = MemoryOfficers(state)
        self.invites: ports.Invites = MemoryInvites(state)
        self.units: ports.Units = MemoryUnits(state)
        self.outbox: ports.Outbox = MemoryOutbox(state, now, self.queued)
        self.reminders: ports.Reminders = MemoryReminders(state, ids, self.queued)
        self.untold: ports.Untold = MemoryUntold(state, self.queued)
        self.rollups: ports.Rollups = MemoryRollups(state)
        self.activities: ports.Activities = MemoryActivities(state)
        self.targets: ports.Targets = MemoryTargets(state)
        self.digests: ports.Digests = MemoryDigests(state)
        self.alerts: ports.Alerts = MemoryAlerts(state)
        self.aliases: ports.Aliases = MemoryAliases(state)
        self.audit: ports.Audit = MemoryAudit(state, now)
        self.parked: ports.ParkedUpdates = MemoryParkedUpdates(state, now)
