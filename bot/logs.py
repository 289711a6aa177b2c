"""What may be written into a log: that something happened, where in the program, and which kind of error; no content.

Errors carry what people wrote, and libraries log whole updates and addresses with the token in them. So an error's
text is never written, only class names and lines of our own files; a library's sentence is written without its
values; ours is written with token-like parts and long numbers blanked.
"""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

FIELDS: Final = ("attempts", "count", "delay", "kind", "reason", "seconds", "state", "version")
"""What a record may carry beside its sentence, given as `extra`: never a person, a chat or a text."""

_OWN: Final = ("bot", "storage")
_LOUD: Final = ("telegram", "aiohttp", "httpx", "httpcore", "asyncio", "aiosqlite")
_TOKEN: Final = re.compile(r"(?:bot)?\d{1,20}:[A-Za-z0-9_-]{30,}")
_IN_URL: Final = re.compile(r"/bot[^/\s\"']+")
_LONG_NUMBER: Final = re.compile(r"\d{7,}")
_ROOT: Final = Path(__file__).resolve().parent.parent
_LONGEST_CHAIN: Final = 5


def redact(text: str) -> str:
    """Blank what looks like a bot token, the bot's part of an address, and numbers long enough to be a person's."""
    return _LONG_NUMBER.sub("#", _TOKEN.sub("***", _IN_URL.sub("/bot***", text)))


def describe(error: BaseException | None) -> list[str]:
    """Name an error and its causes: class names with the last line of ours each one passed, no texts."""
    return [f"{_name(type(each))} at {_place(each.__traceback__)}" for each in _chain(error)]


class ContentFree(logging.Formatter):
    """Writes a record as one line: JSON for machines, or words for a terminal."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Write the allowed parts of a record."""
        parts: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": redact(record.name),
            "message": _sentence(record),
        }
        parts |= {name: _plain(record.__dict__[name]) for name in FIELDS if name in record.__dict__}
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if error is not None:
            parts["error"] = describe(error)
        if self._as_json:
            return json.dumps(parts, ensure_ascii=False)
        head = f"{parts.pop('time')[11:23]} {parts.pop('level'):<8} {parts.pop('message')}"
        return "  ".join([head, *(f"{name}={value}" for name, value in parts.items())]).replace("\n", " ")


def set_up_logging(level: str = "INFO", *, stream: TextIO | None = None, as_json: bool | None = None) -> None:
    """Send every record to one stream (standard error), content-free; plain words on a terminal, else JSON."""
    target = stream or sys.stderr
    handler = logging.StreamHandler(target)
    handler.setFormatter(ContentFree(as_json=not target.isatty() if as_json is None else as_json))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("aiohttp.access").setLevel(logging.ERROR)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # a record that cannot be written would be printed whole
    sys.excepthook = _on_crash
    sys.unraisablehook = _on_unraisable
    threading.excepthook = _on_thread_crash


def _sentence(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] in _OWN:
        try:
            return redact(record.getMessage())
        except (TypeError, ValueError):
            return redact(str(record.msg))
    where = f"{Path(record.pathname).name}:{record.lineno}"
    if record.args and isinstance(record.msg, str):
        return redact(f"{record.msg} ({where}, values withheld)")
    return f"(text withheld, {where})"


def _plain(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return redact(str(value))[:80]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_LONGEST_CHAIN):
        if error is None:
            return
        yield error
        if isinstance(error, BaseExceptionGroup) and error.exceptions:
            error = error.exceptions[0]
        else:
            error = error.__cause__ or error.__context__


def _name(kind: type[BaseException]) -> str:
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _place(trace: TracebackType | None) -> str:
    ours = "?"
    for frame, line in traceback.walk_tb(trace):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_ROOT) and path.relative_to(_ROOT).parts[0] in _OWN:
            ours = f"{path.relative_to(_ROOT)}:{line}"
    return ours


def _on_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(__name__).critical("the program ended with an error", exc_info=(kind, error, trace))


def _on_unraisable(unraisable: Any) -> None:
    logging.getLogger(__name__).error("an error had nowhere to go", exc_info=unraisable.exc_value)


def _on_thread_crash(crash: threading.ExceptHookArgs) -> None:
    logging.getLogger(__name__).error("a thread ended with an error", exc_info=crash.exc_value)
