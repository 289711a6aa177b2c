"""The unit of work: every repository over one gate, for one use case."""

from datetime import datetime

from bot import ports
from storage.audit import AuditLog
from storage.campaign import ActivityBook, AlertBook, AliasBook, DigestBook, TargetBook
from storage.cases import CaseBook
from storage.connection import Connection
from storage.conversations import ConversationBook
from storage.officers import InviteBook, OfficerBook
from storage.outbox import OutboxBook
from storage.receipts import ReceiptBook
from storage.rollups import RollupBook
from storage.tips import TipBook
from storage.units import UnitBook
from storage.updates import ParkedBook, UpdateBook
from storage.vault import Vault


class Books:
    """The books, open for one use case."""

    def __init__(self, connection: Connection, *, vault: Vault, bot_id: int, now: datetime, ids: ports.Ids) -> None:
        self.now = now
        self.ids: ports.Ids = ids
        self.conversations: ports.Conversations = ConversationBook(connection, vault, bot_id)
        self.tips: ports.Tips = TipBook(connection, vault)
        self.receipts: ports.Receipts = ReceiptBook(connection, vault)
        self.updates: ports.Updates = UpdateBook(connection, now)
        self.cases: ports.Cases = CaseBook(connection, vault)
        self.officers: ports.Officers = OfficerBook(connection, vault, bot_id)
        self.invites: ports.Invites = InviteBook(connection, vault)
        self.units: ports.Units = UnitBook(connection)
        self.outbox: ports.Outbox = OutboxBook(connection, vault, now, ids)
        self.rollups: ports.Rollups = RollupBook(connection)
        self.activities: ports.Activities = ActivityBook(connection)
        self.targets: ports.Targets = TargetBook(connection)
        self.digests: ports.Digests = DigestBook(connection)
        self.alerts: ports.Alerts = AlertBook(connection)
        self.aliases: ports.Aliases = AliasBook(connection)
        self.audit: ports.Audit = AuditLog(connection, now)
        self.parked: ports.ParkedUpdates = ParkedBook(connection, vault, now)
