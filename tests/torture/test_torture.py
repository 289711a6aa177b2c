"""The short form of `make torture`: each fault at least once, a dozen kills."""

import asyncio
import sys
from asyncio.subprocess import PIPE, STDOUT

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.timeout(400)
async def test_a_bot_killed_amid_faults_of_every_kind_loses_nothing_and_does_nothing_twice() -> None:
    """What citizens were told, and what Telegram was told to forget, equals what is stored."""
    torture = ("-m", "tests.torture", "--kills", "12", "--seed", "1", "--seconds", "60")
    process = await asyncio.create_subprocess_exec(sys.executable, *torture, stdout=PIPE, stderr=STDOUT)
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    assert said.decode().endswith("lost 0, duplicated 0, counters off 0\n"), said.decode()
