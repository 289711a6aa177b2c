"""What makes a seal worth something: a nonce is never used twice, and no two keys are the same."""

from collections import Counter
from pathlib import Path

import storage
from bot.domain.ids import TipNumber
from bot.ports import TipContent, UnitOfWork
from storage.crypto.vault import unwrap
from tests.contract.asking import do
from tests.contract.samples import add_tip
from tests.memory.fakes import START
from tests.storage.opening import look, open_storage

SAME = TipContent(words="đúng những lời này")


async def test_the_same_words_sealed_again_at_the_same_place_are_other_bytes(tmp_path: Path) -> None:
    """Equal bytes would say that nothing changed; and a nonce used twice gives the key stream away."""
    seen = []
    async with open_storage(tmp_path) as executor:
        await do(executor, add_tip)

        async def seal(uow: UnitOfWork) -> None:
            await uow.tips.set_content(TipNumber(1), SAME)

        for _ in range(5):
            await do(executor, seal)
            seen += look(tmp_path, "SELECT content FROM tip WHERE number = 1")
    assert len(set(seen)) == 5


async def test_no_two_wrapped_keys_share_a_nonce(tmp_path: Path) -> None:
    """They are wrapped by the same key."""
    async with open_storage(tmp_path):
        pass
    nonces = Counter(look(tmp_path, "SELECT substr(wrapped, 1, 12) FROM data_key"))
    assert len(nonces) > 1
    assert set(nonces.values()) == {1}


async def test_every_data_key_is_its_own(tmp_path: Path) -> None:
    """One purpose's key opens nothing of another's."""
    async with open_storage(tmp_path):
        pass
    ring = storage.KeyRing.load(tmp_path / "keys")
    keys = set()
    rows = look(tmp_path, "SELECT epoch, purpose, wrapped FROM data_key")
    for epoch, purpose, wrapped in rows:
        assert isinstance(epoch, int)
        assert isinstance(purpose, str)
        assert isinstance(wrapped, bytes)
        keys.add(unwrap(wrapped, by=ring.keys[epoch], epoch=epoch, purpose=purpose))
    assert len(keys) == len(rows) > 1
    assert bytes(32) not in keys


def test_every_key_file_is_its_own(tmp_path: Path) -> None:
    """Two cities, or a month and its year, have nothing in common."""
    made = [key for place in ("a", "b", "c") for key in storage.make_keys(tmp_path / place, now=START).keys.values()]
    assert len(set(made)) == len(made) == 6
    assert bytes(32) not in made
