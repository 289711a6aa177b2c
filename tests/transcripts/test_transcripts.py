"""What the house does is what it did: every story shows the same on every phone, to the letter."""

from pathlib import Path

import pytest

from tests.transcripts.__main__ import GOLDEN
from tests.transcripts.house import shown_texts
from tests.transcripts.stage import Played, play
from tests.transcripts.stories import STORIES
from tests.transcripts.unseen import KEYS, is_excused

_played: dict[str, Played] = {}


async def _play(name: str, folder: Path) -> Played:
    if name not in _played:
        _played[name] = await play(STORIES[name], folder)
    return _played[name]


@pytest.mark.parametrize("name", STORIES)
async def test_a_story_shows_what_it_has_always_shown(name: str, tmp_path: Path) -> None:
    """A change that is meant is written with `python -m tests.transcripts --write` and read in the difference."""
    played = await _play(name, tmp_path)
    assert played.text.splitlines() == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def test_every_transcript_has_its_story() -> None:
    """One that is played no more proves nothing."""
    assert {path.stem for path in GOLDEN.iterdir()} == set(STORIES)


async def test_every_text_is_seen_in_some_story_or_excused_with_a_reason(tmp_path: Path) -> None:
    """A screen that no story shows may change without anybody seeing it."""
    seen = frozenset[str]().union(*[(await _play(name, tmp_path / name)).keys for name in STORIES])
    assert {key for key in shown_texts() - seen if not is_excused(key)} == set()
    assert {key for key in seen if is_excused(key)} == set(), "an excuse that is needed no more"
    assert set(KEYS) <= shown_texts(), "an excuse for a text that is gone"
