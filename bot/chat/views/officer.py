"""What an officer reads: a notice without content, the queue, one card with the buttons that fit."""

from typing import assert_never

from bot.chat.buttons import CaseButton, ChannelButton, ChatButton, PageButton, QueueButton, Sure, TipButton
from bot.chat.views.paged import page_of, spread
from bot.chat.views.rendered import TEXT_LIMIT, Button, Rendered, Speaker, escape, fit, rows, utf16_length
from bot.domain.campaign.periods import city_day
from bot.domain.screens.officer import (
    CLOSING_ACTIONS,
    CardAction,
    CaseChoice,
    ChannelChoice,
    ConfirmVerdict,
    MergedNotice,
    Notice,
    OfficerScreen,
    Prompt,
    Queue,
    QueueLine,
    TipCard,
)
from bot.domain.tip import Channel, Status

_HOURS_OF_A_DAY = 24
_MOST_NAMED = 30
"""Tips named for one thing that happened; the queue has them all."""
_MOST_BUTTONS = 8
_DAYS_FROM = 48
"""From so many hours on, time left is said in days."""

_ROWS: tuple[tuple[CardAction, ...], ...] = (
    (CardAction.CLAIM, CardAction.ASK),
    (CardAction.VALUABLE, CardAction.OUTCOME),
    tuple(CLOSING_ACTIONS),
    (CardAction.CLOSE, CardAction.REOPEN, CardAction.TAKE_BACK),
    (CardAction.FOLD,),
)


def render(say: Speaker, screen: OfficerScreen) -> Rendered:  # noqa: PLR0911 - one line a screen
    """Give the words and buttons of a screen."""
    match screen:
        case Notice():
            return _notice(say, screen)
        case MergedNotice():
            return _merged(say, screen)
        case Queue():
            return _queue(say, screen)
        case TipCard():
            return _card(say, screen)
        case CaseChoice():
            return _case_choice(say, screen)
        case ConfirmVerdict():
            return _confirm_verdict(say, screen)
        case Prompt():
            return _prompt(say, screen)
        case ChannelChoice():
            return _channel_choice(say)
        case _:
            assert_never(screen)


def _notice(say: Speaker, screen: Notice) -> Rendered:
    """A tip came in or changed; nothing of its content."""
    line = say(
        f"notice-{screen.what}", tip=screen.tip, category=say.category(screen.category), unit=escape(screen.unit)
    )
    if screen.urgent:
        line = f"{say('notice-urgent')} {line}"
    open_it = say.button("button-open", TipButton("open", screen.tip, 0), tip=screen.tip)
    return Rendered(line, rows((open_it,)))


def _merged(say: Speaker, screen: MergedNotice) -> Rendered:
    """Several tips came in or changed: a line for each thing that happened, urgent tips first."""
    lines = []
    for what in ("new", "answered", "added", "withdrawn"):
        of_it = sorted((each for each in screen.notices if each.what == what), key=lambda each: not each.urgent)
        if of_it:
            tips = [_named(say, each, with_kind=what == "new") for each in of_it[:_MOST_NAMED]]
            rest = [say("notice-merged-rest", number=len(of_it) - len(tips))] if len(of_it) > len(tips) else []
            lines.append(say(f"notice-merged-{what}", number=len(of_it), tips=", ".join([*tips, *rest])))
    numbers = list(dict.fromkeys(each.tip for each in screen.notices))[:_MOST_BUTTONS]
    opening = [Button(str(number), TipButton("open", number, 0).pack()) for number in numbers]
    queue = say.button("button-queue", QueueButton(0))
    return Rendered("\n".join(lines), rows(tuple(opening[:4]), tuple(opening[4:]), (queue,)))


def _named(say: Speaker, notice: Notice, *, with_kind: bool) -> str:
    urgent = f"{say('notice-urgent')} " if notice.urgent else ""
    kind = f" ({say.category(notice.category)})" if with_kind else ""
    return f"{urgent}<b>{notice.tip}</b>{kind}"


