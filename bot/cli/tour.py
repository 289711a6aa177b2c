"""The story of one tip, played through the sandbox without a person: each step is printed and checked.

A citizen reports, an officer asks, the citizen answers, the tip proves valuable, two people are arrested, the committee
looks at its figures. The tour ends well only if every step was as promised and the counts are right.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

from bot.cli.stage import Stage, StageError
from bot.sandbox.client import Phone, SeenMessage

WARD = "31120"
"""Phường Cái Khế."""
WORDS = "Tối nào cũng có nhóm thanh niên hút chích trong hẻm sau chợ, phường Cái Khế"
QUESTION = "Nhóm đó thường tụ tập lúc mấy giờ?"
ANSWER = "Khoảng 9 giờ tối, có hôm 5 người"
EVIDENCE = "Tổ công tác đã xác minh và bắt quả tang lúc 21 giờ tại hẻm"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays."""

    citizen: Phone
    officer: Phone
    committee: Phone


class BrokenPromiseError(Exception):
    """A step of the tour was not as promised."""


@dataclass
class Tour:
    """Plays the story and checks it."""

    stage: Stage
    cast: Cast
    out: Console
    steps: int = 0

    async def play(self) -> None:
        """Play every step. Raises BrokenPromiseError at the first that is not as promised."""
        await self._report()
        await self._triage()
        await self._prove()
        await self._count()
        await self._keep_secret()
        self.out.print(f"[green]{self.steps} bước, bước nào cũng đúng như đã hứa.[/green]")

    # --- the steps ------------------------------------------------------------------------------------------------

    async def _report(self) -> None:
        citizen, officer = self.cast.citizen, self.cast.officer
        await citizen.start()
        await self._sees(citizen, "mở bot", "113")
        await citizen.say(WORDS)
        card = await self._sees(citizen, f"viết: {WORDS}", "Phường Cái Khế")
        self._promise("thẻ nháp có nút Gửi tin", _has_button(card, "Gửi tin"))
        await citizen.press("Gửi tin")
        receipt = await self._sees(citizen, "bấm Gửi tin", "Mã tin")
        self._promise("mã tin có 16 chữ số", sum(sign.isdigit() for sign in _code(receipt)) == 16)  # noqa: PLR2004
        notice = await self._sees(officer, "nhận thông báo", "1")
        self._promise("thông báo không có nội dung tin", "hút chích" not in notice.text)

    async def _triage(self) -> None:
        citizen, officer = self.cast.citizen, self.cast.officer
        await officer.say("/hangdoi")
        await self._sees(officer, "gõ /hangdoi", "Hàng đợi")
        await officer.say("/tin 1")
        await self._sees(officer, "gõ /tin 1", "hút chích")
        await officer.press("Nhận xử lý")
        await self._sees(officer, "bấm Nhận xử lý", "hút chích", lambda seen: not _has_button(seen, "Nhận xử lý"))
        await officer.say(f"/hoi 1 {QUESTION}")
        hint = await self._sees(citizen, "nhận tin nhắn mới", "tin nhắn mới")
        self._promise("câu hỏi chưa hiện ra khi chưa bấm", QUESTION not in hint.text)
        await citizen.press("Xem")
        await self._sees(citizen, "bấm Xem", QUESTION)
        await citizen.say(ANSWER)
        await self._sees(officer, "nhận thông báo có trả lời", "trả lời")
        await officer.say("/tin 1")
        await self._sees(officer, "mở lại thẻ", ANSWER)

    async def _prove(self) -> None:
        citizen, officer = self.cast.citizen, self.cast.officer
        await officer.press("Có giá trị")
        await self._sees(officer, "bấm Có giá trị", "bằng chứng")
        await officer.say(EVIDENCE)
        await self._sees(officer, f"viết: {EVIDENCE}", "vụ việc")
        await officer.say("/ketqua 1 vu 1 bat 2")
        await self._sees(officer, "gõ /ketqua 1 vu 1 bat 2", "2", lambda seen: _says(seen.text, "vụ việc"))
        await officer.say("/dong 1")
        await self._sees(officer, "gõ /dong 1", "1", lambda seen: "hút chích" not in seen.text)
        await self._sees(citizen, "được báo đã xem xong", "xem xong")
        await officer.say("/tinngoai dienthoai Có người gọi báo mất xe máy trước nhà lúc 5 giờ sáng")
        await self._sees(officer, "gõ /tinngoai", "xe máy")
        await officer.say("/tuyentruyen 120")
        await self._sees(officer, "gõ /tuyentruyen 120", "120")

    async def _count(self) -> None:
        await self.cast.committee.say("/thongke nam tp")
        seen = await self._sees(self.cast.committee, "gõ /thongke nam tp", "Nguồn tin có giá trị")
        self.out.print(seen.text, markup=False)
        for label, number in (
            ("Nguồn tin có giá trị", 1),
            ("Vụ triệt phá", 1),
            ("Đối tượng", 2),
            ("Cuộc tuyên truyền", 1),
        ):
            self._promise(f"{label}: {number}", _figure(seen.text, label) == number)
        told = await self.stage.operate("recount")
        self._promise("đếm lại từ các dòng: khớp", "Khớp" in told)
        digest = await self.stage.operate("digest")
        self._promise("bản tin tuần đọc được", "Bản tin tuần" in digest)

    async def _keep_secret(self) -> None:
        people = await self.stage.client.people()
        citizen = next(each for each in people if each["id"] == self.cast.citizen.id)
        planted = [str(citizen["id"]), citizen["first_name"], citizen.get("username") or "-"]
        told = [
            call
            for call in await self.stage.client.journal()
            if call.chat in {self.cast.officer.id, self.cast.committee.id}
        ]
        leaks = [word for word in planted for call in told if word.encode() in call.body or word in call.body.decode()]
        self._promise("không lời gọi nào tới cán bộ mang tên, tài khoản hay số của người báo tin", not leaks)

    # --- looking --------------------------------------------------------------------------------------------------

    async def _sees(
        self,
        phone: Phone,
        what: str,
        text: str,
        also: Callable[[SeenMessage], bool] = lambda _: True,
    ) -> SeenMessage:
        self.steps += 1
        try:
            seen = await phone.wait_for(
                lambda message: message.from_bot and _says(message.text, text) and also(message), timeout=30
            )
        except TimeoutError as error:
            raise BrokenPromiseError(f"{phone.name}: {what}: không thấy “{text}”") from error
        first = seen.text.strip().splitlines()[0]
        self.out.print(f"[bold]{self.steps:>2}. {phone.name}[/bold] {what} [dim]→ thấy:[/dim] ", end="")
        self.out.print(first, markup=False)
        return seen

    def _promise(self, what: str, is_kept: bool) -> None:
        self.steps += 1
        if not is_kept:
            raise BrokenPromiseError(what)
        self.out.print(f"[green]{self.steps:>2}. ✓[/green] {what}")


async def play(stage: Stage, cast: Cast, out: Console) -> int:
    """Play the tour; give the exit code."""
    try:
        await Tour(stage, cast, out).play()
    except (BrokenPromiseError, StageError) as error:
        out.print(f"[red]Không đúng như đã hứa: {error}[/red]")
        return 1
    return 0


def _has_button(seen: SeenMessage, label: str) -> bool:
    return any(label in button.text for row in seen.buttons for button in row)


def _says(text: str, words: str) -> bool:
    """Say whether words stand in a text, at the beginning of a sentence or within one."""
    return words.casefold() in text.casefold()


def _code(receipt: SeenMessage) -> str:
    line = next((each for each in receipt.text.splitlines() if "Mã tin" in each), "")
    return line.partition("Mã tin")[2]


def _figure(text: str, label: str) -> int | None:
    """Read the number that stands behind a label in the figures."""
    line = next((each.casefold() for each in text.splitlines() if _says(each, label)), "")
    digits = "".join(
        sign for sign in line.partition(label.casefold())[2].partition("(")[0] if sign.isdigit() or sign == " "
    )
    return int(digits.split()[0]) if digits.split() else None
