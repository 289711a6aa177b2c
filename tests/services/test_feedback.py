"""When a citizen learns that a tip was dealt with: later than the fact, so that nobody can tell who told what when."""

from dataclasses import replace
from datetime import timedelta

from bot.domain import errors
from bot.domain.ids import TipNumber
from bot.domain.roles import Role
from bot.domain.screens.citizen import OwnTipCard, OwnTipList, PlainState
from bot.domain.tip import Verdict
from bot.services.commands import citizen, officer
from tests.services.town import AT_ONCE, CAI_KHE, Town, refusal_of


async def settled_town(*, delay: timedelta) -> Town:
    """Give a town where citizen 5's tip has just been closed, at 09:20 in the city."""
    town = await Town(delays=replace(AT_ONCE, done=delay)).begin()
    await town.enrol(900, Role.OFFICER, CAI_KHE)
    number: TipNumber = await town.report(5)
    await town.do(officer.Judge, 900, tip=number, verdict=Verdict.NOT_USEFUL, is_sure=True)
    return town


async def state(town: Town) -> PlainState:
    """Give the state citizen 5 is shown."""
    await town.do(citizen.ShowOwnTips, 5)
    found: PlainState = town.last(5, OwnTipList).tips[0].state
    return found


async def test_a_slow_answer_shows_the_end_from_the_next_day_on() -> None:
    """A state that changes within the hour of an arrest says who spoke."""
    town = await settled_town(delay=timedelta(hours=12))
    assert await state(town) is PlainState.CHECKING
    town.clock.advance(hours=14)
    assert await state(town) is PlainState.CHECKING
    town.clock.advance(hours=1)
    assert await state(town) is PlainState.DONE


async def test_the_buttons_of_a_card_tell_no_more_than_its_state() -> None:
    """A card that says "being checked" and lacks [Thêm] tells the end early; pressing it then is answered."""
    town = await settled_town(delay=timedelta(hours=12))
    for is_known in (False, True):
        await town.do(citizen.PressOwn, 5, pressed=True, handle=town.handle(5), step=citizen.OwnStep.OPEN)
        card = town.last(5, OwnTipCard)
        assert (card.state is PlainState.DONE) is is_known
        assert card.may_add is card.may_withdraw is not is_known
        answer = await town.do(citizen.PressOwn, 5, pressed=True, handle=town.handle(5), step=citizen.OwnStep.ADD)
        assert refusal_of(answer) == errors.TipIsOver.key
        town.clock.advance(hours=15)


async def test_without_a_delay_the_end_is_shown_at_once() -> None:
    """What was set is what happens."""
    town = await settled_town(delay=timedelta())
    assert await state(town) is PlainState.DONE
    assert "own-done" in town.keys(5)
