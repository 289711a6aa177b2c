"""What figures look like: one line a figure, readable on a phone, 2019 beside the units it belongs to."""

from typing import assert_never

from bot.chat.buttons import StatsButton
from bot.chat.views.rendered import TEXT_LIMIT, Rendered, Speaker, escape, fit, rows
from bot.domain.campaign.periods import Span
from bot.domain.screens.figures import Digest, FigureLine, FiguresScreen, Stats
from bot.domain.stats import JUDGED, Indicator
from bot.domain.tip import Channel

_LABELS = {indicator: f"verdict-{verdict}" for verdict, indicator in JUDGED.items()}
"""Texts of what is counted beside the lines, where it is a verdict."""


def render(say: Speaker, screen: FiguresScreen) -> Rendered:
    """Give the words and buttons of a screen."""
    match screen:
        case Stats():
            return _stats(say, screen)
        case Digest():
            return _digest(say, screen)
        case _:
            assert_never(screen)


def _stats(say: Speaker, screen: Stats) -> Rendered:
    """The figures of a unit or the city over a period."""
    blocks = [_head(say, screen), _body(say, screen)]
    if screen.old_city:
        blocks.append("\n".join([say("stats-old-city"), *(_line(say, each) for each in screen.old_city)]))
        if any(each.is_misprint for each in screen.old_city):
            blocks.append(say("stats-misprint"))
    if screen.inspectorate is not None:
        received, valuable = map(say.number, screen.inspectorate)
        blocks.append(say("stats-inspectorate", received=received, valuable=valuable))
    blocks += _ladder(say, screen)
    unit = screen.unit_code
    spans = tuple(say.button(f"stats-{span}", StatsButton(unit, span, 0)) for span in Span)
    turns = (
        say.button("stats-back", StatsButton(unit, screen.span, screen.back + 1)),
        say.button("stats-forward", StatsButton(unit, screen.span, screen.back - 1)) if screen.back else None,
    )
    return Rendered(fit(blocks, TEXT_LIMIT, cut="…"), rows(spans, turns))


def _head(say: Speaker, screen: Stats) -> str:
    title = say("stats-title", unit=escape(screen.unit))
    return f"{title}\n{_period(say, screen)}"


def _period(say: Speaker, screen: Stats) -> str:
    match screen.span:
        case Span.WEEK:
            return say(
                "stats-period-week", period=screen.period, first=say.day(screen.first), last=say.day(screen.last)
            )
        case Span.MONTH:
            return say("stats-period-month", period=f"{screen.first:%m/%Y}")
        case Span.YEAR:
            return say("stats-period-year", period=screen.period)


def _channels(say: Speaker, by_channel: dict[Channel, int]) -> str:
    parts = [
        say("stats-part", label=say(f"channel-{channel}"), number=say.number(number))
        for channel, number in by_channel.items()
        if number
    ]
    return f" ({', '.join(parts)})" if len(parts) > 1 else ""


def _body(say: Speaker, screen: Stats) -> str:
    total = sum(screen.received.values())
    lines = [say("stats-received", number=say.number(total)) + _channels(say, screen.received)]
    for each in screen.lines:
        line = _line(say, each)
        lines.append(line + _channels(say, screen.valuable) if each.line == "valuable" else line)
    lines.append(_beside(say, screen.beside))
    if screen.corrections:
        lines.append(say("stats-corrections", number=say.number(screen.corrections)))
    lines.append(say("stats-open", number=say.number(screen.open_tips)))
    return "\n".join(lines)


def _beside(say: Speaker, beside: dict[Indicator, int]) -> str:
    """What came to nothing, in one sentence; a verdict has the name it has on a card."""
    parts = (
        say("stats-part", label=say(_LABELS.get(each, f"stats-{each}")), number=say.number(number))
        for each, number in beside.items()
    )
    line = ", ".join(parts)
    return line[:1].upper() + line[1:]


def _line(say: Speaker, line: FigureLine) -> str:
    text = say("stats-line", label=say(f"line-{line.line}"), value=say.number(line.value))
    if line.target is not None:
        text += " " + say("stats-target", number=say.number(line.target))
    if line.baseline is not None and line.qualifier is not None:
        figure = say(f"qualifier-{line.qualifier}", number=say.number(line.baseline))
        text += " " + say("stats-baseline", number=f"{figure}*" if line.is_misprint else figure)
    return text


def _ladder(say: Speaker, screen: Stats) -> list[str]:
    if not screen.ladder:
        return []
    steps = (
        say("stats-ladder-line", place=place, unit=escape(unit), number=say.number(number))
        for place, (unit, number) in enumerate(screen.ladder, start=1)
    )
    return ["\n".join([say("stats-ladder"), *steps])]


def _digest(say: Speaker, screen: Digest) -> Rendered:
    """The Monday message."""
    figures = screen.figures
    lines = [
        say("digest-title", period=figures.period),
        say("stats-title", unit=escape(figures.unit)),
        say("digest-span", first=say.day(figures.first), last=say.day(figures.last)),
        "",
        say(
            "digest-received",
            number=say.number(sum(figures.received.values())),
            before=say.number(screen.received_before),
        )
        + _channels(say, figures.received),
    ]
    for each in figures.lines:
        before = screen.before.get(each.line, 0)
        if each.value or before:
            label = say(f"line-{each.line}")
            lines.append(say("digest-line", label=label, value=say.number(each.value), before=say.number(before)))
    if figures.corrections:
        lines.append(say("stats-corrections", number=say.number(figures.corrections)))
    lines.append(say("digest-open", open=say.number(figures.open_tips), overdue=say.number(screen.overdue)))
    blocks = ["\n".join(lines), *_ladder(say, figures)]
    return Rendered(fit(blocks, TEXT_LIMIT, cut="…"))
