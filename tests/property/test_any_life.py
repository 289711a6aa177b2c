"""Any history of the whole bot over its real database: what people write and press, and what time and faults do to it.

After every step: figures equal rows, each text lies in at most one place, words live until their end, nothing stands
open on a phone of who may not see it, and who wiped the chat hears nothing more.
"""

import asyncio
import os
import re
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Coroutine, Mapping
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.domain.campaign.periods import city_day
from bot.domain.retention import WORDS_LIVE
from bot.services.campaign.recount import Recount, count_anew
from tests.memory.fakes import CountingIds, FixedClock
from tests.storage.at_rest import cells, opened
from tests.storage.opening import database
from tests.transcripts.house import House, open_house
from tests.transcripts.phones import Phone, Telegram, buttons_of
from tests.transcripts.record import Record
from tests.transcripts.stage import Person, Town

pytestmark = pytest.mark.slow

WARD, OTHER_WARD = "31120", "31135"
TOKEN = re.compile(r"lần thứ (\d+)\b")
CODE = re.compile(r"(?:\d{4} ){3}\d{4}")
ON_THEIR_WAY = {"outbox", "parked_update", "reminder", "untold"}
"""Tables of what goes somewhere: a text may lie there beside the one place where it is kept."""
PLACES = ("ở phường Cái Khế", "ở phường Ninh Kiều", "sau chợ")
TYPED = ("/tin {}", "/nhan {}", "/hoi {} Lúc nào?", "/giatri {} đã xác minh và bắt quả tang", "/rac {}", "/khong {}",
         "/trung {} 1", "/giatri {} vu 1: đã xác minh và bắt quả tang", "/ketqua {} vu 1 bat 2", "/ketqua {} bat -1",
         "/dong {}", "/molai {}", "/rutketluan {}", "/hangdoi", "/khoa", "/thongke", "21 giờ tối qua")  # fmt: skip
CITIZENS, OFFICERS, NUMBERS = st.integers(0, 2), st.integers(0, 3), st.integers(1, 6)


