"""The composition root: the one place that picks an implementation for everything, and does nothing else."""

import logging
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import bot.gazetteer
import storage
from bot.chat.application import StrictApplication, build_application, take
from bot.chat.bot_api import BotApi
from bot.chat.command_runner import CommandRunner
from bot.chat.handlers.table import TelegramHandlers, handlers
from bot.chat.line import open_line, reach
from bot.chat.menus import insist, suggest
from bot.chat.sender import TelegramSender
from bot.chat.texts import Texts
from bot.chat.views import EmergencyNumbers, Views
from bot.clock_and_ids import SystemClock, SystemIds
from bot.delivery import Delivery, Pace, Rate
from bot.domain.deadlines import Deadlines
from bot.domain.ids import UpdateKey
from bot.domain.matching import Finder
from bot.domain.places import Gazetteer
from bot.intake import Intake
from bot.ports import Chore, Clock, Executor, Ids
from bot.runtime import Component, OneJob, run_together, stop_on_signals
from bot.services.background.scheduler import Scheduler
from bot.services.background.set_aside import SetAside, set_aside
from bot.services.background.startup import Startup
from bot.services.dispatch import Services, build_services
from bot.services.officer.readers import Readers
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
    settings: Settings, *, clock: Clock | None = None, ids: Ids | None = None, may_make: bool = True
) -> AsyncIterator[City]:
    """Open the books of a city for use cases. Raises storage.StorageError or SettingsError with what to do.

    Books that are not there are made, if they may be.
    Clock and ids are the machine's, unless a rehearsal brings its own.
    """
    places, finder = _read_places(settings)
    services = build_services(
        places=places,
        finder=finder,
        vocabulary=bot.gazetteer.load_vocabulary(),
        deadlines=Deadlines(
            urgent=timedelta(minutes=settings.urgent_minutes),
            acknowledge=timedelta(hours=settings.acknowledge_hours),
            resolve=timedelta(days=settings.resolve_days),
        ),
        feedback_delay=settings.feedback_delay,
    )
    startup = Startup(places, services.notices, services.live_finder)
    async with storage.open_storage(
        settings.database,
        keys=settings.keys,
        bot_id=settings.bot_id,
        clock=clock or SystemClock(),
        ids=ids or SystemIds(),
        on_refusal=answer_refusal,
        may_make=may_make,
    ) as executor:
        await executor.run(startup.begin, Chore())
        yield City(settings, places, services, startup, executor)


def _read_places(settings: Settings) -> tuple[Gazetteer, Finder]:
    try:
        places = bot.gazetteer.load(settings.province)
    except (OSError, ValueError) as error:
        raise SettingsError(f"NGUONTIN_PROVINCE is wrong: {error} (Cần Thơ is 92).") from None
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
        async with open_city(settings) as city, open_line(settings) as (request, api):
            application = build_application(
                token=settings.token.get_secret_value(), base_url=settings.base_url, request=request
            )
            if not await reach(application.initialize, stopped=stopped):
                return
            try:
                await run_together(_components(city, api, application), stopped=stopped)
            finally:
                await application.bot.shutdown()


def _components(city: City, api: BotApi, application: StrictApplication) -> Sequence[Component]:
    """Put together what goes on by itself: whoever writes messages is stopped before the one who sends them."""
    settings, executor, clock = city.settings, city.executor, SystemClock()
    views = make_views(settings, application.bot.username)
    sender = TelegramSender(call=api.call, render=views.render)
    delivery = Delivery(executor=executor, sender=sender, may_read=Readers(city.places).may_read, pace=_pace(settings))
    executor.hand_over_to(delivery.hear)
    runner = CommandRunner(executor, city.services.dispatcher, delivery.heard_from)
    application.add_handlers(handlers(TelegramHandlers(runner, bot_id=settings.bot_id)))

    async def park(key: UpdateKey, raw: str, reason: str) -> None:
        await executor.run(set_aside, SetAside(update=key, raw=raw, reason=reason))

    return (
        delivery,
        OneJob(partial(insist, api.forget_webhook, what="deleteWebhook", chance=random.random)),
        OneJob(partial(suggest, api.call, views.menus(), chance=random.random)),
        Scheduler(executor, clock, city.services.digests, city.startup),
        Intake(
            bot=settings.bot_id,
            executor=executor,
            fetch=api.fetch,
            take=partial(take, application),
            park=park,
            chance=random.random,
        ),
    )


def _pace(settings: Settings) -> Pace:
    overall, chat = settings.messages_per_second, settings.chat_messages_per_second
    return Pace(overall=Rate(overall, burst=max(10, overall / 3)), chat=Rate(chat, burst=max(4, chat)))
