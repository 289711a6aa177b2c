"""What the campaign does beside tips, as officers enter it: outreach, commendations, models, checks, good deeds."""

from bot.domain import errors
from bot.domain.campaign.activities import Activity, read_records
from bot.domain.campaign.periods import city_day
from bot.domain.text.command_words import CommandWord
from bot.ports import AuditRow
from bot.services import counting
from bot.services.commands.campaign import RecordActivity
from bot.services.session import ChatSession


async def enter_activity(session: ChatSession, command: RecordActivity) -> None:
    """Record an activity of the officer's unit."""
    uow = session.uow
    if command.kind is None or not command.number:
        raise errors.NotUnderstood(form=CommandWord.ACTIVITY.form)
    numbers = read_records(command.kind, command.number)
    for number in numbers:
        activity = Activity(
            unit=session.me.unit,
            day=city_day(uow.now),
            kind=command.kind,
            number=number,
            officer=session.me.number,
        )
        await counting.record_activity(uow, activity)
    records, number = len(numbers), sum(numbers)
    await uow.audit.append(
        AuditRow(
            action=f"activity.{command.kind}",
            officer=session.me.number,
            subject=f"number {number}" if records == 1 else f"number {number} records {records}",
            unit=session.me.unit,
        )
    )
    await session.line(f"activity-recorded-{command.kind}", number=number, records=records)
