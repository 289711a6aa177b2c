"""Who sends much is told more quietly, who guesses has to wait, and nothing of it loses a tip or bars anybody else."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ChatId, TipNumber, UpdateKey
from bot.domain.outgoing import Send
from bot.domain.roles import Role
from bot.domain.screens.citizen import DraftCard, OwnTipCard, Receipt
from bot.domain.screens.officer import MergedNotice, Notice, Queue
from bot.domain.tip import Verdict
from bot.services.commands import citizen, officer
from bot.services.gentle_limits import MISSES_OVERALL, MOST_INSIDE, MOST_MISSES, CodeTries, TipLimits
from tests.memory.fakes import START
from tests.services.town import AT_ONCE, CAI_KHE, Town

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LAN, MAI = ChatId(5), ChatId(6)
WRONG = "1111 1111 1111 1111"
GAPS = st.sampled_from([timedelta(), timedelta(minutes=7), timedelta(minutes=40), timedelta(hours=5)])


def notices(town: Town) -> list[int]:
    """Name the tips that have been told."""
    screens = [each.screen for each in town.sent[900] if isinstance(each, Send)]
    merged = [each.notices if isinstance(each, MergedNotice) else [each] for each in screens]
    return [each.tip for one in merged for each in one if isinstance(each, Notice)]


@given(st.lists(st.tuples(st.sampled_from([LAN, LAN, LAN, MAI]), GAPS, st.booleans(), st.integers(0, 3)), max_size=60))
def test_what_is_listed_last_and_what_rings_follows_from_the_chats_own_last_hour_and_day(
    tips: list[tuple[ChatId, timedelta, bool, int]],
) -> None:
    """From the sixth an hour and the twenty-first a day; three urgent ones an hour ring alone. A retry counts once."""
    limits, now = TipLimits(), START
    before: list[tuple[ChatId, datetime, bool]] = []
    for number, (chat, gap, urgent, spam) in enumerate(tips):
        now += gap
        before.append((chat, now, urgent))
        key = UpdateKey(1, number)
        own = [(at, is_urgent) for each, at, is_urgent in before if each == chat]
        hourly = [is_urgent for at, is_urgent in own if now - at < HOUR]
        many = len(hourly) > 5 or sum(now - at < DAY for at, _ in own) > 20 or spam >= 2
        for _ in range(2):
            loudness = limits.judge(chat, key, urgent=urgent, spam=spam, now=now)
            assert loudness.listed_last == many
            assert loudness.quiet == ((sum(hourly) > 3 or spam >= 2) if urgent else many)


@given(tries=st.lists(st.tuples(st.sampled_from([*range(1, 40)]), GAPS), max_size=120), is_attack=st.booleans())
def test_whoever_has_not_missed_is_always_heard_and_nobody_misses_often(
    *, tries: list[tuple[int, timedelta]], is_attack: bool
) -> None:
    """The others' misses bar nobody; one's own bar for an hour at most, and for minutes while many chats guess."""
    codes, now = CodeTries(), START
    missed: dict[int, list[datetime]] = {}
    for number in range(MISSES_OVERALL * is_attack):
        codes.note_miss(ChatId(1000 + number), UpdateKey(2, number), is_inside=False, now=now)
    for number, (chat, gap) in enumerate(tries):
        now += gap / 20
        wait = codes.wait(ChatId(chat), now=now)
        own = [at for at in missed.get(chat, []) if now - at < HOUR]
        assert wait <= HOUR
        assert own or not wait
        assert codes.wait(ChatId(chat), now=now + wait) == timedelta()
        if is_attack and now - START < HOUR and own:
            assert (not wait) == (now - own[-1] >= timedelta(minutes=len(own)))
        if not wait:
            codes.note_miss(ChatId(chat), UpdateKey(1, number), is_inside=False, now=now)
            missed.setdefault(chat, []).append(now)
        assert sum(now - at < HOUR for at in missed.get(chat, [])) <= MOST_MISSES


async def test_the_sixth_tip_of_an_hour_is_kept_counted_listed_last_and_told_later(town: Town) -> None:
    """A frightened neighbour writes often, too: nothing is thrown away, and the ward's phones are not drowned."""
    for chat in (*[5] * 7, 6):
        await town.report(chat)
    assert len({screen.screen.code for screen in town.sent[5] if isinstance(screen.screen, Receipt)}) == 7
    assert notices(town) == [1, 2, 3, 4, 5, 8]
    await town.do(officer.ShowQueue, 900)
    assert [line.tip for line in town.last(900, Queue).lines] == [1, 2, 3, 4, 5, 8, 6, 7]
    town.clock.advance(hours=1)
    await town.deliver()
    assert notices(town) == [1, 2, 3, 4, 5, 8, 6, 7]


