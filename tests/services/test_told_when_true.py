"""Everything that is told later, against everything that can happen meanwhile: told exactly when it is still true.

One table: a row is what is to be told, a column what happens before. A cell names who is told: the reporter (L), her
officer (H), his colleague (M), their commander (C); "-" nobody, "." cannot happen.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import timedelta

import pytest

from bot.domain.ids import OfficerNumber, TipNumber
from bot.domain.outgoing import Send
from bot.domain.reminders import Delays
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import NewMessage, NobodyOpened
from bot.domain.screens.officer import MergedNotice, Notice
from bot.domain.tip import Verdict
from bot.services.commands import citizen, officer, people
from tests.services.town import CAI_KHE, Town

LAN, HUNG, MINH, CHI, ADMIN = 5, 900, 901, 902, 990
NAMES = {"L": LAN, "H": HUNG, "M": MINH, "C": CHI}
DELAYS = Delays()
URGENT = "Cướp có súng đang xông vào nhà ở phường Cái Khế"
SPAN = {
    "done": DELAYS.done,
    "question": DELAYS.question,
    "answered": DELAYS.move + DELAYS.merge,
    "added": DELAYS.move + DELAYS.merge,
    "withdrawn": DELAYS.move + DELAYS.merge,
    "new": DELAYS.merge,
    "unopened": DELAYS.urgent,
}
"""The longest that each waits."""

TABLE = """
          nothing read claim open withdraw close undo wipe stop stop_one gone late_gone late_claim late_close
done      L       L    .     L    L        .     -    -    -    -        L    .         .          .
question  L       -    L     L    -        -     .    -    -    -        L    .         .          .
answered  H       H    H     H    -        -     .    H    H    H        MC   MC        H          -
added     HMC     HMC  M     HMC  -        -     .    HMC  HMC  HMC      MC   MC        M          -
withdrawn HMC     HMC  .     HMC  .        .     .    HMC  HMC  HMC      MC   MC        .          .
new       HMC     HMC  -     HMC  -        -     .    HMC  HMC  HMC      MC   .         .          .
unopened  LC      LC   -     -    -        -     .    C    C    C        LC   .         .          .
"""

Act = Callable[[Town, TipNumber], Awaitable[object]]


async def press(town: Town, step: citizen.OwnStep) -> None:
    """Let the reporter press a button about her tip."""
    await town.do(citizen.PressOwn, LAN, pressed=True, handle=town.handle(LAN), step=step)


async def done(town: Town, tip: TipNumber) -> None:
    """Close the tip."""
    await town.do(officer.Judge, HUNG, tip=tip, verdict=Verdict.NOT_USEFUL, is_sure=True)


async def question(town: Town, tip: TipNumber) -> None:
    """Ask the reporter, which takes the tip."""
    await town.do(officer.Ask, HUNG, tip=tip, text="Lúc mấy giờ?")


async def answered(town: Town, tip: TipNumber) -> None:
    """Ask, and let her answer."""
    await question(town, tip)
    await press(town, citizen.OwnStep.READ)
    await town.do(citizen.Write, LAN, text="9 giờ tối")


async def added(town: Town, _: TipNumber) -> None:
    """Let her add something."""
    await press(town, citizen.OwnStep.ADD)
    await town.do(citizen.Write, LAN, text="Có thêm hai người")


async def withdrawn(town: Town, _: TipNumber) -> None:
    """Let her take the tip back."""
    await press(town, citizen.OwnStep.WITHDRAW_SURE)


async def nothing(_: Town, __: TipNumber) -> None:
    """Leave all as it is."""


CAUSES: Mapping[str, Act] = {
    "done": done,
    "question": question,
    "answered": answered,
    "added": added,
    "withdrawn": withdrawn,
    "new": nothing,
    "unopened": nothing,
}


async def revoke(town: Town, _: TipNumber) -> None:
    """End the officer's role."""
    await town.do(people.Revoke, ADMIN, officer=OfficerNumber(1))


def at_last(act: Act) -> Act:
    """Let something happen in the last minute, while news is collected for one message."""

    async def later(town: Town, tip: TipNumber) -> None:
        town.clock.advance(minutes=10)
        await town.deliver()
        await act(town, tip)

    return later


