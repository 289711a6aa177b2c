"""The composition root: the one place where the rooms are put together, and where clock, ids and chance come from."""

import asyncio
import gc
import logging
import random
import secrets
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from telegram.error import TelegramError

import bot.gazetteer
import storage
from bot.chat.application import StrictApplication, build_application, take
from bot.chat.bot_api import BotApi
from bot.chat.command_runner import CommandRunner
from bot.chat.handlers.table import TelegramHandlers, handlers
from bot.chat.menus import suggest
from bot.chat.sender import TelegramSender
from bot.chat.texts import Texts
from bot.chat.transport import AiohttpRequest
from bot.chat.views import EmergencyNumbers, Views
from bot.delivery.pacing import Pace, Rate
from bot.delivery.pump import Delivery
from bot.domain.deadlines import Deadlines
from bot.domain.ids import Handle, OutboxId, ReceiptCode, UpdateKey, first_outbox_id
from bot.domain.matching import Finder
from bot.domain.places import Gazetteer
from bot.intake.parked import Shelf
from bot.intake.polling import Polling
from bot.ports import Chore, Clock, Executor, Ids
from bot.services.background.parked import SetAside, set_aside
from bot.services.background.scheduler import Scheduler
from bot.services.background.startup import Startup
from bot.services.dispatch import Services, build_services
from bot.services.session import answer_refusal
from bot.settings import Settings, SettingsError

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=1)
"""Between tries to reach the Bot API at the start; it is tried forever."""

_log = logging.getLogger(__name__)


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the present moment in UTC."""
        return datetime.now(UTC)


class SystemIds:
    """Ids from the operating system's source of chance."""

    def __init__(self) -> None:
        self._last = OutboxId(0)
        self._offset = secrets.randbits(19)  # two processes that write in one millisecond do not meet

    def receipt_code(self) -> ReceiptCode:
        """Make sixteen random decimal digits (53 bits)."""
        return ReceiptCode(f"{secrets.randbelow(10**16):016d}")

    def handle(self) -> Handle:
        """Make an opaque name of 8 characters (48 bits)."""
        return Handle(secrets.token_urlsafe(6))

    def invite_token(self) -> str:
        """Make a token of 22 characters (128 bits)."""
        return secrets.token_urlsafe(16)

    def outbox_id(self, now: datetime) -> OutboxId:
        """Make a row id of 62 bits: milliseconds, then a number of this process; each is greater than the last."""
        self._last = OutboxId(max(self._last + 1, first_outbox_id(now) | self._offset))
        return self._last


@dataclass(frozen=True, slots=True)
class City:
    """One city's bot without Telegram: places, use cases and the books."""

    settings: Settings
    places: Gazetteer
    services: Services
    startup: Startup
    executor: Executor


@asynccontextmanager
async def open_city(settings: Settings, *, clock: Clock | None = None, ids: Ids | None = None) -> AsyncIterator[City]:
    """Open the books of a city for use cases. Raises storage.StorageError or SettingsError with what to do.

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


@asynccontextmanager
async def open_line(settings: Settings) -> AsyncIterator[tuple[AiohttpRequest, BotApi]]:
    """Open the line to the Bot API server."""
    request = AiohttpRequest(proxy=settings.proxy.get_secret_value() if settings.proxy else None)
    await request.initialize()
    try:
        yield request, BotApi(request, f"{settings.base_url}{settings.token.get_secret_value()}")
    finally:
        await request.shutdown()


class LineDownError(Exception):
    """The Bot API server cannot be reached, or refuses the token; the text says where it was looked for."""


async def username_of(settings: Settings, *, within: float = 20) -> str:
    """Ask the Bot API server for the bot's username, for some seconds. Raises LineDownError."""
    async with open_line(settings) as (_, api):
        try:
            async with asyncio.timeout(within):
                return str((await api.call("getMe"))["username"])
        except (TelegramError, TimeoutError) as error:
            raise LineDownError(
                f"No Bot API server answers at {settings.api_url}, or it refuses the token ({type(error).__name__})."
            ) from None


