"""The bot is killed, again and again: what citizens were told equals what is stored."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.cli.stage import Stage
from bot.domain.tip import Status, Verdict
from bot.sandbox.client import Phone
from tests.e2e.stories import FAST, PATIENCE, WARD, code_in, read_books, receipt, report

pytestmark = pytest.mark.slow

QUESTION, ANSWER = "Lúc mấy giờ vậy?", "Khoảng chín giờ tối"
EVIDENCE = "đã xác minh và bắt quả tang"

Act = Callable[[], Awaitable[object]]


class Story:
    """One tip's story, step by step: each step is an act and a sign that its effect is visible."""

    def __init__(self, citizen: Phone, officer: Phone, number: int) -> None:
        self.citizen = citizen
        self.officer = officer
        self.number = number

    async def _card(self, holds: Callable[[str], bool]) -> None:
        title = f"Tin {self.number}"
        await self.officer.wait_for(
            lambda seen: seen.from_bot and seen.text.startswith(title) and holds(seen.text), timeout=PATIENCE
        )

    def steps(self) -> list[tuple[Act, Act]]:
        """Give the steps in order."""
        lan, hung, n = self.citizen, self.officer, self.number

        async def draft() -> None:
            await lan.wait_for(lambda seen: "Gửi tin" in " ".join(seen.labels()), timeout=PATIENCE)

        async def coded() -> None:
            await lan.wait_for(lambda seen: code_in(seen) is not None, timeout=PATIENCE)
            await self._card(lambda text: "mới" in text)

        async def asked() -> None:
            await lan.wait_for("tin nhắn mới", timeout=PATIENCE)

        async def read() -> None:
            await lan.wait_for(QUESTION, timeout=PATIENCE)

        async def answered() -> None:
            await lan.wait_for("Đã chuyển câu trả lời", timeout=PATIENCE)

        async def done() -> None:
            await lan.wait_for("đã xem xong", timeout=PATIENCE)

        return [
            (lambda: lan.say(f"Có trộm xe ở phường Cái Khế, lần thứ {n}"), draft),
            (lambda: lan.press("Gửi tin"), coded),
            (lambda: hung.say(f"/tin {n}"), lambda: self._card(lambda text: f"lần thứ {n}" in text)),
            (lambda: hung.say(f"/nhan {n}"), lambda: self._card(lambda text: "đã nhận xử lý" in text)),
            (lambda: hung.say(f"/hoi {n} {QUESTION}"), asked),
            (lambda: lan.press("Xem"), read),
            (lambda: lan.say(ANSWER), answered),
            (lambda: hung.say(f"/giatri {n} {EVIDENCE}"), lambda: self._card(lambda text: "có giá trị" in text)),
            (lambda: hung.say(f"/ketqua {n} vu 1 bat 2"), lambda: self._card(lambda text: "1 vụ, 2 đối tượng" in text)),
            (lambda: hung.say(f"/dong {n}"), done),
        ]


@pytest.mark.timeout(400)
async def test_a_kill_at_every_step_of_a_tips_life_loses_nothing_and_counts_nothing_twice(tmp_path: Path) -> None:
    """Twice at each step: as soon as it was asked for, and once its effect was seen."""
    async with Stage(tmp_path / "stage", settings=FAST) as stage:
        officer = await stage.client.person("Hùng", title="Hùng")
        await stage.enrol(officer, role="officer", unit=WARD)
        codes = []
        number = 0
        for kill_at in range(10):
            for is_late in (False, True):
                number += 1
                citizen = await stage.client.person(f"Dân {number}", title=f"Dân {number}")
                for index, (act, sign) in enumerate(Story(citizen, officer, number).steps()):
                    await act()
                    if index == kill_at:
                        if is_late:
                            await sign()
                        await stage.kill_bot()
                        await stage.start_bot()
                    await sign()
                codes.append(await receipt(citizen))
        await stage.stop_bot()
        books = await read_books(stage, codes)
    assert len(set(codes)) == number
    assert sorted(str(each) for each in books.by_code.values()) == sorted(str(n) for n in range(1, number + 1))
    assert [(tip.status, tip.verdict) for tip in books.tips] == [(Status.CLOSED, Verdict.VALUABLE)] * number
    assert all(each == [("officer", QUESTION), ("reporter", ANSWER)] for each in books.exchanges.values())
    assert books.standing == number
    assert books.outcomes == (number, 2 * number, 0)
    assert books.off_by == {}
    assert books.audit_broken_at is None
    assert books.waiting["parked"] == 0


@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", [20261123, *(pytest.param(seed, marks=pytest.mark.prove) for seed in range(1, 8))])
async def test_thirty_kills_under_a_load_of_fifty_tips_lose_nothing(seed: int, tmp_path: Path) -> None:
    """At random moments: lost 0, duplicated 0, counters off 0."""
    chance = random.Random(seed)
    async with Stage(tmp_path / "stage", settings=FAST) as stage:
        phones = [await stage.client.person(f"Dân {n}", title=f"Dân {n}") for n in range(50)]
        kills = 30
        is_over = asyncio.Event()
        begun = [chance.uniform(0, 25) for _ in phones]

        async def one(phone: Phone, after: float, number: int) -> object:
            await asyncio.sleep(after)
            return await report(phone, f"Có trộm ở phường Cái Khế, số {number}")

        async def killer() -> None:
            for _ in range(kills):
                await asyncio.sleep(chance.uniform(0.0, 1.2))
                await stage.kill_bot()
                await stage.start_bot()
            is_over.set()

        killing = asyncio.create_task(killer())
        codes = await asyncio.gather(
            *(one(phone, after, number) for number, (phone, after) in enumerate(zip(phones, begun, strict=True)))
        )
        await killing
        assert is_over.is_set()
        for phone in phones:
            await phone.wait_for(lambda seen: code_in(seen) is not None, timeout=PATIENCE)
        told = [{code_in(seen) for seen in await phone.chat()} - {None} for phone in phones]
        await stage.stop_bot()
        books = await read_books(stage, list(codes))  # type: ignore[arg-type]  # codes, as `report` gives them
    assert told == [{code} for code in codes]
    assert len(set(codes)) == 50
    assert sorted(number for number in books.by_code.values() if number) == [tip.number for tip in books.tips]
    assert len(books.tips) == 50
    assert len(set(books.words.values())) == 50
    assert books.off_by == {}
    assert books.audit_broken_at is None
