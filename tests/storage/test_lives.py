"""How long everything lives: the list, the schema and what citizens are told say the same."""

import ast
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.texts import Texts
from bot.domain.campaign.periods import city_day, hour_of
from bot.domain.conversation import QUEUE_CARD, Conversation, Language, Trace
from bot.domain.ids import MessageId, OutboxId, ReceiptCode, UpdateKey
from bot.domain.outgoing import Urgency
from bot.domain.retention import DELETABLE_FOR, KEPT, LIVES, ROUTE_LIVES, USED_UP, WORDS_LIVE, Life, Since
from bot.domain.roles import Role
from bot.domain.tip import Verdict
from bot.ports import BLOCKED, Chore, Executor, OnCommit, UnitOfWork
from bot.services.background.retention import BATCH, ENDS, Retention, expire
from storage import broken_seals
from storage.crypto.sealed_columns import SealedColumn
from storage.sqlite.migrate import schema
from tests.contract.asking import BOT, do
from tests.contract.engines import note_refusal
from tests.contract.repositories.test_outbox import message
from tests.contract.samples import HUNG, LAN, MAI, WARD, add_tip
from tests.memory.executor import MemoryExecutor
from tests.memory.fakes import START, CountingIds, FixedClock
from tests.storage.opening import database, look, open_storage
from tests.storage.test_sealed_columns import TABLE, commented

ROOT = Path(__file__).parents[2]
SPAN = re.compile(r"(?:dies|forgotten) (?:after )?(\d+) (days|h)\b")
UNIT = {"days": timedelta(days=1), "h": timedelta(hours=1)}
NAMED_LIKE_A_LIFE = re.compile(r"_?[A-Z_]*(LIVES?|LASTS|DELETABLE_FOR)$")
COLUMNS = {
    (table, column)
    for table, body in TABLE.findall(schema()[1])
    for column in re.findall(r"^    (\w+) +[A-Z]+\b(?! KEY)", body, re.MULTILINE)
}
TABLES = {table for table, _ in COLUMNS}
WHOLE = {life.table for life in LIVES if not life.columns}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_has_its_end_or_a_reason(table: str) -> None:
    """Whoever adds a table says when its rows die, or why they are kept."""
    assert sum(table in each for each in (WHOLE, KEPT, USED_UP)) == 1


def test_the_list_names_nothing_that_is_not_in_the_schema() -> None:
    """A table that is gone would be said to be looked after."""
    dying = {(life.table, column) for life in LIVES for column in life.columns}
    assert dying <= COLUMNS
    assert WHOLE | set(KEPT) | set(USED_UP) == TABLES
    assert {table for table, _ in dying} <= set(KEPT), "a column dies of rows that are kept"


@pytest.mark.parametrize("column", SealedColumn, ids=lambda column: column.name)
def test_nothing_sealed_is_kept_for_ever(column: SealedColumn) -> None:
    """What is worth sealing is worth forgetting."""
    dies = any(life.table == column.table and (not life.columns or column.column in life.columns) for life in LIVES)
    assert dies or column.table in USED_UP


def test_the_schema_says_the_same_spans() -> None:
    """Whoever reads the schema alone must not be told another number."""
    said = {
        (table, column): int(found[1]) * UNIT[found[2]]
        for table, column, comment in commented()
        if (found := SPAN.search(comment))
    }
    assert len(said) >= 8
    for (table, column), lasts in said.items():
        assert [
            life.lasts for life in LIVES if life.table == table and (not life.columns or column in life.columns)
        ] == [lasts], (table, column)


@pytest.mark.parametrize("language", Language)
def test_citizens_are_told_the_spans_as_they_are(language: Language) -> None:
    """A promise of how long words are kept is one that we must keep."""
    texts = Texts.load()
    privacy = texts.text(language, "page-privacy")
    assert [int(each) for each in re.findall(r"\d+", privacy)] == [ROUTE_LIVES.days, WORDS_LIVE.days]
    hours = DELETABLE_FOR // timedelta(hours=1)
    assert [int(each) for each in re.findall(r"\d+", texts.text(language, "wiped"))] == [hours]


