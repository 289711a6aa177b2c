"""What stands on an officer's phone can be folded, whatever the officer did before: phones get lost."""

import asyncio
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.delivery.chat_queues import QueuedMessage
from bot.delivery.ends import Parked
from bot.delivery.rounds import RoundRequest
from bot.domain.campaign.periods import Span
from bot.domain.conversation import Language
from bot.domain.ids import Handle, MessageId, OfficerNumber, TipNumber
from bot.domain.outgoing import EditCard, FreshCard
from bot.domain.roles import Role
from bot.domain.screens.citizen import DraftCard
from bot.domain.screens.people import InviteLink
from bot.domain.tip import Channel, Verdict
from bot.ports import BLOCKED
from bot.services.commands import base, campaign, citizen, officer, people
from tests.services.town import CAI_KHE, PLACES, SERVICES, TIP, Town, refusal_of

HUNG, ADMIN = 900, 960
FIELDS: dict[type[base.Command], dict[str, Any]] = {
    citizen.Start: {},
    citizen.Write: {"text": "Có trộm ở phường Cái Khế"},
    citizen.SendUnsupported: {"kind": "photo"},
    citizen.ShowPage: {"page": "help"},
    citizen.ChooseLanguage: {"language": Language.EN},
    citizen.PressUnknown: {},
    citizen.Explain: {"form": "/tin 1042"},
    citizen.PressDraft: {"handle": Handle("abcdefgh"), "step": citizen.DraftStep.SEND},
    citizen.ShareLocation: {"lat": 10.0, "lon": 105.7},
    people.AddAlias: {"words": "31135 chợ Bà Bộ"},
    citizen.PressOwn: {"handle": Handle("abcdefgh"), "step": citizen.OwnStep.OPEN},
    citizen.ShowOwnTips: {},
    citizen.Wipe: {"is_sure": True},
    citizen.StopReplies: {"is_sure": True},
    officer.ShowQueue: {},
    officer.OpenTip: {"tip": TipNumber(1)},
    officer.FoldTip: {"tip": TipNumber(1)},
    officer.Claim: {"tip": TipNumber(1)},
    officer.Ask: {"tip": TipNumber(1), "text": "Lúc mấy giờ?"},
    officer.CloseTip: {"tip": TipNumber(1)},
    officer.ReopenTip: {"tip": TipNumber(1)},
    officer.CancelPrompt: {},
    officer.Lock: {},
    officer.JudgeValuable: {"tip": TipNumber(1), "evidence": "đã xác minh và sử dụng"},
    officer.Judge: {"tip": TipNumber(1), "verdict": Verdict.SPAM, "is_sure": True},
    officer.TakeBack: {"tip": TipNumber(1)},
    officer.RecordOutcome: {"tip": TipNumber(1), "text": "vu 1"},
    officer.EnterTip: {"channel": Channel.PHONE, "text": "có người gọi báo mất xe"},
    campaign.RecordActivity: {"kind": "outreach", "number": "120"},
    campaign.SetTarget: {"words": "nguontin 5"},
    campaign.ShowStats: {"span": Span.WEEK},
    campaign.ShowDigest: {},
    people.InvitePerson: {"words": "canbo"},
    people.ConfirmJoin: {"officer": OfficerNumber(1), "is_welcome": True},
    people.ShowPeople: {},
    people.Revoke: {"officer": OfficerNumber(1)},
}
HOW = ["typed", "pressed elsewhere", "pressed on the card", "pressed on the other card"]
Act = tuple[type[base.Command] | int, str]
OFTEN: list[type[base.Command] | int] = [officer.OpenTip, officer.OpenTip, officer.FoldTip, officer.Judge, 7, 30]
ACTS = st.lists(st.tuples(st.sampled_from(OFTEN) | st.sampled_from(list(FIELDS)), st.sampled_from(HOW)), max_size=8)


async def a_desk() -> Town:
    """Let an officer have two cards open."""
    town = await Town().begin()
    await town.enrol(ADMIN, Role.ADMIN, PLACES.city)
    await town.enrol(HUNG, Role.OFFICER, CAI_KHE)
    for reporter in (5, 6):
        await town.do(officer.OpenTip, HUNG, tip=await town.report(reporter))
    assert len(open_cards(town)) == 2
    return town


