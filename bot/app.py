"""The composition root: the one place that picks an implementation for everything, and does nothing else."""

import logging
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import bot.gazetteer
import storage
from bot.chat.application import StrictApplication, build_application, take
from bot.chat.bot_api import BotApi
from bot.chat.command_runner import CommandRunner
from bot.chat.handlers.table import TelegramHandlers, handlers
from bot.chat.line import BotName, open_line
from bot.chat.menus import insist, suggest
from bot.chat.sender import TelegramSender
from bot.chat.texts import Texts
from bot.chat.views import EmergencyNumbers, Views
from bot.clock_and_ids import SystemClock, SystemIds
from bot.delivery import Delivery, Pace, Rate
from bot.domain.deadlines import Deadlines
from bot.domain.matching import Finder
from bot.domain.places import Gazetteer
from bot.domain.reminders import Delays
from bot.intake import Intake, tells_of_danger
from bot.ports import Chore, Clock, Executor, HandedOver, Ids
from bot.runtime import Component, OneJob, run_together, stop_on_signals
from bot.services.background.reminders import ReminderKeeper
from bot.services.background.retention import Retention
from bot.services.background.scheduler import Scheduler
from bot.services.background.startup import Startup
from bot.services.background.watch import Watch
from bot.services.dispatch import Services, build_services
from bot.services.session import answer_refusal
from bot.settings import Settings, SettingsError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class City:
    """One city's bot without Telegram: places, use cases and the books."""

    settings: Settings
    places: Gazetteer
    services: Services
    startup: Startup
    executor: Executor


@asynccontextmanager
async def open_city(
    settings: Settings,
    *,
    clock: Clock | None = None,
    ids: Ids | None = None,
    places: tuple[Gazetteer, Finder] | None = None,
    may_make: bool = True,
    is_alone: bool = False,
) -> AsyncIterator[City]:
    """Open the books of a city for use cases. Raises storage.StorageError or SettingsError with what to do.

    Books that are not there are made, if they may be; only who is alone may change those of an older program.
    Clock, ids and places are those of the machine and its settings, unless a rehearsal brings its own.
    """
    gazetteer, finder = places or read_places(settings)
    services = build_services(
        places=gazetteer,
        finder=finder,
        vocabulary=bot.gazetteer.load_vocabulary(),
        deadlines=Deadlines(
            acknowledge=timedelta(hours=settings.acknowledge_hours),
            resolve=timedelta(days=settings.resolve_days),
        ),
        delays=delays_of(settings),
    )
    startup = Startup(gazetteer, services.whose_work, services.live_finder)
    async with storage.open_storage(
        settings.database,
        keys=settings.keys,
        bot_id=settings.bot_id,
        clock=clock or SystemClock(),
        ids=ids or SystemIds(),
        on_refusal=answer_refusal,
        may_make=may_make,
        is_alone=is_alone,
    ) as executor:
        await executor.run(startup.begin, Chore())
        yield City(settings, gazetteer, services, startup, executor)


def delays_of(settings: Settings) -> Delays:
    """Say how much later than the fact each thing is told."""
    return Delays(
        done=timedelta(hours=settings.feedback_hours),
        question=timedelta(minutes=settings.question_minutes),
        move=timedelta(minutes=settings.answer_minutes),
        merge=timedelta(seconds=settings.notice_seconds),
        urgent=timedelta(minutes=settings.urgent_minutes),
    )


@dataclass(frozen=True, slots=True)
class ReadableCity:
    """One city's books for whoever only reads them, beside a running bot."""

    places: Gazetteer
    reader: storage.SqliteReader


def open_books(settings: Settings) -> ReadableCity:
    """Open the books of a city for reading alone. Raises what `open_city` raises; nothing is made or changed."""
    places, _ = read_places(settings)  # a wrong alias is found here too
    reader = storage.open_reader(
        settings.database, keys=settings.keys, bot_id=settings.bot_id, clock=SystemClock(), ids=SystemIds()
    )
    return ReadableCity(places, reader)


def _read_gazetteer(settings: Settings) -> Gazetteer:
    try:
        return bot.gazetteer.load(settings.province)
    except (OSError, ValueError) as error:
        raise SettingsError(f"NGUONTIN_PROVINCE is wrong: {error} (Cần Thơ is 92).") from None


def read_places(settings: Settings) -> tuple[Gazetteer, Finder]:
    """Read a city's places, and make their finder. Raises SettingsError."""
    places = _read_gazetteer(settings)
    try:
        return places, bot.gazetteer.load_finder(places, more=settings.aliases)
    except (OSError, ValueError) as error:
        raise SettingsError(f"NGUONTIN_ALIASES cannot be used: {error}.") from None


def make_views(settings: Settings, username: str) -> Views:
    """Put the words together."""
    numbers = EmergencyNumbers(settings.police_number, settings.fire_number, settings.ambulance_number)
    return Views(Texts.load(), numbers, username)


async def run_bot(settings: Settings) -> None:
    """Run the bot until it is asked to stop (SIGINT, SIGTERM). Raises StorageUnavailableError when one runs already."""
    stopped = stop_on_signals()
    if not settings.database.exists():
        _log.warning("there is no database yet in the folder of NGUONTIN_DATA: a new one is made")
    with storage.run_alone(settings.database):
        async with open_city(settings, is_alone=True) as city, open_line(settings) as (request, api):
            application = build_application(
                token=settings.token.get_secret_value(), base_url=settings.base_url, request=request
            )
            await application.initialize()
            try:
                await run_together(_components(city, api, application), stopped=stopped)
            finally:
                await application.bot.shutdown()


def _components(city: City, api: BotApi, application: StrictApplication) -> Sequence[Component]:
    """Put together what goes on by itself: whoever writes messages is stopped before the one who sends them."""
    settings, executor, clock = city.settings, city.executor, SystemClock()
    views, name = make_views(settings, ""), BotName(api.call)
    sender = TelegramSender(call=api.call, render=lambda *screen: replace(views, username=name.value).render(*screen))
    delivery = Delivery(
        executor=executor,
        sender=sender,
        may_read=city.services.whose_work.may_be_shown,
        on_blocked=city.services.presence.note_blocked,
        pace=_pace(settings),
    )
    reminders = ReminderKeeper(executor, clock, city.services.reminding, delays_of(settings))

    def hear(handed_over: Sequence[HandedOver]) -> None:
        delivery.hear(handed_over)
        reminders.hear(handed_over)

    executor.hand_over_to(hear)
    runner = CommandRunner(executor, city.services.dispatcher, delivery.heard_from)
    application.add_handlers(handlers(TelegramHandlers(runner, bot_id=settings.bot_id)))

    return (
        delivery,
        reminders,
        OneJob(partial(insist, name.ask, what="getMe", chance=random.random)),
        OneJob(partial(insist, api.forget_webhook, what="deleteWebhook", chance=random.random)),
        OneJob(partial(suggest, api.call, views.menus(), chance=random.random)),
        Scheduler(executor, city.services.digests, city.startup, Watch(city.services.whose_work)),
        Retention(executor, clock),
        Intake(
            bot=settings.bot_id,
            executor=executor,
            fetch=api.fetch,
            take=partial(take, application),
            is_pressing=partial(tells_of_danger, city.services.drafts.drafting.vocabulary),
            chance=random.random,
        ),
    )


def _pace(settings: Settings) -> Pace:
    overall, chat = settings.messages_per_second, settings.chat_messages_per_second
    return Pace(overall=Rate(overall, burst=max(10, overall / 3)), chat=Rate(chat, burst=max(4, chat)))
