"""What may be found in a log, whoever writes into it and however badly something fails."""

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bot.logs import describe, redact
from tests.unit.log_capture import logging_to

SECRETS = ("990017", "1234567890", "Trần Văn Bình", "đá gà ở hẻm 5", "AAtoken-token-token-token-token-token")
TOKEN = f"7700000009:{SECRETS[-1]}"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """A log at DEBUG, as JSON."""
    with logging_to(io.StringIO(), as_json=True) as target:
        yield target


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """Read a log of JSON lines."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_our_sentence_with_its_allowed_fields_is_one_line_of_json(stream: io.StringIO) -> None:
    """A machine can read it, and an operator too."""
    logging.getLogger("bot.intake.polling").warning(
        "waiting", extra={"delay": 2.5, "reason": "TimedOut", "name_": "Bình"}
    )
    [line] = lines(stream)
    assert line.pop("time").endswith("+00:00")
    wanted = {
        "level": "warning",
        "logger": "bot.intake.polling",
        "message": "waiting",
        "delay": 2.5,
        "reason": "TimedOut",
    }
    assert line == wanted


def test_an_errors_words_are_never_written_only_its_class_and_our_line(stream: io.StringIO) -> None:
    """An error's text may be the tip itself."""

    def fail() -> None:
        tip = SECRETS[3]
        try:
            json.loads(f'"{tip}" {tip}')
        except ValueError as error:
            raise RuntimeError(f"could not read {tip}") from error

    try:
        fail()
    except RuntimeError:
        logging.getLogger("bot.chat").exception("it failed")
    [line] = lines(stream)
    assert [each.partition(" at ")[0] for each in line["error"]] == ["RuntimeError", "json.decoder.JSONDecodeError"]
    assert not any(secret in stream.getvalue() for secret in SECRETS)


def test_the_place_of_an_error_is_the_last_line_of_ours_it_passed() -> None:
    """Enough to find the bug."""
    with pytest.raises(TypeError) as caught:
        redact(None)  # type: ignore[arg-type]  # on purpose
    [told] = describe(caught.value)
    assert told.startswith("TypeError at bot/logs.py:")


def test_a_librarys_sentence_is_written_without_its_values(stream: io.StringIO) -> None:
    """Libraries log updates, requests and answers."""
    logger = logging.getLogger("somebody.elses")
    logger.error("Error while building context for update %s", {"text": SECRETS[3]})
    logger.error(f"sending {SECRETS[3]} to {SECRETS[1]}")  # noqa: G004  # as libraries do
    first, second = lines(stream)
    assert first["message"].startswith("Error while building context for update %s (test_logs.py:")
    assert second["message"].startswith("(text withheld, test_logs.py:")


@pytest.mark.parametrize("name", ["telegram.ext.ExtBot", "telegram.Bot", "aiohttp.access", "aiosqlite", "asyncio"])
def test_chatty_libraries_are_silent_below_a_warning(stream: io.StringIO, name: str) -> None:
    """At DEBUG they would write every message."""
    logging.getLogger(name).info("%s", SECRETS[3])
    logging.getLogger(name).debug("%s", SECRETS[3])
    assert stream.getvalue() == ""


def test_tokens_and_numbers_long_enough_to_be_a_person_are_blanked_in_our_own_words(stream: io.StringIO) -> None:
    """Discipline is good, a net below it is better."""
    logger = logging.getLogger("bot.somewhere")
    logger.warning("asking %s", f"https://api.telegram.org/bot{TOKEN}/sendMessage")
    logger.warning("asking %s for chat %s, 25 times", TOKEN, 1234567890)
    logger.warning("values do not fit: %s %s", 1234567890, extra={"reason": TOKEN})
    text = stream.getvalue()
    assert not any(secret in text for secret in SECRETS)
    assert [line["message"] for line in lines(stream)] == [
        "asking https://api.telegram.org/bot***/sendMessage",
        "asking *** for chat #, 25 times",
        "values do not fit: %s %s",
    ]


def test_crashes_are_told_without_words_too(stream: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    """Python's own last words are the error's text."""
    error = ValueError(SECRETS[3])
    sys.excepthook(ValueError, error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    def fail() -> None:
        raise error

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert [line["error"][0].partition(" at ")[0] for line in lines(stream)] == ["ValueError"] * 2
    captured = capsys.readouterr()
    assert not any(secret in stream.getvalue() + captured.out + captured.err for secret in SECRETS)


def test_a_group_of_errors_is_told_by_its_first(stream: io.StringIO) -> None:
    """Tasks fail in groups."""
    error = ExceptionGroup(SECRETS[2], [ValueError(SECRETS[3])])
    logging.getLogger("bot").error("tasks failed", exc_info=error)
    [line] = lines(stream)
    assert [each.partition(" at ")[0] for each in line["error"]] == ["ExceptionGroup", "ValueError"]


def test_on_a_terminal_the_same_is_written_for_people() -> None:
    """One short line."""
    with logging_to(io.StringIO(), as_json=False) as target:
        logging.getLogger("bot.delivery.pump").info("a message is tried again later", extra={"attempts": 2})
    assert " info     a message is tried again later  logger=bot.delivery.pump  attempts=2" in target.getvalue()
