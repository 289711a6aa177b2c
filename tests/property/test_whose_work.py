"""Whose work a tip is, over any history of a town: people come, go, block the bot and come back while tips live.

The real use cases, on the fake engine and once on the real one. After every step the rules hold that keep each tip with
those whose work it is, and away from all others.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.domain.ids import ChatId, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.roles import Officer, Role, holders, sees
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import DraftCard
from bot.domain.screens.officer import Notice, TipCard
from bot.domain.screens.people import InviteLink
from bot.domain.stats import difference, tip_entries
from bot.domain.tip import Tip, Verdict
from bot.ports import Contact, UnitOfWork
from bot.services.commands import citizen, officer, people
from bot.services.officer.whose_work import Reach
from bot.services.people.invitations import ConfirmFromServer, MakeInvite
from bot.services.session import answer_refusal
from tests.contract.asking import all_conversations, listed
from tests.contract.engines import Engines
from tests.memory.fakes import FixedClock
from tests.services.town import CAI_KHE, NINH_KIEU, PLACES, Town

pytestmark = pytest.mark.slow

ADMIN = 960
SEATS: dict[int, tuple[Role, UnitCode]] = {
    7: (Role.OFFICER, CAI_KHE),  # reports, and joins the force later
    900: (Role.OFFICER, CAI_KHE),
    902: (Role.COMMANDER, CAI_KHE),
    910: (Role.OFFICER, NINH_KIEU),
    920: (Role.OFFICER, PLACES.duty),
    930: (Role.COMMANDER, PLACES.city),
    990: (Role.INSPECTOR, PLACES.inspectorate),
    991: (Role.INSPECTOR, PLACES.inspectorate),
}
REPORTERS = (5, 6, 7)
TEXTS = {
    CAI_KHE: "Tối nào cũng có nhóm hút chích ở phường Cái Khế",
    NINH_KIEU: "Đang đánh nhau bằng dao ở phường Ninh Kiều",
}
EVIDENCE = "đã xác minh và sử dụng"
MOVES: dict[str, tuple[Any, dict[str, Any]]] = {
    "open": (officer.OpenTip, {}),
    "claim": (officer.Claim, {}),
    "ask": (officer.Ask, {"text": "Lúc mấy giờ?"}),
    "valuable": (officer.JudgeValuable, {"evidence": EVIDENCE}),
    "spam": (officer.Judge, {"verdict": Verdict.SPAM, "is_sure": True}),
    "take back": (officer.TakeBack, {"is_sure": True}),
    "close": (officer.CloseTip, {}),
    "reopen": (officer.ReopenTip, {}),
}
RARELY = st.sampled_from([False, False, False, True])
CHATS, PICK = st.sampled_from(sorted(SEATS)), st.integers(0, 11)
_T = TypeVar("_T")


def picked(among: Sequence[_T], number: int) -> _T | None:
    """Choose one by a number that may be any."""
    return among[number % len(among)] if among else None


class WhoseWork(RuleBasedStateMachine):
    """A town on the fake engine."""

    kind = "memory"

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.left = AsyncExitStack()
        self.heard: dict[int, int] = {}
        self.places_of: dict[TipNumber, UnitCode] = {}

    def do(self, step: Any) -> Any:
        """Run a step to its end."""
        return self.runner.run(step)

    @initialize()
    def begin(self) -> None:
        """Open a town where something was reported before the first officers came."""
        folder = self.left.enter_context(TemporaryDirectory())
        self.do(self._begin(Path(folder)))
        for chat in REPORTERS:
            self.report(chat, CAI_KHE, is_about_police=False)
        for chat in (920, 930, 900):
            self.enrol(chat)

    async def _begin(self, folder: Path) -> None:
        clock = FixedClock()
        engine = Engines(self.kind, folder, clock)
        executor, reader = await self.left.enter_async_context(engine.open_with_reader(on_refusal=answer_refusal))
        self.town = await Town(executor=executor, reader=reader).begin()
        self.town.clock = clock
        await self.town.enrol(ADMIN, Role.ADMIN, PLACES.city)

    def teardown(self) -> None:
        """Close the books."""
        self.do(self.left.aclose())
        self.runner.close()

    # --- what people do -------------------------------------------------------------------------------------------

    @rule(chat=st.sampled_from(REPORTERS), place=st.sampled_from(sorted(TEXTS)), is_about_police=st.booleans())
    def report(self, chat: int, place: UnitCode, *, is_about_police: bool) -> None:
        """Send a tip, perhaps about police."""
        self.do(self._report(chat, place, is_about_police=is_about_police))

    async def _report(self, chat: int, place: UnitCode, *, is_about_police: bool) -> None:
        if len(await self.tips()) >= 6 or await self.town.read(lambda uow: uow.officers.by_chat(ChatId(chat))):
            return
        await self.town.do(citizen.Write, chat, text=TEXTS[place])
        handle = self.town.last(chat, DraftCard).handle
        steps = [citizen.DraftStep.POLICE] * is_about_police + [citizen.DraftStep.SEND]
        for step in steps:
            await self.town.do(citizen.PressDraft, chat, pressed=True, handle=handle, step=step)
        self.places_of[TipNumber(max(tip.number for tip in await self.tips()))] = place

    @rule(chat=st.sampled_from(REPORTERS), what=st.sampled_from(["answer", "add", "withdraw", "stop", "wipe"]))
    def follow(self, chat: int, what: str) -> None:
        """Do something with the newest own tip."""
        self.do(self._follow(chat, what))

    async def _follow(self, chat: int, what: str) -> None:
        known = await self.town.read(lambda uow: uow.conversations.get(ChatId(chat)))
        if what == "wipe":
            await self.town.do(citizen.Wipe, chat, is_sure=True)
        elif known is not None and known.tips:
            step = {
                "answer": citizen.OwnStep.READ,
                "add": citizen.OwnStep.ADD,
                "withdraw": citizen.OwnStep.WITHDRAW_SURE,
                "stop": citizen.OwnStep.STOP_SURE,
            }[what]
            await self.town.do(citizen.PressOwn, chat, pressed=True, handle=known.tips[-1].handle, step=step)
            if what in {"answer", "add"}:
                await self.town.do(citizen.Write, chat, text="Nó đi xe màu đen")

    @rule(who=PICK, tip=PICK, is_a_stranger=RARELY)
    def open_a_card(self, who: int, tip: int, *, is_a_stranger: bool) -> None:
        """Open a tip, mostly as somebody who sees it; whoever may not is refused."""
        self.do(self._work(who, tip, "open", is_a_stranger=is_a_stranger))

    @rule(who=PICK, tip=PICK, what=st.sampled_from(["claim", "ask"]), is_a_stranger=RARELY)
    def take(self, who: int, tip: int, what: str, *, is_a_stranger: bool) -> None:
        """Take a tip."""
        self.do(self._work(who, tip, what, is_a_stranger=is_a_stranger))

    @rule(who=PICK, tip=PICK, what=st.sampled_from(["valuable", "spam"]), is_a_stranger=RARELY)
    def judge(self, who: int, tip: int, what: str, *, is_a_stranger: bool) -> None:
        """Judge a tip."""
        self.do(self._work(who, tip, what, is_a_stranger=is_a_stranger))

    @rule(who=PICK, tip=PICK, what=st.sampled_from(["take back", "close", "reopen"]))
    def settle(self, who: int, tip: int, what: str) -> None:
        """End the work on a tip that was judged, or begin it anew."""
        self.do(self._work(who, tip, what, is_a_stranger=False, is_judged=True))

    async def _work(self, who: int, nth: int, what: str, *, is_a_stranger: bool, is_judged: bool = False) -> None:
        tips, force = await self.tips(), await self.force()
        tip = picked([each for each in tips if (each.verdict is not Verdict.NONE) is is_judged], nth)
        readers = [each for each in force if tip is not None and sees(each.officer, tip, PLACES)]
        reader = picked(force if is_a_stranger else readers, who)
        if tip is None or reader is None:
            return
        command, fields = MOVES[what]
        await self.town.do(command, reader.chat, tip=tip.number, **fields)

    @rule(chat=CHATS)
    def look_at_the_queue(self, chat: int) -> None:
        """Ask for the queue, blocked or not: whoever writes can be written to."""
        self.do(self.town.do(officer.ShowQueue, chat))

    @rule(tip=PICK, is_rare=RARELY)
    def hand_to_the_inspectorate(self, tip: int, *, is_rare: bool) -> None:
        """Make a tip one about police."""
        chosen = picked(self.do(self.tips()), tip)
        if chosen is not None and is_rare:
            self.do(self.town.read(lambda uow: self._hand_over(uow, chosen.number)))
        self.do(self.town.deliver())

    async def _hand_over(self, uow: UnitOfWork, number: TipNumber) -> None:
        before = await uow.tips.get(number)
        if before is None or not before.is_open or before.verdict is not Verdict.NONE:
            return
        if before.unit == PLACES.inspectorate:
            return
        handed, event = before.hand_to_inspectorate(PLACES.inspectorate)
        content = await uow.tips.content(number)
        assert content is not None
        await uow.tips.set_content(number, replace(content, about_unit=before.unit))
        await self.whose.store(uow, handed, event)
        await uow.rollups.add(difference(tip_entries(before), tip_entries(handed)))

    # --- how people come and go -----------------------------------------------------------------------------------

    @rule(chat=CHATS)
    def enrol(self, chat: int) -> None:
        """Bring somebody in from the server; a second inspector is let in by the first."""
        self.do(self._without_a_change_of_figures(self._enrol(chat)))

    async def _enrol(self, chat: int) -> None:
        if await self.town.read(lambda uow: uow.officers.by_chat(ChatId(chat))):
            return
        role, unit = SEATS[chat]
        link = await self.town.ask(self.town.services.invitations.invite_from_server, MakeInvite(role=role, unit=unit))
        await self._let_in(chat, link.payload)

    async def _let_in(self, chat: int, payload: str) -> None:
        await self.town.do(citizen.Start, chat, payload=payload, person="Ai đó")
        number = OfficerNumber(int(self.town.last(chat, Line).values["number"]))
        inspectors = [each for each in await self.force() if each.officer.role is Role.INSPECTOR]
        await self.town.ask(self.town.services.invitations.confirm_from_server, ConfirmFromServer(officer=number))
        if SEATS[chat][0] is Role.INSPECTOR and inspectors:
            assert (await self.town.read(lambda uow: uow.officers.get(number))).is_active is False
            for each in inspectors:
                await self.town.do(people.ConfirmJoin, each.chat, pressed=True, officer=number, is_welcome=True)

    @rule(chat=CHATS)
    def invite_in_chat(self, chat: int) -> None:
        """Let the admin invite and confirm somebody; an inspector is not the admin's to let in."""
        self.do(self._without_a_change_of_figures(self._invite_in_chat(chat)))

    async def _invite_in_chat(self, chat: int) -> None:
        if await self.town.read(lambda uow: uow.officers.by_chat(ChatId(chat))):
            return
        role, unit = SEATS[chat]
        await self.town.do(people.InvitePerson, ADMIN, pressed=True, role=role, unit=unit)
        await self.town.do(citizen.Start, chat, payload=self.town.last(ADMIN, InviteLink).payload, person="Ai đó")
        number = OfficerNumber(int(self.town.last(chat, Line).values["number"]))
        await self.town.do(people.ConfirmJoin, ADMIN, pressed=True, officer=number, is_welcome=True)
        let_in = await self.town.read(lambda uow: uow.officers.get(number))
        assert let_in.is_active is (role is not Role.INSPECTOR)

    @rule(who=PICK, is_rare=RARELY)
    def revoke(self, who: int, *, is_rare: bool) -> None:
        """End somebody's role."""
        if is_rare:
            self.do(self._without_a_change_of_figures(self._revoke(who)))

    async def _revoke(self, who: int) -> None:
        gone = picked([each for each in await self.force() if each.chat != ADMIN], who)
        if gone is not None:
            await self.town.do(people.Revoke, ADMIN, officer=gone.officer.number)

    @rule(chat=st.sampled_from([*SEATS, *REPORTERS, ADMIN]), blocked=st.booleans())
    def block(self, chat: int, *, blocked: bool) -> None:
        """Block the bot, or let it write again; a citizen's leaves nothing behind."""
        self.do(self._without_a_change_of_figures(self._block(chat, blocked=blocked)))

    async def _block(self, chat: int, *, blocked: bool) -> None:
        before = await self.town.read(all_conversations)
        await self.town.do(people.Block, chat, blocked=blocked)
        if await self.town.read(lambda uow: uow.officers.by_chat(ChatId(chat))) is None:
            assert list(await self.town.read(all_conversations)) == list(before)

    @rule(chat=CHATS)
    def fail_to_deliver(self, chat: int) -> None:
        """Let the delivery find out that the bot is blocked."""
        presence = self.town.services.presence
        self.do(self.town.read(lambda uow: presence.note_blocked(uow, ChatId(chat))))
        self.do(self.town.deliver())

    async def _without_a_change_of_figures(self, step: Any) -> None:
        before = await self.town.read(lambda uow: listed(uow.rollups.every()))
        await step
        assert await self.town.read(lambda uow: listed(uow.rollups.every())) == before

    # --- what holds -----------------------------------------------------------------------------------------------

    @property
    def whose(self) -> Any:
        """What is tried."""
        return self.town.services.whose_work

    async def tips(self) -> list[Tip]:
        """Give every tip."""
        return list(await self.town.read(lambda uow: listed(uow.tips.every())))

    async def force(self) -> list[Contact]:
        """Give everyone whose role is active."""
        everyone = await self.town.read(lambda uow: uow.officers.everyone())
        return [each for each in everyone if each.officer.is_active]

    @invariant()
    def the_rules_hold(self) -> None:
        """Look at everything after every step."""
        if hasattr(self, "town"):
            self.do(self.look())

    async def look(self) -> None:
        """Look at everything."""
        assert await self.town.off_by() == {}
        force = await self.force()
        tips = {tip.number: tip for tip in await self.tips()}
        staffed = await self.town.read(lambda uow: uow.officers.staffed())
        for tip in tips.values():
            self._is_held_right(tip, force, staffed)
            await self._keeps_its_place_sealed(tip)
            if tip.is_open:
                await self._is_told_to_somebody(tip, force)
        for decision in [
            each for case in await self.town.read(lambda uow: listed(uow.cases.every_decided())) for each in case
        ]:
            assert not decision.stands or decision.unit == tips[decision.tip].unit
        await self._is_on_no_other_phone(tips, force)
        self._told_nobody_else(tips, force)

    def _is_held_right(self, tip: Tip, force: list[Contact], staffed: frozenset[UnitCode]) -> None:
        claimers = [each.officer for each in force if each.officer.number == tip.claimer]
        if tip.is_claimed:
            assert [sees(each, tip, PLACES) for each in claimers] == [True]
        elif tip.is_open:
            *nearer, last = holders(tip.unit, places=PLACES)
            assert tip.held_by == next((code for code in nearer if code in staffed), last)
        assert (tip.held_by == PLACES.inspectorate) is (tip.unit == PLACES.inspectorate)

    async def _keeps_its_place_sealed(self, tip: Tip) -> None:
        content = await self.town.read(lambda uow: uow.tips.content(tip.number))
        is_about_police = tip.unit == PLACES.inspectorate
        assert content.about_unit == (self.places_of[tip.number] if is_about_police else None)

    async def _is_told_to_somebody(self, tip: Tip, force: list[Contact]) -> None:
        told = await self.town.read(lambda uow: self.whose.recipients(uow, tip))
        readers = [each for each in force if each.officer.is_present and sees(each.officer, tip, PLACES)]
        is_at_city = [
            each for each in force if each.officer.is_present and each.officer.unit in (PLACES.duty, PLACES.city)
        ]
        match told.reach:
            case Reach.INSIDE:
                assert told.contacts
                assert {each.chat for each in told.contacts} <= {each.chat for each in readers}
            case Reach.CITY:
                assert not readers
                assert tip.unit != PLACES.inspectorate
                assert {each.chat for each in told.contacts} <= {each.chat for each in is_at_city}
                assert told.contacts
            case Reach.ADMIN:
                assert not readers
                assert tip.unit == PLACES.inspectorate or not [
                    e for e in is_at_city if e.officer.role in (Role.OFFICER, Role.COMMANDER)
                ]
                assert await self.town.read(self.whose.is_somebody_missing)

    async def _is_on_no_other_phone(self, tips: dict[TipNumber, Tip], force: list[Contact]) -> None:
        by_chat = {each.chat: each.officer for each in force}
        for chat, phone in self.town.phones.items():
            for shown in phone.values():
                if shown is not None and isinstance(shown.screen, TipCard) and not shown.screen.folded:
                    tip = tips[shown.screen.tip]
                    reader = by_chat.get(ChatId(chat))
                    assert reader is not None
                    assert await self._may_read(reader, chat, tip)

    async def _may_read(self, reader: Officer, chat: int, tip: Tip) -> bool:
        found: bool = await self.town.read(lambda uow: self.whose.may_read(uow, reader, ChatId(chat), tip))
        return found

    def _told_nobody_else(self, tips: dict[TipNumber, Tip], force: list[Contact]) -> None:
        by_chat = {each.chat: each.officer for each in force}
        for chat, sent in self.town.sent.items():
            for each in sent[self.heard.get(chat, 0) :]:
                if isinstance(each.screen, Notice):
                    assert sees(by_chat[ChatId(chat)], tips[each.screen.tip], PLACES)
            self.heard[chat] = len(sent)


