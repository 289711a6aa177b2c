"""The officer's work: two taps, permission at every press, and figures that follow every change."""

from datetime import date
from typing import Any

import pytest

from bot.domain.campaign.periods import Span
from bot.domain.ids import CaseNumber
from bot.domain.outgoing import EditCard
from bot.domain.roles import Role
from bot.domain.screens.figures import Digest, Stats
from bot.domain.screens.officer import CardAction, CaseChoice, ConfirmVerdict, Notice, Prompt, Queue, TipCard
from bot.domain.screens.people import InviteLink, JoinRequest
from bot.domain.stats import Headline, Indicator
from bot.domain.tip import Channel, Status, Verdict
from bot.services.campaign.digests import ListDue, QueueDigest
from bot.services.commands import base, campaign, citizen, officer, people
from tests.services.town import CAI_KHE, NINH_KIEU, PLACES, SERVICES, Town, refusal_of

EVIDENCE = "Đã xác minh và bắt quả tang"


def lines(stats: Stats) -> dict[Headline, int]:
    """Give the campaign's lines."""
    return {each.line: each.value for each in stats.lines}


async def figures(town: Town, chat: int = 900, **fields: Any) -> Stats:
    """Ask for figures."""
    await town.do(campaign.ShowStats, chat, span=Span.YEAR, **fields)
    found: Stats = town.last(chat, Stats)
    return found


async def test_queue_card_and_claim(town: Town) -> None:
    """Notice, open, claim."""
    number = await town.report(5)
    await town.do(officer.ShowQueue, 900)
    assert [line.tip for line in town.last(900, Queue).lines] == [number]
    await town.do(officer.OpenTip, 900, pressed=True, tip=number)
    card = town.last(900, TipCard)
    assert card.words.startswith("Tối nào")
    assert CardAction.CLAIM in card.actions
    await town.do(officer.Claim, 900, pressed=True, tip=number, version=card.version)
    card = town.last(900, TipCard)
    assert (card.status, card.is_mine) == (Status.CLAIMED, True)
    assert CardAction.CLAIM not in card.actions


async def test_pages_are_turned_where_the_card_is(town: Town) -> None:
    """Turning a page opens no further card, and pressing something else leaves the pages."""
    number = await town.report(5)
    await town.do(officer.OpenTip, 900, tip=number)
    for page in (1, 2, 0):
        await town.do(officer.OpenTip, 900, pressed=True, tip=number, page=page)
        assert (type(town.sent[900][-1]), town.last(900, TipCard).page) == (EditCard, page)
    await town.do(officer.OpenTip, 900, pressed=True, tip=number, page=1)
    await town.do(officer.Claim, 900, pressed=True, tip=number)
    assert town.last(900, TipCard).page == 0


async def test_two_officers_do_not_both_claim(town: Town) -> None:
    """The second is told who is faster."""
    await town.enrol(901, Role.OFFICER, CAI_KHE)
    number = await town.report(5)
    await town.do(officer.Claim, 900, tip=number)
    assert refusal_of(await town.do(officer.Claim, 901, tip=number)) == "refused-already-claimed"


async def test_a_button_of_an_older_card_shows_the_new_one_instead(town: Town) -> None:
    """An officer must see what changed before judging."""
    number = await town.report(5)
    await town.do(officer.OpenTip, 900, tip=number)
    old = town.last(900, TipCard).version
    await town.do(citizen.PressOwn, 5, pressed=True, handle=town.handle(5), step=citizen.OwnStep.ADD)
    await town.do(citizen.Write, 5, text="Thêm: biển số 65A")
    await town.do(officer.Judge, 900, pressed=True, tip=number, version=old, verdict=Verdict.SPAM, is_sure=True)
    assert town.executor.state.tips[number].is_open
    assert "card-changed" in town.keys(900)
    assert "65A" in town.last(900, TipCard).exchanges[-1].text


