"""The key folder: without it everything is lost, so it is written carefully and read suspiciously."""

from pathlib import Path

import pytest

import storage
from storage.errors import KeyFolderError
from tests.memory.fakes import START


def test_a_creation_that_was_cut_short_is_finished(tmp_path: Path) -> None:
    """The power fails between two keys: the sentence says to create them, so creating must work."""
    first = storage.make_keys(tmp_path, now=START)
    (tmp_path / "year-2026.key").unlink()
    (tmp_path / "year-2026.new").write_bytes(b"half")
    with pytest.raises(KeyFolderError, match="keys --create"):
        storage.KeyRing.load(tmp_path)
    second = storage.make_keys(tmp_path, now=START)
    assert second.keys[202611] == first.keys[202611]
    assert second.year == 2026
    assert sorted(path.name for path in tmp_path.iterdir()) == ["epoch-2026-11.key", "year-2026.key"]


def test_a_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    """Whoever may write there may replace a key."""
    storage.make_keys(tmp_path, now=START)
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    tmp_path.chmod(0o755)
    with pytest.raises(KeyFolderError, match="chmod 700"):
        storage.KeyRing.load(tmp_path)


@pytest.mark.parametrize("name", ["epoch-2026.key", "epoch-2026-13.key", "year-202611.key", "year-26.key"])
def test_a_name_that_says_no_month_or_year_is_refused(tmp_path: Path, name: str) -> None:
    """A month taken for a year would seal under the wrong key."""
    storage.make_keys(tmp_path, now=START)
    (tmp_path / "year-2026.key").rename(tmp_path / name)
    with pytest.raises(KeyFolderError, match="no month or year"):
        storage.KeyRing.load(tmp_path)


def test_the_newest_keys_are_used_and_older_ones_are_tried(tmp_path: Path) -> None:
    """The format is ready for rotation."""
    storage.make_keys(tmp_path, now=START)
    for name in ("epoch-2026-09.key", "epoch-2026-10.key", "year-2025.key"):
        (tmp_path / name).write_bytes(b"k" * 32)
        (tmp_path / name).chmod(0o600)
    ring = storage.KeyRing.load(tmp_path)
    assert (ring.epoch, ring.year, ring.epochs) == (202611, 2026, (202611, 202610, 202609))


def test_a_place_where_no_folder_can_be_gets_a_sentence(tmp_path: Path) -> None:
    """A mistyped path is the operator's to mend."""
    (tmp_path / "file").touch()
    with pytest.raises(KeyFolderError, match="No keys can be written"):
        storage.make_keys(tmp_path / "file" / "keys", now=START)
    with pytest.raises(KeyFolderError, match="no key folder"):
        storage.KeyRing.load(tmp_path / "file" / "keys")


def test_a_ring_does_not_show_its_keys(tmp_path: Path) -> None:
    """A representation ends up in a log sooner or later."""
    ring = storage.make_keys(tmp_path, now=START)
    assert all(key.hex() not in repr(ring) and repr(key) not in repr(ring) for key in ring.keys.values())
