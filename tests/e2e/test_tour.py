"""The two commands a stranger runs first."""

import asyncio
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


async def test_the_tour_keeps_every_promise() -> None:
    """`python -m bot demo --tour` plays the whole story and exits 0 only if every step was as promised."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "demo", "--tour"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await asyncio.wait_for(process.communicate(), 150)
    assert process.returncode == 0, output.decode()
    assert "đúng như đã hứa" in output.decode()
