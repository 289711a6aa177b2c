"""The screens of figures that a person asks for: a unit or the city over a week, a month or a year, from the sums."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain import errors
from bot.domain.campaign.periods import Period, Span, city_day, period_of
from bot.domain.conversation import STATS_CARD
from bot.domain.drafting import PlaceReader
from bot.domain.matching import Routing
from bot.domain.places import Gazetteer, UnitCode
from bot.domain.roles import Action, Officer
from bot.domain.screens.figures import FigureLine, Stats
from bot.domain.stats import (
    BASELINE_2019,
    RECEIVED,
    SHOWN_BESIDE,
    VALUABLE,
    Headline,
    Indicator,
    headline,
)
from bot.domain.text.folding import fold
from bot.ports import UnitOfWork
from bot.services.commands.campaign import ShowStats
from bot.services.session import ChatSession

LADDER = 10
"""Units shown with the most valuable sources."""

_SPANS = {
    "tuan": Span.WEEK,
    "week": Span.WEEK,
    "thang": Span.MONTH,
    "month": Span.MONTH,
    "nam": Span.YEAR,
    "year": Span.YEAR,
}
_CITY = {"tp", "city", "thanhpho", "toanthanhpho"}


@dataclass(frozen=True, slots=True)
class FigureScreens:
    """Builds the screens of figures."""

    places: Gazetteer
    finder: PlaceReader

    async def show(self, session: ChatSession, command: ShowStats) -> None:
        """Show the figures of a unit or the city over a week, month or year."""
        uow = session.uow
        span, unit = self._asked_for(command, session.me)
        day = city_day(uow.now)
        for _ in range(command.back):
            day = period_of(span, day).first - timedelta(days=1)
        period = period_of(span, day)
        figures = await self.stats(uow, unit, period)
        apart = await self._inspectorate(session, unit, period)
        screen = figures.model_copy(update={"back": command.back, "inspectorate": apart})
        await session.card(STATS_CARD, screen, fresh=command.callback is None)

    def _asked_for(self, command: ShowStats, officer: Officer) -> tuple[Span, UnitCode]:
        span, unit = command.span, command.unit or officer.unit
        rest: list[str] = []
        for word in command.words.split():
            key = fold(word)
            if key in _SPANS:
                span = _SPANS[key]
            elif key in _CITY:
                unit = self.places.city
            else:
                rest.append(word)
        if rest:
            unit = self._unit(" ".join(rest))
        if not self._may_see(officer, unit):
            raise errors.NotAllowed
        return span, unit

    def _unit(self, name: str) -> UnitCode:
        named = self.places.get(name)
        if named is not None:
            return named.code
        folded = fold(name)
        exact = [each for each in self.places.places if folded in {fold(each.name), fold(each.full_name)}]
        if len(exact) == 1:
            return exact[0].code
        finding = self.finder.find(name)
        if finding.decision is not Routing.ROUTE:
            raise errors.NoSuchUnit(name=name)
        return finding.candidates[0].code

    def _may_see(self, officer: Officer, unit: UnitCode) -> bool:
        """The committee sees every unit, others their own and those below; the inspectorate is below nobody."""
        of_city = self.places.subtree(self.places.city) if officer.may(Action.SEE_CITY_FIGURES) else frozenset()
        return unit in of_city or unit in self.places.subtree(officer.unit)

    async def _inspectorate(self, session: ChatSession, unit: UnitCode, period: Period) -> tuple[int, int] | None:
        """Give the committee the one line of the inspectorate: what a year received, and how much of it was valuable.

        Of a running year up to the last whole month: nobody may see by a figure that a tip came today.
        """
        is_asked = unit == self.places.city and period.span is Span.YEAR
        if not is_asked or not session.me.may(Action.SEE_CITY_FIGURES):
            return None
        last = min(period.last, city_day(session.uow.now).replace(day=1) - timedelta(days=1))
        if last < period.first:
            return None
        by_unit = await session.uow.rollups.by_unit(replace(period, last=last), unit=self.places.inspectorate)
        figures = by_unit.get(self.places.inspectorate, Counter())
        return sum(figures[each] for each in RECEIVED.values()), headline(figures, Headline.VALUABLE)

    async def stats(self, uow: UnitOfWork, unit: UnitCode, period: Period) -> Stats:
        """Build the figures of a unit with all units below it: the city is the sum of all but the inspectorate."""
        by_unit = await uow.rollups.by_unit(period)
        below = self.places.subtree(unit)
        figures = _sum(by_unit, below)
        targets = await uow.targets.of(unit, period.target_year) if period.span is Span.YEAR else {}
        is_city = unit == self.places.city
        old_city = frozenset(code for code in below if self.places.units[code].old_city) if is_city else frozenset()
        corrections = [
            each for each in await uow.cases.withdrawn_between(period.first, period.last) if each.unit in below
        ]
        return Stats(
            unit=self.places.units[unit].full_name,
            unit_code=unit,
            span=period.span,
            period=period.name,
            first=period.first,
            last=period.last,
            received={channel: figures[indicator] for channel, indicator in RECEIVED.items()},
            valuable={channel: figures[indicator] for channel, indicator in VALUABLE.items()},
            beside={indicator: figures[indicator] for indicator in SHOWN_BESIDE},
            lines=_lines(figures, targets=targets),
            old_city=_lines(_sum(by_unit, old_city), with_baseline=True) if is_city else (),
            corrections=-len(corrections),
            open_tips=await uow.tips.count_open_for(unit, below=True),
            ladder=self._ladder(by_unit, below) if is_city else (),
        )

    def _ladder(
        self, by_unit: Mapping[UnitCode, Counter[Indicator]], units: frozenset[UnitCode]
    ) -> tuple[tuple[str, int], ...]:
        ranked = sorted(
            ((headline(figures, Headline.VALUABLE), code) for code, figures in by_unit.items() if code in units),
            key=lambda each: (-each[0], each[1]),
        )
        return tuple((self.places.units[code].full_name, number) for number, code in ranked[:LADDER] if number > 0)


def _sum(by_unit: Mapping[UnitCode, Counter[Indicator]], units: Iterable[UnitCode]) -> Counter[Indicator]:
    total: Counter[Indicator] = Counter()
    for unit in units:
        total.update(by_unit.get(unit, Counter()))
    return total


def _lines(
    figures: Counter[Indicator], *, targets: Mapping[Headline, int] | None = None, with_baseline: bool = False
) -> tuple[FigureLine, ...]:
    lines = []
    for line in Headline:
        baseline = BASELINE_2019.get(line) if with_baseline else None
        lines.append(
            FigureLine(
                line=line,
                value=headline(figures, line),
                target=(targets or {}).get(line),
                baseline=baseline.value if baseline else None,
                qualifier=baseline.qualifier if baseline else None,
                is_misprint=baseline.is_misprint if baseline else False,
            )
        )
    return tuple(lines)
