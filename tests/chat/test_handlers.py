"""Every update becomes the right command, or is ignored on purpose: raw JSON in, through python-telegram-bot."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.chat.acknowledgement import acknowledge
from bot.chat.application import StrictApplication, build_application, take
from bot.chat.handlers.table import TelegramHandlers, handlers
from bot.chat.transport import AiohttpRequest
from bot.domain.campaign.activities import ActivityKind
from bot.domain.ids import ChatId, MessageId, UpdateKey
from bot.domain.text.command_words import find
from bot.domain.tip import Channel, Verdict
from bot.services.commands import base, campaign, citizen, officer, people

TOKEN = "4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105 - opens nothing
PERSON = {"id": 77, "is_bot": False, "first_name": "Lan", "last_name": "Trần", "username": "lan", "language_code": "vi"}
CHAT = {"id": 77, "type": "private", "first_name": "Lan"}


class RecordingRunner:
    """A runner that keeps what it is given."""

    def __init__(self) -> None:
        self.taken: list[base.Command] = []

    async def take(self, command: base.Command) -> None:
        self.taken.append(command)
        acknowledge()


@pytest.fixture
def runner() -> RecordingRunner:
    """A runner."""
    return RecordingRunner()


@pytest.fixture
async def application(runner: RecordingRunner) -> AsyncIterator[StrictApplication]:
    """The dispatcher with the one table, without a network."""
    built = build_application(token=TOKEN, base_url="http://127.0.0.1:9/bot", request=AiohttpRequest())
    built.bot._bot_user = _me()
    built._initialized = True
    built.add_handlers(handlers(TelegramHandlers(runner, bot_id=4242)))  # type: ignore[arg-type]  # one that records
    yield built
    await asyncio.sleep(0)


def _me() -> Any:
    from telegram import User  # noqa: PLC0415 - used here alone

    return User(4242, "Nguồn Tin", is_bot=True, username="nguontin_bot")


def message(text: str | None = None, **extra: Any) -> dict[str, Any]:
    """Make an update with a message."""
    body: dict[str, Any] = {"message_id": 5, "date": 1_790_000_000, "chat": CHAT, "from": PERSON, **extra}
    if text is not None:
        body["text"] = text
        if text.startswith("/"):
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    return {"update_id": 9, "message": body}


def press(data: str) -> dict[str, Any]:
    """Make an update with a pressed button."""
    shown = {"message_id": 6, "date": 1_790_000_000, "chat": CHAT, "text": "x"}
    query = {"id": "31", "from": PERSON, "chat_instance": "1", "data": data, "message": shown}
    return {"update_id": 9, "callback_query": query}


async def command_of(application: StrictApplication, runner: RecordingRunner, update: dict[str, Any]) -> Any:
    """Give the one command an update became."""
    await take(application, update)
    (command,) = runner.taken
    return command


async def test_a_text_is_cleaned_and_carries_where_it_came_from_and_nobody_s_name(
    application: StrictApplication, runner: RecordingRunner
) -> None:
    """The door is passed once."""
    command = await command_of(application, runner, message("a\u202eb\x00 \n\n\n\nđánh nhau"))
    assert command == citizen.Write(
        key=UpdateKey(4242, 9), actor=ChatId(77), chat=ChatId(77), message=MessageId(5), text="ab\n\nđánh nhau"
    )
    assert "Lan" not in repr(command)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/tin 1042", {"tip": 1042}),
        ("/TIN@nguontin_bot #1042", {"tip": 1042}),
        ("/hoi 1042 mấy giờ?", {"tip": 1042, "text": "mấy giờ?"}),
        ("/hoi 1042", {"tip": 1042, "text": ""}),
        ("/giatri 1042 đã xác minh\ntại chỗ", {"tip": 1042, "evidence": "đã xác minh\ntại chỗ"}),
        ("/khong 1042", {"verdict": Verdict.NOT_USEFUL, "is_sure": True}),
        ("/rac 1042", {"verdict": Verdict.SPAM, "is_sure": True}),
        ("/trung 1042 1007", {"tip": 1042, "verdict": Verdict.DUPLICATE, "duplicate_of": 1007}),
        ("/ketqua 1042 vu 1 bat 2", {"tip": 1042, "text": "vu 1 bat 2"}),
        ("/tinngoai", {"channel": None, "text": ""}),
        ("/tinngoai Thư có người báo", {"channel": Channel.LETTER, "text": "có người báo"}),
        ("/tuyentruyen 120", {"kind": ActivityKind.OUTREACH, "number": "120"}),
        ("/tin 1.042", {"tip": 1042}),
        ("/hoi 1042. mấy giờ?", {"tip": 1042, "text": "mấy giờ?"}),
        ("/tuyentruyen 5 cuộc 600 lượt", {"number": "5 cuộc 600 lượt"}),
        ("/hoatdong tập thể 3", {"kind": ActivityKind.COLLECTIVES, "number": "3"}),
        ("/hoatdong tapthe 3", {"kind": ActivityKind.COLLECTIVES, "number": "3"}),
        ("/hoatdong lạ 3", {"kind": None}),
        ("/thongke nam tp", {"words": "nam tp"}),
        ("/bantin 2026-W47", {"week": "2026-W47"}),
        ("/moi canbo 31135", {"words": "canbo 31135"}),
        ("/thuhoi 7", {"officer": 7}),
        ("/trangthai 1234 5678 9012 3456", {"code": "1234 5678 9012 3456"}),
        ("/riengtu", {"page": "privacy"}),
    ],
)
async def test_typed_commands_are_read_leniently(
    application: StrictApplication, runner: RecordingRunner, text: str, expected: dict[str, object]
) -> None:
    """People type with one hand."""
    command = await command_of(application, runner, message(text))
    assert {name: getattr(command, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/đóng 2", officer.CloseTip),
        ("/Đóng@nguontin_bot 2", officer.CloseTip),
        ("/ đóng 2", officer.CloseTip),
        ("\u200e/đóng\n2", officer.CloseTip),
        ("/hàngđợi", officer.ShowQueue),
        ("/giátrị 2 đã xác minh", officer.JudgeValuable),
        ("/xóa", citizen.Wipe),
        ("/trợgiúp", citizen.ShowPage),
        ("/start", citizen.Start),
        ("/đóng", citizen.Explain),
        ("/khôngcó 2", citizen.Write),
        ("/", citizen.Write),
        ("và/hoặc", citizen.Write),
    ],
)
async def test_a_slash_makes_a_command_whether_telegram_marks_it_or_not(
    application: StrictApplication, runner: RecordingRunner, text: str, expected: type[base.Command]
) -> None:
    """A keyboard that adds accents turns "/dong 2" into a plain text."""
    update = message(text)
    update["message"].pop("entities", None)
    assert type(await command_of(application, runner, update)) is expected


@pytest.mark.parametrize(
    "text",
    [
        *("/dong 2 150", "/rac 1,5", "/khong 1.3600", "/tin 1042 1007", "/nhan 0042", "/thuhoi 7 8", "/trung 2 3 4"),
        *(
            "/rac 4 và 5",
            "/rac 4, 5",
            "/dong 4; 5",
            "/khong 4 (và 5)",
            "/nhan 4-5",
            "/trung 2 3 và 4",
            "/thuhoi 7 và 8",
        ),
        *("/hoi 1,5 mấy giờ?", "/ketqua 1.42 vu 1", "/dong -2", "/dong １２", "/tin 99999999999999999999"),
    ],
)
async def test_a_tips_number_that_could_be_another_is_asked_for_again(
    application: StrictApplication, runner: RecordingRunner, text: str
) -> None:
    """Closing tip 1 because somebody wrote 1,042 with a slip is worse than asking."""
    assert isinstance(await command_of(application, runner, message(text)), citizen.Explain)


@pytest.mark.parametrize(
    "text", ["/tin", "/tin abc", "/tin 0", "/trung 1042", "/hoi mấy giờ", "/tuyentruyen", "/thuhoi"]
)
async def test_a_command_that_lacks_something_is_explained(
    application: StrictApplication, runner: RecordingRunner, text: str
) -> None:
    """The answer shows the form, not an error."""
    assert isinstance(await command_of(application, runner, message(text)), citizen.Explain)


def test_every_command_of_the_design_has_its_name_and_alias() -> None:
    """The tables of the design are the contract with officers."""
    wanted = (
        "hangdoi queue tin tip nhan claim hoi ask giatri valuable khong notuseful trung duplicate rac spam "
        "ketqua outcome dong close tinngoai walkin tuyentruyen outreach hoatdong activity thongke stats "
        "bantin digest moi invite danhsach people thuhoi revoke khoa lock trangthai status xoa wipe "
        "ngung stop riengtu privacy ngonngu language trogiup help"
    )
    assert [name for name in wanted.split() if find(name) is None] == []


@pytest.mark.parametrize(
    ("text", "payload", "person"),
    [
        ("/start", "", ""),
        ("/start w31135", "w31135", ""),
        ("/start iABC_def-1", "iABC_def-1", "Lan Trần"),
        ("/start w31135; DROP", "", ""),
        (f"/start {'x' * 65}", "", ""),
    ],
)
async def test_start_keeps_a_readable_payload_and_reads_a_name_for_invitations_alone(
    application: StrictApplication, runner: RecordingRunner, text: str, payload: str, person: str
) -> None:
    """No other command may know who writes."""
    command = await command_of(application, runner, message(text))
    assert (command.payload, command.person) == (payload, person)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("d:send:abcdefgh:", citizen.PressDraft),
        ("d:choose:abcdefgh:31135", citizen.PressDraft),
        ("o:read:abcdefgh", citizen.PressOwn),
        ("c:wipe_sure", citizen.Wipe),
        ("c:stop_sure", citizen.StopReplies),
        ("c:cancel", officer.CancelPrompt),
        ("l:en", citizen.ChooseLanguage),
        ("q:2", officer.ShowQueue),
        ("t:open:5:0:a", officer.OpenTip),
        ("t:claim:5:3:a", officer.Claim),
        ("t:spam:5:3:s", officer.Judge),
        ("t:take_back:5:3:s", officer.TakeBack),
        ("t:valuable:5:3:a", officer.JudgeValuable),
        ("k:5:3:new", officer.JudgeValuable),
        ("k:5:3:7", officer.JudgeValuable),
        ("w:phone", officer.EnterTip),
        ("s:31135:week:1", campaign.ShowStats),
        ("j:4:y", people.ConfirmJoin),
        ("i:officer:31135", people.InvitePerson),
        ("r:4:a", people.Revoke),
        ("t:claim:5", citizen.PressUnknown),
        ("forged", citizen.PressUnknown),
        ("", citizen.PressUnknown),
    ],
)
async def test_a_button_becomes_its_command(
    application: StrictApplication, runner: RecordingRunner, data: str, kind: type[base.Command]
) -> None:
    """And a forged one a command of its own, that is answered."""
    command = await command_of(application, runner, press(data))
    assert type(command) is kind
    assert command.callback == "31"


async def test_a_press_is_read_without_the_card_below_it(
    application: StrictApplication, runner: RecordingRunner
) -> None:
    """Telegram sends the whole card with each press; nothing in it is needed, and nothing in it may be in the way."""
    update = press("q:2")
    update["callback_query"]["message"] |= {"reply_markup": "no keyboard", "entities": 5}
    assert isinstance(await command_of(application, runner, update), officer.ShowQueue)


async def test_a_text_of_nothing_that_can_be_seen_is_empty(
    application: StrictApplication, runner: RecordingRunner
) -> None:
    """It starts no draft, and the person is told why."""
    command = await command_of(application, runner, message("\u200e\u202e\u3164 \u2063\U000e0041"))
    assert isinstance(command, citizen.SendUnsupported)
    assert command.kind == "empty"


async def test_an_edited_message_is_told_apart(application: StrictApplication, runner: RecordingRunner) -> None:
    """An edit would change a tip behind the officer's back."""
    update = message("mới")
    update["edited_message"] = {**update.pop("message"), "edit_date": 1_790_000_001}
    command = await command_of(application, runner, update)
    assert command.kind == "edited"


@pytest.mark.parametrize("kind", ["private", "group"])
@pytest.mark.parametrize(("status", "blocked"), [("kicked", True), ("member", False)])
async def test_who_blocks_the_bot_and_who_lets_it_write_again_is_taken_from_private_chats(
    application: StrictApplication, runner: RecordingRunner, kind: str, status: str, *, blocked: bool
) -> None:
    """Somebody else is told then of what waits for an officer."""
    member = {"user": PERSON, "status": status, **({"until_date": 0} if blocked else {})}
    changed = {"chat": CHAT | {"type": kind, "title": "x"}, "from": PERSON, "date": 1, "new_chat_member": member}
    old = {"user": PERSON, "status": "member"}
    await take(application, {"update_id": 9, "my_chat_member": changed | {"old_chat_member": old}})
    assert [(type(each), getattr(each, "blocked", None)) for each in runner.taken] == (
        [(people.Block, blocked)] if kind == "private" else []
    )
