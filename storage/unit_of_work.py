"""The unit of work: every repository over one scoped connection, for one use case."""

from datetime import datetime

from bot import ports
from storage.connection import Connection
from storage.crypto.vault import Vault
from storage.repositories.alerts import AlertRepository
from storage.repositories.aliases import AliasRepository
from storage.repositories.audit import AuditRepository
from storage.repositories.campaign.activities import ActivityRepository
from storage.repositories.campaign.digests import DigestRepository
from storage.repositories.campaign.rollups import RollupRepository
from storage.repositories.campaign.targets import TargetRepository
from storage.repositories.cases import CaseRepository
from storage.repositories.conversations import ConversationRepository
from storage.repositories.officers import InviteRepository, OfficerRepository
from storage.repositories.outbox import OutboxRepository
from storage.repositories.receipts import ReceiptRepository
from storage.repositories.reminders import ReminderRepository, UntoldRepository
from storage.repositories.tips import TipRepository
from storage.repositories.units import UnitRepository
from storage.repositories.updates import ParkedUpdateRepository, UpdateRepository


class SqlUnitOfWork:
    """Implements `bot.ports.UnitOfWork`."""

    def __init__(self, connection: Connection, *, vault: Vault, bot_id: int, now: datetime, ids: ports.Ids) -> None:
        self.now = now
        self.ids: ports.Ids = ids
        self.queued: list[ports.HandedOver] = []
        self.conversations: ports.Conversations = ConversationRepository(connection, vault, bot_id, now)
        self.tips: ports.Tips = TipRepository(connection, vault)
        self.receipts: ports.Receipts = ReceiptRepository(connection, vault)
        self.updates: ports.Updates = UpdateRepository(connection, now)
        self.cases: ports.Cases = CaseRepository(connection, vault)
        self.officers: ports.Officers = OfficerRepository(connection, vault, bot_id)
        self.invites: ports.Invites = InviteRepository(connection, vault)
        self.units: ports.Units = UnitRepository(connection)
        self.outbox: ports.Outbox = OutboxRepository(connection, vault, now, self.queued)
        self.reminders: ports.Reminders = ReminderRepository(connection, vault, ids, self.queued)
        self.untold: ports.Untold = UntoldRepository(connection, self.queued)
        self.rollups: ports.Rollups = RollupRepository(connection)
        self.activities: ports.Activities = ActivityRepository(connection)
        self.targets: ports.Targets = TargetRepository(connection)
        self.digests: ports.Digests = DigestRepository(connection)
        self.alerts: ports.Alerts = AlertRepository(connection)
        self.aliases: ports.Aliases = AliasRepository(connection)
        self.audit: ports.Audit = AuditRepository(connection, now)
        self.parked: ports.ParkedUpdates = ParkedUpdateRepository(connection, vault, now)