class WhoseWorkOnSqlite(WhoseWork):
    """The same town on the real engine."""

    kind = "sqlite"


def test_a_tip_is_always_with_those_whose_work_it_is() -> None:
    """And with nobody else: not on a phone, not in a notice, not in a figure."""
    run_state_machine_as_test(WhoseWork)


def test_it_is_so_on_the_real_engine_too() -> None:
    """One history that takes every step; that the engines agree after any history is a law of its own."""
    town = WhoseWorkOnSqlite()
    town.begin()
    steps: tuple[Callable[[], object], ...] = (
        partial(town.open_a_card, 0, 0, is_a_stranger=False),
        partial(town.take, 0, 0, "ask", is_a_stranger=False),
        partial(town.follow, 5, "answer"),
        partial(town.enrol, 7),
        partial(town.enrol, 990),
        partial(town.enrol, 991),
        partial(town.report, 6, NINH_KIEU, is_about_police=True),
        partial(town.open_a_card, 1, 3, is_a_stranger=False),
        partial(town.block, 900, blocked=True),
        partial(town.fail_to_deliver, 920),
        partial(town.judge, 0, 1, "valuable", is_a_stranger=False),
        partial(town.settle, 0, 0, "close"),
        partial(town.settle, 0, 0, "reopen"),
        partial(town.hand_to_the_inspectorate, 2, is_rare=True),
        partial(town.revoke, 0, is_rare=True),
        partial(town.revoke, 0, is_rare=True),
        partial(town.invite_in_chat, 920),
        partial(town.look_at_the_queue, 920),
        partial(town.follow, 6, "withdraw"),
    )
    try:
        for step in steps:
            step()
            town.do(town.look())
    finally:
        town.teardown()
