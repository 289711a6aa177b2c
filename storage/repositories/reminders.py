"""What is still to happen: reminders sealed whole, and what officers were not told yet, without times."""

import logging
from collections.abc import MutableSequence, Sequence

from pydantic import TypeAdapter, ValidationError

from bot.domain.ids import ChatId, OfficerNumber, ReminderNumber, TipNumber
from bot.domain.reminders import News, Reminder
from bot.ports import HandedOver, Ids, StoredReminder, WaitingNews
from storage.connection import Connection, SqlRow
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault
from storage.errors import SealBrokenError

_log = logging.getLogger(__name__)

_REMINDER: TypeAdapter[Reminder] = TypeAdapter(Reminder)

_ADD = "INSERT INTO reminder (number, epoch, body) VALUES ($1, $2, $3)"
_TAKE = "DELETE FROM reminder WHERE number = $1 RETURNING number, body"
_ALL = "SELECT number, body FROM reminder"
_ADD_NEWS = """
    INSERT INTO untold (officer, tip, what)
    VALUES ($1, $2, $3)
    ON CONFLICT (officer, tip, what) DO NOTHING
"""
_READERS = "SELECT DISTINCT officer FROM untold WHERE (what = 'quiet') = ($1 = 1) ORDER BY officer"
_TAKE_NEWS = "DELETE FROM untold WHERE officer = $1 AND (what = 'quiet') = ($2 = 1) RETURNING tip, what"


class ReminderRepository:
    """Implements `bot.ports.Reminders`."""

    __slots__ = ("_connection", "_ids", "_queued", "_vault")

    def __init__(self, connection: Connection, vault: Vault, ids: Ids, queued: MutableSequence[HandedOver]) -> None:
        self._connection = connection
        self._vault = vault
        self._ids = ids
        self._queued = queued

    async def add(self, reminder: Reminder) -> None:
        """Store a reminder under a random number."""
        number = self._ids.reminder_number()
        body = self._vault.seal(reminder.model_dump_json(), SealedColumn.REMINDER, number)
        await self._connection.run(_ADD, number, self._vault.epoch, body)
        self._queued.append(StoredReminder(number, reminder))

    async def take(self, number: ReminderNumber) -> Reminder | None:
        """Take a reminder out; one that does not open is gone with it."""
        row = await self._connection.row(_TAKE, number)
        return self._open(row) if row is not None else None

    async def all(self) -> Sequence[tuple[ReminderNumber, Reminder]]:
        """Give every reminder that opens."""
        opened = [(row, self._open(row)) for row in await self._connection.rows(_ALL)]
        return [(ReminderNumber(row["number"]), reminder) for row, reminder in opened if reminder is not None]

    async def forget(self, chat: ChatId) -> None:
        """Destroy whatever would still be told to a chat: all are opened, for no column says whose one is."""
        for number, reminder in await self.all():
            if getattr(reminder, "chat", None) == chat:
                await self._connection.row(_TAKE, number)

    def _open(self, row: SqlRow) -> Reminder | None:
        try:
            text = self._vault.open(row["body"], SealedColumn.REMINDER, row["number"])
            return _REMINDER.validate_json(text)
        except (SealBrokenError, ValidationError) as error:  # it must not keep the others from firing
            _log.error("a reminder does not open", extra={"reason": type(error).__name__})
            return None


class UntoldRepository:
    """Implements `bot.ports.Untold`."""

    __slots__ = ("_connection", "_queued")

    def __init__(self, connection: Connection, queued: MutableSequence[HandedOver]) -> None:
        self._connection = connection
        self._queued = queued

    async def add(self, officer: OfficerNumber, tip: TipNumber, what: News) -> None:
        """Let an officer be told."""
        await self._connection.run(_ADD_NEWS, officer, tip, what)
        self._queued.append(WaitingNews(is_quiet=what == "quiet"))

    async def officers(self, *, is_quiet: bool) -> Sequence[OfficerNumber]:
        """Name the officers for whom something waits."""
        rows = await self._connection.rows(_READERS, int(is_quiet))
        return [OfficerNumber(row["officer"]) for row in rows]

    async def take(self, officer: OfficerNumber, *, is_quiet: bool) -> Sequence[tuple[TipNumber, News]]:
        """Take out what waits for an officer."""
        rows = await self._connection.rows(_TAKE_NEWS, officer, int(is_quiet))
        return sorted((TipNumber(row["tip"]), row["what"]) for row in rows)
