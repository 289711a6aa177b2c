"""The sandbox is as strict as Telegram, in Telegram's own words: what passes here must pass there."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.sandbox.client import Phone, SandboxClient
from bot.sandbox.server import Running, open_sandbox

TOKEN = "4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105 - opens nothing


class Bot:
    """A bot of a few lines."""

    def __init__(self, url: str) -> None:
        self.url = f"{url}/bot{TOKEN}"
        self.session = ClientSession()

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method; give the whole answer."""
        async with self.session.post(f"{self.url}/{method}", json=parameters) as answer:
            return dict(await answer.json())

    async def refused(self, method: str, **parameters: Any) -> str:
        """Call a method that is refused; give the code and the words."""
        answer = await self.call(method, **parameters)
        assert answer["ok"] is False
        return f"{answer['error_code']} {answer['description']}"


@pytest.fixture
async def sandbox() -> AsyncIterator[Running]:
    """A running sandbox."""
    async with open_sandbox(token=TOKEN) as running:
        yield running


@pytest.fixture
async def bot(sandbox: Running) -> AsyncIterator[Bot]:
    """A bot in it."""
    made = Bot(sandbox.url)
    yield made
    await made.session.close()


@pytest.fixture
async def lan(sandbox: Running) -> AsyncIterator[Phone]:
    """A person who has written first."""
    async with SandboxClient(sandbox.url) as client:
        phone = await client.person("Lan", last_name="Trần", username="lan", language_code="vi")
        await phone.say("chào")
        yield phone


async def test_updates_come_again_until_they_are_confirmed(bot: Bot, lan: Phone) -> None:
    """What the intake relies on."""
    await lan.say("hai")
    first = (await bot.call("getUpdates"))["result"]
    assert [each["message"]["text"] for each in first] == ["chào", "hai"]
    assert (await bot.call("getUpdates"))["result"] == first
    assert len((await bot.call("getUpdates", limit=1))["result"]) == 1
    rest = (await bot.call("getUpdates", offset=first[1]["update_id"]))["result"]
    assert [each["message"]["text"] for each in rest] == ["hai"]
    assert (await bot.call("getUpdates", offset=first[1]["update_id"] + 1))["result"] == []


async def test_a_message_shows_who_sent_it_as_telegram_does(bot: Bot, lan: Phone) -> None:
    """A bot always receives the sender's names: ours must not keep them."""
    (update,) = (await bot.call("getUpdates"))["result"]
    author = update["message"]["from"]
    assert (author["id"], author["first_name"], author["username"]) == (lan.id, "Lan", "lan")
    await lan.say("/start w31135")
    command = (await bot.call("getUpdates"))["result"][-1]["message"]
    assert command["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"text": ""}, "400 Bad Request: message text is empty"),
        ({"text": "  \n"}, "400 Bad Request: message text is empty"),
        ({"text": "x" * 4097}, "400 Bad Request: message is too long"),
        ({"text": "🙂" * 2049}, "400 Bad Request: message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "400 Bad Request: can't parse entities"),
        ({"text": "<script>x</script>", "parse_mode": "HTML"}, "400 Bad Request: can't parse entities"),
        ({"text": "a < b", "parse_mode": "HTML"}, "400 Bad Request: can't parse entities"),
        ({"text": "<b><i>x</b></i>", "parse_mode": "HTML"}, "400 Bad Request: can't parse entities"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}},
            "400 Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x"}] * 9]}},
            "400 Bad Request: too many buttons",
        ),
    ],
)
async def test_what_telegram_refuses_is_refused(bot: Bot, lan: Phone, parameters: dict[str, Any], words: str) -> None:
    """A message that would fail there must fail here."""
    assert (await bot.refused("sendMessage", chat_id=lan.id, **parameters)).startswith(words)


async def test_limits_count_after_entities(bot: Bot, lan: Phone) -> None:
    """Four thousand and ninety-six signs that are read, whatever the markup."""
    text = "<b>" + "&amp;" * 4096 + "</b>"
    assert (await bot.call("sendMessage", chat_id=lan.id, text=text, parse_mode="HTML"))["ok"]
    assert (await lan.chat())[-1].text == "&" * 4096


