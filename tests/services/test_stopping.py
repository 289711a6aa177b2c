"""Ending something without ending the tip: replies, a card, a question that was begun."""

from bot.domain.ids import CaseNumber
from bot.domain.roles import Role
from bot.domain.screens.citizen import ConfirmOwn, OwnTipCard, PlainState
from bot.domain.screens.officer import TipCard
from bot.services.commands import citizen, officer
from tests.services.town import CAI_KHE, Town, refusal_of

EVIDENCE = "Đã xác minh và bắt quả tang"


async def test_stopping_replies_asks_once_and_cuts_every_route(town: Town) -> None:
    """The phone is about to change hands; the tips themselves go on."""
    first, second = await town.report(5), await town.report(5)
    await town.do(citizen.StopReplies, 5)
    assert town.last(5, ConfirmOwn).what == "stop"
    assert {first, second} <= set(town.executor.state.routes)
    await town.do(citizen.StopReplies, 5, pressed=True, is_sure=True)
    assert town.executor.state.routes == {}
    assert town.keys(5)[-1] == "own-stopped"
    assert all(town.executor.state.tips[number].is_open for number in (first, second))


async def test_stopping_replies_leaves_another_chats_route_alone(town: Town) -> None:
    """Whoever has the code may read, not cut the sender off."""
    number = await town.report(5)
    code = next(iter(town.executor.state.receipts))
    await town.do(citizen.ShowOwnTips, 6, code=code)
    assert not town.last(6, OwnTipCard).may_stop
    await town.do(citizen.StopReplies, 6, is_sure=True)
    assert town.executor.state.routes[number] == 5


async def test_a_citizen_looks_around_in_an_own_tip_without_changing_it(town: Town) -> None:
    """Looking is free of consequences."""
    number = await town.report(5)
    before, handle = town.executor.state.tips[number], town.handle(5)
    for step, key in (
        (citizen.OwnStep.READ, "own-nothing-new"),
        (citizen.OwnStep.LATER, "own-later"),
    ):
        await town.do(citizen.PressOwn, 5, pressed=True, handle=handle, step=step)
        assert town.keys(5)[-1] == key
    for step in (citizen.OwnStep.OPEN, citizen.OwnStep.TURN):
        await town.do(citizen.PressOwn, 5, pressed=True, handle=handle, step=step)
        assert town.last(5, OwnTipCard).state is PlainState.RECEIVED
    await town.do(citizen.PressOwn, 5, pressed=True, handle=handle, step=citizen.OwnStep.STOP)
    assert town.last(5, ConfirmOwn).what == "stop"
    assert town.executor.state.tips[number] == before
    assert town.executor.state.routes[number] == 5


async def test_a_folded_card_carries_no_words_and_the_tip_goes_on(town: Town) -> None:
    """Someone looks over the officer's shoulder."""
    number = await town.report(5)
    await town.do(officer.OpenTip, 900, pressed=True, tip=number)
    await town.do(officer.FoldTip, 900, pressed=True, tip=number)
    card = town.last(900, TipCard)
    assert (card.folded, card.words, card.exchanges) == (True, "", ())
    assert town.executor.state.tips[number].is_open


async def test_a_note_that_was_cancelled_is_not_waited_for(town: Town) -> None:
    """The next line the officer writes is about something else."""
    number = await town.report(5)
    await town.do(officer.JudgeValuable, 900, pressed=True, tip=number)
    await town.do(officer.CancelPrompt, 900, pressed=True)
    await town.do(citizen.Write, 900, text=EVIDENCE)
    assert town.keys(900)[-1] == "officer-stray-text"
    assert town.executor.state.decisions == {}


async def test_a_question_and_an_outcome_may_be_written_after_they_were_asked_for(town: Town) -> None:
    """Two taps, then the words."""
    number = await town.report(5)
    await town.do(officer.Ask, 900, pressed=True, tip=number)
    await town.do(citizen.Write, 900, text="Lúc mấy giờ?")
    assert [each.text for each in town.last(900, TipCard).exchanges] == ["Lúc mấy giờ?"]
    await town.do(officer.JudgeValuable, 900, tip=number, evidence=EVIDENCE)
    await town.do(officer.RecordOutcome, 900, pressed=True, tip=number)
    await town.do(citizen.Write, 900, text="vu 1 bat 2")
    assert (town.last(900, TipCard).case, town.last(900, TipCard).outcomes) == (CaseNumber(1), (1, 2, 0))
    assert await town.off_by() == {}


async def test_a_closed_tip_is_taken_up_again_with_its_verdict(town: Town) -> None:
    """New facts; what was counted stands until it is taken back."""
    await town.enrol(901, Role.OFFICER, CAI_KHE)
    number = await town.report(5)
    await town.do(officer.JudgeValuable, 900, tip=number, evidence=EVIDENCE)
    await town.do(officer.CloseTip, 900, tip=number)
    await town.do(officer.ReopenTip, 901, tip=number)
    assert town.last(901, TipCard).status == "reopened"
    again = await town.do(officer.ReopenTip, 901, tip=number)
    assert refusal_of(again) == "refused-illegal-move"
    assert await town.off_by() == {}