EVENTS: Mapping[str, Act] = {
    "nothing": nothing,
    "read": lambda town, _: press(town, citizen.OwnStep.OPEN),
    "claim": lambda town, tip: town.do(officer.Claim, MINH, tip=tip),
    "open": lambda town, tip: town.do(officer.OpenTip, HUNG, tip=tip),
    "withdraw": withdrawn,
    "close": done,
    "undo": lambda town, tip: town.do(officer.TakeBack, HUNG, tip=tip, is_sure=True),
    "wipe": lambda town, _: town.do(citizen.Wipe, LAN, is_sure=True),
    "stop": lambda town, _: town.do(citizen.StopReplies, LAN, is_sure=True),
    "stop_one": lambda town, _: press(town, citizen.OwnStep.STOP_SURE),
    "gone": revoke,
    "late_gone": at_last(revoke),
    "late_claim": at_last(lambda town, tip: town.do(officer.Claim, MINH, tip=tip)),
    "late_close": at_last(done),
}


async def restart(town: Town) -> None:
    """Kill the program and start it: what was in memory is gone."""
    town.start_reminders()
    await town.deliver()


async def set_back(town: Town) -> None:
    """Find that the clock was an hour fast, and go on."""
    await town.deliver()
    town.clock.advance(hours=-1)
    await town.deliver()


async def set_back_and_restart(town: Town) -> None:
    """Find that the clock was an hour fast, and start anew."""
    town.clock.advance(hours=-1)
    await restart(town)


async def calm(_: Town) -> None:
    """Let the program and its clock be."""


TROUBLES = (calm, restart, set_back, set_back_and_restart)


def cells() -> Iterator[tuple[str, str, str]]:
    """Read the table."""
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    assert set(head) == set(EVENTS)
    for what, *row in lines:
        yield from ((what, event, told) for event, told in zip(head, row, strict=True) if told != ".")


def told(town: Town, chat: int, what: str) -> int:
    """Count how often a phone has shown something of the kind."""
    shown = [each.screen for each in town.sent.get(chat, []) if isinstance(each, Send)]
    match what:
        case "done":
            return sum(isinstance(each, Line) and each.key == "own-done" for each in shown)
        case "question":
            return sum(isinstance(each, NewMessage) for each in shown)
        case _:
            notices = [each for each in shown if isinstance(each, Notice)]
            notices += [each for many in shown if isinstance(many, MergedNotice) for each in many.notices]
            is_unopened = what == "unopened"
            return sum(each.what == what for each in notices) + is_unopened * sum(
                isinstance(each, NobodyOpened) for each in shown
            )


@pytest.fixture
async def slow_town() -> Town:
    """A town where everything takes as long as it usually does, with three of one unit on duty."""
    town = await Town(delays=DELAYS).begin()
    for chat, role in ((HUNG, Role.OFFICER), (MINH, Role.OFFICER), (CHI, Role.COMMANDER)):
        await town.enrol(chat, role, CAI_KHE)
    await town.enrol(ADMIN, Role.ADMIN, town.startup.places.city)
    return town


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda each: each.__name__)
@pytest.mark.parametrize(("what", "event", "expected"), list(cells()))
async def test_what_is_told_later_is_told_once_and_only_while_it_is_true(
    slow_town: Town, what: str, event: str, expected: str, trouble: Callable[[Town], Awaitable[None]]
) -> None:
    """Whoever cleared a chat must not be written to, nor an officer told of what is over; and no clock holds it up."""
    town = slow_town
    number = await town.report(LAN, URGENT) if what == "unopened" else await town.report(LAN)
    if what != "new":
        town.clock.advance(seconds=61)
        await town.deliver()
        town.sent = {chat: [each for each in sent if not told_of_new(each)] for chat, sent in town.sent.items()}
    await CAUSES[what](town, number)
    before = {name: told(town, chat, what) for name, chat in NAMES.items()}
    await EVENTS[event](town, number)
    await trouble(town)
    for span in (SPAN[what] - DELAYS.merge, DELAYS.merge + timedelta(seconds=1)):
        town.clock.advance(seconds=span.total_seconds())
        await town.deliver()
    counts = {name: told(town, chat, what) - before[name] for name, chat in NAMES.items()}
    assert counts == {name: int(name in expected) for name in NAMES}
    await restart(town)
    for _ in range(2):  # what the event itself causes is told, too
        town.clock.advance(days=1)
        await town.deliver()
    assert counts == {name: told(town, chat, what) - before[name] for name, chat in NAMES.items()}, "once"
    assert town.executor.state.reminders == {}
    assert town.executor.state.untold == {}


def told_of_new(outgoing: object) -> bool:
    """Say whether a message tells of a new tip."""
    return isinstance(outgoing, Send) and isinstance(outgoing.screen, Notice | MergedNotice)
