"""python-telegram-bot as a dispatcher alone: one raw update in, one handler run, and a failure that is not swallowed.

Its updater, persistence, job queue and rate limiter are left out: intake acknowledges after the commit, and state,
clocks and pacing are ours.
"""

from collections.abc import Mapping
from typing import Any, cast

from telegram import Update, User
from telegram.ext import Application, ApplicationBuilder, CallbackContext, ExtBot

from bot.chat.acknowledgement import awaiting_acknowledgement
from bot.chat.transport import AiohttpRequest
from bot.ports import Handled

_Context = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]
_Base = Application[ExtBot[None], _Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]

_POINTED_AT = ("message_id", "date", "chat", "from")


class MalformedUpdateError(Exception):
    """The update has no shape that python-telegram-bot knows."""


class UnacknowledgedUpdateError(Exception):
    """No handler said that the update is dealt with: it must not be acknowledged."""


class _SelfKnowingBot(ExtBot[None]):
    """A bot that needs no word of Telegram to begin: its id stands in its token; its name is asked for elsewhere."""

    async def get_me(self, *_: Any, **__: Any) -> User:
        """Give what the token says; python-telegram-bot asks this before anything else."""
        self._bot_user = User(int(self.token.partition(":")[0]), "", is_bot=True)
        return self._bot_user


class StrictApplication(_Base):
    """An application that lets a handler's failure through, and keeps no list of who wrote."""

    async def process_error(self, update: object | None, error: Exception, *_: object, **__: object) -> bool:  # noqa: ARG002  # python-telegram-bot calls it by name
        """Raise the error again: intake decides what becomes of the update."""
        raise error

    def _mark_for_persistence_update(self, **_: object) -> None:
        """Remember nothing: the original keeps every chat and user id in memory for a persistence we do not have."""


def build_application(*, token: str, base_url: str, request: AiohttpRequest) -> StrictApplication:
    """Build the dispatcher for a bot; `base_url` ends in "/bot". Add handlers, then `initialize` it."""
    bot = _SelfKnowingBot(
        token,
        base_url=base_url,
        base_file_url=f"{base_url.removesuffix('/bot')}/file/bot",
        request=request,
        get_updates_request=request,
    )
    built = (
        ApplicationBuilder()
        .application_class(StrictApplication)
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(False)
        .build()
    )
    return cast("StrictApplication", built)


async def take(application: StrictApplication, raw: Mapping[str, Any] | str, *, is_late: bool = False) -> Handled:
    """Deal with one raw update, to the commit, and say what became of it; a text is an update that JSON cannot read.

    Raises MalformedUpdateError, UnacknowledgedUpdateError, or what the handler raised.
    """
    if isinstance(raw, str):
        raise MalformedUpdateError
    try:
        update = Update.de_json(_pruned(raw), application.bot)
    except Exception as error:
        raise MalformedUpdateError from error
    with awaiting_acknowledgement(is_late=is_late) as sign:
        await application.process_update(update)
    if sign.handled is None:
        raise UnacknowledgedUpdateError
    return sign.handled


def _pruned(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what no handler reads: of a message that a press or a reply points at, all but where and whose it is.

    Telegram sends the whole card with each press; to parse it takes longer than the rest of the update.
    """
    pruned = dict(raw)
    for kind, name in (("callback_query", "message"), ("message", "reply_to_message")):
        outer = raw.get(kind)
        inner = outer.get(name) if isinstance(outer, Mapping) else None
        if isinstance(outer, Mapping) and isinstance(inner, Mapping):
            pruned[kind] = {**outer, name: {key: inner[key] for key in _POINTED_AT if key in inner}}
    return pruned
