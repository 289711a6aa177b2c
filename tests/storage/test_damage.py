"""One damaged row stops nobody else: each of these was a way in which a single bad page would have silenced the bot."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import Conversation
from bot.domain.ids import ChatId, OfficerNumber, OutboxId, UpdateKey
from bot.domain.places import UnitCode
from bot.domain.roles import Role
from bot.ports import StorageUnavailableError, Trouble, UnitOfWork
from storage import examine_file
from storage.crypto.keyring import KeyRing
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault, new_data_key
from storage.errors import SealBrokenError
from tests.contract.asking import BOT, do
from tests.memory.fakes import START
from tests.storage.opening import database, look, open_storage
from tests.storage.test_at_rest import fill, fill_again

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
        assert len(await do(executor, lambda uow: uow.conversations.all())) == 1
        (lost,) = {LAN, MAI} - {each.chat for each in found if each}
        await do(executor, lambda uow: uow.conversations.put(Conversation(chat=lost, touched=hour_of(START))))
        assert len(await do(executor, lambda uow: uow.conversations.all())) == 2


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
            await do(executor, lambda uow, key=key: uow.parked.add(key, raw="{}", reason="KeyError"))  # type: ignore[misc]  # bound on purpose
        look(tmp_path, "UPDATE parked_update SET raw = x'00' WHERE update_id = 1")
        assert await do(executor, lambda uow: uow.parked.all()) == [(UpdateKey(BOT, 2), "{}")]


async def test_a_destroyed_page_is_called_damage(tmp_path: Path) -> None:
    """Whoever is told that the disk is full makes room, and loses the time in which a copy would have helped."""
    async with open_storage(tmp_path) as executor:
        await do(executor, lambda uow: uow.aliases.add(name="chợ", unit=WARD, officer=None))
    [(page,)] = look(tmp_path, "SELECT rootpage FROM sqlite_master WHERE name = 'alias'")
    [(size,)] = look(tmp_path, "PRAGMA page_size")
    with database(tmp_path).open("r+b") as file:
        file.seek((int(str(page)) - 1) * int(str(size)))
        file.write(bytes(int(str(size))))
    async with open_storage(tmp_path) as executor:
        with pytest.raises(StorageUnavailableError) as refused:
            await do(executor, lambda uow: uow.aliases.all())
    assert refused.value.trouble is Trouble.DAMAGED
    with pytest.raises(StorageUnavailableError) as refused:
        examine_file(database(tmp_path))
    assert refused.value.trouble is Trouble.DAMAGED


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
