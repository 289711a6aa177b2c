"""A log as the program sets it up, into memory, with everything as it was afterwards."""

import io
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.logs import set_up_logging

_TOUCHED = ("telegram", "aiohttp", "httpx", "httpcore", "asyncio", "aiosqlite", "aiohttp.access")


@contextmanager
def logging_to(target: io.StringIO, *, as_json: bool = True) -> Iterator[io.StringIO]:
    """Set the program's log up at DEBUG, writing into `target`."""
    root = logging.getLogger()
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    levels = {name: logging.getLogger(name).level for name in _TOUCHED}
    try:
        set_up_logging("DEBUG", stream=target, as_json=as_json)
        yield target
    finally:
        root.handlers[:], logging.raiseExceptions = handlers, raising
        root.setLevel(level)
        sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
        logging.captureWarnings(capture=False)
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)
