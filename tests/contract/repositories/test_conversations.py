"""What live chats remember, on every engine."""

from datetime import timedelta

from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import QUEUE_CARD, Conversation, Language, Listening, OwnTip, Purpose, Trace, draft_card
from bot.domain.drafting import Draft
from bot.domain.ids import Handle, MessageId, TipNumber
from bot.ports import Executor, UnitOfWork
from tests.contract.asking import all_conversations, do
from tests.contract.samples import LAN, MAI, OTHER, WARD
from tests.memory.fakes import START

NOW = hour_of(START)
HANDLE = Handle("abcdefgh")


async def test_a_conversation_comes_back_as_it_was(executor: Executor) -> None:
    """Any restart resumes it."""
    conversation = Conversation(
        chat=LAN,
        language=Language.EN,
        draft=Draft(handle=HANDLE, parts=("một", "hai"), candidates=(WARD, OTHER), urgent=True),
        listening=Listening(purpose=Purpose.ANSWER, handle=HANDLE, tip=TipNumber(3)),
        tips=(OwnTip(handle=HANDLE, number=TipNumber(3)),),
        open_cards={TipNumber(7): (MessageId(5), MessageId(6)), TipNumber(8): ()},
        touched=NOW,
    )
    await do(executor, lambda uow: uow.conversations.put(conversation))
    assert await do(executor, lambda uow: uow.conversations.get(LAN)) == conversation
    assert await do(executor, lambda uow: uow.conversations.get(MAI)) is None
    changed = conversation.but(draft=None)
    await do(executor, lambda uow: uow.conversations.put(changed))
    assert await do(executor, all_conversations) == [changed]
    await do(executor, lambda uow: uow.conversations.forget(LAN))
    assert await do(executor, lambda uow: uow.conversations.get(LAN)) is None


async def test_what_stands_in_a_chat_is_found_whole_and_forgotten_with_it(executor: Executor) -> None:
    """Cards and messages are rows of their own: none may be missed when a chat is wiped, nor found in another."""
    lan = Conversation(chat=LAN, tips=(OwnTip(handle=HANDLE, number=TipNumber(3)),), touched=NOW)
    card = Trace(message=MessageId(50), hour=NOW, is_own=True)
    old = [Trace(message=MessageId(back), hour=NOW - timedelta(hours=back), is_own=False) for back in range(48)]
    own = [Trace(message=MessageId(100 + each), hour=NOW - timedelta(days=each), is_own=True) for each in range(9)]

    async def fill(uow: UnitOfWork) -> None:
        for chat in (LAN, MAI):
            await uow.conversations.put(lan.but(chat=chat))
            for name in (draft_card(HANDLE), QUEUE_CARD, draft_card(HANDLE)):
                await uow.conversations.put_place(chat, name, card)
            for trace in old:
                assert await uow.conversations.add_trace(chat, trace, number=0) == 1
                assert await uow.conversations.add_trace(chat, trace, number=0) == 2
            pressed = own[0].model_copy(update={"hour": None})
            assert await uow.conversations.add_trace(chat, pressed, number=0) == 1
            for number, trace in enumerate(own, start=1):
                assert await uow.conversations.add_trace(chat, trace, number=number) == number + 1

    await do(executor, fill)
    assert await do(executor, lambda uow: uow.conversations.place(LAN, QUEUE_CARD)) == card
    await do(executor, lambda uow: uow.conversations.drop_place(LAN, QUEUE_CARD))
    assert await do(executor, lambda uow: uow.conversations.place(LAN, QUEUE_CARD)) is None
    found = await do(executor, lambda uow: uow.conversations.traces(lan))
    assert sorted(found, key=lambda each: each.message) == [*old, card, *own]
    await do(executor, lambda uow: uow.conversations.forget_heard(NOW - timedelta(hours=10), limit=999))
    found = await do(executor, lambda uow: uow.conversations.traces(lan))
    assert sorted(found, key=lambda each: each.message) == [*old[:11], card, *own]
    await do(executor, lambda uow: uow.conversations.forget(LAN))
    assert await do(executor, lambda uow: uow.conversations.traces(lan)) == []
    assert len(await do(executor, lambda uow: uow.conversations.traces(lan.but(chat=MAI)))) == 11 + 1 + 9
