"""One damaged row stops nobody else: each of these was a way in which a single bad page would have silenced the bot."""

import asyncio
import shutil
import sqlite3
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import Conversation
from bot.domain.ids import ChatId, OfficerNumber, OutboxId, UpdateKey
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.ports import ParkedUpdate, StorageUnavailableError, Trouble, UnitOfWork
from storage import broken_seals, examine_file
from storage.crypto.keyring import KeyRing
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault, new_data_key
from storage.errors import SealBrokenError
from tests.contract.asking import BOT, all_conversations, do
from tests.contract.steps import STEPS
from tests.memory.fakes import START
from tests.storage.opening import database, look, open_storage
from tests.storage.test_at_rest import fill, fill_again
from tests.storage.test_lives import TABLES

PAGE = 4096
NEW = 9_000
"""The number of an update that no step has settled."""
LAN, MAI = ChatId(7345678912345), ChatId(7345678912346)
WARD = UnitCode("31135")
RING = KeyRing({202611: b"m" * 32, 2026: b"y" * 32})
VAULT = Vault(RING, {(202611, "tip"): new_data_key(), (2026, "evidence"): new_data_key()})


@given(st.text(), st.integers())
def test_what_is_sealed_opens_at_its_own_place_only(text: str, elsewhere: int) -> None:
    """Any words, of any length, and neither another row nor another column of the row may claim them."""
    sealed = VAULT.seal(text, SealedColumn.TIP_CONTENT, 1)
    assert VAULT.open(sealed, SealedColumn.TIP_CONTENT, 1) == text
    with pytest.raises(SealBrokenError):
        VAULT.open(sealed, SealedColumn.TIP_ROUTE, 1)
    if elsewhere != 1:
        with pytest.raises(SealBrokenError):
            VAULT.open(sealed, SealedColumn.TIP_CONTENT, elsewhere)


@given(st.data())
def test_a_seal_with_any_byte_changed_or_cut_off_does_not_open(data: st.DataObject) -> None:
    """And says so in one way, whatever the damage."""
    sealed = VAULT.seal("hút chích", SealedColumn.TIP_CONTENT, 1)
    at = data.draw(st.integers(0, len(sealed) - 1))
    flipped = sealed[:at] + bytes([sealed[at] ^ data.draw(st.integers(1, 255))]) + sealed[at + 1 :]
    for damaged in (flipped, sealed[:at], sealed[at + 1 :]):
        with pytest.raises(SealBrokenError):
            VAULT.open(damaged, SealedColumn.TIP_CONTENT, 1)


def test_a_seal_of_another_purpose_or_an_unknown_key_does_not_open() -> None:
    """An evidence note is not a tip."""
    sealed = VAULT.seal("ghi chú", SealedColumn.EVIDENCE, 1)
    assert VAULT.open(sealed, SealedColumn.EVIDENCE, 1) == "ghi chú"
    with pytest.raises(SealBrokenError):
        VAULT.open(sealed, SealedColumn.TIP_CONTENT, 1)
    with pytest.raises(SealBrokenError):
        VAULT.open(sealed[:1] + (202612).to_bytes(4, "big") + sealed[5:], SealedColumn.EVIDENCE, 1)


async def test_a_chat_whose_memory_is_damaged_begins_anew(tmp_path: Path) -> None:
    """Otherwise the bot would be deaf to it, and no other idle chat would ever be forgotten."""
    async with open_storage(tmp_path) as executor:
        for chat in (LAN, MAI):
            kept = Conversation(chat=chat, touched=hour_of(START))
            await do(executor, lambda uow, kept=kept: uow.conversations.put(kept))  # type: ignore[misc]  # bound on purpose
        look(tmp_path, "UPDATE conversation SET body = x'01' WHERE tag = (SELECT MIN(tag) FROM conversation)")
        found = [await do(executor, lambda uow, chat=chat: uow.conversations.get(chat)) for chat in (LAN, MAI)]  # type: ignore[misc]  # bound on purpose
        assert found.count(None) == 1
        assert len(await do(executor, all_conversations)) == 1
        (lost,) = {LAN, MAI} - {each.chat for each in found if each}
        await do(executor, lambda uow: uow.conversations.put(Conversation(chat=lost, touched=hour_of(START))))
        assert len(await do(executor, all_conversations)) == 2