async def test_the_claimers_open_card_follows_the_reporter(town: Town) -> None:
    """One card edited in place, never out of date."""
    number = await town.report(5)
    await town.do(officer.OpenTip, 900, tip=number)
    await town.do(officer.Claim, 900, pressed=True, tip=number)
    await town.do(citizen.PressOwn, 5, pressed=True, handle=town.handle(5), step=citizen.OwnStep.ADD)
    await town.do(citizen.Write, 5, text="Thêm: biển số 65A")
    card = town.last(900, TipCard)
    assert card.version == town.executor.state.tips[number].version
    assert card.exchanges[-1].text == "Thêm: biển số 65A"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (officer.ShowQueue, {}),
        (officer.OpenTip, {"tip": 1}),
        (officer.Claim, {"tip": 1}),
        (officer.Ask, {"tip": 1, "text": "?"}),
        (officer.JudgeValuable, {"tip": 1, "evidence": EVIDENCE}),
        (officer.Judge, {"tip": 1, "verdict": Verdict.SPAM, "is_sure": True}),
        (officer.TakeBack, {"tip": 1, "is_sure": True}),
        (officer.RecordOutcome, {"tip": 1, "text": "vu 1"}),
        (officer.CloseTip, {"tip": 1}),
        (officer.ReopenTip, {"tip": 1}),
        (officer.FoldTip, {"tip": 1}),
        (officer.EnterTip, {"channel": Channel.PHONE, "text": "x"}),
        (campaign.RecordActivity, {"kind": "outreach", "number": "5"}),
        (campaign.ShowStats, {}),
        (campaign.ShowDigest, {}),
        (campaign.SetTarget, {"words": "nguontin 5"}),
        (people.InvitePerson, {"words": "canbo"}),
        (people.ConfirmJoin, {"officer": 1, "is_welcome": True}),
        (people.ShowPeople, {}),
        (people.Revoke, {"officer": 1}),
        (officer.Lock, {}),
    ],
)
async def test_no_officers_command_works_for_a_citizen(
    town: Town, kind: type[base.Command], fields: dict[str, Any]
) -> None:
    """Whoever sends it: the command itself permits nothing."""
    await town.report(5)
    before = dict(town.executor.state.tips)
    assert refusal_of(await town.do(kind, 66, **fields)) == "refused-not-enrolled"
    assert town.executor.state.tips == before


async def test_valuable_needs_a_case_and_evidence_and_counts_once(town: Town) -> None:
    """Button, note, counted."""
    number = await town.report(5)
    await town.do(officer.OpenTip, 900, tip=number)
    version = town.last(900, TipCard).version
    await town.do(officer.JudgeValuable, 900, pressed=True, tip=number, version=version)
    assert town.last(900, Prompt).purpose == "evidence"
    short = await town.do(citizen.Write, 900, text="ok rồi")
    assert refusal_of(short) == "refused-evidence-too-short"
    await town.do(officer.JudgeValuable, 900, pressed=True, tip=number, version=version)
    await town.do(citizen.Write, 900, text=EVIDENCE)
    card = town.last(900, TipCard)
    assert (card.verdict, card.case) == (Verdict.VALUABLE, 1)
    assert lines(await figures(town))[Headline.VALUABLE] == 1
    again = await town.do(officer.JudgeValuable, 900, tip=number, evidence=EVIDENCE)
    assert refusal_of(again) == "refused-already-judged"
    assert lines(await figures(town))[Headline.VALUABLE] == 1
    assert await town.off_by() == {}


async def test_tips_of_one_person_in_one_case_are_one_source_and_of_two_people_two(town: Town) -> None:
    """The rule of the headline metric, through the whole of the use cases."""
    first, second, third = await town.report(5), await town.report(5), await town.report(6)
    await town.do(officer.JudgeValuable, 900, tip=first, evidence=EVIDENCE)
    await town.do(officer.JudgeValuable, 900, tip=second, evidence=f"vu 1: {EVIDENCE}")
    assert lines(await figures(town))[Headline.VALUABLE] == 1
    await town.do(officer.OpenTip, 900, tip=third)
    await town.do(officer.JudgeValuable, 900, pressed=True, tip=third, version=town.last(900, TipCard).version)
    assert town.last(900, CaseChoice).cases == (1,)
    await town.do(officer.JudgeValuable, 900, pressed=True, tip=third, case=CaseNumber(1))
    await town.do(citizen.Write, 900, text=EVIDENCE)
    assert lines(await figures(town))[Headline.VALUABLE] == 2
    wrong = await town.do(officer.JudgeValuable, 900, tip=await town.report(7), evidence=f"vụ 9, {EVIDENCE}")
    assert refusal_of(wrong) == "refused-no-such-case"
    assert await town.off_by() == {}