class Life(RuleBasedStateMachine):
    """One town, lived in."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.is_hurried = True
        self.clock, self.ids, self.latest = FixedClock(), CountingIds(), date.min
        self.telegram = Telegram(self._called)
        self.calls: defaultdict[int, list[str]] = defaultdict(list)
        self.citizens: list[Phone] = []
        self.officers: list[Phone] = []
        self.guests: list[Phone] = []
        self.may_read: set[int] = set()
        """Chats of the force that may have any words of the ward's tips on their phone."""
        self.by_code: set[int] = set()
        self.unreachable: set[int] = set()
        self.wiped: set[int] = set()
        self.author: dict[str, int] = {}
        self.stored: set[str] = set()
        self.over: set[int] = set()
        self.codes: list[str] = []
        self.last: Mapping[str, Any] | None = None
        self.stack = AsyncExitStack()

    def teardown(self) -> None:
        """Leave nothing."""
        self._do(self.stack.aclose())
        self.loop.close()
        self.folder.cleanup()

    def _do(self, what: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(what)

    def _called(self, phone: Phone | None, _: str, payload: Mapping[str, Any], __: Mapping[str, Any]) -> None:
        if phone:
            self.calls[phone.id].append(str(payload.get("text", "")))

    async def _open(self) -> None:
        house = open_house(self.path, self.telegram.answer, clock=self.clock, ids=self.ids, is_hurried=self.is_hurried)
        self.house: House = await self.stack.enter_async_context(house)

    def _take(self, phone: Phone, update: Mapping[str, Any]) -> None:
        self.last = update
        self.wiped.discard(phone.id)
        self._do(self.house.receive(update))
        assert not self.telegram.waiting, "a press was not answered"
        told = "\n".join(self.calls[phone.id])
        self.codes += [code for code in CODE.findall(told) if code not in self.codes]
        if "Đã quên cuộc trò chuyện" in told:
            self.wiped.add(phone.id)
        self.calls.pop(phone.id, None)

    def _type(self, phone: Phone, text: str) -> None:
        self._take(phone, self.telegram.words(phone, text))

    async def _join(self, phone: Phone, role: str, unit: str) -> None:
        invitation = await self.house.invite(role, unit)
        await self.house.receive(self.telegram.words(phone, f"/start {invitation}"))
        known = {each.value for each in cells(database(self.path)) if each[:2] == ("officer", "number")}
        await self.house.confirm(max(int(str(number)) for number in known))

    @initialize(is_hurried=st.booleans())
    def begin(self, is_hurried: bool) -> None:  # noqa: FBT001 - drawn
        """Bring everybody on: two officers and the commander of a ward, an officer of the next, an admin."""
        self.is_hurried = is_hurried
        self._do(self._open())
        self.citizens = [self.telegram.person(f"Dân {number}") for number in range(3)]
        for role, unit in (("officer", WARD), ("officer", WARD), ("commander", WARD), ("officer", OTHER_WARD)):
            phone = self.telegram.person(f"{role} {unit}")
            self._do(self._join(phone, role, unit))
            self.officers.append(phone)
        self.admin = self.telegram.person("admin")
        self._do(self._join(self.admin, "admin", "92"))
        self.may_read = {phone.id for phone in self.officers}
        for who in range(2):
            self.report(who)
        self.enter(0)
        self.calls.clear()

    # --- what people do -------------------------------------------------------------------------------------------

    @rule(who=CITIZENS, place=st.sampled_from(PLACES))
    def say(self, who: int, place: str) -> None:
        """A citizen writes a sentence: it is in one place from then on."""
        phone, number = self.citizens[who], str(len(self.author) + 1)
        self.author[number] = phone.id
        self._type(phone, f"Có trộm xe {place}, lần thứ {number}")
        assert self._kept()[number] == 1, "words that are nowhere"

    @rule(who=CITIZENS, which=st.integers(0, 11))
    def press(self, who: int, which: int) -> None:
        """A citizen presses any button that stands there."""
        self._press(self.citizens[who], which)

    @rule(who=CITIZENS)
    def report(self, who: int) -> None:
        """A citizen writes and sends."""
        self.say(who, PLACES[0])
        self._press_labelled(self.citizens[who], "Gửi tin")

    @rule(who=CITIZENS)
    def answer(self, who: int) -> None:
        """A citizen reads a question, if there is one, and answers."""
        self._press_labelled(self.citizens[who], "Xem")
        self.say(who, PLACES[-1])

    @rule(who=CITIZENS)
    def wipe(self, who: int) -> None:
        """A citizen wipes the chat."""
        self._type(self.citizens[who], "/xoa")
        self._press_labelled(self.citizens[who], "Xóa dấu vết")

    @rule(who=CITIZENS, text=st.sampled_from(["/trangthai", "/xoa", "/ngung", "/start", "/trogiup", "cảm ơn"]))
    def ask(self, who: int, text: str) -> None:
        """A citizen types a command."""
        self._type(self.citizens[who], text)

    @precondition(lambda self: self.codes)
    @rule(who=CITIZENS, which=st.integers(0, 5))
    def type_code(self, who: int, which: int) -> None:
        """Somebody types a code: the own, or another chat's."""
        self.by_code.add(self.citizens[who].id)
        self._type(self.citizens[who], self.codes[which % len(self.codes)])

    @rule(who=OFFICERS, texts=st.lists(st.sampled_from(TYPED), min_size=1, max_size=4), tip=NUMBERS)
    def work(self, who: int, texts: list[str], tip: int) -> None:
        """Somebody of the force types commands about a tip, or other texts."""
        known = [number for (number,) in self._sql("SELECT number FROM tip ORDER BY number")]
        for text in texts:
            self._type(self.officers[who], text.format(known[tip % len(known)]))

    @rule(who=OFFICERS, which=st.integers(0, 11))
    def press_card(self, who: int, which: int) -> None:
        """Somebody of the force presses any button that stands there."""
        self._press(self.officers[who], which)

    @rule(who=OFFICERS)
    def lock(self, who: int) -> None:
        """Somebody of the force puts the phone away: no words of anybody stand on it."""
        phone = self.officers[who]
        self._type(phone, "/khoa")
        if phone.id in self.may_read - self.unreachable:
            assert TOKEN.findall("".join(str(message["text"]) for message in phone.standing.values())) == []

    @rule(who=OFFICERS)
    def enter(self, who: int) -> None:
        """An officer enters a tip that came by phone."""
        number = str(len(self.author) + 1)
        self.author[number] = self.officers[who].id
        self._type(self.officers[who], f"/tinngoai dienthoai có người gọi báo mất xe, lần thứ {number}")

    @rule(number=st.integers(1, 6))
    def revoke(self, number: int) -> None:
        """The admin ends somebody's role: nothing stays open on that phone."""
        self._type(self.admin, f"/thuhoi {number}")
        if number <= len(self.officers):
            self.may_read.discard(self.officers[number - 1].id)

    @rule(unit=st.sampled_from([WARD, OTHER_WARD]))
    def join(self, unit: str) -> None:
        """Somebody new is invited and confirmed."""
        guest = self.telegram.person(f"Khách {len(self.guests)}")
        self.guests.append(guest)
        self.may_read.add(guest.id)
        self._do(self._join(guest, "officer", unit))

    @rule(who=st.integers(0, 6), is_blocking=st.booleans())
    def block(self, who: int, is_blocking: bool) -> None:  # noqa: FBT001 - drawn
        """Somebody blocks the bot, or lets it write again."""
        phone = [*self.citizens, *self.officers][who]
        phone.is_blocking = is_blocking
        self.unreachable.add(phone.id)

    # --- what happens to the bot ----------------------------------------------------------------------------------

    @precondition(lambda self: self.last)
    @rule()
    def again(self) -> None:
        """The last update comes once more."""
        assert self.last is not None
        before = self._kept()
        self._do(self.house.receive(self.last))
        assert self._kept() == before

    @rule(who=CITIZENS)
    def stumble(self, who: int) -> None:
        """An update cannot be stored; it comes again when it can, and has its effect once."""
        phone, number = self.citizens[who], str(len(self.author) + 1)
        update = self.telegram.words(phone, f"Có đánh bạc ở phường Cái Khế, lần thứ {number}")
        before = self._kept()
        self._sql("CREATE TRIGGER fault BEFORE INSERT ON seen_update BEGIN SELECT RAISE(ABORT, 'a fault'); END")
        with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it is, the update is not acknowledged
            self._do(self.house.receive(update))
        assert self._kept() == before
        self._sql("DROP TRIGGER fault")
        self.author[number] = phone.id
        self._take(phone, update)
        assert self._kept()[number] == 1

    @rule(who=CITIZENS)
    def garble(self, who: int) -> None:
        """An update comes that nobody can read."""
        town = Town(self.house, self.telegram, Record("", is_muted=True), set())
        self._do(Person(town, self.citizens[who]).send_broken())

    @rule()
    def restart(self) -> None:
        """The bot stops and starts."""
        self._do(self.stack.aclose())
        self._do(self._open())

    @rule(hours=st.sampled_from([1, 13, 49, 7 * 24, 8 * 24, 30 * 24, 91 * 24]))
    def wait(self, hours: int) -> None:
        """Time goes by, and what is due happens."""
        self.last = None  # Telegram repeats for a day
        self._do(self.house.let_pass(hours=hours))

    @rule(hours=st.integers(-30, 30))
    def jump(self, hours: int) -> None:
        """The machine's clock jumps, ahead or back."""
        self.last = None
        self.clock.advance(hours=hours)

    # --- what holds after every step ------------------------------------------------------------------------------

    @invariant()
    def figures_equal_rows(self) -> None:
        """Numbers are true, and none is negative but a correction as it was entered."""
        if self.citizens:
            assert self._do(self.house.city.executor.run(count_anew, Recount())).off == {}
            numbers = [each for each in cells(database(self.path)) if isinstance(each.value, int)]
            assert [each for each in numbers if each.value < 0 and each.table != "outcome"] == []  # type: ignore[operator]

    @invariant()
    def words_live_in_one_place_until_their_end(self) -> None:
        """A text of a tip is there until ninety days after closing; no text is in two places."""
        if not self.citizens:
            return
        self.latest = max(self.latest, city_day(self.clock.now()))
        kept = self._kept()
        assert [number for number, times in kept.items() if times > 1] == []
        stored = set(TOKEN.findall("\n".join(text for table, text in self._opened() if table == "tip")))
        over = dict(self._sql("SELECT number, closed_on FROM tip WHERE content IS NULL"))
        ended = {number: day for number, day in over.items() if number not in self.over}
        assert {n for n, day in ended.items() if not day or date.fromisoformat(day) > self.latest - WORDS_LIVE} == set()
        assert ended or self.stored <= stored
        self.stored, self.over = stored, set(over)

    @invariant()
    def nothing_is_open_to_others(self) -> None:
        """What stands on a phone was written there, or is an officer's business who still has a role."""
        for phone in self.telegram.phones.values():
            if phone.id in self.may_read | self.by_code | self.unreachable:
                continue
            for message in phone.standing.values():
                found = TOKEN.findall(str(message["text"]))
                assert [number for number in found if self.author[number] != phone.id] == [], phone.name

    @invariant()
    def who_wiped_the_chat_hears_nothing(self) -> None:
        """Until they ask for something."""
        assert [chat for chat in self.wiped if self.calls.get(chat)] == []
        self.calls.clear()

    # --- looking and pressing -------------------------------------------------------------------------------------

    def _opened(self) -> list[tuple[str, str]]:
        return list(opened(database(self.path), self.path / "keys"))

    def _kept(self) -> Counter[str]:
        return Counter(
            number for table, text in self._opened() if table not in ON_THEIR_WAY for number in TOKEN.findall(text)
        )

    def _sql(self, sql: str) -> list[Any]:
        books = sqlite3.connect(database(self.path), isolation_level=None)
        try:
            return books.execute(sql).fetchall()
        finally:
            books.close()

    @staticmethod
    def _buttons(phone: Phone) -> list[tuple[int, dict[str, str]]]:
        newest = sorted(phone.standing)[-3:]
        return [(number, each) for number in newest for each in buttons_of(phone.standing[number])]

    def _press(self, phone: Phone, which: int) -> None:
        if shown := self._buttons(phone)[::-1]:
            number, button = shown[which % len(shown)]
            self._take(phone, self.telegram.press(phone, number, button["callback_data"]))

    def _press_labelled(self, phone: Phone, label: str) -> None:
        shown = [(number, each) for number, each in self._buttons(phone) if each["text"] == label]
        if shown:
            self._take(phone, self.telegram.press(phone, shown[-1][0], shown[-1][1]["callback_data"]))


def test_whatever_happens_to_a_town_every_promise_holds() -> None:
    """A few short lives; the same ones every time."""
    run_state_machine_as_test(Life, settings=settings.get_profile("lives"))


@pytest.mark.prove
@pytest.mark.timeout(0)
def test_whatever_happens_to_a_town_for_an_hour_every_promise_holds() -> None:
    """Long lives, other ones each time, until the time of HISTORIES_SECONDS is up."""
    until = time.monotonic() + float(os.environ.get("HISTORIES_SECONDS", "3600"))
    while time.monotonic() < until:
        run_state_machine_as_test(Life, settings=settings.get_profile("long lives"))