def open_cards(town: Town) -> dict[MessageId, TipNumber]:
    """Give the messages on the officer's phone in which the card of a tip stands open."""
    return {
        at: each.opens
        for at, each in town.phones[HUNG].items()
        if isinstance(each, EditCard | FreshCard) and each.opens is not None
    }


def known_places(town: Town) -> set[MessageId]:
    """Give the places of open cards that the chat remembers."""
    conversation = town.conversation(HUNG)
    assert conversation is not None
    return {at for messages in conversation.open_cards.values() for at in messages}


def folded(town: Town) -> int:
    """Count the edits that put a line without words over a card."""
    return town.keys(HUNG).count("card-folded")


async def act(town: Town, kind: type[base.Command], placement: str) -> object:
    """Let the officer do something in a way."""
    cards = sorted(open_cards(town))
    at = {"pressed on the card": cards[:1], "pressed on the other card": cards[-1:]}.get(placement)
    return await town.do(kind, HUNG, pressed=placement != "typed", at=at[0] if at else None, **FIELDS[kind])


def test_every_command_is_tried() -> None:
    """A new command must be asked the same question."""
    assert set(FIELDS) == set(SERVICES.dispatcher.routes)


@pytest.mark.parametrize("placement", HOW)
@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
async def test_no_command_of_an_officer_forgets_where_an_open_card_stands(
    kind: type[base.Command], placement: str
) -> None:
    """A card whose place is forgotten can be folded by nobody any more."""
    town = await a_desk()
    await act(town, kind, placement)
    assert set(open_cards(town)) <= known_places(town)


async def live(town: Town, acts: list[Act]) -> None:
    """Let the officer do this and that, while hours pass and the network fails now and then."""
    for what, how in acts:
        if isinstance(what, int):
            town.clock.advance(hours=what)
            town.is_stuck = how in HOW[:2]
        else:
            await act(town, what, how)


@given(ACTS, ACTS, st.booleans())
@example([(7, "typed"), (officer.Judge, "typed")], [], False)  # a folded card that cannot take the open one away
def test_locking_and_the_end_of_a_role_fold_what_stands_open_and_nothing_else(
    acts: list[Act],
    waiting: list[Act],
    is_revoked: bool,  # noqa: FBT001 - drawn
) -> None:
    """Whatever was done before, copies and messages too old to delete included; what waits does not come after it.

    Sixty cards once opened must not cost sixty edits each time; and a phone is lost but once.
    """

    async def main() -> None:
        town = await a_desk()
        await live(town, acts)
        assert set(open_cards(town)) == known_places(town)
        town.is_online = False
        await live(town, waiting)
        stood, before = len(open_cards(town)), folded(town)
        await (town.do(people.Revoke, ADMIN, officer=OfficerNumber(2)) if is_revoked else town.do(officer.Lock, HUNG))
        if is_revoked:  # an old button: what is to be folded must not be forgotten with the chat
            await town.do(citizen.Wipe, HUNG, pressed=True, is_sure=True)
        town.is_online = True
        await town.deliver()
        assert open_cards(town) == {}
        if waiting:
            return
        assert folded(town) == before + stood
        if not is_revoked:
            await town.do(officer.Lock, HUNG)
            assert folded(town) == before + stood

    asyncio.run(main())


async def test_a_card_whose_folding_was_refused_is_folded_the_next_time() -> None:
    """What is set aside is forgotten after two days, and the card would stand open for ever."""
    town = await a_desk()
    town.is_online = False
    await town.do(officer.Lock, HUNG)
    for row in list(town.executor.state.outbox.values()):
        refused = Parked(QueuedMessage.of(row.seq, row.outgoing), "BadRequest") if row.outgoing else None
        await town.executor.run(town.rounds.keep, RoundRequest(ended=(refused,) if refused else ()))
    town.is_online = True
    assert len(open_cards(town)) == 2
    for _ in range(2):
        await town.do(officer.Lock, HUNG)
        assert (open_cards(town), folded(town)) == ({}, 2)


async def test_a_card_that_was_asked_for_comes_whatever_else_is_done_meanwhile() -> None:
    """It is on its way, and stands nowhere yet."""
    town = await a_desk()
    await town.do(officer.FoldTip, HUNG, tip=TipNumber(1))
    (other,) = open_cards(town)
    town.is_online = False
    await town.do(officer.OpenTip, HUNG, tip=TipNumber(1))
    await town.do(officer.ShowQueue, HUNG, pressed=True, at=other)
    town.is_online = True
    await town.deliver()
    assert list(open_cards(town).values()) == [1]