async def test_taking_back_passes_the_credit_on_and_is_reported_later(town: Town) -> None:
    """Corrections go to the day of the credit, and the digest says so."""
    first, second = await town.report(5), await town.report(5)
    await town.do(officer.JudgeValuable, 900, tip=first, evidence=EVIDENCE)
    town.clock.advance(days=7)
    await town.do(officer.JudgeValuable, 900, tip=second, evidence=f"vu 1: {EVIDENCE}")
    await town.do(officer.TakeBack, 900, tip=first)
    assert town.last(900, ConfirmVerdict).what == "take_back"
    await town.do(officer.TakeBack, 900, tip=first, is_sure=True)
    assert lines(await figures(town))[Headline.VALUABLE] == 1
    await town.do(campaign.ShowStats, 900, span=Span.WEEK)
    week = town.last(900, Stats)
    assert (lines(week)[Headline.VALUABLE], week.corrections) == (1, -1)
    await town.do(campaign.ShowStats, 900, span=Span.WEEK, back=1)
    assert lines(town.last(900, Stats))[Headline.VALUABLE] == 0
    assert await town.off_by() == {}


async def test_other_verdicts_ask_once_by_button_and_close(town: Town) -> None:
    """A slip of the thumb must not bury a tip."""
    number = await town.report(5)
    await town.do(officer.Judge, 900, pressed=True, tip=number, verdict=Verdict.NOT_USEFUL)
    assert town.last(900, ConfirmVerdict).what == "not_useful"
    assert town.executor.state.tips[number].is_open
    await town.do(officer.Judge, 900, pressed=True, tip=number, verdict=Verdict.NOT_USEFUL, is_sure=True)
    assert town.executor.state.tips[number].status is Status.CLOSED
    assert town.last(900, TipCard).folded
    assert (await figures(town)).beside[Indicator.NOT_USEFUL] == 1
    await town.do(officer.ReopenTip, 900, tip=number)
    await town.do(officer.TakeBack, 900, tip=number, is_sure=True)
    assert (await figures(town)).beside[Indicator.NOT_USEFUL] == 0
    assert await town.off_by() == {}


async def test_a_duplicate_names_the_other_tip(town: Town) -> None:
    """And not itself."""
    first, second = await town.report(5), await town.report(6)
    for wrong in (second, None):
        answer = await town.do(
            officer.Judge, 900, tip=second, verdict=Verdict.DUPLICATE, is_sure=True, duplicate_of=wrong
        )
        assert refusal_of(answer) == "refused-usage"
    await town.do(officer.Judge, 900, tip=second, verdict=Verdict.DUPLICATE, is_sure=True, duplicate_of=first)
    assert (await figures(town)).beside[Indicator.DUPLICATE] == 1


async def test_outcomes_add_up_and_a_slip_is_mended(town: Town) -> None:
    """And never fall below zero."""
    number = await town.report(5)
    assert refusal_of(await town.do(officer.RecordOutcome, 900, tip=number, text="vu 1")) == "refused-valuable-first"
    await town.do(officer.JudgeValuable, 900, tip=number, evidence=EVIDENCE)
    await town.do(officer.RecordOutcome, 900, tip=number, text="vu 1 bat 12 truyna 1")
    await town.do(officer.RecordOutcome, 900, tip=number, text="bắt -10")
    assert town.last(900, TipCard).outcomes == (1, 2, 1)
    for text, key in (
        ("bat -3", "refused-number-out-of-range"),
        ("bat 99999", "refused-number-out-of-range"),
        ("hai người", "refused-usage"),
        ("vu", "refused-usage"),
    ):
        assert refusal_of(await town.do(officer.RecordOutcome, 900, tip=number, text=text)) == key
    found = lines(await figures(town))
    assert (found[Headline.CASES], found[Headline.PERSONS], found[Headline.FUGITIVES]) == (1, 2, 1)
    assert await town.off_by() == {}