def _clock(say: Speaker, hours: int) -> str:
    """Say how much time is left."""
    if hours < 0:
        return say("clock-over")
    if hours == 0:
        return say("clock-now")
    if hours < _DAYS_FROM:
        return say("clock-left-hours", number=hours)
    return say("clock-left-days", number=hours // _HOURS_OF_A_DAY)


def _queue(say: Speaker, screen: Queue) -> Rendered:
    """The queue, most pressing first."""
    lines = [say("queue-title", unit=escape(screen.unit))]
    elsewhere = [
        say("queue-elsewhere", tip=each.tip, unit=escape(each.unit), number=each.claimer) for each in screen.elsewhere
    ]
    if not screen.lines:
        return Rendered("\n".join([*lines, say("queue-empty"), *elsewhere]))
    lines.append(say("queue-count", number=screen.total))
    lines += [_line(say, each) for each in screen.lines]
    if screen.pages > 1:
        lines.append(say("queue-page", page=screen.page + 1, pages=screen.pages))
    lines += elsewhere
    opening = [Button(str(each.tip), TipButton("open", each.tip, 0).pack()) for each in screen.lines]
    paging = (
        Button("←", QueueButton(screen.page - 1).pack()) if screen.page > 0 else None,
        Button("→", QueueButton(screen.page + 1).pack()) if screen.page + 1 < screen.pages else None,
    )
    return Rendered("\n".join(lines), rows(tuple(opening[:4]), tuple(opening[4:]), paging))


def _line(say: Speaker, line: QueueLine) -> str:
    text = say(
        "queue-line",
        tip=line.tip,
        category=say.category(line.category),
        status=say(f"status-{line.status}"),
        clock=_clock(say, line.hours_left),
    )
    return " ".join(
        [
            *([say("queue-urgent")] if line.urgent else []),
            text,
            *([say("queue-mine")] if line.is_mine else []),
        ]
    )


def _card(say: Speaker, screen: TipCard) -> Rendered:
    """A tip's card."""
    status, verdict = say(f"status-{screen.status}"), say(f"verdict-{screen.verdict}")
    if screen.folded:
        folded = say("card-folded-title", tip=screen.tip, status=status, verdict=verdict)
        open_it = say.button("button-open", TipButton("open", screen.tip, 0), tip=screen.tip)
        return Rendered(folded, rows((open_it,)))
    head = "\n".join(_head(say, screen, status, verdict))
    said = [
        say("card-said-officer" if each.by == "officer" else "card-said-reporter", text=escape(each.text))
        for each in screen.exchanges
    ]
    text = escape(screen.words) if screen.words else say("card-words-gone")
    actions = _actions(say, screen)
    room = TEXT_LIMIT - utf16_length("\n".join([head, *_body("", "x")]))
    if utf16_length(text) + utf16_length("\n\n".join(said)) <= room:
        return Rendered("\n".join([head, *_body(text, "\n\n".join(said))]), actions)
    whole = spread(say, head, [text, *said])
    if screen.page:
        shown = page_of(say, head, whole, screen.page, lambda to: PageButton(screen.tip, to))
        return Rendered(shown.text, (*shown.keyboard, *actions))
    talk = fit(said, max(room // 2, room - utf16_length(text)), cut=say("card-cut-talk"), keep_end=True) if said else ""
    words = fit([text], room - utf16_length(talk), cut=say("card-cut"))
    read_all = say.button("read-all", PageButton(screen.tip, 1))
    return Rendered("\n".join([head, *_body(words, talk)]), ((read_all,), *actions))


def _body(words: str, talk: str) -> list[str]:
    return [f"<blockquote>{words}</blockquote>", *([talk] if talk else [])]


def _head(say: Speaker, screen: TipCard, status: str, verdict: str) -> list[str]:
    title = say("card-title", tip=screen.tip, category=say.category(screen.category))
    lines = [f"{say('notice-urgent')} {title}" if screen.urgent else title]
    channel = say(f"channel-{screen.channel}")
    day = say.day(city_day(screen.received))
    lines.append(say("card-place", unit=escape(screen.unit), channel=channel, day=day))
    lines.append(say("card-state", status=status, verdict=verdict))
    if screen.hours_left is not None:
        lines.append(say("card-clock", clock=_clock(say, screen.hours_left)))
    over = "-over" if screen.status in {Status.CLOSED, Status.WITHDRAWN} else ""
    if screen.is_mine:
        lines.append(say(f"card-claimer-me{over}"))
    elif screen.claimer is not None:
        lines.append(say(f"card-claimer{over}", number=screen.claimer))
    if screen.case is not None:
        cases, persons, fugitives = screen.outcomes
        lines.append(say("card-case", case=screen.case, cases=cases, persons=persons, fugitives=fugitives))
    return lines


def _actions(say: Speaker, screen: TipCard) -> tuple[tuple[Button, ...], ...]:
    return rows(
        *(
            tuple(
                say.button(f"action-{action}", TipButton(action, screen.tip, screen.version))
                for action in row
                if action in screen.actions
            )
            for row in _ROWS
        )
    )


def _case_choice(say: Speaker, screen: CaseChoice) -> Rendered:
    """In which case a tip was used."""
    cases = [
        say.button("case-number", CaseButton(screen.tip, screen.version, number), case=number)
        for number in screen.cases
    ]
    pairs = (tuple(cases[at : at + 2]) for at in range(0, len(cases), 2))
    new = say.button("case-new", CaseButton(screen.tip, screen.version, "new"))
    back = say.button("button-back", TipButton("open", screen.tip, 0))
    return Rendered(say("case-choose", tip=screen.tip), rows((new,), *pairs, (back,)))


def _confirm_verdict(say: Speaker, screen: ConfirmVerdict) -> Rendered:
    """One more question before a verdict."""
    sure = TipButton(screen.what, screen.tip, screen.version, Sure.SURE)
    back = TipButton("open", screen.tip, 0)
    return Rendered(
        say(f"confirm-{screen.what}", tip=screen.tip),
        rows((say.button("confirm-sure", sure), say.button("button-back", back))),
    )


def _prompt(say: Speaker, screen: Prompt) -> Rendered:
    """Ask for the text a step needs."""
    cancel = say.button("button-cancel", ChatButton("cancel"))
    values: dict[str, str | int] = {"tip": screen.tip} if screen.tip is not None else {}
    if screen.channel is not None:
        values["channel"] = say(f"channel-{screen.channel}")
    return Rendered(say(f"prompt-{screen.purpose}", **values), rows((cancel,)))


def _channel_choice(say: Speaker) -> Rendered:
    """How a tip from outside came in."""
    channels = (Channel.PHONE, Channel.LETTER, Channel.VISIT)
    return Rendered(
        say("channel-choose"),
        rows(
            tuple(say.button(f"channel-{each}", ChannelButton(each)) for each in channels),
            (say.button("button-cancel", ChatButton("cancel")),),
        ),
    )
