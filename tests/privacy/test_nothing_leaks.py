"""A planted person appears nowhere: not in the files, not in the log at DEBUG, not in anything sent to the force."""

import struct
from pathlib import Path

import pytest

from bot.cli.stage import Stage
from bot.domain.screens import figures, officer, people
from bot.sandbox.client import RecordedCall
from tests.e2e.stories import FAST, PATIENCE, WARD, report

pytestmark = pytest.mark.slow

CHAT = 7345678912345
FIRST, LAST, USERNAME = "Ngọcbíchkỳlạ", "Tônnữhiếmthấy", "ten_dang_nhap_la_2026"
LANGUAGE = "eo"
WORDS = "Nhà kho sơn màu hoàng yến chứa pháo lậu, phường Cái Khế"
HIDDEN = "hoàng yến"
ANSWER = "Xe ba gác chở lúc gà gáy"


def forms(text: str) -> set[bytes]:
    """Give the bytes a text may take: plain, escaped as JSON, in UTF-16."""
    escaped = text.encode("unicode_escape").replace(b"\\x", b"\\u00")
    return {text.encode(), escaped, text.encode("utf-16-le")}


PERSON = {form for text in (str(CHAT), FIRST, LAST, USERNAME) for form in forms(text)} | {
    struct.pack(">q", CHAT),
    struct.pack("<q", CHAT),
    struct.pack(">q", CHAT)[2:],
}
CONTENT = {form for text in (HIDDEN, ANSWER) for form in forms(text)}


def read(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_a_planted_person_is_in_no_byte_kept_logged_or_shown_to_the_force(  # noqa: PLR0915 - one whole story
    tmp_path: Path,
) -> None:
    """The whole story, with failures on the way, at log level DEBUG."""
    async with Stage(tmp_path / "stage", settings=FAST) as stage:
        lan = await stage.client.person(
            FIRST, last_name=LAST, username=USERNAME, language_code=LANGUAGE, id=CHAT, title="Lan"
        )
        hung = await stage.client.person("Hùng", title="Hùng")
        van = await stage.client.person("Vân", title="Vân")
        quan = await stage.client.person("Quân", title="Quân")
        await stage.enrol(hung, role="officer", unit=WARD)
        await stage.enrol(van, role="committee")
        await stage.enrol(quan, role="admin")

        await stage.client.fail("sendMessage", "500", times=2)
        await stage.client.fail("editMessageText", "lost", times=1)
        await report(lan, WORDS)
        await hung.wait_for("Tin 1", timeout=PATIENCE)
        await hung.say("/tin 1")
        await hung.wait_for(HIDDEN, timeout=PATIENCE)
        await hung.say("/hoi 1 Lúc nào?")
        await lan.wait_for("tin nhắn mới", timeout=PATIENCE)
        await lan.press("Xem")
        await lan.wait_for("Lúc nào?", timeout=PATIENCE)
        await lan.say(ANSWER)
        await hung.wait_for(ANSWER, timeout=PATIENCE)
        broken = {"message_id": "none", "from": {"id": CHAT, "first_name": FIRST}, "text": WORDS}
        await lan.inject({"message": broken})
        await lan.press_data("forged:" + USERNAME, message=3)
        await lan.send("document", caption=HIDDEN)
        await lan.send("contact")
        await hung.say("/giatri 1 đã xác minh và thu giữ pháo")
        await hung.wait_for("có giá trị", timeout=PATIENCE)
        await van.say("/thongke nam tp")
        await van.wait_for("Nguồn tin có giá trị", timeout=PATIENCE)
        await lan.wait_for("danh bạ", timeout=PATIENCE)
        await quan.wait_for("chưa xử lý được", timeout=PATIENCE)
        living = read(stage.folder / "data")
        await stage.kill_bot()
        killed = read(stage.folder / "data")
        checked = await stage.operate("check")
        await stage.start_bot()
        await lan.say("/trangthai")
        await lan.wait_for("đang kiểm tra", timeout=PATIENCE)
        journal = await stage.client.journal()
        await stage.stop_bot()
        kept = [living, killed, read(stage.folder / "data"), read(stage.folder / "keys")]
        log = stage.log.read_bytes()

    assert "Cập nhật cất riêng: 1" in checked
    assert any(name.endswith("-wal") and body for name, body in {**living, **killed}.items())
    for files in kept:
        for name, body in files.items():
            assert [secret for secret in PERSON | CONTENT if secret in body] == [], name
    assert b"ready" in log
    assert [secret for secret in PERSON | CONTENT if secret in log] == []
    assert [secret for secret in PERSON if secret in checked.encode()] == []

    to_the_force: list[RecordedCall] = [call for call in journal if call.chat in {hung.id, van.id, quan.id}]
    assert len(to_the_force) > 10
    for call in to_the_force:
        assert [secret for secret in PERSON if secret in call.body] == [], call.method
    notices = [call.text or "" for call in to_the_force if "</b> mới:" in (call.text or "")]
    assert notices
    assert not any(HIDDEN in notice for notice in notices)


async def test_officers_screens_have_no_room_for_a_reporter() -> None:
    """There is no "reveal": not even a field."""
    for module in (officer, figures, people):
        for name, kind in vars(module).items():
            for field in getattr(kind, "model_fields", {}):
                assert field not in {"chat", "reporter", "sender", "username", "language", "route", "handle"}, name
