"""What belongs to one unit stays there: its cases, its corrections, its clock, and its own officers' notices."""

from bot.domain.campaign.periods import Span
from bot.domain.roles import Role
from bot.domain.screens.figures import Digest, Stats
from bot.domain.screens.officer import Notice
from bot.domain.tip import Channel
from bot.services.commands import campaign, officer
from tests.services.town import CAI_KHE, NINH_KIEU, PLACES, Town, refusal_of

EVIDENCE = "Đã xác minh và bắt quả tang"


async def test_another_units_case_cannot_be_used_for_a_verdict(town: Town) -> None:
    """Whoever guesses a number would learn that the case exists, and share its credit."""
    await town.enrol(910, Role.OFFICER, NINH_KIEU)
    theirs = await town.report(6, "Trộm xe ở phường Ninh Kiều")
    await town.do(officer.JudgeValuable, 910, tip=theirs, evidence=EVIDENCE)
    ours = await town.report(5)
    answer = await town.do(officer.JudgeValuable, 900, tip=ours, evidence=f"vu 1: {EVIDENCE}")
    assert refusal_of(answer) == "refused-no-such-case"
    assert len(town.executor.state.decisions) == 1


async def test_a_correction_is_told_in_its_unit_and_above_and_nowhere_else(town: Town) -> None:
    """A ward must not explain what another ward took back."""
    await town.enrol(910, Role.OFFICER, NINH_KIEU)
    await town.enrol(950, Role.COMMITTEE, PLACES.city)
    number = await town.report(5)
    await town.do(officer.JudgeValuable, 900, tip=number, evidence=EVIDENCE)
    town.clock.advance(days=7)
    await town.do(officer.TakeBack, 900, tip=number, is_sure=True)
    told = {}
    for chat in (900, 910, 950):
        await town.do(campaign.ShowStats, chat, span=Span.WEEK)
        told[chat] = town.last(chat, Stats).corrections
    assert told == {900: -1, 910: 0, 950: -1}


async def test_a_digest_counts_as_overdue_what_is_late_and_nothing_else(town: Town) -> None:
    """A unit that is on time must not be told that it is late, nor the other way round."""
    number = await town.report(5)

    async def overdue() -> int:
        await town.do(campaign.ShowDigest, 900)
        found: int = town.last(900, Digest).overdue
        return found

    assert await overdue() == 0
    town.clock.advance(hours=25)
    assert await overdue() == 1
    await town.do(officer.Claim, 900, tip=number)
    assert await overdue() == 0


async def test_whoever_enters_a_tip_is_not_told_of_it_and_the_colleagues_are(town: Town) -> None:
    """The card is in front of them: a notice would look like a second tip."""
    await town.enrol(901, Role.OFFICER, CAI_KHE)
    await town.do(officer.EnterTip, 900, channel=Channel.PHONE, text="Có người gọi báo mất xe máy")
    told = {chat: any(isinstance(each.screen, Notice) for each in town.sent[chat]) for chat in (900, 901)}
    assert told == {900: False, 901: True}