async def test_an_officer_who_cannot_be_reached_keeps_no_tip_from_the_others(tmp_path: Path) -> None:
    """A tip is announced to the whole unit in the transaction that stores it."""

    async def enrol(uow: UnitOfWork) -> None:
        for chat, name in ((LAN, "Lan"), (MAI, "Mai")):
            officer = await uow.officers.enrol(role=Role.OFFICER, unit=WARD, chat=chat, person=name, inviter=None)
            await uow.officers.activate(officer.number)

    async with open_storage(tmp_path) as executor:
        await do(executor, enrol)
        look(tmp_path, "UPDATE officer SET chat = person WHERE number = 1")
        assert [each.person for each in await do(executor, lambda uow: uow.officers.on_duty(WARD))] == ["Mai"]
        assert [each.person for each in await do(executor, lambda uow: uow.officers.everyone())] == ["Mai"]
        assert await do(executor, lambda uow: uow.officers.contact(OfficerNumber(1))) is None
        assert await do(executor, lambda uow: uow.officers.staffed()) == {WARD}


async def test_an_update_set_aside_and_damaged_keeps_no_other_from_being_set_aside(tmp_path: Path) -> None:
    """What can be neither handled nor set aside holds up its chat."""
    async with open_storage(tmp_path) as executor:
        for number in (1, 2):
            key = UpdateKey(BOT, number)
            await do(executor, lambda uow, key=key: uow.parked.add(key, chat=None, raw="{}"))  # type: ignore[misc]  # bound on purpose
        look(tmp_path, "UPDATE parked_update SET raw = x'00' WHERE update_id = 1")
        assert await do(executor, lambda uow: uow.parked.all()) == [
            ParkedUpdate(key=UpdateKey(BOT, 2), chat=None, raw="{}")
        ]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose database has rows in its tables, and something under every seal."""
    folder = tmp_path_factory.mktemp("filled")
    asyncio.run(fill_all(folder))
    return folder


async def fill_all(folder: Path) -> None:
    """Take every step a few hundred times, as a history would."""

    async def much(uow: UnitOfWork, number: int) -> None:
        for name, step in STEPS.items():
            if name not in {"forget", "end"}:
                await step(uow, number % 8, number // 8, number % 5, number % 7)

    async with open_storage(folder) as executor:
        for number in range(120):
            await do(executor, partial(much, number=number), update=1000 + number)
        await do(executor, lambda uow: uow.parked.add(UpdateKey(BOT, NEW + 1), chat=None, raw="{}"))


def corrupted(filled: Path, folder: Path, at: int, damage: bytes) -> Path:
    """Copy the folder, and write over some bytes of the file."""
    shutil.copytree(filled, folder, dirs_exist_ok=True)
    overwrite(database(folder), at, damage)
    return database(folder)


def overwrite(path: Path, at: int, damage: bytes) -> None:
    """Write over some bytes of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(damage)


def pages_of(folder: Path, table: str) -> list[int]:
    """Tell where the first and last pages of a table and its indexes begin, the table's first page first."""
    found = look(
        folder,
        "SELECT MIN(pageno), MAX(pageno) FROM dbstat JOIN sqlite_schema USING (name) "  # noqa: S608 - a name of ours
        f"WHERE tbl_name = '{table}' GROUP BY name ORDER BY name <> tbl_name",
    )
    return [(int(str(page)) - 1) * PAGE for pair in found for page in dict.fromkeys(pair)]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_damage_of_any_table_or_its_indexes_is_found_and_named(filled: Path, tmp_path: Path, table: str) -> None:
    """The worst answer of a check is that all is well; and who is told of a full disk makes room, and loses time."""
    pages = pages_of(filled, table)
    whole = database(filled).read_bytes()
    flips = [(pages[0] + place, bytes([whole[pages[0] + place] ^ 0xFF])) for place in range(8)]
    for at, damage in [*((page, sign * PAGE) for page in pages for sign in (b"\x00", b"\xff")), *flips]:
        with pytest.raises(StorageUnavailableError) as found:
            examine_file(corrupted(filled, tmp_path, at, damage))
        assert found.value.trouble is Trouble.DAMAGED
        assert table in found.value.tables


