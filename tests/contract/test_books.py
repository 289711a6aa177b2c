"""What each repository promises, on every engine."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.activities import Activity, ActivityKind
from bot.domain.cases import Outcome
from bot.domain.conversation import Conversation, Language, Listening, OwnTip, Purpose
from bot.domain.drafting import Draft
from bot.domain.errors import ButtonStale
from bot.domain.ids import CaseNumber, ChatId, Handle, MessageId, OfficerNumber, ReceiptCode, TipNumber
from bot.domain.outgoing import Send, Urgency
from bot.domain.periods import Period, hour_of, month_of, parse_week, week_of, year_of
from bot.domain.places import UnitCode
from bot.domain.roles import Enrolment, Role
from bot.domain.screens import Exchange, Line
from bot.domain.stats import Entry, Headline, Indicator
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Status, Tip, Verdict
from bot.ports import AuditRow, Executor, TipContent, UnitOfWork
from tests.contract.asking import do
from tests.memory.fakes import START, FixedClock

CITY, WARD, OTHER, SECLUDED = UnitCode("92"), UnitCode("31135"), UnitCode("31120"), UnitCode("92-ttra")
LAN, MAI = ChatId(7345678912345), ChatId(-5)
TODAY = date(2026, 11, 23)
HUNG = OfficerNumber(1)


async def add_tip(uow: UnitOfWork, *, unit: UnitCode = WARD, urgent: bool = False, hours: int = 0) -> Tip:
    """Store a tip."""
    return await uow.tips.add(
        unit=unit,
        category=Category.DRUGS,
        urgent=urgent,
        channel=Channel.BOT,
        received=hour_of(START + timedelta(hours=hours)),
        content=TipContent(words="hút chích ở hẻm 5 🙂"),
        route=LAN,
    )


async def add_units(uow: UnitOfWork) -> None:
    """Store a small tree."""
    parents = {CITY: None, WARD: CITY, OTHER: CITY, SECLUDED: CITY}
    await uow.units.sync(parents, old_city=frozenset({WARD}), secluded=frozenset({SECLUDED}))


async def test_a_conversation_comes_back_as_it_was(executor: Executor) -> None:
    """Any restart resumes it."""
    conversation = Conversation(
        chat=LAN,
        language=Language.EN,
        draft=Draft(handle=Handle("abcdefgh"), parts=("một", "hai"), candidates=(WARD, OTHER), urgent=True),
        listening=Listening(purpose=Purpose.ANSWER, handle=Handle("abcdefgh"), tip=TipNumber(3)),
        tips=(OwnTip(handle=Handle("abcdefgh"), number=TipNumber(3)),),
        cards={"draft": MessageId(5)},
        touched=hour_of(START),
    ).trace(MessageId(9), hour=hour_of(START))
    await do(executor, lambda uow: uow.conversations.put(conversation))
    assert await do(executor, lambda uow: uow.conversations.get(LAN)) == conversation
    assert await do(executor, lambda uow: uow.conversations.get(MAI)) is None
    changed = conversation.but(draft=None)
    await do(executor, lambda uow: uow.conversations.put(changed))
    assert list(await do(executor, lambda uow: uow.conversations.all())) == [changed]
    await do(executor, lambda uow: uow.conversations.delete(LAN))
    assert await do(executor, lambda uow: uow.conversations.get(LAN)) is None


async def test_a_tip_is_numbered_and_changed_only_over_the_version_before(executor: Executor) -> None:
    """Two officers on one card: the second must look again."""
    first = await do(executor, add_tip)
    second = await do(executor, add_tip)
    assert (first.number, second.number) == (1, 2)
    claimed, _ = first.claim(HUNG)
    await do(executor, lambda uow: uow.tips.save(claimed))
    assert await do(executor, lambda uow: uow.tips.get(first.number)) == claimed

    async def late(uow: UnitOfWork) -> None:
        with pytest.raises(ButtonStale):
            await uow.tips.save(first.claim(OfficerNumber(2))[0])

    await do(executor, late)
    assert [tip.number for tip in await do(executor, lambda uow: uow.tips.rows())] == [1, 2]


async def test_words_and_route_are_kept_and_die_apart(executor: Executor) -> None:
    """A reply route dies long before the words."""
    tip = await do(executor, add_tip)
    content = TipContent(words="mới", exchanges=(Exchange(by="officer", text="mấy giờ?"),))
    await do(executor, lambda uow: uow.tips.set_content(tip.number, content))
    await do(executor, lambda uow: uow.tips.set_route(tip.number, None))
    assert await do(executor, lambda uow: uow.tips.content(tip.number)) == content
    assert await do(executor, lambda uow: uow.tips.route(tip.number)) is None
    await do(executor, lambda uow: uow.tips.set_route(tip.number, MAI))
    await do(executor, lambda uow: uow.tips.set_content(tip.number, None))
    assert await do(executor, lambda uow: uow.tips.content(tip.number)) is None
    assert await do(executor, lambda uow: uow.tips.route(tip.number)) == MAI
    assert await do(executor, lambda uow: uow.tips.route(TipNumber(99))) is None


async def test_a_queue_lists_open_tips_urgent_then_oldest(executor: Executor) -> None:
    """What presses most is on the first page."""

    async def fill(uow: UnitOfWork) -> None:
        await add_units(uow)
        await add_tip(uow, hours=3)
        await add_tip(uow, hours=1)
        await add_tip(uow, hours=5, urgent=True)
        closed, _ = (await add_tip(uow)).judge(Verdict.SPAM, by=HUNG, on=TODAY)
        await uow.tips.save(closed)
        await add_tip(uow, unit=OTHER)
        await add_tip(uow, unit=SECLUDED)

    await do(executor, fill)

    async def listed(unit: UnitCode, *, below: bool, limit: int = 10, offset: int = 0) -> list[int]:
        tips = await do(executor, lambda uow: uow.tips.open_for(unit, below=below, limit=limit, offset=offset))
        assert await do(executor, lambda uow: uow.tips.count_open_for(unit, below=below)) >= len(tips)
        return [tip.number for tip in tips]

    assert await listed(WARD, below=False) == [3, 2, 1]
    assert await listed(WARD, below=False, limit=1, offset=1) == [2]
    assert await listed(CITY, below=False) == []
    assert await listed(CITY, below=True) == [3, 5, 2, 1]
    assert await listed(SECLUDED, below=False) == [6]


async def test_a_queue_follows_its_holder(executor: Executor) -> None:
    """An empty unit's tips are in the queue above, and come back when it is staffed."""

    async def fill(uow: UnitOfWork) -> None:
        await add_units(uow)
        await add_tip(uow)
        await uow.units.set_holders({WARD: CITY})

    await do(executor, fill)
    assert await do(executor, lambda uow: uow.units.holder(WARD)) == CITY
    assert await do(executor, lambda uow: uow.tips.count_open_for(CITY, below=False)) == 1
    assert await do(executor, lambda uow: uow.tips.count_open_for(WARD, below=False)) == 0
    await do(executor, add_units)
    assert await do(executor, lambda uow: uow.units.holder(WARD)) == CITY
    await do(executor, lambda uow: uow.units.set_holders({WARD: WARD}))
    assert await do(executor, lambda uow: uow.tips.count_open_for(WARD, below=True)) == 1