def make_views(settings: Settings, username: str) -> Views:
    """Put the words together."""
    numbers = EmergencyNumbers(settings.police_number, settings.fire_number, settings.ambulance_number)
    return Views(Texts.load(), numbers, username)


async def serve(settings: Settings) -> None:
    """Run the bot until it is asked to stop (SIGINT, SIGTERM). Raises StorageUnavailableError when one runs already."""
    stopped = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
    with storage.run_alone(settings.database):
        async with open_city(settings) as city, open_line(settings) as (request, api):
            application = build_application(
                token=settings.token.get_secret_value(), base_url=settings.base_url, request=request
            )
            if not await _greet(application, stopped):
                return
            try:
                await _executor(city, api, application, stopped)
            finally:
                await application.bot.shutdown()


async def _greet(application: StrictApplication, stopped: asyncio.Event) -> bool:
    """Reach the Bot API, however long it takes; False when asked to stop meanwhile."""
    pause = FIRST_PAUSE
    while not stopped.is_set():
        try:
            await application.initialize()
        except TelegramError as error:
            extra = {"reason": type(error).__name__, "delay": pause.total_seconds()}
            _log.warning("the Bot API server cannot be reached or refuses the token; trying again", extra=extra)
            try:
                await asyncio.wait_for(stopped.wait(), pause.total_seconds())
            except TimeoutError:
                pause = min(pause * 2, LONGEST_PAUSE)
        else:
            return True
    return False


async def _executor(city: City, api: BotApi, application: StrictApplication, stopped: asyncio.Event) -> None:
    settings, executor = city.settings, city.executor
    views = make_views(settings, application.bot.username)
    delivery = Delivery(
        executor=executor,
        sender=TelegramSender(call=api.call, render=views.render),
        clock=SystemClock(),
        pace=_pace(settings),
    )
    runner = CommandRunner(executor, city.services.dispatcher, delivery.nudge)
    application.add_handlers(handlers(TelegramHandlers(runner, bot_id=settings.bot_id)))
    scheduler = Scheduler(executor, SystemClock(), city.services.digests, city.startup, delivery.nudge)

    async def park(key: UpdateKey, raw: str, reason: str) -> None:
        await executor.run(set_aside, SetAside(update=key, raw=raw, reason=reason))
        delivery.nudge()

    shelf = Shelf(executor=executor, take=partial(take, application), park=park)
    polling = Polling(
        bot=settings.bot_id,
        fetch=api.fetch,
        take=shelf.take,
        park=shelf.park,
        prepare=api.forget_webhook,
        chance=random.random,
    )
    await shelf.begin()
    sending = asyncio.create_task(delivery.run(), name="delivery")
    chores = asyncio.create_task(scheduler.run(), name="scheduler")
    receiving = asyncio.create_task(polling.run(), name="intake")
    waiting = asyncio.create_task(stopped.wait(), name="stop")
    suggesting = asyncio.create_task(suggest(api.call, views.menus(), chance=random.random), name="menus")
    gc.collect()
    gc.freeze()  # what lives as long as the process need not be looked through again and again
    gc.set_threshold(20_000, 20, 50)
    _log.info("ready")
    try:
        await asyncio.wait({receiving, sending, chores, waiting}, return_when=asyncio.FIRST_COMPLETED)
        polling.stop()
        scheduler.stop()
        await asyncio.gather(receiving, chores)
        delivery.stop()
        await sending
    finally:
        tasks = (receiving, sending, chores, suggesting, waiting)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    _log.info("stopped")


def _pace(settings: Settings) -> Pace:
    overall, chat = settings.messages_per_second, settings.chat_messages_per_second
    return Pace(overall=Rate(overall, burst=max(10, overall / 3)), chat=Rate(chat, burst=max(4, chat)))
