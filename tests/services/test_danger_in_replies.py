"""Whatever a text belongs to, whoever tells of danger is told whom to call."""

import pytest

from bot.domain.roles import Role
from bot.domain.screens.citizen import Emergency
from bot.domain.text.categories import Service
from bot.services.commands import citizen, officer
from tests.services.town import CAI_KHE, Town


@pytest.mark.parametrize("step", [citizen.OwnStep.ADD, citizen.OwnStep.READ])
async def test_danger_in_an_addition_or_an_answer_is_answered_with_the_number_to_call(
    town: Town, step: citizen.OwnStep
) -> None:
    """A false alarm costs a line, a missed one a life."""
    await town.enrol(901, Role.OFFICER, CAI_KHE)
    number = await town.report(5)
    await town.do(officer.Ask, 901, tip=number, text="Có mấy người?")
    await town.do(citizen.PressOwn, 5, pressed=True, handle=town.handle(5), step=step)
    await town.do(citizen.Write, 5, text="tụi nó đang cầm dao đập cửa nhà em, cứu em với")
    assert town.last(5, Emergency).service is Service.POLICE
    assert "đập cửa" in town.executor.state.contents[number].exchanges[-1].text