async def test_what_has_died_is_no_longer_listed_for_dying(executor: Executor) -> None:
    """Retention ends."""

    async def fill(uow: UnitOfWork) -> Tip:
        closed, _ = (await add_tip(uow)).judge(Verdict.SPAM, by=HUNG, on=TODAY)
        await uow.tips.save(closed)
        await add_tip(uow)
        return closed

    tip = await do(executor, fill)
    later = TODAY + timedelta(days=1)
    for having in ("route", "content"):
        assert list(await do(executor, lambda uow, h=having: uow.tips.closed_before(TODAY, having=h))) == []  # type: ignore[misc]  # h is bound on purpose
        assert list(await do(executor, lambda uow, h=having: uow.tips.closed_before(later, having=h))) == [tip.number]  # type: ignore[misc]  # as above
    await do(executor, lambda uow: uow.tips.set_route(tip.number, None))
    assert list(await do(executor, lambda uow: uow.tips.closed_before(later, having="route"))) == []


async def test_a_receipt_code_finds_its_tip_until_it_is_dropped(executor: Executor) -> None:
    """The second key."""
    code = ReceiptCode("1234567890123456")
    await do(executor, lambda uow: uow.receipts.add(code, TipNumber(4)))
    assert await do(executor, lambda uow: uow.receipts.find(code)) == 4
    assert await do(executor, lambda uow: uow.receipts.find(ReceiptCode("0" * 16))) is None
    await do(executor, lambda uow: uow.receipts.drop(TipNumber(4)))
    assert await do(executor, lambda uow: uow.receipts.find(code)) is None


