"""The operator's commands: run the bot, invite and confirm people, recount, see a digest, look after the keys."""

import asyncio
import json
import sys
import time
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from bot.domain.errors import Refusal
from bot.domain.ids import OfficerNumber
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.settings import Settings, load_settings, typed

_T = TypeVar("_T")
_out = Console(highlight=False, soft_wrap=True)

READ_FOR = 60.0
"""Seconds that one reading should last at most: meanwhile the write-ahead log keeps what was deleted."""
ASKED_FOR = 5.0
"""Seconds an invitation waits for Telegram to say the bot's name."""

_OF_A_UNIT = frozenset({Role.OFFICER, Role.COMMANDER})
"""Roles that are of no use in a unit that was not named: left out, it would be the whole city's."""

# The wiring is heavy to import, and a command that only prints help should not wait for it.
# ruff: noqa: PLC0415


def run() -> None:
    """Run the bot against the Bot API server of NGUONTIN_API_URL (Telegram's by default) until it is stopped."""
    import uvloop

    from bot.app import run_bot
    from bot.logs import set_up_logging

    settings = load_settings()
    set_up_logging(settings.log_level)
    _finish(run_bot(settings), runner=uvloop.run)


def check() -> None:
    """Check the settings, the keys and the database, and say what was found; exit code 1 when something is wrong."""
    lines, wrong = _finish(_examine(load_settings()))
    _print([*lines, *wrong])
    if wrong:
        raise typer.Exit(1)


