"""The house that the stories are played in, and the only file here that names parts of the project.

Everything is real but the wire to Telegram, the clock and the ids.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.app import City, delays_of, open_city
from bot.chat.application import MalformedUpdateError, StrictApplication, build_application, take
from bot.chat.bot_api import BotApi
from bot.chat.command_runner import CommandRunner
from bot.chat.handlers.table import TelegramHandlers, handlers
from bot.chat.sender import TelegramSender
from bot.chat.texts import Texts, Values
from bot.chat.transport import AiohttpRequest
from bot.chat.views import EmergencyNumbers, Views
from bot.delivery import Delivery, Pace, Rate
from bot.domain.conversation import Language
from bot.domain.ids import OfficerNumber, UpdateKey
from bot.domain.matching import Finder
from bot.domain.places import Gazetteer, UnitCode
from bot.domain.roles import Role
from bot.gazetteer import load, load_finder
from bot.intake.batch import chat_of
from bot.ports import Executor, HandedOver, OnCommit, Sender
from bot.services.background.reminders import ReminderKeeper
from bot.services.background.retention import Retention
from bot.services.background.scheduler import Scheduler
from bot.services.background.set_aside import NoteFailure, SetAside, note_failure, set_aside
from bot.services.background.watch import Watch
from bot.services.people.invitations import ConfirmFromServer, MakeInvite
from bot.settings import Settings
from storage import make_keys
from tests.contract.asking import do
from tests.memory.fakes import CountingIds, FixedClock
from tests.transcripts.phones import BOT

TOKEN = "4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105 - opens nothing

_AT_ONCE = Rate(1e9, burst=1e9)
_TURNS = 30
_PATIENCE = 50
"""How often what still waits is looked for again, a fiftieth of a second later."""
"""Turns of the loop without new work after which nothing more will come by itself."""

Answer = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""What Telegram does with a call: a method and its payload give the whole answer."""