async def test_closing_needs_a_verdict_and_folds_the_card(town: Town) -> None:
    """And the reporter hears of it."""
    number = await town.report(5)
    assert refusal_of(await town.do(officer.CloseTip, 900, tip=number)) == "refused-verdict-missing"
    await town.do(officer.JudgeValuable, 900, tip=number, evidence=EVIDENCE)
    await town.do(officer.CloseTip, 900, tip=number)
    assert town.last(900, TipCard).folded
    assert town.keys(5)[-1] == "own-done"


async def test_a_tip_from_outside_is_counted_by_its_channel(town: Town) -> None:
    """Phone, letter and visit count too, apart."""
    await town.do(officer.EnterTip, 900)
    await town.do(officer.EnterTip, 900, pressed=True, channel=Channel.PHONE)
    await town.do(citizen.Write, 900, text="Có người gọi báo mất xe máy")
    card = town.last(900, TipCard)
    assert (card.channel, CardAction.ASK in card.actions) == (Channel.PHONE, False)
    assert refusal_of(await town.do(officer.Ask, 900, tip=card.tip, text="Ở đâu?")) == "refused-no-reply-route"
    await town.do(officer.JudgeValuable, 900, tip=card.tip, evidence=EVIDENCE)
    found = await figures(town)
    assert found.received == {Channel.BOT: 0, Channel.PHONE: 1, Channel.LETTER: 0, Channel.VISIT: 0}
    assert found.valuable[Channel.PHONE] == 1
    assert await town.off_by() == {}


async def test_an_officers_stray_text_starts_nothing(town: Town) -> None:
    """It is said so, so that nobody believes it was stored."""
    await town.do(citizen.Write, 900, text="Có trộm ở phường Cái Khế")
    assert town.keys(900)[-1] == "officer-stray-text"
    conversation = town.conversation(900)
    assert conversation is not None
    assert conversation.draft is None


async def test_activities_targets_and_the_baseline(town: Town) -> None:
    """The committee sees the city beside its targets and 2019."""
    await town.enrol(950, Role.COMMITTEE, PLACES.city)
    await town.do(campaign.RecordActivity, 900, kind="outreach", number="120")
    await town.do(campaign.RecordActivity, 900, kind="outreach", number="1.080")
    await town.do(campaign.RecordActivity, 950, kind="collectives", number="2")
    await town.do(campaign.SetTarget, 950, words="nguontin 2.000")
    found = await figures(town, 950)
    assert (found.unit_code, lines(found)[Headline.SESSIONS], lines(found)[Headline.PEOPLE]) == ("92", 2, 1200)
    assert next(each.target for each in found.lines if each.line is Headline.VALUABLE) == 2000
    assert next(each.baseline for each in found.old_city if each.line is Headline.PERSONS) == 2800
    assert lines(found.model_copy(update={"lines": found.old_city}))[Headline.COLLECTIVES] == 0
    for kind, number in (("outreach", "0"), ("outreach", "999999999"), ("outreach", "nhiều"), (None, "3")):
        await town.do(campaign.RecordActivity, 900, kind=kind, number=number)
        assert town.keys(900)[-1].startswith("refused-")
    assert await town.off_by() == {}


async def test_an_officer_sees_the_own_unit_s_figures_and_no_other(town: Town) -> None:
    """Superiors and the committee see exact totals; neighbours do not."""
    assert refusal_of(await town.do(campaign.ShowStats, 900, unit=PLACES.city)) == "refused-not-allowed"
    assert refusal_of(await town.do(campaign.ShowStats, 900, words="Ninh Kiều")) == "refused-not-allowed"
    assert refusal_of(await town.do(campaign.ShowStats, 900, words="xyz abc")) == "refused-no-such-unit"


