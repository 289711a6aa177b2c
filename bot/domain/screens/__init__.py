"""What a person is shown, as data: services fill these, views turn them into words and buttons.

A screen carries values, never sentences. It is stored sealed in the outbox until it is sent. Screens for officers
never carry anything about a reporter.
"""

from typing import Annotated

from pydantic import Field

from bot.domain.screens.base import Exchange, Line, Screen
from bot.domain.screens.citizen import (
    ConfirmOwn,
    DraftCard,
    LanguageChoice,
    NewMessage,
    OfficerQuestion,
    OwnTipCard,
    OwnTipLine,
    OwnTipList,
    Page,
    PickChoice,
    PlaceChoice,
    PlacePicker,
    PlainState,
    Receipt,
    Welcome,
)
from bot.domain.screens.figures import Digest, FigureLine, Stats
from bot.domain.screens.officer import (
    CardAction,
    CaseChoice,
    ChannelChoice,
    ConfirmVerdict,
    Notice,
    Prompt,
    Queue,
    QueueLine,
    TipCard,
)
from bot.domain.screens.people import InviteChoice, InviteLink, JoinRequest, People, PersonLine

AnyScreen = Annotated[
    Line
    | Welcome
    | DraftCard
    | PlacePicker
    | Receipt
    | OwnTipList
    | OwnTipCard
    | NewMessage
    | OfficerQuestion
    | ConfirmOwn
    | LanguageChoice
    | Page
    | Notice
    | Queue
    | TipCard
    | CaseChoice
    | ConfirmVerdict
    | Prompt
    | ChannelChoice
    | Stats
    | Digest
    | InviteLink
    | JoinRequest
    | People
    | InviteChoice,
    Field(discriminator="name"),
]


__all__ = [
    "AnyScreen",
    "CardAction",
    "CaseChoice",
    "ChannelChoice",
    "ConfirmOwn",
    "ConfirmVerdict",
    "Digest",
    "DraftCard",
    "Exchange",
    "FigureLine",
    "InviteChoice",
    "InviteLink",
    "JoinRequest",
    "LanguageChoice",
    "Line",
    "NewMessage",
    "Notice",
    "OfficerQuestion",
    "OwnTipCard",
    "OwnTipLine",
    "OwnTipList",
    "Page",
    "People",
    "PersonLine",
    "PickChoice",
    "PlaceChoice",
    "PlacePicker",
    "PlainState",
    "Prompt",
    "Queue",
    "QueueLine",
    "Receipt",
    "Screen",
    "Stats",
    "TipCard",
    "Welcome",
]
