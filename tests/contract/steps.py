"""Steps that change what is stored, by small numbers so that they meet each other often; and a look at everything."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from bot.domain.campaign.activities import Activity, ActivityKind
from bot.domain.campaign.cases import Outcome
from bot.domain.campaign.periods import hour_of, month_of, week_of, year_of
from bot.domain.campaign.sums import cells
from bot.domain.conversation import PEOPLE_CARD, QUEUE_CARD, Conversation, Language, Trace
from bot.domain.deadlines import Deadlines
from bot.domain.errors import Refusal
from bot.domain.ids import (
    CaseNumber,
    ChatId,
    DecisionNumber,
    MessageId,
    OfficerNumber,
    OutboxId,
    ReceiptCode,
    ReminderNumber,
    TipNumber,
    UpdateKey,
)
from bot.domain.outgoing import Send, Urgency
from bot.domain.places import UnitCode
from bot.domain.reminders import News, Reminder, TellQuestion
from bot.domain.roles import Role
from bot.domain.screens.base import Exchange, Line
from bot.domain.stats import Entry, Headline, Indicator
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Verdict
from bot.ports import AuditRow, TipContent, UnitOfWork
from tests.contract.asking import BOT, all_conversations, broken_at, listed
from tests.contract.unknown import WRITES as MISSES
from tests.memory.fakes import START

UNITS = tuple(map(UnitCode, ("92", "31135", "31120", "92-ttra", "31147")))
CITY, WARD, OTHER, SECLUDED, LEAF = UNITS
TREES: tuple[dict[UnitCode, UnitCode | None], ...] = (
    {CITY: None, WARD: CITY, OTHER: CITY, SECLUDED: None, LEAF: WARD},
    {CITY: None, WARD: CITY, OTHER: WARD, SECLUDED: None, LEAF: OTHER},
)
CHATS = (ChatId(7345678912345), ChatId(-5), ChatId(12))
CARDS = (QUEUE_CARD, PEOPLE_CARD)
DAYS = tuple(date(2026, 11, 29) + timedelta(days=days) for days in (0, 1, 2, 32))
ROLES = tuple(Role)
KINDS = (Category.DRUGS, Category.THEFT)
NEWS: tuple[News, ...] = ("new", "quiet", "answered")
COUNTED = (Indicator.RECEIVED_BOT, Indicator.VALUABLE_PHONE, Indicator.PEOPLE, Indicator.FUGITIVES)


@dataclass(frozen=True)
class Step:
    """What is done, and with which small numbers."""

    name: str
    n: tuple[int, int, int, int]
    fails: bool = False
    """Whether the use case fails after it: then nothing may have happened."""


class Slip(Exception):
    """How a step fails."""


async def take(uow: UnitOfWork, step: Step) -> Any:
    """Take a step and give what it answered."""
    answer = await STEPS[step.name](uow, *step.n)
    if step.fails:
        raise Slip
    return answer


async def _converse(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> None:
    chat = CHATS[a % 3]
    if b % 4 == 0:
        await uow.conversations.forget(chat)
    else:
        language = Language.EN if c % 2 else Language.VI
        await uow.conversations.put(Conversation(chat=chat, language=language, touched=hour_of(uow.now)))


async def _stand(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> Any:
    hour = hour_of(uow.now) - timedelta(hours=d)
    trace, card = Trace(message=MessageId(c), hour=hour, is_own=b > 3), CARDS[c % 2]
    match b % 4:
        case 0:
            return await uow.conversations.add_trace(CHATS[a % 3], trace, number=c % 3)
        case 1:
            await uow.conversations.put_place(CHATS[a % 3], card, trace)
        case 2:
            await uow.conversations.drop_place(CHATS[a % 3], card)
        case _:
            await uow.conversations.forget_heard(hour, limit=99)
    return None


async def _add_tip(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> Any:
    received = hour_of(uow.now) - timedelta(hours=c)
    route = CHATS[d % 3] if d else None
    tip = await uow.tips.add(
        unit=UNITS[a % 5],
        held_by=UNITS[c % 5],
        category=KINDS[b % 2],
        urgent=b > 5,
        channel=Channel.BOT,
        received=received,
        content=TipContent(words=f"lời {a}"),
        route=route,
    )
    if route is not None:
        await uow.receipts.add(uow.ids.receipt_code(), tip.number)
    return tip


async def _move_tip(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> Any:
    tip = await uow.tips.get(TipNumber(a))
    if tip is None:
        return None
    moves: tuple[Callable[[], Any], ...] = (
        lambda: tip.claim(OfficerNumber(c)),
        lambda: tip.judge(Verdict.SPAM, by=OfficerNumber(c), on=DAYS[d % 4]),
        lambda: tip.judge(Verdict.VALUABLE, by=OfficerNumber(c), on=DAYS[d % 4]),
        lambda: tip.take_back_verdict(OfficerNumber(c)),
        lambda: tip.close(on=DAYS[d % 4]),
        tip.reopen,
        lambda: tip.withdraw(on=DAYS[d % 4]),
        tip.miss,
        lambda: (replace(tip, version=tip.version + d), None),
        tip.give_back,
        lambda: tip.move(UNITS[c % 5]),
        lambda: tip.hand_to_inspectorate(SECLUDED),
    )
    try:
        changed, _ = moves[(b + d) % len(moves)]()
        await uow.tips.save(changed)
    except Refusal as refusal:
        return refusal.key
    return changed


async def _change_words(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> None:
    tip = TipNumber(a)
    if b % 3 == 0:
        await uow.tips.set_content(tip, None)
        await uow.receipts.drop(tip)
    else:
        await uow.tips.set_content(tip, TipContent(words="mới", exchanges=(Exchange(by="officer", text=f"{c}"),)))
    await uow.tips.set_route(tip, CHATS[c % 3] if d % 2 else None)


async def _decide(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> Any:
    tip = await uow.tips.get(TipNumber(a))
    if tip is None:
        return None
    standing = await uow.cases.current_decision(tip.number)
    if standing is not None:
        await uow.cases.withdraw(standing.number, on=DAYS[c % 4])
        return standing.number
    known = await uow.cases.get(CaseNumber(b))
    opened = known or await uow.cases.open(unit=tip.unit, on=DAYS[c % 4])
    case = CaseNumber(90) if d == 6 else opened.number
    decision = await uow.cases.decide(
        tip=tip,
        verdict=Verdict.VALUABLE if c % 3 else Verdict.NOT_USEFUL,
        case=case if c % 3 else None,
        unit=tip.unit,
        day=DAYS[d % 4],
        officer=OfficerNumber(1),
        reporter=await uow.tips.route(tip.number),
        evidence=f"ghi chú {d}" if d % 2 else None,
    )
    return decision.number


async def _withdraw(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> None:
    await uow.cases.withdraw(DecisionNumber(a), on=DAYS[b % 4])


async def _record_outcome(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> None:
    outcome = Outcome(
        case=CaseNumber(a % 3), tip=TipNumber(b), unit=WARD, day=DAYS[c % 4], officer=OfficerNumber(1), cases=d - 3
    )
    await uow.cases.record_outcome(outcome)


async def _enrol(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> Any:
    chat = CHATS[a % 3]
    if (known := await uow.officers.by_chat(chat)) is not None:
        return known
    inviter = OfficerNumber(d) if d else None
    return await uow.officers.enrol(
        role=ROLES[b % len(ROLES)], unit=UNITS[c % 5], chat=chat, person=f"Tên {a}", inviter=inviter
    )


async def _let_in_or_out(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> bool:
    officer = OfficerNumber(a)
    if d > 5:
        return await uow.officers.set_blocked(officer, blocked=bool(c % 2))
    if d == 0:
        await uow.officers.forget_revoked(DAYS[b % 4], limit=99)
    return await (uow.officers.revoke(officer, on=DAYS[c % 4]) if b % 3 == 0 else uow.officers.activate(officer))


async def _invite(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> Any:
    token = f"token{a:017d}"
    if (taken := await uow.invites.take(token, now=uow.now)) is not None:
        return taken
    token = uow.ids.invite_token()
    expires = uow.now + timedelta(hours=b)
    return await uow.invites.add(token=token, role=Role.OFFICER, unit=UNITS[c % 5], inviter=None, expires=expires)


async def _plant_units(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> None:
    await uow.units.sync(TREES[a % 2], old_city=frozenset({WARD}))


async def _put_out(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> None:
    message = Send(
        chat=CHATS[a % 3],
        language=Language.VI,
        urgency=Urgency(c % 4),
        screen=Line(key=f"k{d}"),
    )
    await uow.outbox.put(message)


async def _remind(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> Any:
    later: Reminder = TellQuestion(not_before=uow.now + timedelta(minutes=b), tip=TipNumber(a), chat=CHATS[c % 3])
    if d < 3:
        await uow.reminders.add(later)
    else:
        await uow.untold.add(OfficerNumber(a), TipNumber(b), NEWS[c % len(NEWS)])
    return await uow.reminders.take(ReminderNumber(a + b)), list(
        await uow.untold.take(OfficerNumber(c), is_quiet=d > 5)
    )


async def _end(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> None:
    row = OutboxId(a + 1)
    match b % 5:
        case 0:
            await uow.outbox.drop(row)
        case 1:
            await uow.outbox.count_attempt(row)
        case 2:
            await uow.outbox.park(row, reason="Forbidden")
        case 3:
            await uow.outbox.take_back(row)
        case _:
            await uow.outbox.forget_parked(hour_of(uow.now - timedelta(hours=c)), limit=9)


async def _count(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> None:
    entry = Entry(UNITS[a % 5], DAYS[b % 4], COUNTED[c % 4], KINDS[d % 2] if d > 3 else None)
    if a == b == 7:
        off = {entry.unit: dict.fromkeys(cells(entry)[d % 2 :], c - 3)}
        await uow.rollups.mend(off, after=c % 3)
    else:
        await uow.rollups.add(Counter({entry: a - 3}))


async def _campaign(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> Any:
    unit, day = UNITS[a % 5], DAYS[b % 4]
    await uow.activities.add(
        Activity(unit=unit, day=day, kind=ActivityKind.OUTREACH, number=c, officer=OfficerNumber(1))
    )
    await uow.targets.set(unit=unit, year=2026 + d % 2, line=Headline.VALUABLE, value=c)
    await uow.aliases.add(name=f"chợ {c % 3}", unit=unit, officer=OfficerNumber(d) if d else None)
    return await uow.digests.queue_once(unit, week_of(day)), await uow.alerts.once(f"{c % 2}", unit, day)


async def _note(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> None:
    await uow.audit.append(AuditRow(action=f"a{a}", officer=OfficerNumber(b) if b else None, subject=f"{c}"))


async def _park(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> Any:
    await uow.parked.add(UpdateKey(BOT, a), chat=ChatId(d) if d else None, raw=f"{b}")
    tries = await uow.parked.note_failure(UpdateKey(BOT, b), reason="KeyError")
    found = await uow.parked.get(UpdateKey(BOT, c))
    if c % 5 == 0:
        await uow.parked.drop(UpdateKey(BOT, c))
        await uow.parked.forget(ChatId(b))
    if c % 7 == 0:
        await uow.parked.forget_before(hour_of(uow.now) - timedelta(hours=b), limit=99)
    return tries, found


async def _settle(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> bool:
    if b % 4 == 0:
        await uow.updates.forget_before(hour_of(uow.now) - timedelta(hours=c), limit=99)
    return await uow.updates.settle(UpdateKey(BOT, a))


async def _forget(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> list[int]:
    hour, day = hour_of(uow.now) + timedelta(hours=b - 4), DAYS[c % 4]
    return [
        await uow.cases.forget_sources(limit=99),
        await uow.cases.forget_evidence(day, limit=99),
        await uow.parked.forget_before(hour, limit=99),
        await uow.outbox.forget_parked(hour, limit=99),
        await uow.invites.forget_expired(hour, limit=99),
        await uow.alerts.forget_before(day, limit=99),
    ][: a % 7]


async def _miss(uow: UnitOfWork, a: int, b: int, c: int, d: int) -> list[Any]:
    return [await write(uow, number) for number in (a, 7 + b) for write in MISSES.values()]


STEPS: dict[str, Callable[[UnitOfWork, int, int, int, int], Awaitable[Any]]] = {
    "converse": _converse,
    "stand": _stand,
    "add_tip": _add_tip,
    "move_tip": _move_tip,
    "change_words": _change_words,
    "decide": _decide,
    "withdraw": _withdraw,
    "record_outcome": _record_outcome,
    "enrol": _enrol,
    "let_in_or_out": _let_in_or_out,
    "invite": _invite,
    "plant_units": _plant_units,
    "put_out": _put_out,
    "end": _end,
    "remind": _remind,
    "count": _count,
    "campaign": _campaign,
    "note": _note,
    "park": _park,
    "settle": _settle,
    "forget": _forget,
    "miss": _miss,
}


async def look(uow: UnitOfWork) -> dict[str, Any]:
    """Read everything that can be read."""
    tips = await listed(uow.tips.every())
    numbers = [TipNumber(number) for number in range(len(tips) + 2)]
    retention: tuple[Literal["route", "content"], ...] = ("route", "content")
    officers = [OfficerNumber(number) for number in range(8)]
    decisions = [each for decided in await listed(uow.cases.every_decided()) for each in decided]
    return {
        "conversations": {each.chat: each for each in await all_conversations(uow)},
        "conversation": [await uow.conversations.get(chat) for chat in CHATS],
        "places": [await uow.conversations.place(chat, card) for chat in CHATS for card in CARDS],
        "traces": [
            {each.message: each for each in await uow.conversations.traces(Conversation(chat=chat, touched=START))}
            for chat in CHATS
        ],
        "tips": tips,
        "contents": [await uow.tips.content(number) for number in numbers],
        "routes": [await uow.tips.route(number) for number in numbers],
        "receipts": [await uow.receipts.find(ReceiptCode(f"{number:016d}")) for number in range(60)],
        "queues": [
            (
                list(await uow.tips.open_for(unit, below=below, limit=3, offset=offset)),
                await uow.tips.count_open_for(unit, below=below),
                await uow.tips.count_overdue_for(unit, deadlines=Deadlines(), now=uow.now),
            )
            for unit in UNITS
            for below in (False, True)
            for offset in (0, 1)
        ],
        "dying": [
            sorted(await uow.tips.closed_before(day, having=what, limit=99)) for day in DAYS for what in retention
        ],
        "decisions": decisions,
        "by case": [list(await uow.cases.decisions(CaseNumber(number))) for number in range(6)],
        "standing": [await uow.cases.current_decision(number) for number in numbers],
        "evidence": [await uow.cases.evidence(each.number) for each in decisions],
        "withdrawn": [list(await uow.cases.withdrawn_between(first, last)) for first in DAYS for last in DAYS],
        "cases": [list(await uow.cases.recent(unit, limit=2)) for unit in UNITS],
        "outcomes": [await uow.cases.outcomes(CaseNumber(number)) for number in range(3)],
        "all outcomes": await listed(uow.cases.every_outcome()),
        "officers": [await uow.officers.get(number) for number in officers],
        "contacts": [await uow.officers.contact(number) for number in officers],
        "inviters": [await uow.officers.inviter(number) for number in officers],
        "by chat": [await uow.officers.by_chat(chat) for chat in CHATS],
        "on duty": [list(await uow.officers.on_duty(unit)) for unit in UNITS],
        "roles": [list(await uow.officers.with_role(role)) for role in ROLES],
        "everyone": list(await uow.officers.everyone()),
        "staffed": await uow.officers.staffed(),
        "are staffed": [await uow.officers.is_staffed(unit) for unit in UNITS],
        "elsewhere": [list(await uow.tips.held_elsewhere(unit, limit=2)) for unit in UNITS],
        "claimed": [list(await uow.tips.claimed_by(number)) for number in officers],
        "holding": sorted(await uow.tips.holding()),
        "unclaimed": [
            ((unit, held_by), list(await uow.tips.unclaimed_of(unit, held_by=held_by)))
            for unit, held_by in sorted(await uow.tips.unclaimed())
        ],
        "waiting": dict(await uow.outbox.waiting()),
        "reminders": sorted(await uow.reminders.all()),
        "untold": [list(await uow.untold.officers(is_quiet=is_quiet)) for is_quiet in (False, True)],
        "out": [list(await uow.outbox.after(OutboxId(number), limit=3)) for number in range(4)],
        "weeks": [dict(await uow.rollups.by_unit(week_of(day))) for day in DAYS],
        "months": [dict(await uow.rollups.by_unit(month_of(day), unit=unit)) for day in DAYS for unit in UNITS],
        "year": dict(await uow.rollups.by_unit(year_of(DAYS[0]))),
        "kinds": [await uow.rollups.by_category(month_of(day), below=unit) for day in DAYS for unit in UNITS],
        "sums": sorted(await listed(uow.rollups.every())),
        "mended": await uow.rollups.mended(),
        "activities": await listed(uow.activities.every()),
        "targets": [dict(await uow.targets.of(unit, year)) for unit in UNITS for year in (2026, 2027)],
        "aliases": list((await uow.aliases.all()).items()),
        "began": await uow.audit.began(),
        "broken": await broken_at(uow),
        "parked": list(await uow.parked.all()),
    }
