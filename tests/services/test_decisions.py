"""What is kept of a verdict, so that a figure can be defended: who judged, when, for which unit, with which note."""

from typing import Any

from bot.domain.campaign.periods import city_day
from bot.domain.ids import CaseNumber, OfficerNumber, TipNumber
from bot.domain.tip import Verdict
from bot.ports import UnitOfWork
from bot.services.commands import officer
from tests.contract.asking import do
from tests.services.town import CAI_KHE, Town

EVIDENCE = "Đã xác minh và bắt quả tang"


async def kept(town: Town, number: TipNumber) -> tuple[Any, str | None]:
    """Read a tip's standing decision and its note."""

    async def read(uow: UnitOfWork) -> tuple[Any, str | None]:
        decision = await uow.cases.current_decision(number)
        assert decision is not None
        return decision, await uow.cases.evidence(decision.number)

    found: tuple[Any, str | None] = await do(town.executor, read)
    return found


async def test_a_valuable_verdict_is_kept_with_its_note_and_who_gave_it(town: Town) -> None:
    """A figure without its evidence cannot be defended a year later."""
    number = await town.report(5)
    await town.do(officer.JudgeValuable, 900, tip=number, evidence=EVIDENCE)
    decision, note = await kept(town, number)
    assert (decision.verdict, decision.officer, decision.case) == (Verdict.VALUABLE, OfficerNumber(1), CaseNumber(1))
    assert (decision.unit, decision.day) == (CAI_KHE, city_day(town.clock.now()))
    assert decision.source is not None
    assert note == EVIDENCE


async def test_another_verdict_is_kept_without_a_note_and_without_a_source(town: Town) -> None:
    """Who sent a tip that was not useful is nobody's business."""
    number = await town.report(5)
    await town.do(officer.Judge, 900, tip=number, verdict=Verdict.NOT_USEFUL, is_sure=True)
    decision, note = await kept(town, number)
    assert (decision.verdict, decision.officer, decision.case) == (Verdict.NOT_USEFUL, OfficerNumber(1), None)
    assert decision.source is None
    assert note is None