def test_life_spans_are_written_in_one_place() -> None:
    """A second list would be the one that somebody forgets."""
    found = {
        (path.relative_to(ROOT).as_posix(), target.id)
        for room in ("bot/domain", "bot/services", "bot/delivery", "storage")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.parse(path.read_text()).body
        for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
        if isinstance(target, ast.Name) and NAMED_LIKE_A_LIFE.match(target.id)
    }
    assert {path for path, _ in found} == {"bot/domain/retention.py"}


async def fill(uow: UnitOfWork) -> None:
    """Let begin every life of the list: whatever can end is closed, judged, revoked, parked, warned of or left, now."""
    today = city_day(uow.now)
    case = await uow.cases.open(unit=WARD, on=today)
    tip = await add_tip(uow)
    await uow.receipts.add(ReceiptCode("4917283650192837"), tip.number)
    decided = await uow.cases.decide(
        tip=tip,
        verdict=Verdict.VALUABLE,
        case=case.number,
        unit=WARD,
        day=today,
        officer=HUNG,
        reporter=LAN,
        evidence="đã xác minh tại chỗ",
    )
    await uow.cases.withdraw(decided.number, on=today)
    closed, _ = tip.judge(Verdict.SPAM, by=HUNG, on=today)
    await uow.tips.save(closed)
    officer = await uow.officers.enrol(role=Role.OFFICER, unit=WARD, chat=MAI, person="Mai", inviter=None)
    await uow.officers.activate(officer.number)
    await uow.officers.revoke(officer.number, on=today)
    await uow.parked.add(UpdateKey(BOT, 2), chat=LAN, raw="{}")
    await uow.outbox.put(message("x", Urgency.REPLY))
    await uow.outbox.park(OutboxId(1), reason=BLOCKED)
    await uow.conversations.put(Conversation(chat=LAN, touched=hour_of(uow.now)))
    await uow.invites.add(token="t" * 22, role=Role.OFFICER, unit=WARD, inviter=None, expires=uow.now)
    await uow.alerts.once("parked", "", today)
    stands = Trace(message=MessageId(1), hour=hour_of(uow.now), is_own=True)
    for trace in (stands, stands.model_copy(update={"is_own": False})):
        await uow.conversations.add_trace(LAN, trace, number=0)
    await uow.conversations.put_place(LAN, QUEUE_CARD, stands)


def is_alive(folder: Path, life: Life) -> bool:
    """Look at the file itself."""
    columns = [f"{column} IS NOT NULL" for column in life.columns]
    where = f" WHERE {' AND '.join(columns)}" if columns else ""
    return look(folder, f"SELECT COUNT(*) FROM {life.table}{where}") != [(0,)]  # noqa: S608 - names of ours alone


NOT_BY_ITSELF = {Since.LAST_SEAL}
"""What a start of the bot ends; see the law about keys."""
AFTER = {Since.LAST_WORDS: WORDS_LIVE}
"""Lives that are counted from another's end."""


async def test_everything_lives_as_long_as_the_list_says(tmp_path: Path) -> None:
    """The list is what we tell people: nothing dies before its time, and nothing is there a day after it."""
    clock = FixedClock()
    dying = [
        (AFTER.get(each.since, timedelta()) + each.lasts, each) for each in LIVES if each.since not in NOT_BY_ITSELF
    ]
    async with open_storage(tmp_path, clock=clock) as executor:
        await do(executor, fill, update=1)
        for lasts in sorted({lasts for lasts, _ in dying}):
            lives = [life for each, life in dying if each == lasts]
            if lasts:
                clock.moment = START + lasts - timedelta(hours=1)
                await expire(executor)
                assert [life for life in lives if not is_alive(tmp_path, life)] == [], "died too early"
            clock.moment = START + lasts + timedelta(days=1)
            await expire(executor)
            assert [life for life in lives if is_alive(tmp_path, life)] == [], "is still there"
        kept = {table for table in KEPT if is_alive(tmp_path, Life(table, Since.CLOSING, timedelta()))}
    assert kept >= {"tip", "officer", "counter", "decision"}