async def test_wiping_the_chat_begins_no_new_count(town: Town) -> None:
    """It would be the way around it."""
    for _ in range(6):
        await town.report(5)
        await town.do(citizen.Wipe, 5, is_sure=True)
    assert [tip.listed_last for tip in town.executor.state.tips.values()] == [False] * 5 + [True]


async def test_after_two_tips_judged_spam_the_conversations_later_ones_are_listed_last_while_that_stands(
    town: Town,
) -> None:
    """Looked up, not stored: a verdict that is taken back counts no more, nor does a conversation that has ended."""
    numbers = [await town.report(5), await town.report(5)]
    for number in numbers:
        await town.do(officer.Judge, 900, tip=number, verdict=Verdict.SPAM, is_sure=True)
    town.clock.advance(hours=2)

    async def is_last() -> bool:
        return town.executor.state.tips[await town.report(5)].listed_last

    assert await is_last()
    await town.do(officer.TakeBack, 900, tip=numbers[0], is_sure=True)
    town.clock.advance(hours=2)
    assert not await is_last()


async def test_an_urgent_tip_always_rings_within_a_minute() -> None:
    """The fourth of an hour with others; never later, whoever wrote it and however often."""
    town = await Town(delays=replace(AT_ONCE, merge=timedelta(minutes=1))).begin()
    await town.enrol(900, Role.OFFICER, CAI_KHE)
    for _ in range(6):
        await town.report(5, "Tụi nó đang chém nhau ở phường Cái Khế")
    assert notices(town) == [1, 2, 3]
    town.clock.advance(minutes=1)
    await town.deliver()
    assert notices(town) == [1, 2, 3, 4, 5, 6]


async def test_guessing_is_limited_whatever_is_wiped_and_a_number_within_words_costs_no_try(town: Town) -> None:
    """A bank card has sixteen digits, too; and nobody guesses within words without end."""
    number = await town.report(5)
    code = town.last(5, Receipt).code
    for _ in range(MOST_MISSES + 5):
        await town.do(citizen.Write, 6, text=f"thẻ {WRONG} của kẻ lừa")
    assert town.last(6, DraftCard).pieces == MOST_MISSES + 5
    for _ in range(MOST_MISSES):
        await town.do(citizen.Write, 6, text=f"mã tin: {WRONG}")
        await town.do(citizen.Wipe, 6, is_sure=True)
    for text in (code, f"xem {code}"):
        await town.do(citizen.Write, 6, text=text)
        assert not any(isinstance(each.screen, OwnTipCard) for each in town.sent[6])
    town.clock.advance(hours=1)
    await town.do(citizen.Write, 6, text=f"xem {code}")
    assert town.last(6, OwnTipCard).may_withdraw
    for _ in range(MOST_INSIDE + 1):
        await town.do(citizen.Write, 7, text=f"thẻ {WRONG}")
    await town.do(citizen.Write, 7, text=f"xem {code}")
    assert not any(isinstance(each.screen, OwnTipCard) for each in town.sent[7])
    assert number == TipNumber(1)


async def test_a_flood_of_what_cannot_be_taken_is_answered_once(town: Town) -> None:
    """Nine hundred stickers are one sentence; after a pause, or of another kind, it is said again."""
    for _ in range(900):
        await town.do(citizen.SendUnsupported, 5, kind="sticker")
    await town.do(citizen.SendUnsupported, 5, kind="voice")
    town.clock.advance(seconds=10)
    await town.do(citizen.SendUnsupported, 5, kind="sticker")
    assert town.keys(5) == ["unsupported-sticker", "unsupported-voice", "unsupported-sticker"]
    assert town.executor.state.outbox == {}