async def test_update_keys_are_forgotten_by_the_hour(executor: Executor, clock: FixedClock) -> None:
    """Telegram repeats for a day; after two nothing is left of who was busy when."""

    async def nothing(uow: UnitOfWork) -> str:
        return "ran"

    await do(executor, nothing, update=1)
    await do(executor, lambda uow: uow.updates.forget_before(hour_of(START)))
    assert await do(executor, nothing, update=1) != "ran"
    clock.advance(hours=49)
    await do(executor, lambda uow: uow.updates.forget_before(hour_of(clock.now() - timedelta(hours=48))))
    assert await do(executor, nothing, update=1) == "ran"


async def test_the_same_reporter_is_known_within_a_case_and_nowhere_else(executor: Executor) -> None:
    """One credit per reporter per case, without saying who."""

    async def decide(uow: UnitOfWork) -> None:
        one = await uow.cases.open(unit=WARD, on=TODAY)
        two = await uow.cases.open(unit=WARD, on=TODAY)
        for case, reporter in ((one, LAN), (one, LAN), (one, MAI), (one, None), (two, LAN)):
            await uow.cases.decide(
                tip=await add_tip(uow),
                verdict=Verdict.VALUABLE,
                case=case.number,
                unit=WARD,
                day=TODAY,
                officer=HUNG,
                reporter=reporter,
                evidence="đã xác minh tại chỗ",
            )

    await do(executor, decide)
    first = [each.source for each in await do(executor, lambda uow: uow.cases.decisions(CaseNumber(1)))]
    second = [each.source for each in await do(executor, lambda uow: uow.cases.decisions(CaseNumber(2)))]
    assert first[0] == first[1] != first[2]
    assert first[3] is None
    assert second[0] not in first
    assert [case.number for case in await do(executor, lambda uow: uow.cases.recent(WARD, limit=5))] == [2, 1]
    assert await do(executor, lambda uow: uow.cases.recent(OTHER, limit=5)) == []


async def test_a_decision_stands_until_it_is_withdrawn(executor: Executor) -> None:
    """And an earlier day's withdrawal is this week's correction."""

    async def decide(uow: UnitOfWork) -> Tip:
        tip = await add_tip(uow)
        case = await uow.cases.open(unit=WARD, on=TODAY)
        await uow.cases.decide(
            tip=tip,
            verdict=Verdict.VALUABLE,
            case=case.number,
            unit=WARD,
            day=TODAY,
            officer=HUNG,
            reporter=LAN,
            evidence="đã dùng vào vụ án",
        )
        return tip

    tip = await do(executor, decide)
    standing = await do(executor, lambda uow: uow.cases.standing(tip.number))
    assert (standing.verdict, standing.day, standing.category) == (Verdict.VALUABLE, TODAY, Category.DRUGS)
    assert await do(executor, lambda uow: uow.cases.evidence(standing.number)) == "đã dùng vào vụ án"
    later = TODAY + timedelta(days=7)
    await do(executor, lambda uow: uow.cases.withdraw(standing.number, on=later))
    assert await do(executor, lambda uow: uow.cases.standing(tip.number)) is None
    week = week_of(later)
    found = await do(executor, lambda uow: uow.cases.withdrawn_between(week.first, week.last))
    assert [each.number for each in found] == [standing.number]
    assert list(await do(executor, lambda uow: uow.cases.withdrawn_between(TODAY, later))) == []
    assert [each.withdrawn_on for each in await do(executor, lambda uow: uow.cases.all_decisions())] == [later]


