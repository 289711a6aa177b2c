"""What a chat looks like after its traces were wiped, and what is kept of it: nothing that says anything."""

import asyncio
import inspect
from typing import Any, get_args, get_type_hints

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.conversation import Conversation, Language
from bot.domain.ids import ChatId, TipNumber
from bot.domain.outgoing import Outgoing
from bot.domain.reminders import Reminder
from bot.domain.retention import DELETABLE_FOR
from bot.domain.roles import Role
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import DraftCard
from bot.domain.tip import Verdict
from bot.ports import Contact, OutboxRow, ParkedUpdate, UnitOfWork
from bot.services.background.retention import expire
from bot.services.citizen import traces
from bot.services.commands import base, citizen, officer
from tests.memory.fakes import START, CountingIds
from tests.memory.state import State
from tests.memory.unit_of_work import MemoryUnitOfWork
from tests.services.town import CAI_KHE, TIP, Town

Act = tuple[type[base.Command], dict[str, Any]] | float | None
ACTS: list[Act] = [  # hours pass, or the network goes and comes back
    (citizen.Write, {"text": TIP}),
    (citizen.SendUnsupported, {"kind": "photo"}),
    *((citizen.PressDraft, {"step": citizen.DraftStep(step)}) for step in ("send", "cancel", "place")),
    *((citizen.PressOwn, {"step": citizen.OwnStep(step)}) for step in ("open", "read", "withdraw_sure")),
    (citizen.ChooseLanguage, {"language": Language.EN}),
    (citizen.ShowOwnTips, {}),
    (citizen.Wipe, {"is_sure": True}),
    (officer.Ask, {"tip": TipNumber(1), "text": "Lúc mấy giờ?"}),
    (officer.Judge, {"tip": TipNumber(1), "verdict": Verdict.NOT_USEFUL, "is_sure": True}),
    1.0,
    47.9,
    None,
]


async def act(town: Town, what: Act, back: int) -> None:
    """Let something happen; a button is pressed on one of the newest messages of the bot."""
    if what is None or isinstance(what, float):  # no outage lasts for hours
        town.is_online = not town.is_online or what is not None
        await town.deliver()
        town.clock.advance(hours=what or 0)
        return
    kind, fields = what
    if kind in {officer.Ask, officer.Judge}:
        await town.do(kind, 900, **fields)
        return
    known = town.conversation(5)
    handles = (
        [*(own.handle for own in known.tips), known.draft.handle if known.draft else "gone"] if known else ["gone"]
    )
    if "step" in fields:
        fields = fields | {"handle": handles[-1 if kind is citizen.PressDraft else 0]}
    stand = [at for at, shown in town.phones.get(5, {}).items() if shown is not None][::-1]
    is_pressed = kind is not citizen.Write and kind is not citizen.SendUnsupported and bool(stand)
    await town.do(kind, 5, pressed=is_pressed, at=stand[back % len(stand)] if is_pressed else None, **fields)


def places_that_nobody_would_find(town: Town) -> set[Any]:
    """Give the places of cards that the conversation of their chat does not name."""
    state = town.executor.state
    return {key for key in state.places if key[1] not in state.conversations[key[0]].card_names}