async def test_an_empty_unit_s_tips_are_in_the_queue_above_and_the_admin_is_told_once(town: Town) -> None:
    """On the first day 105 queues are empty."""
    await town.enrol(960, Role.ADMIN, PLACES.city)
    await town.enrol(970, Role.OFFICER, PLACES.duty)
    number = await town.report(5, "Trộm xe ở phường Ninh Kiều")
    await town.report(6, "Trộm xe ở phường Ninh Kiều")
    assert town.last(970, Notice).unit == "Phường Ninh Kiều"
    assert town.keys(960).count("alert-unit-empty") == 1
    await town.do(officer.OpenTip, 970, tip=number)
    await town.enrol(910, Role.OFFICER, NINH_KIEU)
    await town.do(officer.ShowQueue, 910)
    assert town.last(910, Queue).total == 2
    assert refusal_of(await town.do(officer.OpenTip, 970, tip=number)) == "refused-no-such-tip"


async def test_joining_waits_for_the_inviter_who_sees_the_name(town: Town) -> None:
    """The link may have been seen by others."""
    await town.enrol(980, Role.COMMANDER, CAI_KHE)
    await town.do(people.InvitePerson, 980, words="canbo")
    payload = town.last(980, InviteLink).payload
    await town.do(citizen.Start, 985, payload=payload, person="Minh")
    request = town.last(980, JoinRequest)
    assert request.person == "Minh"
    assert refusal_of(await town.do(officer.ShowQueue, 985)) == "refused-not-enrolled"
    stolen = await town.do(citizen.Start, 986, payload=payload, person="Kẻ khác")
    assert refusal_of(stolen) == "refused-invite-invalid"
    await town.do(people.ConfirmJoin, 980, pressed=True, officer=request.officer, is_welcome=True)
    await town.do(officer.ShowQueue, 985)
    assert town.last(985, Queue).unit == "Phường Cái Khế"
    twice = await town.do(people.ConfirmJoin, 980, pressed=True, officer=request.officer, is_welcome=False)
    assert refusal_of(twice) == "refused-button-stale"


async def test_a_digest_is_queued_once_per_unit_and_week(town: Town) -> None:
    """Whatever crashes happen."""
    await town.enrol(950, Role.COMMITTEE, PLACES.city)
    await town.report(5)
    before = await town.ask(SERVICES.digests.due, ListDue())
    assert before[1] == ()
    town.clock.advance(days=7)
    week, units = await town.ask(SERVICES.digests.due, ListDue())
    assert (week.name, set(units)) == ("2026-W48", {CAI_KHE, PLACES.city})
    for unit in units:
        queue = QueueDigest(unit=unit, week=week)
        assert await town.ask(SERVICES.digests.queue, queue) is True
        assert await town.ask(SERVICES.digests.queue, queue) is False
    for chat in (900, 950):
        assert len([each for each in town.sent[chat] if isinstance(each.screen, Digest)]) == 1
    digest = town.last(900, Digest)
    assert digest.figures.received[Channel.BOT] == 1
    assert digest.figures.first == date(2026, 11, 23)
    await town.do(campaign.ShowDigest, 950, week="2026-W48")
    assert town.last(950, Digest).figures.unit_code == PLACES.city
    assert refusal_of(await town.do(campaign.ShowDigest, 950, week="2026-W99")) == "refused-usage"


async def test_opening_another_tip_ends_the_waiting_for_a_note(town: Town) -> None:
    """Evidence written for one tip must not be recorded for another."""
    first, second = await town.report(5), await town.report(6)
    await town.do(officer.JudgeValuable, 900, pressed=True, tip=first)
    await town.do(officer.OpenTip, 900, tip=second)
    await town.do(citizen.Write, 900, text=EVIDENCE)
    assert town.keys(900)[-1] == "officer-stray-text"
    assert town.executor.state.decisions == {}
