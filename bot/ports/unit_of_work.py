"""The unit of work: every repository, open for one use case."""

from datetime import datetime
from typing import Protocol

from bot.domain.ids import ChatId
from bot.ports.clock import Ids
from bot.ports.repositories.alerts import Alerts
from bot.ports.repositories.aliases import Aliases
from bot.ports.repositories.audit import Audit
from bot.ports.repositories.campaign.activities import Activities
from bot.ports.repositories.campaign.digests import Digests
from bot.ports.repositories.campaign.rollups import Rollups
from bot.ports.repositories.campaign.targets import Targets
from bot.ports.repositories.cases import Cases
from bot.ports.repositories.conversations import Conversations
from bot.ports.repositories.officers import Invites, Officers
from bot.ports.repositories.outbox import Outbox
from bot.ports.repositories.receipts import Receipts
from bot.ports.repositories.reminders import Reminders, Untold
from bot.ports.repositories.tips import Tips
from bot.ports.repositories.units import Units
from bot.ports.repositories.updates import ParkedUpdates, Updates


class ForgetsChats(Protocol):
    """What every repository can do that keeps anything of a chat: a person who wipes theirs is forgotten by each."""

    async def forget(self, chat: ChatId) -> None:
        """Forget a chat; nothing happens when there is nothing."""
        ...


class UnitOfWork(Protocol):
    """What is stored, open for one use case, inside one transaction."""

    @property
    def now(self) -> datetime:
        """The moment of this use case."""
        ...

    ids: Ids
    conversations: Conversations
    tips: Tips
    receipts: Receipts
    updates: Updates
    cases: Cases
    officers: Officers
    invites: Invites
    units: Units
    outbox: Outbox
    reminders: Reminders
    untold: Untold
    rollups: Rollups
    activities: Activities
    targets: Targets
    digests: Digests
    alerts: Alerts
    aliases: Aliases
    audit: Audit
    parked: ParkedUpdates
