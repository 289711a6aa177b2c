"""Whatever comes as an update, through the real reading, dispatcher and storage: it is settled, kept or ignored."""

import asyncio
import copy
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.application import build_application, take
from bot.chat.command_runner import CommandRunner
from bot.chat.handlers.table import TelegramHandlers, handlers
from bot.chat.transport import AiohttpRequest
from bot.intake import Intake, Patience, Raw, tells_of_danger
from bot.intake.batch import number_of
from bot.ports import Chore, Handled
from bot.services.background.startup import Startup
from tests.contract.asking import BOT
from tests.services.town import PLACES, VOCABULARY, services
from tests.storage.opening import look, open_storage
from tests.unit.intake_world import Telegram

TOKEN = f"{BOT}:AAfuzz-test-token-00000000000000000"

pytestmark = pytest.mark.slow


def message(chat: int, **content: Any) -> dict[str, Any]:
    """Make a message as Telegram sends it."""
    person = {"id": chat, "is_bot": False, "first_name": "Lan"}
    where = {"id": chat, "type": "private", "first_name": "Lan"}
    return {"message_id": 1, "date": 1_790_000_000, "chat": where, "from": person, **content}


def good(chat: int) -> list[dict[str, Any]]:
    """Make an update of each kind."""
    press = {"id": "9", "from": message(chat)["from"], "chat_instance": "1", "message": message(chat, text="x")}
    return [
        {"message": message(chat, text="Có trộm ở phường Cái Khế")},
        {"message": message(chat, text="/trangthai 1111 1111 1111 1111")},
        {"message": message(chat, location={"latitude": 10.03, "longitude": 105.78})},
        {"message": message(chat, sticker={"file_id": "a"})},
        {"edited_message": message(chat, text="x")},
        {"callback_query": {**press, "data": "d:send:AAAAAAAA:"}},
        {"callback_query": {**press, "data": "l:vi"}},
        {"my_chat_member": {"chat": message(chat)["chat"], "from": message(chat)["from"], "date": 1}},
        {"something_new": {"x": 1}},
    ]


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.sampled_from([-1, 0, 2**31, 2**63, 2**64, 10**40, 1.5, float("nan"), float("inf")])
    | st.text(max_size=20)
    | st.sampled_from(["\ud800", "\x00", "9" * 20, "@" * 5000]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
HOPELESS = [
    '{{"update_id":{0},"message":' + "[" * 10_000 + "]" * 10_000 + "}}",
    '{{"update_id":{0},"message":' + '{{"a":' * 900 + "1" + "}}" * 900 + "}}",
    '{{"update_id":{0},"message":{{"message_id":' + "1" * 5000 + "}}}}",
    '{{"update_id":{0},"message":{{"chat":{{"id":4}},"text":"' + "x" * 4_000_000 + '"}}}}',
]


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Name every place in a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*at, key)
        yield from places(each, (*at, key))


@st.composite
def updates(draw: st.DrawFn) -> str:
    """Break an update of some kind somewhere; "{0}" is its id to be."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from(HOPELESS))
    update = copy.deepcopy(draw(st.sampled_from(good(draw(st.integers(1, 3))))))
    for _ in range(draw(st.integers(0, 2))):
        *way, last = draw(st.sampled_from(list(places(update))))
        inner: Any = update
        for key in way:
            inner = inner[key]
        if draw(st.booleans()) and isinstance(inner, dict):
            del inner[last]
        else:
            inner[last] = draw(JUNK)
        if not list(places(update)):
            break
    return json.dumps({"update_id": "ID", **update}).replace("{", "{{").replace("}", "}}").replace('"ID"', "{0}")


class Wire(Telegram):
    """A server whose answers are read from their bytes."""

    async def fetch(self, *, offset: int, timeout: float, limit: int) -> list[Any]:  # noqa: ASYNC109  # the port's
        """Give updates as they are read."""
        texts = await super().fetch(offset=offset, timeout=timeout, limit=limit)
        payload = '{"ok":true,"result":[' + ",".join(texts) + "]}"
        return list(AiohttpRequest.parse_json_payload(payload.encode())["result"])


@given(batch=st.lists(updates(), min_size=1, max_size=12))
async def test_whatever_comes_each_update_is_settled_kept_or_ignored_and_the_next_is_answered(
    tmp_path_factory: pytest.TempPathFactory, batch: list[str]
) -> None:
    """Never deaf, and nothing acknowledged before it is stored."""
    folder: Path = tmp_path_factory.mktemp("books")
    ended: dict[int, Handled] = {}

    def is_kept(number: int) -> bool:
        tables = ("seen_update", "parked_update")
        return any(look(folder, f"SELECT 1 FROM {table} WHERE update_id = {number}") for table in tables)  # noqa: S608 - names of ours alone

    async with open_storage(folder) as executor:
        of_town = services()
        await executor.run(Startup(PLACES, of_town.notices.whose_work, of_town.live_finder).begin, Chore())
        application = build_application(token=TOKEN, base_url="http://127.0.0.1:9/bot", request=AiohttpRequest())
        await application.initialize()
        runner = CommandRunner(executor, of_town.dispatcher, lambda _: None)
        application.add_handlers(handlers(TelegramHandlers(runner, bot_id=BOT)))

        async def noting(raw: Raw, *, is_late: bool) -> Handled:
            ended[number_of(raw) or 0] = handled = await take(application, raw, is_late=is_late)
            return handled

        wire = Wire(*[each.format(number) for number, each in enumerate(batch, start=1)])
        wire.may_forget = lambda number: ended.get(number) is Handled.IGNORED or is_kept(number)
        intake = Intake(
            bot=BOT,
            executor=executor,
            fetch=wire.fetch,
            take=noting,
            is_pressing=partial(tells_of_danger, VOCABULARY),
            chance=lambda: 0.0,
            patience=Patience(poll_seconds=1),
        )
        life = asyncio.create_task(intake.run())
        last = len(batch) + 1
        wire.bring(json.dumps({"update_id": last, "message": message(77, text="Có trộm ở phường Cái Khế")}))
        async with asyncio.timeout(60):
            while wire.waiting:
                await asyncio.sleep(0.01)
                if life.done():
                    break
        intake.stop()
        await life
        await application.shutdown()
    assert ended[last] is Handled.DONE
    assert all(ended.get(number) is Handled.IGNORED or is_kept(number) for number in range(1, last + 1))
