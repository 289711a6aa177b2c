"""The number each unit aims at in a year: how a target is typed, and set."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import errors
from bot.domain.campaign.activities import check_number
from bot.domain.campaign.periods import city_day
from bot.domain.places import Gazetteer
from bot.domain.stats import TARGET_WORDS, Headline
from bot.domain.text.amounts import SHOWN, read_whole
from bot.domain.text.command_words import CommandWord
from bot.domain.text.folding import fold
from bot.ports import AuditRow
from bot.services.commands.campaign import SetTarget
from bot.services.session import ChatSession

MOST_TARGET = 10_000_000
"""More than any unit aims at in a year: a typing slip."""

_LINES: Mapping[str, Headline] = {word: line for line in Headline for word in (TARGET_WORDS[line], line.value)}
"""Lines by the folded words that name them, in either language."""


@dataclass(frozen=True, slots=True)
class TargetSetting:
    """Sets the targets of units."""

    places: Gazetteer

    async def set_target(self, session: ChatSession, command: SetTarget) -> None:
        """Set a target of the officer's unit for this year: "nguontin 50", with a unit's code behind it for another."""
        uow = session.uow
        words = fold(command.words).split()
        if len(words) not in {2, 3} or words[0] not in _LINES:
            raise errors.NotUnderstood(form=CommandWord.TARGET.form)
        line, value = _LINES[words[0]], read_whole(words[1])
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