class Wire(AiohttpRequest):
    """The way to Telegram, ending in a function."""

    def __init__(self, answer: Answer, failures: list[Exception]) -> None:
        super().__init__()
        self._answer = answer
        self._failures = failures

    async def initialize(self) -> None:
        """Open nothing."""

    async def do_request(
        self, url: str, method: str, request_data: Any = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Hand a call over; a call of python-telegram-bot itself has no body of ours."""
        payload = json.loads(getattr(request_data, "body", b"{}"))
        try:
            answer = self._answer(url.rpartition("/")[2], payload)
        except Exception as error:
            self._failures.append(error)
            raise
        return int(answer.get("error_code", 200)), json.dumps(answer).encode()


class NotingTexts(Texts):
    """The texts, and which of them were asked for."""

    def __init__(self, bundles: Mapping[Language, Any]) -> None:
        super().__init__(bundles)
        self.noted: set[str] = set()

    def text(self, language: Language, key: str, **values: Values) -> str:
        """Give a text, and note its key if it was a Vietnamese one."""
        if language is Language.VI:
            self.noted.add(key)
        return super().text(language, key, **values)


@lru_cache(maxsize=1)
def _places() -> tuple[Gazetteer, Finder]:
    places = load()
    return places, load_finder(places)


@lru_cache(maxsize=1)
def _texts() -> NotingTexts:
    return NotingTexts.load()


def shown_texts() -> frozenset[str]:
    """Name every text that can be shown."""
    return _texts().keys(Language.VI)


class CountedWork:
    """The work of the delivery, and whether some is going on."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._going_on = 0
        self.begun = 0
        self.is_idle = asyncio.Event()
        self.is_idle.set()

    def hand_over_to(self, listener: OnCommit) -> None:
        """Let a listener hear what use cases queued."""
        self._executor.hand_over_to(listener)

    async def run(self, use_case: Any, command: Any) -> Any:
        """Run a use case."""
        self.begun += 1
        self._going_on += 1
        self.is_idle.clear()
        try:
            return await self._executor.run(use_case, command)
        finally:
            self._going_on -= 1
            if not self._going_on:
                self.is_idle.set()


class WatchedSender:
    """The sender, and what it could not make into a call."""

    def __init__(self, sender: Sender, failures: list[Exception]) -> None:
        self._sender = sender
        self._failures = failures

    async def deliver(self, outgoing: Any, *, message: Any) -> Any:
        """Make the call of a message."""
        try:
            return await self._sender.deliver(outgoing, message=message)
        except Exception as error:
            self._failures.append(error)
            raise


@dataclass
class House:
    """A running bot."""

    clock: FixedClock
    city: City
    application: StrictApplication
    api: BotApi
    views: Views
    noted: set[str]
    """Keys of the texts that were asked for; whoever looks clears it."""
    executor: CountedWork
    delivery: Delivery
    reminders: ReminderKeeper
    clockwork: Scheduler
    retention: Retention
    failures: list[Exception]
    """What went wrong on the way out, where the delivery tries again or goes on without a word."""

    async def receive(self, raw: Mapping[str, Any]) -> None:
        """Take an update, and let every message go out. Raises what intake would set the update aside for."""
        await take(self.application, raw)
        await self._quiet()

    async def receive_broken(self, raw: Mapping[str, Any], *, tries: int) -> None:
        """Take an update that cannot be handled, as intake does, and try it so often."""
        try:
            await take(self.application, raw)
        except MalformedUpdateError as error:
            key = UpdateKey(self.city.settings.bot_id, int(raw["update_id"]))
            chat = chat_of(raw)
            await self.city.executor.run(set_aside, SetAside(update=key, chat=chat, raw=json.dumps(raw)))
            for _ in range(tries):
                command = NoteFailure(update=key, chat=chat, reason=type(error).__name__)
                await self.city.executor.run(note_failure, command)
        await self._quiet()

    async def let_pass(self, **span: float) -> None:
        """Let time go by: what is due happens."""
        self.clock.advance(**span)
        await self._quiet()
        await self.clockwork.look()
        await self.retention.look()
        await self._quiet()

    async def greet(self) -> None:
        """Say what every bot says to Telegram at its start."""
        for payload in self.views.menus():
            await self.api.call("setMyCommands", payload)

    async def invite(self, role: str, unit: str) -> str:
        """Make an invitation on the command line; gives what stands behind "start=" in its link."""
        command = MakeInvite(role=Role(role), unit=UnitCode(unit))
        link: Any = await self.city.executor.run(self.city.services.invitations.invite_from_server, command)
        return str(link.payload)

    async def confirm(self, number: int) -> None:
        """Let a waiting person in on the command line."""
        command = ConfirmFromServer(officer=OfficerNumber(number))
        await self.city.executor.run(self.city.services.invitations.confirm_from_server, command)
        await self._quiet()

    async def _quiet(self) -> None:
        """Wait until nothing is on its way, nor waits to be sent: on a busy machine that may take a while."""
        patience = _PATIENCE
        while True:
            begun = -1
            while begun != self.executor.begun or not self.executor.is_idle.is_set():
                await self.executor.is_idle.wait()
                begun = self.executor.begun
                await self.reminders.look()
                for _ in range(_TURNS):
                    await asyncio.sleep(0)
            waiting = await do(self.city.executor, lambda uow: uow.outbox.waiting())
            if not waiting["due"] or not patience:
                break
            patience -= 1
            await asyncio.sleep(0.02)
        if self.failures:
            raise self.failures[0]


@asynccontextmanager
async def open_house(
    folder: Path,
    answer: Answer,
    *,
    is_hurried: bool,
    clock: FixedClock | None = None,
    ids: CountingIds | None = None,
) -> AsyncIterator[House]:
    """Open a house in an empty folder, or again where one was, with its clock and ids.

    When it is hurried, nothing waits but the message of a tip's end.
    """
    clock = clock or FixedClock()
    hurry = dict.fromkeys(("question_minutes", "answer_minutes", "notice_seconds"), 0) if is_hurried else {}
    settings = Settings.model_validate({"token": TOKEN, "data": folder / "data", "keys": folder / "keys", **hurry})
    settings.data.mkdir(parents=True, exist_ok=True)
    if not settings.keys.exists():
        make_keys(settings.keys, now=clock.now())
    failures: list[Exception] = []
    wire = Wire(answer, failures)
    async with open_city(settings, clock=clock, ids=ids or CountingIds(), places=_places()) as city:
        application = build_application(token=TOKEN, base_url=settings.base_url, request=wire)
        await application.initialize()
        api = BotApi(wire, f"{settings.base_url}{TOKEN}")
        texts = _texts()
        texts.noted.clear()
        views = Views(texts, EmergencyNumbers(), str(BOT["username"]))
        executor = CountedWork(city.executor)
        delivery = Delivery(
            executor=executor,
            sender=WatchedSender(TelegramSender(call=api.call, render=views.render), failures),
            may_read=city.services.whose_work.may_be_shown,
            pace=Pace(overall=_AT_ONCE, chat=_AT_ONCE),
        )
        desk = CommandRunner(city.executor, city.services.dispatcher, delivery.heard_from)
        application.add_handlers(handlers(TelegramHandlers(desk, bot_id=settings.bot_id)))
        clockwork = Scheduler(city.executor, city.services.digests, city.startup, Watch(city.services.whose_work))
        retention = Retention(city.executor, clock)
        reminders = ReminderKeeper(executor, clock, city.services.reminding, delays_of(settings))

        def hear(handed_over: Sequence[HandedOver]) -> None:
            delivery.hear(handed_over)
            reminders.hear(handed_over)

        city.executor.hand_over_to(hear)
        sending = asyncio.create_task(delivery.run())
        try:
            yield House(
                clock,
                city,
                application,
                api,
                views,
                texts.noted,
                executor,
                delivery,
                reminders,
                clockwork,
                retention,
                failures,
            )
        finally:
            delivery.stop()
            await sending
            await application.shutdown()