async def test_a_mass_of_ends_goes_on_until_nothing_is_left_in_parts_that_others_wait_for(tmp_path: Path) -> None:
    """A closing of a whole archive on one day must not outlive what citizens are told; nor stop anybody meanwhile."""
    clock = FixedClock()
    number = 2 * BATCH + 7

    async def close_all(uow: UnitOfWork) -> None:
        for _ in range(number):
            closed, _ = (await add_tip(uow)).judge(Verdict.SPAM, by=HUNG, on=city_day(uow.now))
            await uow.tips.save(closed)

    async with open_storage(tmp_path, clock=clock) as executor:
        await do(executor, close_all)
        for update in range(number):
            await do(executor, settle, update=update)
        clock.advance(days=100)
        parts = CountedRuns(executor)
        assert await expire(parts)
    for table, column in (("tip", "content"), ("tip", "route"), ("seen_update", "bot")):
        assert look(tmp_path, f"SELECT COUNT({column}) FROM {table}") == [(0,)]  # noqa: S608 - names of ours alone
    assert parts.runs >= 3 * 3 + len(ENDS) - 3


async def settle(_: UnitOfWork) -> None:
    """Do nothing under an update's key."""


class CountedRuns:
    """An executor that counts how many units of work it is asked for."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self.runs = 0

    def hand_over_to(self, listener: OnCommit) -> None:
        """Let a listener hear what use cases queued."""
        self._executor.hand_over_to(listener)

    async def run(self, use_case: Any, command: Any) -> Any:
        """Run one."""
        self.runs += 1
        return await self._executor.run(use_case, command)


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
async def test_an_end_that_fails_holds_up_no_other(end: object) -> None:
    """One damaged table must not keep what everybody else was promised to be rid of."""
    ran = []

    class Failing(CountedRuns):
        async def run(self, use_case: Any, command: Any) -> Any:
            ran.append(use_case)
            if use_case is end:
                raise ZeroDivisionError
            return 0 if isinstance(command, Chore) and use_case in ENDS else None

    assert not await expire(Failing(None))  # type: ignore[arg-type]  # nothing is run
    assert set(ran) > set(ENDS)


async def test_expiry_comes_at_the_start_then_hourly_and_when_the_clock_was_set_back() -> None:
    """A clock that was a year fast would otherwise end nothing for a year."""
    clock = FixedClock()
    executor = MemoryExecutor(clock=clock, ids=CountingIds(), on_refusal=note_refusal)
    parts = CountedRuns(executor)
    retention = Retention(parts, clock)
    once = len(ENDS) + 1
    for minutes, runs in ((0, 1), (59, 1), (1, 2), (60, 3), (-30, 4), (59, 4)):
        clock.advance(minutes=minutes)
        await retention.look()
        assert parts.runs == once * runs


async def test_a_data_key_dies_with_the_last_value_sealed_with_it_and_not_before(tmp_path: Path) -> None:
    """With it gone, no key of the folder opens what died; gone too early, what is alive would be dead."""
    clock = FixedClock()
    async with open_storage(tmp_path, clock=clock) as executor:
        await do(executor, fill)
    add_key(tmp_path, "epoch-2026-12.key")
    add_key(tmp_path, "year-2027.key")
    old = {(202611, each.purpose) if each.span == "month" else (2026, each.purpose) for each in SealedColumn}
    keys = set(look(tmp_path, "SELECT epoch, purpose FROM data_key"))
    for days in (0, 3, 8, 29, 31, 91, 800):
        clock.moment = START + timedelta(days=days)
        async with open_storage(tmp_path, clock=clock, is_alone=True) as executor:
            await expire(executor)
            vault = executor._runner.vault
        assert broken_seals(database(tmp_path), vault) == {}
        async with open_storage(tmp_path, clock=clock, is_alone=True):
            keys = set(look(tmp_path, "SELECT epoch, purpose FROM data_key"))
        alive = {
            (202611 if each.span == "month" else 2026, each.purpose)
            for each in SealedColumn
            if has_seals(tmp_path, each)
        }
        assert keys & old == alive, days
    assert keys == {(202612 if each.span == "month" else 2027, each.purpose) for each in SealedColumn}


def add_key(folder: Path, name: str) -> None:
    """Put another key beside the first ones, as a later month's would lie there."""
    path = folder / "keys" / name
    path.write_bytes(name.ljust(32)[:32].encode())
    path.chmod(0o600)


def has_seals(folder: Path, column: SealedColumn) -> bool:
    """Say whether something is sealed in a column."""
    return look(folder, f"SELECT COUNT({column.column}) FROM {column.table}") != [(0,)]  # noqa: S608 - names of ours
