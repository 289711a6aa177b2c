"""What officers enter beside the queue: tips from phone, letter or visit, the campaign's activities, and targets."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import errors
from bot.domain.campaign.activities import Activity, check_number, read_records
from bot.domain.campaign.periods import city_day, hour_of
from bot.domain.conversation import Purpose
from bot.domain.places import Gazetteer
from bot.domain.screens.officer import ChannelChoice, Prompt
from bot.domain.stats import Headline
from bot.domain.text.amounts import SHOWN, read_whole
from bot.domain.text.categories import Category, Vocabulary
from bot.domain.text.command_words import CommandWord
from bot.domain.text.folding import fold
from bot.domain.tip import WORDS_LIMIT, Channel, Event
from bot.ports import AuditRow, TipContent
from bot.services import counting
from bot.services.commands.campaign import RecordActivity, SetTarget
from bot.services.commands.officer import EnterTip
from bot.services.notices import Notices
from bot.services.officer.triage import Triage
from bot.services.session import ChatSession

MOST_TARGET = 10_000_000
"""More than any unit aims at in a year: a typing slip."""

_TARGET_WORDS: Mapping[str, Headline] = {
    "tuyentruyen": Headline.SESSIONS,
    "nguoinghe": Headline.PEOPLE,
    "nguontin": Headline.VALUABLE,
    "vu": Headline.CASES,
    "doituong": Headline.PERSONS,
    "truyna": Headline.FUGITIVES,
    "tapthe": Headline.COLLECTIVES,
    "canhan": Headline.INDIVIDUALS,
    **{line.value: line for line in Headline},
}


@dataclass(frozen=True, slots=True)
class Records:
    """What is counted beside the tips of the bot."""

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

    async def record(self, session: ChatSession, command: RecordActivity) -> None:
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

    async def set_target(self, session: ChatSession, command: SetTarget) -> None:
        """Set a target of the officer's unit for this year: "nguontin 50", with a unit's code behind it for another."""
        uow = session.uow
        words = fold(command.words).split()
        if len(words) not in {2, 3} or words[0] not in _TARGET_WORDS:
            raise errors.NotUnderstood(form=CommandWord.TARGET.form)
        line, value = _TARGET_WORDS[words[0]], read_whole(words[1])
        if value is None:
            raise errors.NumberDoubtful(form=CommandWord.TARGET.form, read=words[1][:SHOWN])
        check_number(value, least=0, most=MOST_TARGET)
        unit = session.me.unit
        if len(words) == 3:  # noqa: PLR2004 - the third word is the unit
            named = self.places.get(words[2])
            if named is None or named.code not in self.places.subtree(unit):
                raise errors.NoSuchUnit(name=words[2])
            unit = named.code
        year = city_day(uow.now).year
        await uow.targets.set(unit=unit, year=year, line=line, value=value)
        await uow.audit.append(
            AuditRow(action="target.set", officer=session.me.number, subject=f"{line} {year} {value}", unit=unit)
        )
        await session.line(f"target-set-{line}", number=value, year=year, unit=self.places.units[unit].full_name)
