"""What a thief of the files finds, and what happens to keys and seals that do not fit."""

import struct
from pathlib import Path
from typing import Any

import pytest

import storage
from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import QUEUE_CARD, Conversation, Language, Trace
from bot.domain.ids import ChatId, MessageId, OutboxId, ReceiptCode, TipNumber, UpdateKey
from bot.domain.outgoing import Answer, Send, Urgency
from bot.domain.places import UnitCode
from bot.domain.reminders import TellQuestion
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.domain.stats import Indicator
from bot.domain.tip import Verdict
from bot.ports import AuditRow, UnitOfWork
from bot.services.citizen.traces import stores_of_chats
from storage import SqliteWriter
from storage.crypto.sealed_columns import SealedColumn
from storage.errors import KeyFolderError, NewerSchemaError, SealBrokenError, WrongKeyError
from storage.sqlite.migrate import migrate, schema
from tests.contract.asking import BOT, broken_at, do
from tests.contract.samples import TODAY, add_tip
from tests.memory.fakes import START
from tests.storage.opening import database, look, open_storage

CHAT = ChatId(7345678912345)
CODE = ReceiptCode("4917283650192837")
NAME = "Ngọc Bích Độc Nhất"


async def fill(uow: UnitOfWork) -> None:
    """Write something personal everywhere it may be written."""
    await uow.conversations.put(Conversation(chat=CHAT, touched=hour_of(START)))
    tip = await add_tip(uow)
    await uow.tips.set_route(tip.number, CHAT)
    await uow.receipts.add(CODE, tip.number)
    case = await uow.cases.open(unit=UnitCode("31135"), on=TODAY)
    officer = await uow.officers.enrol(role=Role.OFFICER, unit=UnitCode("31135"), chat=CHAT, person=NAME, inviter=None)
    await uow.cases.decide(
        tip=tip,
        verdict=Verdict.VALUABLE,
        case=case.number,
        unit=UnitCode("31135"),
        day=TODAY,
        officer=officer.number,
        reporter=CHAT,
        evidence=f"{NAME} đã kể lại",
    )
    await uow.outbox.put(
        Send(
            chat=CHAT,
            language=Language.VI,
            urgency=Urgency.REPLY,
            screen=Line(key="x", values={"person": NAME}),
        )
    )


async def test_the_files_hold_no_byte_of_words_people_or_codes(tmp_path: Path) -> None:
    """A thief of the database gets units, kinds, hours and counts."""
    async with open_storage(tmp_path) as executor:
        await do(executor, fill)
        found = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    found += b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    for secret in (NAME, "hút chích", "đã kể lại", CODE, str(CHAT)):
        assert secret.encode() not in found
    for packed in (struct.pack(">q", CHAT), struct.pack("<q", CHAT), struct.pack(">q", CHAT)[2:]):
        assert packed not in found


async def sealed_texts(executor: SqliteWriter, folder: Path) -> dict[str, list[str]]:
    """Open everything that is sealed, with the keys, and give it by table."""
    vault = executor._runner.vault
    found: dict[str, list[str]] = {}
    for each in SealedColumn:
        columns = ", ".join((*each.binds, each.column))
        rows: list[Any] = look(folder, f"SELECT {columns} FROM {each.table} WHERE {each.column} IS NOT NULL")  # noqa: S608 - our names
        found.setdefault(each.table, []).extend(vault.open(value, each, *row) for *row, value in rows)
    return found