@pytest.mark.parametrize("sign", [b"\x00", b"\xff"])
def test_damage_of_the_very_first_page_is_called_damage(filled: Path, tmp_path: Path, sign: bytes) -> None:
    """Where not even the tables have names any more."""
    with pytest.raises(StorageUnavailableError) as found:
        examine_file(corrupted(filled, tmp_path, 0, sign * PAGE))
    assert found.value.trouble is Trouble.DAMAGED


@pytest.mark.parametrize("table", sorted(TABLES))
async def test_nothing_is_acknowledged_by_who_meets_damage(filled: Path, tmp_path: Path, table: str) -> None:
    """What was not stored is asked for again; and the log says that it is damage."""
    corrupted(filled, tmp_path, pages_of(filled, table)[0], bytes(PAGE))
    with pytest.raises(StorageUnavailableError) as met:
        async with open_storage(tmp_path) as executor:
            await do(executor, look_at_all, update=NEW)
    assert met.value.trouble is Trouble.DAMAGED
    if table != "seen_update":
        assert look(tmp_path, f"SELECT COUNT(*) FROM seen_update WHERE update_id = {NEW}") == [(0,)]  # noqa: S608


async def look_at_all(uow: UnitOfWork) -> None:
    """Read every table, by its own repository or as it is."""
    scoped = uow.aliases._connection  # type: ignore[attr-defined]  # the one all repositories share
    for table in sorted(TABLES):
        await scoped.rows(f"SELECT * FROM {table}")  # noqa: S608 - names of ours


@pytest.mark.parametrize("column", SealedColumn, ids=lambda column: column.name)
async def test_a_byte_changed_under_any_seal_is_found_and_its_table_named(
    filled: Path, tmp_path: Path, column: SealedColumn
) -> None:
    """A page can be whole and what is sealed in it spoilt: nobody would know before the words are needed."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    async with open_storage(tmp_path) as executor:
        vault = executor._runner.vault
    assert broken_seals(database(tmp_path), vault) == {}
    table, name = column.table, column.column
    first = f"(SELECT MIN({name}) FROM {table})"  # noqa: S608 - names of ours
    [(sealed,)] = look(tmp_path, f"SELECT {name} FROM {table} WHERE {name} = {first}")  # noqa: S608 - as above
    assert isinstance(sealed, bytes)
    for place in (0, 4, 9, 40, len(sealed) - 1):
        spoilt = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        look(tmp_path, f"UPDATE {table} SET {name} = x'{spoilt.hex()}' WHERE {name} = x'{sealed.hex()}'")  # noqa: S608
        assert broken_seals(database(tmp_path), vault) == {table: 1}
        sealed = spoilt


async def test_a_message_of_another_version_is_parked_and_the_others_go_out(tmp_path: Path) -> None:
    """An upgrade may change what a message looks like while old ones wait."""
    async with open_storage(tmp_path) as executor:
        await do(executor, fill_again)
        await do(executor, fill)
        (identity,) = [row[0] for row in look(tmp_path, "SELECT MIN(seq) FROM outbox")]
        body = executor._runner.vault.seal('{"chat": 5}', SealedColumn.OUTBOX, int(str(identity)))
        connection = sqlite3.connect(tmp_path / "data" / "nguontin.db", isolation_level=None)
        connection.execute("UPDATE outbox SET body = ? WHERE seq = ?", (body, identity))
        connection.close()
        read = await do(executor, lambda uow: uow.outbox.after(OutboxId(0), limit=9))
        assert [row.outgoing is None for row in read] == [True, False]
        assert look(tmp_path, "SELECT reason FROM outbox WHERE parked_hour IS NOT NULL") == [("ValidationError",)]
