"""`python -m tests.transcripts` names the stories; with `--write` it plays them and writes `golden/` anew."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.transcripts.stage import play
from tests.transcripts.stories import STORIES

GOLDEN = Path(__file__).parent / "golden"


async def write() -> None:
    """Write every transcript, and remove those of stories that are gone."""
    for name, story in STORIES.items():
        with tempfile.TemporaryDirectory() as folder:
            played = await play(story, Path(folder))
        (GOLDEN / f"{name}.txt").write_text(played.text, encoding="utf-8")
    for path in GOLDEN.glob("*.txt"):
        if path.stem not in STORIES:
            path.unlink()


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        asyncio.run(write())
    else:
        sys.stdout.write("\n".join(STORIES) + "\n")