def invite(
    role: Annotated[Role, typer.Option(help="What the person will be.")],
    unit: Annotated[str, typer.Option(help="Code of the unit, e.g. 31135; needed for officers and commanders.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Make a one-time invitation. Whoever opens it waits until `confirm` lets them in."""
    settings = load_settings()
    if role in _OF_A_UNIT and not unit:
        sys.exit(_say("operator-invite-unit", role=_say(f"role-{role}"), city=settings.province))
    link, username, trouble = _finish(_invite(settings, role, UnitCode(unit or settings.province)))
    url = f"https://t.me/{username}?start={link.payload}" if username else None
    if as_json:
        print(json.dumps({"payload": link.payload, "url": url, "expires": link.expires.isoformat()}))
        return
    _print(
        [
            _say("operator-invite", role=_say(f"role-{role}"), unit=link.unit),
            url or _say(f"operator-invite-{trouble}", command=f"/start {link.payload}"),
            _say("operator-invite-expires", expires=f"{link.expires:%Y-%m-%d %H:%M}"),
            _say("operator-invite-next"),
            typed("confirm N"),
        ]
    )


def confirm(number: Annotated[int, typer.Argument(help="The number the waiting person was told.", min=1)]) -> None:
    """Let a waiting person in. Make sure first, by voice, that it is the person you invited."""
    officer = _finish(_confirm(load_settings(), OfficerNumber(number)))
    _print([_say("operator-confirmed", number=officer.number, role=_say(f"role-{officer.role}"), unit=officer.unit)])


def recount(
    mend: Annotated[bool, typer.Option(help="Add to the kept sums what they lack.")] = False,
) -> None:
    """Count every figure anew from the rows and report any difference; exit code 1 when there is one."""
    began = time.monotonic()
    counted = _finish(_recount(load_settings(), mend=mend))
    if (lasted := time.monotonic() - began) > READ_FOR:
        _print([_say("operator-recount-long", seconds=round(lasted))])
    off = [(cell, unit, number) for unit, sums in counted.off.items() for cell, number in sums.items()]
    for cell, unit, number in sorted(off):
        what = " ".join(filter(None, (cell.at, unit, cell.indicator, cell.category)))
        _print([f"{what}: {number:+d}"])
    if not off:
        _print([_say("operator-recount-right")])
    elif mend:
        _print([_say("operator-recount-mended", number=len(off))])
    else:
        _print([_say("operator-recount-off", number=len(off))])
        raise typer.Exit(1)


def digest(
    week: Annotated[str, typer.Option(help="ISO week, e.g. 2026-W47; the last one that is due by default.")] = "",
    unit: Annotated[str, typer.Option(help="Code of a unit; the city by default.")] = "",
    send: Annotated[bool, typer.Option(help="Queue it to its readers, if that was not done before.")] = False,
) -> None:
    """Show the digest of a week, or send it."""
    settings = load_settings()
    _print([_finish(_digest(settings, week=week, unit=UnitCode(unit or settings.province), send=send))])


def alias(
    unit: Annotated[str, typer.Option(help="Code of the unit the place lies in, e.g. 31135.")],
    name: Annotated[str, typer.Argument(help="The name people use: a market, a bridge, a school.")],
) -> None:
    """Teach the ward finder a name of a place; a running bot learns it within half a minute."""
    added, place = _finish(_name(load_settings(), f"{unit} {name}"))
    _print([_say("operator-alias", name=added, unit=place)])


def keys(create: Annotated[bool, typer.Option(help="Make the first keys.")] = False) -> None:
    """Show which keys there are, or make the first ones. Back them up apart from the database."""
    from storage import KeyRing, StorageError, make_keys

    settings = load_settings()
    try:
        ring = (
            make_keys(settings.keys, database=settings.database, now=datetime.now(UTC))
            if create
            else KeyRing.load(settings.keys)
        )
    except StorageError as error:
        sys.exit(str(error))
    months = ", ".join(map(str, ring.epochs))
    _print([_say("operator-keys", folder=str(settings.keys), months=months, year=ring.year)])


# --- the work behind them ---------------------------------------------------------------------------------------------


def _finish(job: Coroutine[Any, Any, _T], *, runner: Any = asyncio.run) -> _T:
    """Run a job to its end; what a person can mend becomes a sentence and exit code 1."""
    from bot.chat.line import LineDownError
    from bot.ports import StorageUnavailableError
    from storage import StorageError

    try:
        done: _T = runner(job)
    except (StorageError, LineDownError) as error:
        sys.exit(str(error))
    except StorageUnavailableError as error:
        path, tables = str(load_settings().database), ", ".join(error.tables)
        if tables:
            sys.exit(_say("operator-storage-damaged-tables", path=path, tables=tables))
        sys.exit(_say(f"operator-storage-{error.trouble}", path=path))
    except Refusal as refusal:
        sys.exit(_say(refusal.key, **refusal.values))
    return done


def _say(key: str, **values: str | int) -> str:
    """Give a text for the operator, in the city's own language."""
    from bot.chat.texts import Texts
    from bot.domain.conversation import Language

    return Texts.load().text(Language.VI, key, **values)


def _print(lines: list[str]) -> None:
    for line in lines:
        _out.print(line, markup=False)


async def _examine(settings: Settings) -> tuple[list[str], list[str]]:
    """Look at everything; give what is there to say, and what is wrong."""
    from bot.app import open_books
    from bot.services.background.health import examine
    from storage import broken_seals, examine_file, must_be_writable

    examine_file(settings.database)  # whatever else is read, damage would only show as something else
    books = open_books(settings)
    must_be_writable(settings.database)
    found = await examine(books.reader)
    lines = [
        _say("health-database", path=str(settings.database)),
        _say("health-places", name=books.places.name, number=len(books.places.units)),
        *(_say(f"health-{name}", number=number) for name, number in found.counts.items()),
    ]
    broken, latest = found.audit.broken_at, found.audit.hour
    wrong = [
        _say("health-seals-broken", table=table, number=number)
        for table, number in broken_seals(settings.database, books.reader.vault).items()
    ]
    if broken is not None:
        wrong.append(_say("health-audit-broken", number=broken))
    elif not wrong:
        lines.append(_say("health-audit-whole"))
    if latest is not None and latest > datetime.now(UTC):
        wrong.append(_say("health-clock", latest=f"{latest:%Y-%m-%d %H:%M}"))
    return lines, wrong


async def _invite(settings: Settings, role: Role, unit: UnitCode) -> tuple[Any, str, str]:
    """Make an invitation; give it with the bot's name, or with why there is none."""
    from bot.app import open_city
    from bot.chat.line import LineDownError, TokenRefusedError, username_of
    from bot.services.people.invitations import MakeInvite

    async with open_city(settings) as city:
        command = MakeInvite(role=role, unit=unit)
        link = _given(await city.executor.run(city.services.invitations.invite_from_server, command))
    try:
        return link, await username_of(settings, within=ASKED_FOR), ""
    except TokenRefusedError:
        return link, "", "refused"
    except LineDownError:
        return link, "", "offline"  # Telegram may be blocked just now; the invitation works without a link


async def _confirm(settings: Settings, number: OfficerNumber) -> Any:
    from bot.app import open_city
    from bot.services.people.invitations import ConfirmFromServer

    async with open_city(settings, may_make=False) as city:
        command = ConfirmFromServer(officer=number)
        return _given(await city.executor.run(city.services.invitations.confirm_from_server, command))


async def _name(settings: Settings, words: str) -> Any:
    from bot.app import open_city
    from bot.services.places.aliases import NameFromServer

    async with open_city(settings, may_make=False) as city:
        command = NameFromServer(words=words)
        return _given(await city.executor.run(city.services.place_names.add_from_server, command))


async def _recount(settings: Settings, *, mend: bool) -> Any:
    """Count beside whoever writes; what is off is added in one short use case."""
    from bot.app import open_books, open_city
    from bot.services.campaign import recount

    counted = await open_books(settings).reader.read(recount.count_anew, recount.Recount())
    if mend and counted.off:
        async with open_city(settings, may_make=False) as city:
            _given(await city.executor.run(recount.mend, recount.Mend(counted=counted)))
    return counted


async def _digest(settings: Settings, *, week: str, unit: UnitCode, send: bool) -> str:
    from bot.app import make_views, open_city
    from bot.chat.sender import plain
    from bot.domain.campaign.periods import latest_due_week, parse_week
    from bot.domain.conversation import Language
    from bot.services.campaign.digests import BuildDigest, QueueDigest

    async with open_city(settings, may_make=False) as city:
        asked = parse_week(week) if week else latest_due_week(datetime.now(UTC))
        if send:
            command = QueueDigest(unit=unit, week=asked)
            was_queued = _given(await city.executor.run(city.services.digests.queue, command))
            return _say("operator-digest-queued" if was_queued else "operator-digest-sent-before")
        build = BuildDigest(unit=unit, week=asked)
        screen = _given(await city.executor.run(city.services.digests.build, build))
        return plain(make_views(settings, "bot").render(screen, Language.VI).text)


def _given(answer: Any) -> Any:
    """Give what a use case gave; a refusal is raised again, for there is no chat to answer in."""
    from bot.ports import Refused

    if isinstance(answer, Refused):
        raise answer.refusal
    return answer
