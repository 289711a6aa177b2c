"""Whatever people type, paste or forge gets a clear answer or a deliberate silence, and nothing is lost."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.cli.stage import Stage
from bot.sandbox.client import Phone
from tests.e2e.stories import FAST, PATIENCE, WARD, read_books, receipt, report

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """One stage for all: each test brings its own citizen."""
    folder: Path = tmp_path_factory.mktemp("bad-input")
    async with Stage(folder / "stage", settings=FAST) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def officer(stage: Stage) -> Phone:
    """The officer of Cái Khế."""
    phone = await stage.client.person("Hùng", title="Hùng")
    await stage.enrol(phone, role="officer", unit=WARD)
    return phone


async def citizen(stage: Stage, name: str) -> Phone:
    """Bring a citizen on."""
    return await stage.client.person(name, title=name)


async def test_html_and_bidi_and_controls_reach_the_officer_as_harmless_words(stage: Stage, officer: Phone) -> None:
    """What is read is what was written, and nothing hides."""
    lan = await citizen(stage, "Html")
    await report(lan, "<b>trộm</b> <script>alert(1)</script> &amp; \u202eổrt\u202c \x07 ở phường Cái Khế 🙂")
    await officer.wait_for("mới:", timeout=PATIENCE)
    await officer.press("Mở tin")
    card = await officer.wait_for("<script>", timeout=PATIENCE)
    assert "<b>trộm</b> <script>alert(1)</script> &amp; ổrt" in card.text
    assert not set("\u202e\u202c\x07") & set(card.text)
    assert "<script>" not in card.html


async def test_the_longest_messages_are_taken_whole_and_read_in_pages(stage: Stage, officer: Phone) -> None:
    """4,096 characters, twice."""
    lan = await citizen(stage, "Dài")
    story = "Có trộm ở phường Cái Khế. " + "x" * 4060
    await lan.say(story[:4096])
    await lan.wait_for("Phường Cái Khế", timeout=PATIENCE)
    await lan.say("y" * 4096)
    await lan.wait_for("Gồm 2 tin nhắn", timeout=PATIENCE)
    before = len(await officer.chat())
    await lan.press("Gửi tin")
    await receipt(lan)
    await officer.wait_until(lambda seen: len(seen) > before, timeout=PATIENCE)
    await officer.press("Mở tin")
    front = await officer.wait_for("bấm “Đọc hết”", timeout=PATIENCE)
    await officer.press("Đọc hết")
    read = []
    for page in (1, 2, 3):
        seen = await officer.wait_for(f"Trang {page}/3", timeout=PATIENCE)
        assert seen.id == front.id
        read.append(seen.text.partition(f"Trang {page}/3")[2])
        if page < 3:
            await officer.press("→")
    whole = "".join("".join(read).split())
    assert whole == "".join((story[:4096] + "y" * 4096).split())


async def test_emptiness_emoji_and_kinds_not_taken_get_an_answer_and_keep_the_draft(stage: Stage) -> None:
    """The person is told what can be sent."""
    lan = await citizen(stage, "Lạ")
    await lan.say("Có trộm ở phường Cái Khế")
    await lan.wait_for("Phường Cái Khế", timeout=PATIENCE)
    for kind, words in (
        ("photo", "Chưa nhận được ảnh"),
        ("voice", "chưa nhận tin thoại"),
        ("video", "chưa nhận video"),
        ("document", "chưa nhận tệp"),
        ("sticker", "nhãn dán"),
        ("contact", "danh bạ"),
    ):
        await lan.send(kind)
        await lan.wait_for(words, timeout=PATIENCE)
    await lan.say("\u200e \u202e")
    await lan.wait_for("không có chữ nào", timeout=PATIENCE)
    first = (await lan.chat())[0].id
    await lan.edit(first, "khác hẳn")
    await lan.wait_for("không thấy được phần sửa", timeout=PATIENCE)
    await lan.say("🔪🔪🔪")
    await lan.wait_for("Gồm 2 tin nhắn", timeout=PATIENCE)
    await lan.send("photo", caption="thấy chưa")
    card = await lan.wait_for("Chỉ đọc được lời ghi kèm", timeout=PATIENCE)
    assert "Phường Cái Khế" in card.text


async def test_forged_buttons_and_links_are_turned_down(stage: Stage) -> None:
    """A modified client can press anything."""
    lan = await citizen(stage, "Giả")
    await lan.start("w31135--DROP-TABLE-tip")
    seen = await lan.wait_for("Chào bạn", timeout=PATIENCE)
    for data in ("t:claim:1:1:a", "t:spam:1:1:s", "j:1:y", "r:1", "d:send:AAAAAAAA:", "k:1:1:new", "x", "s:92:year:0"):
        await lan.press_data(data, message=seen.id)
        officers_only = data[0] in "tjrks"
        words = "dành cho cán bộ" if officers_only else "Nút này đã cũ"
        await lan.wait_for_popup(words, timeout=PATIENCE)
    await lan.start("i" + "A" * 22)
    await lan.wait_for("Lời mời này đã dùng", timeout=PATIENCE)


async def test_commands_in_the_wrong_role_and_unknown_ones_are_answered(stage: Stage, officer: Phone) -> None:
    """Not with silence."""
    lan = await citizen(stage, "Vai")
    await lan.say("/hangdoi")
    await lan.wait_for("dành cho cán bộ", timeout=PATIENCE)
    await lan.say("/khongcolenhnay")
    await lan.wait_for("Chưa gửi", timeout=PATIENCE)
    await officer.say("/khongcolenhnay")
    await officer.wait_for("Không có lệnh này, chưa lưu gì", timeout=PATIENCE)
    await officer.say("/moi canbo")
    await officer.wait_for("không thuộc vai trò", timeout=PATIENCE)
    await officer.say("/tin mười")
    await officer.wait_for("Cách viết: /tin 1042", timeout=PATIENCE)
    await officer.say("/tin 999999")
    await officer.wait_for("Không có tin số 999999", timeout=PATIENCE)
    await officer.say("có trộm ở phường Cái Khế")
    await officer.wait_for("Chưa lưu câu này", timeout=PATIENCE)


async def test_a_command_with_an_accent_is_no_question_to_the_reporter(stage: Stage, officer: Phone) -> None:
    """Telegram marks no command in "/đóng 2": it comes in as a plain text."""
    lan = await citizen(stage, "Dấu")
    before = len(await officer.chat())
    await report(lan, "Có trộm xe ở phường Cái Khế, nghe tiếng đục khóa")
    seen = await officer.wait_until(lambda seen: len(seen) > before, timeout=PATIENCE)
    number = re.findall(r"\d+", seen[-1].text)[0]
    await officer.press("Mở tin")
    await officer.wait_for("tiếng đục khóa", timeout=PATIENCE)
    await officer.press("Hỏi người báo")
    await officer.wait_for("viết câu hỏi", timeout=PATIENCE)
    await officer.say(f"/đóng {number}")
    await officer.wait_for("chưa có kết luận", timeout=PATIENCE)
    await officer.say("Chiều nay mình về trễ nhé")
    await officer.wait_for("Chưa lưu câu này", timeout=PATIENCE)
    assert not any("tin nhắn mới" in seen.text for seen in await lan.chat())


async def test_a_group_is_met_with_silence_and_a_text_through_another_bot_is_a_text(stage: Stage) -> None:
    """A tip is given in private, whatever helped to write it, or not at all."""
    lan = await citizen(stage, "Nhóm")
    await lan.say("/start")
    await lan.wait_for("Chào bạn", timeout=PATIENCE)
    group = {"id": -100123, "type": "supergroup", "title": "Xóm"}
    author = {"id": lan.id, "is_bot": False, "first_name": "Lan"}
    base = {"message_id": 5, "date": 1_790_000_000, "text": "Có trộm ở phường Cái Khế"}
    before = len(await stage.client.journal())
    await lan.inject({"message": {**base, "chat": group, "from": author}})
    await lan.say("/riengtu")
    await lan.wait_for("Công an không biết", timeout=PATIENCE)
    after = (await stage.client.journal())[before:]
    assert [call.method for call in after if call.method != "answerCallbackQuery"] == ["sendMessage"]
    bot = {"id": 99, "is_bot": True, "first_name": "x"}
    await lan.inject({"message": {**base, "chat": {"id": lan.id, "type": "private"}, "from": author, "via_bot": bot}})
    await lan.wait_for("Chưa gửi", timeout=PATIENCE)


async def test_a_code_typed_as_text_shows_the_tip(stage: Stage) -> None:
    """And never becomes a tip's words."""
    lan, mai = await citizen(stage, "Mã"), await citizen(stage, "Mã khác")
    code = await report(lan, "Có trộm ở phường Cái Khế, mã số")
    await mai.say(f"mã tin {code[:4]} {code[4:8]} {code[8:12]} {code[12:]}")
    await mai.wait_for("Đến đâu rồi: đã nhận", timeout=PATIENCE)


async def test_pressing_send_twice_makes_one_tip(stage: Stage) -> None:
    """A slow network makes people press twice."""
    lan = await citizen(stage, "Hai lần")
    await lan.say("Có trộm ở phường Cái Khế, hai lần")
    card = await lan.wait_for("Phường Cái Khế", timeout=PATIENCE)
    data = card.buttons[0][0].data
    for _ in range(3):
        await lan.press_data(data, message=card.id)
    await receipt(lan)
    await lan.wait_for_popup("đã được gửi rồi", timeout=PATIENCE)


async def test_afterwards_the_books_are_in_order(stage: Stage, officer: Phone) -> None:
    """Everything above left no trace but the tips that were sent."""
    await stage.stop_bot()
    books = await read_books(stage, [])
    assert sum("hai lần" in words for words in books.words.values()) == 1
    assert not any("2222" in words for words in books.words.values())
    assert not any(said for said in books.exchanges.values())
    assert books.off_by == {}
    assert books.audit_broken_at is None
    assert books.waiting["parked"] == 0
