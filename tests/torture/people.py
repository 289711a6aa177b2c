"""Who uses the bot meanwhile: citizens who report, add, answer, ask and withdraw, and officers who work their tips off.

Everything a person writes bears a number of its own, so that it can be found again in the books: once.
"""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum
from itertools import count

from bot.domain.ids import ReceiptCode
from bot.sandbox.client import Phone, SandboxClient, SeenMessage
from tests.e2e.stories import code_in

PATIENCE = 90
"""Seconds a person waits before something counts as lost; the bot itself waits up to 60 for a network that was down."""
NUMBERED = re.compile(r"lần thứ (\d+)")


class End(Enum):
    """How a tip ends."""

    VALUABLE = "valuable"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"


@dataclass
class Story:
    """One tip from the first sentence to its end, and how far it got."""

    phone: Phone
    end: End
    pieces: list[int] = field(default_factory=list)
    code: ReceiptCode | None = None
    stuck_at: str = "the beginning"
    is_over: bool = False


@dataclass
class Crowd:
    """Everybody at once, until told to come to an end."""

    client: SandboxClient
    officers: list[Phone]
    reader: Phone
    """An officer who opens every tip, one after the other: so the others learn its number."""
    chance: random.Random
    stories: list[Story] = field(default_factory=list)
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _tips: dict[int, "asyncio.Future[int]"] = field(default_factory=dict)
    """The tip that a first sentence became, by the sentence's number."""

    async def live(self, *, width: int) -> None:
        """Let so many citizens at once tell their stories; returns when the last has come to its end."""
        reading = asyncio.create_task(self._read())
        await asyncio.gather(*(self._citizens() for _ in range(width)))
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)

    async def _citizens(self) -> None:
        while not self.is_over.is_set():
            name = f"Dân {len(self.stories) + 1}"
            phone = await self.client.person(name, title=name)
            story = Story(phone, self.chance.choice([End.VALUABLE, End.VALUABLE, End.SPAM, End.WITHDRAWN]))
            self.stories.append(story)
            try:
                await self._report(story)
                await self._work(story)
            except (TimeoutError, LookupError):
                story.stuck_at += f"; the phone shows {(await phone.chat())[-1].text!r}"
                continue
            story.is_over = True
            await asyncio.sleep(self.chance.uniform(0, 0.5))

    def _sentence(self, text: str, story: Story | None = None) -> str:
        number = next(self._numbers)
        if story is not None:
            story.pieces.append(number)
        return f"{text}, lần thứ {number}"

    async def _report(self, story: Story) -> None:
        lan, pieces = story.phone, self.chance.randint(1, 3)
        await self._see(
            story, lan.say(self._sentence("Có trộm xe ở phường Cái Khế", story)), lan, _has_button("Gửi tin")
        )
        for number in range(2, pieces + 1):
            said = lan.say(self._sentence("Chúng đi hai xe máy", story))
            await self._see(story, said, lan, lambda seen, n=number: f"Gồm {n} tin" in seen.text)  # type: ignore[misc]  # n is bound on purpose
        sent = await self._see(story, lan.press("Gửi tin"), lan, lambda seen: code_in(seen) is not None)
        story.code = code_in(sent)
        if self.chance.random() < 1 / 2:
            await self._see(story, lan.say("/trangthai"), lan, _holds("Tin của bạn"))
        if self.chance.random() < 1 / 2:
            await self._see(story, lan.press("Thêm"), lan, _holds("điều muốn thêm"))
            await self._see(story, lan.say(self._sentence("Nó vừa quay lại", story)), lan, _holds("Đã thêm vào tin"))

    async def _work(self, story: Story) -> None:
        lan, hung = story.phone, self.chance.choice(self.officers)
        async with asyncio.timeout(PATIENCE):
            n = await self._tip_of(story.pieces[0])

        def card(text: str) -> Callable[[SeenMessage], bool]:
            return lambda seen: seen.from_bot and seen.text.startswith(f"Tin {n}") and text in seen.text

        await self._see(story, hung.say(f"/tin {n}"), hung, card(f"lần thứ {story.pieces[0]}"))
        await self._see(story, hung.say(f"/nhan {n}"), hung, card("đã nhận xử lý"))
        question = self._sentence("Lúc mấy giờ vậy")
        asked = await self._see(story, hung.say(f"/hoi {n} {question}"), lan, _holds("tin nhắn mới"))
        await self._see(story, lan.press("Xem", message=asked.id), lan, _holds(question))
        await self._see(story, lan.say(self._sentence("Tầm chín giờ", story)), lan, _holds("Đã chuyển câu trả lời"))
        match story.end:
            case End.WITHDRAWN:
                await self._see(story, lan.press("Rút lại"), lan, _has_button("Rút tin"))
                await self._see(story, lan.press("Rút tin"), lan, _holds("Đã rút tin"))
            case End.SPAM:
                await self._see(story, hung.say(f"/rac {n}"), hung, card("đã đóng"))
            case End.VALUABLE:
                evidence = "đã xác minh và bắt quả tang"
                await self._see(story, hung.say(f"/giatri {n} {evidence}"), hung, card("có giá trị"))
                await self._see(story, hung.say(f"/ketqua {n} vu 1 bat 2"), hung, card("1 vụ, 2 đối tượng"))
                await self._see(story, hung.say(f"/dong {n}"), lan, _holds("đã xem xong"))

    async def _see(
        self, story: Story, act: Awaitable[object], phone: Phone, sign: Callable[[SeenMessage], bool]
    ) -> SeenMessage:
        """Do something, and wait until it shows."""
        story.stuck_at = f"{getattr(act, '__name__', '')} in the story of {story.pieces}"
        await act
        return await phone.wait_for(sign, timeout=PATIENCE)

    def _tip_of(self, first: int) -> "asyncio.Future[int]":
        return self._tips.setdefault(first, asyncio.get_running_loop().create_future())

    async def _read(self) -> None:
        """Open the tips by their numbers, each as soon as it is there."""
        for number in count(1):
            first = None
            while first is None:
                await self.reader.say(f"/tin {number}")
                first = await self._first_sentence_of(number)
            tip = self._tip_of(first)
            if not tip.done():
                tip.set_result(number)

    async def _first_sentence_of(self, tip: int) -> int | None:
        """Read the first number off a tip's card; None when it does not come: an equal refusal may not come twice."""
        try:
            card = await self.reader.wait_for(
                lambda seen: seen.text.startswith(f"Tin {tip},") and NUMBERED.search(seen.text) is not None, timeout=1
            )
        except TimeoutError:
            return None
        return int(NUMBERED.findall(card.text)[0])


def _holds(text: str) -> Callable[[SeenMessage], bool]:
    return lambda seen: seen.from_bot and text in seen.text


def _has_button(label: str) -> Callable[[SeenMessage], bool]:
    return lambda seen: any(label in each for each in seen.labels())