async def test_after_wiping_no_table_holds_anything_of_the_chat(tmp_path: Path) -> None:
    """Looked at with every key at hand, so that what is found by a tag alone is seen too; another chat's rows stay."""

    async def live(uow: UnitOfWork) -> None:
        for number, chat in enumerate((CHAT, ChatId(12))):
            await uow.conversations.put(Conversation(chat=chat, touched=hour_of(START)))
            for trace in (Trace(message=MessageId(1), hour=hour_of(START), is_own=is_own) for is_own in (False, True)):
                await uow.conversations.add_trace(chat, trace, number=0)
                await uow.conversations.put_place(chat, QUEUE_CARD, trace)
            raw = f'{{"update_id":7,"message":{{"chat":{{"id":{chat}}},"text":"x"}}}}'
            await uow.parked.add(UpdateKey(BOT, number), chat=chat, raw=raw)
            await uow.parked.note_failure(UpdateKey(BOT, number), reason="KeyError")
            await uow.reminders.add(TellQuestion(not_before=uow.now, tip=TipNumber(1), chat=chat))
            await uow.outbox.put(Answer(chat=chat, language=Language.VI, callback="q"))
        for row in await uow.outbox.after(OutboxId(0), limit=9):
            await uow.outbox.park(row.seq, reason="Forbidden")

    async def wipe(uow: UnitOfWork) -> None:
        for store in stores_of_chats(uow):
            await store.forget(CHAT)

    async with open_storage(tmp_path) as executor:
        await do(executor, live)
        before = await sealed_texts(executor, tmp_path)
        await do(executor, wipe)
        after = await sealed_texts(executor, tmp_path)
    for table, lived in (
        ("conversation", 2),
        ("card_place", 2),
        ("trace", 4),
        ("parked_update", 2),
        ("outbox", 2),
        ("reminder", 2),
    ):
        assert (len(before[table]), len(after[table])) == (lived, lived // 2), table
        assert not any(str(CHAT) in text for text in after[table])


async def test_sealed_values_have_lengths_in_steps(tmp_path: Path) -> None:
    """A long confession and a short one look alike."""
    async with open_storage(tmp_path) as executor:
        await do(executor, fill)
    sizes = {
        size for (size,) in look(tmp_path, "SELECT LENGTH(content) FROM tip UNION SELECT LENGTH(body) FROM outbox")
    }
    overhead = 1 + 4 + 12 + 16
    assert all((int(str(size)) - overhead) % 256 == 0 for size in sizes)


@pytest.mark.parametrize(
    "theft",
    [
        "UPDATE tip SET content = (SELECT content FROM tip WHERE number = 2) WHERE number = 1",
        "UPDATE tip SET content = route WHERE number = 1",
        "UPDATE tip SET content = CAST(substr(content, 1, length(content) - 1) || x'00' AS BLOB) WHERE number = 1",
        "UPDATE tip SET content = x'' WHERE number = 1",
    ],
)
async def test_a_seal_that_was_moved_or_changed_does_not_open(tmp_path: Path, theft: str) -> None:
    """Otherwise somebody with write access could put one tip's words under another's number."""
    async with open_storage(tmp_path) as executor:
        await do(executor, add_tip)
        await do(executor, add_tip)
    look(tmp_path, theft)
    async with open_storage(tmp_path) as executor:
        with pytest.raises(SealBrokenError):
            await do(executor, lambda uow: uow.tips.content(TipNumber(1)))


async def test_a_damaged_message_is_parked_and_the_others_go_out(tmp_path: Path) -> None:
    """One bad row must not silence the bot."""
    async with open_storage(tmp_path) as executor:
        await do(executor, fill)
        await do(executor, fill_again)
        look(tmp_path, "UPDATE outbox SET body = x'0102' WHERE seq = (SELECT MIN(seq) FROM outbox)")
        read = await do(executor, lambda uow: uow.outbox.after(OutboxId(0), limit=9))
        assert [row.outgoing is None for row in read] == [True, False]
        assert (await do(executor, lambda uow: uow.outbox.waiting()))["parked"] == 1


async def fill_again(uow: UnitOfWork) -> None:
    """Queue one more message."""
    await uow.outbox.put(Answer(chat=CHAT, language=Language.VI, callback="q"))


async def test_other_keys_are_refused_with_a_sentence(tmp_path: Path) -> None:
    """Making new keys would be the end of what is sealed."""
    async with open_storage(tmp_path) as executor:
        await do(executor, fill)
    for path in (tmp_path / "keys").iterdir():
        path.unlink()
    storage.make_keys(tmp_path / "keys", now=START)
    with pytest.raises(WrongKeyError, match="Restore the right key folder"):
        async with open_storage(tmp_path):
            pass


async def test_a_key_that_is_gone_is_named(tmp_path: Path) -> None:
    """The operator must know which backup to fetch."""
    async with open_storage(tmp_path):
        pass
    (tmp_path / "keys" / "epoch-2026-11.key").rename(tmp_path / "keys" / "epoch-2026-12.key")
    with pytest.raises(WrongKeyError, match="202611"):
        async with open_storage(tmp_path):
            pass


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    """A second creation would orphan the database."""
    storage.make_keys(tmp_path, now=START)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["epoch-2026-11.key", "year-2026.key"]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    with pytest.raises(KeyFolderError, match="already"):
        storage.make_keys(tmp_path, now=START)


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda folder: (folder / "epoch-2026-11.key").chmod(0o644), "chmod 600"),
        (lambda folder: (folder / "epoch-2026-11.key").write_bytes(b"short"), "damaged"),
        (lambda folder: (folder / "year-2026.key").unlink(), "lacks"),
        (lambda folder: (folder / "year-2026.key").rename(folder / "year-x.key"), "name"),
    ],
)
def test_a_key_folder_that_is_wrong_says_what_to_do(tmp_path: Path, harm: object, sentence: str) -> None:
    """At three in the morning nobody reads code."""
    storage.make_keys(tmp_path, now=START)
    harm(tmp_path)  # type: ignore[operator]  # a lambda from above
    with pytest.raises(KeyFolderError, match=sentence):
        storage.KeyRing.load(tmp_path)
    with pytest.raises(KeyFolderError, match="keys --create"):
        storage.KeyRing.load(tmp_path / "nowhere")