async def test_outcomes_of_a_case_add_up(executor: Executor) -> None:
    """A slip is mended by a negative record."""
    outcome = Outcome(case=CaseNumber(1), tip=TipNumber(1), unit=WARD, day=TODAY, officer=HUNG, cases=1, persons=3)
    await do(executor, lambda uow: uow.cases.record_outcome(outcome))
    await do(executor, lambda uow: uow.cases.record_outcome(replace(outcome, cases=0, persons=-1, fugitives=2)))
    assert await do(executor, lambda uow: uow.cases.outcomes(CaseNumber(1))) == (1, 2, 2)
    assert await do(executor, lambda uow: uow.cases.outcomes(CaseNumber(2))) == (0, 0, 0)
    assert len(await do(executor, lambda uow: uow.cases.all_outcomes())) == 2


async def test_an_officer_waits_is_let_in_and_leaves(executor: Executor) -> None:
    """Revocation works at once, and the chat is nobody's afterwards."""
    officer = await do(
        executor,
        lambda uow: uow.officers.enrol(role=Role.OFFICER, unit=WARD, chat=LAN, person="Hùng <b>", inviter=None),
    )
    assert (await do(executor, lambda uow: uow.officers.by_chat(LAN))).standing is Enrolment.WAITING
    assert await do(executor, lambda uow: uow.officers.on_duty(WARD)) == []
    assert await do(executor, lambda uow: uow.officers.activate(officer.number)) is True
    assert await do(executor, lambda uow: uow.officers.activate(officer.number)) is False
    (contact,) = await do(executor, lambda uow: uow.officers.on_duty(WARD))
    assert (contact.chat, contact.person, contact.officer.standing) == (LAN, "Hùng <b>", Enrolment.ACTIVE)
    assert await do(executor, lambda uow: uow.officers.staffed()) == {WARD}
    assert await do(executor, lambda uow: uow.officers.revoke(officer.number, on=TODAY)) is True
    assert await do(executor, lambda uow: uow.officers.revoke(officer.number, on=TODAY)) is False
    assert await do(executor, lambda uow: uow.officers.by_chat(LAN)) is None
    assert await do(executor, lambda uow: uow.officers.staffed()) == frozenset()
    assert (await do(executor, lambda uow: uow.officers.get(officer.number))).standing is Enrolment.REVOKED
    again = await do(
        executor, lambda uow: uow.officers.enrol(role=Role.ADMIN, unit=CITY, chat=LAN, person="Hùng", inviter=HUNG)
    )
    assert await do(executor, lambda uow: uow.officers.inviter(again.number)) == HUNG
    await do(executor, lambda uow: uow.officers.activate(again.number))
    assert len(await do(executor, lambda uow: uow.officers.with_role(Role.ADMIN))) == 1
    assert await do(executor, lambda uow: uow.officers.staffed()) == frozenset()
    assert len(await do(executor, lambda uow: uow.officers.everyone())) == 1


async def test_a_revoked_officers_name_and_chat_die_and_the_number_stays(executor: Executor) -> None:
    """The audit log still says who did what; nobody can be written to."""
    officer = await do(
        executor, lambda uow: uow.officers.enrol(role=Role.OFFICER, unit=WARD, chat=LAN, person="Hùng", inviter=None)
    )
    await do(executor, lambda uow: uow.officers.revoke(officer.number, on=TODAY))
    await do(executor, lambda uow: uow.officers.forget_revoked(TODAY))
    assert await do(executor, lambda uow: uow.officers.contact(officer.number)) is not None
    await do(executor, lambda uow: uow.officers.forget_revoked(TODAY + timedelta(days=1)))
    assert await do(executor, lambda uow: uow.officers.contact(officer.number)) is None
    assert (await do(executor, lambda uow: uow.officers.get(officer.number))).standing is Enrolment.REVOKED


