"""What officers enter beside the queue: tips from phone, letter or visit, and the campaign's activities."""

from dataclasses import dataclass

from bot.domain import errors
from bot.domain.campaign.activities import Activity, read_records
from bot.domain.campaign.periods import city_day, hour_of
from bot.domain.conversation import Purpose
from bot.domain.places import Gazetteer
from bot.domain.screens.officer import ChannelChoice, Prompt
from bot.domain.text.categories import Category, Vocabulary
from bot.domain.text.command_words import CommandWord
from bot.domain.tip import WORDS_LIMIT, Channel, Event
from bot.ports import AuditRow, TipContent
from bot.services import counting
from bot.services.commands.campaign import RecordActivity
from bot.services.commands.officer import EnterTip
from bot.services.notices import Notices
from bot.services.officer.triage import Triage
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


@dataclass(frozen=True, slots=True)
class Records:
    """Tips that came another way than by the bot."""

    places: Gazetteer
    vocabulary: Vocabulary
    notices: Notices
    triage: Triage

    async def enter_tip(self, session: ChatSession, command: EnterTip) -> None:
        """Enter a tip within an open dialogue; it goes to the officer's own unit, who knows what it is about."""
        if command.channel is Channel.BOT:  # no such button: what came by the bot is counted apart
            raise errors.ButtonStale
        if command.channel is None:
            await session.say(ChannelChoice())
            return
        if not command.text:
            session.listen_for(Purpose.WALK_IN, channel=command.channel)
            await session.replace(Prompt(purpose="walk_in", channel=command.channel))
            return
        if len(command.text) > WORDS_LIMIT:
            raise errors.TipFull
        uow = session.uow
        unit = session.me.unit
        seen = self.vocabulary.suggest(command.text)
        category = seen.category or Category.OTHER
        tip = await uow.tips.add(
            unit=unit,
            category=category,
            urgent=seen.urgent,
            channel=command.channel,
            received=hour_of(uow.now),
            content=TipContent(words=command.text),
            route=None,
        )
        await counting.received(uow, tip)
        await uow.audit.append(
            AuditRow(action=Event.ENTERED, officer=session.me.number, subject=f"tip {tip.number}", unit=unit)
        )
        await self.notices.announce(uow, tip, "new", but=session.me.number)
        await self.triage.show(session, tip, fresh=True)