async def test_a_database_from_the_future_is_refused(tmp_path: Path) -> None:
    """An old program would write what the new one does not expect."""
    async with open_storage(tmp_path):
        pass
    look(tmp_path, "PRAGMA user_version = 99")
    with pytest.raises(NewerSchemaError, match="schema 99"):
        async with open_storage(tmp_path):
            pass


async def test_an_upgrade_copies_the_file_first(tmp_path: Path) -> None:
    """A failed upgrade must leave something to go back to."""
    async with open_storage(tmp_path) as executor:
        await do(executor, add_tip)
    number = schema()[0] + 1
    migrate(database(tmp_path), [(number, "CREATE TABLE later (x INTEGER);")])
    assert look(tmp_path, "PRAGMA user_version") == [(number,)]
    copy = database(tmp_path).with_name(f"nguontin.db.before-{number}")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.stat().st_size > 0


async def test_the_file_is_for_its_owner_alone_and_has_the_safe_settings(tmp_path: Path) -> None:
    """Full durability is what an acknowledgement stands on."""
    async with open_storage(tmp_path) as executor:
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("secure_delete", 1),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("temp_store", 2),
        ):
            (row,) = await executor._connection.execute_fetchall(f"PRAGMA {pragma}")
            assert row[0] == value, pragma
    assert database(tmp_path).stat().st_mode & 0o777 == 0o600


async def test_the_audit_log_cannot_be_rewritten_and_a_forged_row_is_found(tmp_path: Path) -> None:
    """Whoever can write to the file can still not write history unseen."""
    async with open_storage(tmp_path) as executor:
        for number in range(3):
            row = AuditRow(action="tip.opened", subject=f"tip {number}")
            await do(executor, lambda uow, row=row: uow.audit.append(row))  # type: ignore[misc]  # row is bound on purpose
        with pytest.raises(Exception, match="append-only"):
            look(tmp_path, "UPDATE audit SET subject = 'tip 9' WHERE number = 2")
        look(tmp_path, "DROP TRIGGER audit_is_never_changed")
        look(tmp_path, "UPDATE audit SET subject = 'tip 9' WHERE number = 2")
        assert await do(executor, broken_at) == 2


async def test_the_columns_of_the_sums_are_the_indicators(tmp_path: Path) -> None:
    """A new indicator needs its column in both tables, and a column without an indicator is dead."""
    async with open_storage(tmp_path):
        pass
    for table, key in (("rollup_day", "day"), ("rollup_month", "month")):
        columns = {row[0] for row in look(tmp_path, f"SELECT name FROM pragma_table_info('{table}')")}  # noqa: S608
        assert columns == {key, "unit", *(each.value for each in Indicator)}