WRITE, SEND, CANCEL, CHANGE, ASK, JUDGE = ACTS[0], ACTS[2], ACTS[3], ACTS[4], ACTS[11], ACTS[12]


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2)), max_size=14))
@example([(WRITE, 0), (SEND, 0), (ASK, 0), (JUDGE, 0)])
@example([(None, 0), (WRITE, 0), (CANCEL, 0), (None, 0)])
@example([(WRITE, 0), ((citizen.ShowOwnTips, {}), 0), (CANCEL, 0)])
@example([(WRITE, 0), ((citizen.SendUnsupported, {"kind": "photo"}), 0), (CHANGE, 0)])
def test_after_wiping_nothing_of_ours_can_be_read_in_the_chat_and_nothing_of_it_is_kept(
    acts: list[tuple[Act, int]],
) -> None:
    """Whoever picks up the phone reads no more than dashes and what Telegram lets no bot take away."""

    async def main() -> None:
        town = await Town().begin()
        await town.enrol(900, Role.OFFICER, CAI_KHE)
        for what, back in acts:
            await act(town, what, back)
            assert places_that_nobody_would_find(town) == set()
        await town.do(citizen.Wipe, 5, is_sure=True)
        town.is_online = True
        await town.deliver()
        for at, shown in town.phones[5].items():
            if shown is None:
                assert town.clock.now() - town.since[at] >= DELETABLE_FOR
            else:
                assert isinstance(shown.screen, Line)
                assert shown.screen.key in {"blanked", "wiped"}
        state = town.executor.state
        kept = [*state.conversations, *(key[0] for key in (*state.places, *state.traces)), *state.routes.values()]
        assert 5 not in kept
        assert state.outbox == {}

    asyncio.run(main())


HOLDS_NO_MEMORY_OF_A_CHAT = {
    "tips": "a reply route is found and cut through the chat's own tips",
    "cases": "what says that two tips are of one person is a keyed hash, within one case",
    "officers": "people of the force, who cannot wipe, and those who wait to be let in: they are asked about",
}
"""Repositories that are given or give a chat and need not forget one, and why."""


def test_every_repository_that_holds_a_chat_forgets_it_when_it_is_wiped() -> None:
    """A new one joins the list that wiping goes through, or says here why it need not."""
    ports = {name: kind for name, kind in get_type_hints(UnitOfWork).items() if name != "ids"}
    holding = set()
    for name, kind in ports.items():
        for _, method in inspect.getmembers(kind, inspect.isfunction):
            hints = set(get_type_hints(method).values())
            inner = {each for hint in hints for each in (hint, *get_args(hint))}
            if inner & {ChatId, Conversation, Contact, OutboxRow, ParkedUpdate, Outgoing, Reminder}:
                holding.add(name)
    uow = MemoryUnitOfWork(State(), now=START, ids=CountingIds())
    told = {name for name in ports for store in traces.stores_of_chats(uow) if getattr(uow, name) is store}
    assert told == {name for name, kind in ports.items() if hasattr(kind, "forget")}
    assert holding == told | set(HOLDS_NO_MEMORY_OF_A_CHAT)
    assert not told & set(HOLDS_NO_MEMORY_OF_A_CHAT)


async def test_what_a_chat_remembers_does_not_grow_with_its_messages_and_presses() -> None:
    """Nine hundred stickers made a row of forty kilobytes, written anew at each; a card is stored where it is once."""
    town = await Town().begin()
    await town.do(citizen.Write, 5, text=TIP)
    (key, place), *_ = town.executor.state.places.items()
    press = {"at": place.message, "handle": town.last(5, DraftCard).handle, "step": citizen.DraftStep.PLACE}
    sizes = []
    for _ in range(2):
        for _ in range(100):
            await town.do(citizen.SendUnsupported, 5, kind="sticker")
            await town.do(citizen.PressDraft, 5, pressed=True, **press)
        known = town.conversation(5)
        assert known is not None
        sizes.append(len(known.model_dump_json()))
    assert sizes[1] - sizes[0] <= 2
    assert town.executor.state.places[key] is place
    assert len(town.executor.state.traces) == 1 + 200 + 1  # the same refusal is said once


async def test_the_traces_of_somebody_who_became_an_officer_die_with_what_telegram_lets_be_deleted() -> None:
    """Officers do not wipe: a list of what they were sent as citizens would be kept as long as their role."""
    town = await Town().begin()
    await town.report(900)
    await town.do(citizen.ShowOwnTips, 900)
    await town.enrol(900, Role.OFFICER, CAI_KHE)
    await town.do(officer.ShowQueue, 900)
    for hours, is_alive in ((46, True), (4, False)):
        town.clock.advance(hours=hours)
        await expire(town.executor)
        state = town.executor.state
        assert any(each[0] == 900 for each in (*state.traces, *state.places)) is is_alive
        assert town.conversation(900) is not None