async def test_a_bot_cannot_write_first_nor_to_whoever_blocked_it(bot: Bot, lan: Phone) -> None:
    """403, as there."""
    stranger = await lan.client.person("Mai")
    assert (await bot.refused("sendMessage", chat_id=stranger.id, text="x")).startswith("403 Forbidden: bot can't")
    assert (await bot.refused("sendMessage", chat_id=1, text="x")) == "400 Bad Request: chat not found"
    await lan.block()
    assert (await bot.refused("sendMessage", chat_id=lan.id, text="x")).startswith("403 Forbidden: bot was blocked")
    await lan.block(blocking=False)
    assert (await bot.call("sendMessage", chat_id=lan.id, text="x"))["ok"]


async def test_editing_deleting_and_answering_follow_the_rules(bot: Bot, lan: Phone) -> None:
    """Not modified, not found, too old."""
    sent = (await bot.call("sendMessage", chat_id=lan.id, text="một"))["result"]["message_id"]
    same = await bot.refused("editMessageText", chat_id=lan.id, message_id=sent, text="một")
    assert same.startswith("400 Bad Request: message is not modified")
    assert (await bot.call("editMessageText", chat_id=lan.id, message_id=sent, text="hai"))["ok"]
    assert (await lan.chat())[-1].is_edited
    assert "not found" in await bot.refused("editMessageText", chat_id=lan.id, message_id=99, text="x")
    assert (await bot.call("deleteMessages", chat_id=lan.id, message_ids=[sent, 99]))["ok"]
    assert [seen.text for seen in await lan.chat()] == ["chào"]
    await lan.client.advance(hours=49)
    own = (await lan.chat())[0].id
    assert "can't be deleted" in await bot.refused("deleteMessage", chat_id=lan.id, message_id=own)
    assert "query is too old" in await bot.refused("answerCallbackQuery", callback_query_id="1")


async def test_buttons_come_back_with_their_data_and_answers_pop_up(bot: Bot, lan: Phone) -> None:
    """Genuine and forged."""
    keyboard = {"inline_keyboard": [[{"text": "Gửi tin", "callback_data": "d:send"}]]}
    sent = await bot.call("sendMessage", chat_id=lan.id, text="nháp", reply_markup=keyboard, protect_content=True)
    query = await lan.press("Gửi")
    await lan.press_data("forged", message=sent["result"]["message_id"])
    updates = (await bot.call("getUpdates"))["result"]
    assert [each["callback_query"]["data"] for each in updates[-2:]] == ["d:send", "forged"]
    await bot.call("answerCallbackQuery", callback_query_id=query, text="xong")
    await lan.wait_for_popup("xong")
    assert (await lan.chat())[-1].is_protected


async def test_failures_can_be_asked_for_before_and_after_the_effect(bot: Bot, lan: Phone) -> None:
    """An unknown outcome is the hardest one."""
    await lan.client.fail("sendMessage", "429", retry_after=7)
    answer = await bot.call("sendMessage", chat_id=lan.id, text="x")
    assert answer["parameters"] == {"retry_after": 7}
    await lan.client.fail("sendMessage", "lost")
    with pytest.raises(Exception, match=r".*"):
        await bot.call("sendMessage", chat_id=lan.id, text="lạc")
    assert (await lan.chat())[-1].text == "lạc"
    assert (await bot.call("sendMessage", chat_id=lan.id, text="sau"))["ok"]


async def test_a_wrong_token_or_method_is_turned_away(bot: Bot) -> None:
    """401 and 404."""
    assert (await bot.refused("noSuchMethod")) == "404 Not Found"
    bot.url = bot.url.replace("AAA", "BBB", 1)
    assert (await bot.refused("getMe")) == "401 Unauthorized"


async def test_the_telegram_profile_slows_a_hasty_bot_down() -> None:
    """The demo must not hide that Telegram has limits."""
    async with open_sandbox(token=TOKEN, profile="telegram") as running, SandboxClient(running.url) as client:
        bot = Bot(running.url)
        phone = await client.person("Lan")
        await phone.say("chào")
        answers = [await bot.call("sendMessage", chat_id=phone.id, text=f"{n}") for n in range(8)]
        await bot.session.close()
    codes = [answer.get("error_code", 200) for answer in answers]
    assert codes[0] == 200
    assert 429 in codes
