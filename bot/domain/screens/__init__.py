"""What a person is shown, as data: services fill these, views turn them into words and buttons.

A screen carries values, never sentences. It is stored sealed in the outbox until it is sent. Screens for officers
never carry anything about a reporter. Each module keeps the union of its own screens; a new screen enters that one.
"""

from typing import Annotated

from pydantic import Field

from bot.domain.screens.base import Line
from bot.domain.screens.citizen import CitizenScreen
from bot.domain.screens.figures import FiguresScreen
from bot.domain.screens.officer import OfficerScreen
from bot.domain.screens.people import PeopleScreen

AnyScreen = Annotated[
    Line | CitizenScreen | OfficerScreen | FiguresScreen | PeopleScreen,
    Field(discriminator="name"),
]
