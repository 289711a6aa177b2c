"""How long everything lives: the list, the schema and what citizens are told say the same."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.texts import Texts
from bot.domain.campaign.periods import city_day, hour_of
from bot.domain.conversation import QUEUE_CARD, Conversation, Language, Trace
from bot.domain.ids import MessageId, ReceiptCode
from bot.domain.retention import DELETABLE_FOR, KEPT, LIVES, ROUTE_LIVES, WITHOUT_END, WORDS_LIVE, Life, Since
from bot.domain.roles import Role
from bot.domain.tip import Verdict
from bot.ports import Chore, UnitOfWork
from bot.services.background.retention import expire
from storage.crypto.sealed_columns import SealedColumn
from storage.sqlite.migrate import schema
from tests.contract.asking import do
from tests.contract.samples import HUNG, LAN, MAI, WARD, add_tip
from tests.memory.fakes import START, FixedClock
from tests.storage.opening import look, open_storage
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
    """Whoever adds a table says when its rows die, or why they are kept; what still lacks an end is named."""
    assert (table in WHOLE) + (table in KEPT) + (table in WITHOUT_END) == 1


def test_the_list_names_nothing_that_is_not_in_the_schema() -> None:
    """A table that is gone would be said to be looked after."""
    dying = {(life.table, column) for life in LIVES for column in life.columns}
    endless = {tuple(name.split(".")) for name in WITHOUT_END if "." in name}
    assert dying | endless <= COLUMNS
    assert WHOLE | set(KEPT) | {name for name in WITHOUT_END if "." not in name} == TABLES
    assert {table for table, _ in dying | endless} <= set(KEPT), "a column dies of rows that are kept"


@pytest.mark.parametrize("column", SealedColumn, ids=lambda column: column.name)
def test_nothing_sealed_is_kept_for_ever_without_being_named(column: SealedColumn) -> None:
    """What is worth sealing is worth forgetting."""
    dies = any(life.table == column.table and (not life.columns or column.column in life.columns) for life in LIVES)
    assert dies + (column.table in WITHOUT_END) + (f"{column.table}.{column.column}" in WITHOUT_END) == 1


def test_the_schema_says_the_same_spans() -> None:
    """Whoever reads the schema alone must not be told another number."""
    said = {
        (table, column): int(found[1]) * UNIT[found[2]]
        for table, column, comment in commented()
        if (found := SPAN.search(comment))
    }
    assert len(said) == 4
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
    """Let begin every life of the list: a tip closed today, an officer revoked today, a chat and an update now."""
    today = city_day(uow.now)
    tip = await add_tip(uow)
    await uow.receipts.add(ReceiptCode("4917283650192837"), tip.number)
    closed, _ = tip.judge(Verdict.SPAM, by=HUNG, on=today)
    await uow.tips.save(closed)
    officer = await uow.officers.enrol(role=Role.OFFICER, unit=WARD, chat=MAI, person="Mai", inviter=None)
    await uow.officers.activate(officer.number)
    await uow.officers.revoke(officer.number, on=today)
    await uow.conversations.put(Conversation(chat=LAN, touched=hour_of(uow.now)))
    stands = Trace(message=MessageId(1), hour=hour_of(uow.now), is_own=True)
    for trace in (stands, stands.model_copy(update={"is_own": False})):
        await uow.conversations.add_trace(LAN, trace, number=0)
    await uow.conversations.put_place(LAN, QUEUE_CARD, stands)


def is_alive(folder: Path, life: Life) -> bool:
    """Look at the file itself."""
    columns = [f"{column} IS NOT NULL" for column in life.columns]
    where = f" WHERE {' AND '.join(columns)}" if columns else ""
    return look(folder, f"SELECT COUNT(*) FROM {life.table}{where}") != [(0,)]  # noqa: S608 - names of ours alone


async def test_everything_lives_as_long_as_the_list_says(tmp_path: Path) -> None:
    """The list is what we tell people: nothing dies before its time, and nothing is there a day after it."""
    clock = FixedClock()
    async with open_storage(tmp_path, clock=clock) as executor:
        await do(executor, fill, update=1)
        for lasts in sorted({life.lasts for life in LIVES}):
            lives = [life for life in LIVES if life.lasts == lasts]
            if lasts:
                clock.moment = START + lasts - timedelta(hours=1)
                await executor.run(expire, Chore())
                assert [life for life in lives if not is_alive(tmp_path, life)] == [], "died too early"
            clock.moment = START + lasts + timedelta(days=1)
            await executor.run(expire, Chore())
            assert [life for life in lives if is_alive(tmp_path, life)] == [], "is still there"
        kept = {table for table in KEPT if is_alive(tmp_path, Life(table, Since.CLOSING, timedelta()))}
    assert kept >= {"tip", "officer", "counter"}