async def test_an_invitation_works_once_and_in_time(executor: Executor) -> None:
    """The link may have been seen by others."""

    async def invite(uow: UnitOfWork) -> None:
        for token in ("a" * 22, "b" * 22):
            await uow.invites.add(
                token=token, role=Role.OFFICER, unit=WARD, inviter=HUNG, expires=START + timedelta(hours=48)
            )

    await do(executor, invite)
    taken = await do(executor, lambda uow: uow.invites.take("a" * 22, now=START))
    assert (taken.role, taken.unit, taken.inviter) == (Role.OFFICER, WARD, HUNG)
    assert await do(executor, lambda uow: uow.invites.take("a" * 22, now=START)) is None
    assert await do(executor, lambda uow: uow.invites.take("b" * 22, now=START + timedelta(hours=49))) is None
    assert await do(executor, lambda uow: uow.invites.take("c" * 22, now=START)) is None


def message(key: str, urgency: Urgency) -> Send:
    """Make a message out."""
    return Send(chat=LAN, language=Language.VI, urgency=urgency, screen=Line(key=key, values={"n": 1}))


async def test_the_outbox_leases_what_is_due_by_urgency_and_age(executor: Executor, clock: FixedClock) -> None:
    """An answer to a press does not wait behind a digest."""

    async def fill(uow: UnitOfWork) -> None:
        await uow.outbox.put(message("digest", Urgency.DIGEST))
        await uow.outbox.put(message("one", Urgency.REPLY))
        await uow.outbox.put(message("two", Urgency.REPLY))
        await uow.outbox.put(message("later", Urgency.ANSWER), due=START + timedelta(hours=1))

    await do(executor, fill)
    until = START + timedelta(hours=2)
    first = await do(executor, lambda uow: uow.outbox.lease(limit=2, until=until))
    rest = await do(executor, lambda uow: uow.outbox.lease(limit=9, until=until))
    keys = [each.outgoing.screen.key for each in (*first, *rest)]
    assert keys == ["one", "two", "digest"]
    assert first[0].outgoing == message("one", Urgency.REPLY)
    assert await do(executor, lambda uow: uow.outbox.next_due()) == START + timedelta(hours=1)
    await do(executor, lambda uow: uow.outbox.drop(first[0].id))
    await do(executor, lambda uow: uow.outbox.retry(first[1].id, due=START + timedelta(minutes=5)))
    await do(executor, lambda uow: uow.outbox.park(rest[0].id, reason="Forbidden"))
    assert dict(await do(executor, lambda uow: uow.outbox.waiting())) == {"due": 2, "leased": 0, "parked": 1}
    clock.advance(minutes=6)
    (again,) = await do(executor, lambda uow: uow.outbox.lease(limit=9, until=until))
    assert (again.id, again.attempts) == (first[1].id, 1)
    await do(executor, lambda uow: uow.outbox.release_all())
    assert len(await do(executor, lambda uow: uow.outbox.lease(limit=9, until=until))) == 1


async def test_sums_by_day_month_and_category_agree(executor: Executor) -> None:
    """One entry is written to every sum it belongs to."""
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    entries = Counter(
        {
            Entry(WARD, sunday, Indicator.RECEIVED_BOT, Category.DRUGS): 2,
            Entry(WARD, monday, Indicator.RECEIVED_BOT, Category.THEFT): 1,
            Entry(OTHER, monday, Indicator.PEOPLE): 120,
            Entry(WARD, date(2026, 12, 1), Indicator.CASES): 4,
        }
    )
    await do(executor, lambda uow: uow.rollups.add(entries))
    taken_back = Counter({Entry(WARD, sunday, Indicator.RECEIVED_BOT, Category.DRUGS): -1})
    await do(executor, lambda uow: uow.rollups.add(taken_back))

    async def by_unit(period: Period, unit: UnitCode | None = None) -> dict[UnitCode, dict[Indicator, int]]:
        found = await do(executor, lambda uow: uow.rollups.by_unit(period, unit=unit))
        return {code: dict(figures) for code, figures in found.items() if figures}

    assert await by_unit(week_of(sunday)) == {WARD: {Indicator.RECEIVED_BOT: 1}}
    assert await by_unit(week_of(monday)) == {WARD: {Indicator.RECEIVED_BOT: 1}, OTHER: {Indicator.PEOPLE: 120}}
    assert await by_unit(month_of(monday), WARD) == {WARD: {Indicator.RECEIVED_BOT: 2}}
    assert (await by_unit(year_of(monday)))[WARD] == {Indicator.RECEIVED_BOT: 2, Indicator.CASES: 4}
    kinds = await do(executor, lambda uow: uow.rollups.by_category(month_of(monday)))
    assert +kinds == {
        (Category.DRUGS, Indicator.RECEIVED_BOT): 1,
        (Category.THEFT, Indicator.RECEIVED_BOT): 1,
    }
    kept = await do(executor, lambda uow: uow.rollups.all())
    assert kept[Entry(WARD, sunday, Indicator.RECEIVED_BOT)] == 1
    await do(executor, lambda uow: uow.rollups.rebuild(Counter({Entry(WARD, monday, Indicator.SPAM): 1})))
    assert await do(executor, lambda uow: uow.rollups.all()) == {Entry(WARD, monday, Indicator.SPAM): 1}