@pytest.mark.parametrize("is_sure", [False, True])
async def test_an_officer_is_pointed_to_locking_instead_of_wiping(is_sure: bool) -> None:  # noqa: FBT001 - a case
    """What a citizen may forget, an officer must be able to answer for."""
    town = await a_desk()
    before = town.conversation(HUNG)
    assert refusal_of(await town.do(citizen.Wipe, HUNG, is_sure=is_sure)) == "refused-officers-lock"
    assert town.conversation(HUNG) == before
    await town.do(people.Revoke, ADMIN, officer=OfficerNumber(2))
    assert open_cards(town) == {}


@pytest.mark.parametrize("role", list(Role))
async def test_whoever_is_pointed_to_locking_may_lock(role: Role) -> None:
    """An answer that leads to a refusal is no answer."""
    town = await Town().begin()
    await town.enrol(950, role, CAI_KHE if role in {Role.OFFICER, Role.COMMANDER} else PLACES.city)
    assert refusal_of(await town.do(citizen.Wipe, 950)) == "refused-officers-lock"
    await town.do(officer.Lock, 950)
    assert town.keys(950)[-1] == "locked"


async def test_who_still_waits_to_be_let_in_may_wipe() -> None:
    """Until then they are a citizen like any other, with tips of their own perhaps."""
    town = await Town().begin()
    await town.enrol(980, Role.COMMANDER, CAI_KHE)
    await town.do(people.InvitePerson, 980, words="canbo")
    await town.do(citizen.Start, 985, payload=town.last(980, InviteLink).payload, person="Người 985")
    await town.do(citizen.Wipe, 985, is_sure=True)
    assert town.keys(985)[-1] == "wiped"


async def test_whoever_was_revoked_is_told_nothing_more_that_waited_but_the_end() -> None:
    """Neither a notice of a tip nor the name of someone who wants to join is for them now, words or not."""
    town = await a_desk()
    await town.enrol(980, Role.COMMANDER, CAI_KHE)
    await town.do(officer.OpenTip, 980, tip=TipNumber(1))
    await town.do(people.InvitePerson, 980, words="canbo")
    payload = town.last(980, InviteLink).payload
    await town.do(citizen.Write, 7, text=TIP)
    card = town.last(7, DraftCard)
    told = len(town.sent[980])
    town.is_online = False
    await town.do(citizen.PressDraft, 7, pressed=True, handle=card.handle, step=citizen.DraftStep.SEND)
    await town.do(citizen.Start, 985, payload=payload, person="Người 985")
    await town.do(officer.ShowQueue, 980)
    await town.do(people.Revoke, ADMIN, officer=OfficerNumber(3))
    town.is_online = True
    await town.deliver()
    assert sorted(town.keys(980)[-2:]) == ["card-folded", "you-were-revoked"]
    assert len(town.sent[980]) == told + 2


async def test_whoever_is_turned_away_is_told_so_however_late() -> None:
    """Their role ends with that answer: it is the last one, and it is for them."""
    town = await a_desk()
    await town.do(people.InvitePerson, ADMIN, words="quantri")
    await town.do(citizen.Start, 985, payload=town.last(ADMIN, InviteLink).payload, person="Người 985")
    town.is_online = False
    await town.do(people.ConfirmJoin, ADMIN, officer=OfficerNumber(3), is_welcome=False)
    town.is_online = True
    await town.deliver()
    assert town.keys(985)[-1] == "join-turned-away"


async def test_what_was_set_aside_for_somebody_goes_with_their_role() -> None:
    """Whoever had the bot blocked as their role ended is told of the end, and of nothing that waited before it."""
    town = await Town().begin()
    await town.enrol(990, Role.ADMIN, PLACES.city)
    number = await town.enrol(900, Role.OFFICER, CAI_KHE)
    town.is_online = False
    await town.do(officer.ShowQueue, 900)
    for seq in list(town.executor.state.outbox):
        await town.read(lambda uow, seq=seq: uow.outbox.park(seq, reason=BLOCKED))  # type: ignore[misc]  # bound on purpose
    await town.do(people.Revoke, 990, officer=number)
    waiting = [row.outgoing for row in town.executor.state.outbox.values() if row.outgoing is not None]
    assert [each.screen.key for each in waiting if each.chat == 900] == ["you-were-revoked"]  # type: ignore[union-attr]  # a line
