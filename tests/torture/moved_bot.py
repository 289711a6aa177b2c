"""The program itself, run where the machine's clock is wrong: by as many seconds as the file named first says."""

import runpy
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock_and_ids import SystemClock

_WRONG_BY = Path(sys.argv.pop(1))


def _now(self: SystemClock) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(_WRONG_BY.read_text(encoding="ascii") or 0))


SystemClock.now = _now  # type: ignore[method-assign]  # it stands for the machine, and the machine is wrong
runpy.run_module("bot", run_name="__main__")