async def test_the_small_books_of_the_campaign(executor: Executor) -> None:
    """Activities, targets, digests once, warnings once a day, names of places."""
    activity = Activity(unit=WARD, day=TODAY, kind=ActivityKind.OUTREACH, number=120, officer=HUNG)
    await do(executor, lambda uow: uow.activities.add(activity))
    assert list(await do(executor, lambda uow: uow.activities.all())) == [activity]
    for value in (50, 60):
        await do(executor, lambda uow, v=value: uow.targets.set(unit=WARD, year=2026, line=Headline.VALUABLE, value=v))  # type: ignore[misc]  # v is bound on purpose
    assert dict(await do(executor, lambda uow: uow.targets.of(WARD, 2026))) == {Headline.VALUABLE: 60}
    assert dict(await do(executor, lambda uow: uow.targets.of(WARD, 2027))) == {}
    week = parse_week("2026-W47")
    assert await do(executor, lambda uow: uow.digests.queue_once(WARD, week)) is True
    assert await do(executor, lambda uow: uow.digests.queue_once(WARD, week)) is False
    assert await do(executor, lambda uow: uow.digests.queue_once(OTHER, week)) is True
    assert await do(executor, lambda uow: uow.alerts.once("empty", WARD, TODAY)) is True
    assert await do(executor, lambda uow: uow.alerts.once("empty", WARD, TODAY)) is False
    assert await do(executor, lambda uow: uow.alerts.once("empty", WARD, TODAY + timedelta(days=1))) is True
    await do(executor, lambda uow: uow.aliases.add(name="chợ nổi", unit=WARD, officer=None))
    await do(executor, lambda uow: uow.aliases.add(name="chợ nổi", unit=OTHER, officer=HUNG))
    assert dict(await do(executor, lambda uow: uow.aliases.all())) == {"chợ nổi": OTHER}


async def test_the_audit_chain_is_whole_after_any_actions(executor: Executor) -> None:
    """And a refused use case leaves no hole."""

    async def fail(uow: UnitOfWork) -> None:
        await uow.audit.append(AuditRow(action="tip.claimed"))
        raise ZeroDivisionError

    assert await do(executor, lambda uow: uow.audit.began()) is None
    for number in range(3):
        await do(executor, lambda uow, n=number: uow.audit.append(AuditRow(action="tip.opened", subject=f"tip {n}")))  # type: ignore[misc]  # n is bound on purpose
        with pytest.raises(ZeroDivisionError):
            await do(executor, fail)
    assert await do(executor, lambda uow: uow.audit.broken_at()) is None
    assert await do(executor, lambda uow: uow.audit.began()) == hour_of(START)


async def test_times_come_back_aware_and_whole(executor: Executor) -> None:
    """A naive time compared with an aware one would be a crash at midnight."""
    tip = await do(executor, lambda uow: add_tip(uow, hours=4))
    stored = await do(executor, lambda uow: uow.tips.get(tip.number))
    assert stored.received == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert stored.status is Status.NEW
