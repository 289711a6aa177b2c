"""What live chats remember, on every engine."""

from bot.domain.campaign.periods import hour_of
from bot.domain.conversation import Conversation, Language, Listening, OwnTip, Purpose
from bot.domain.drafting import Draft
from bot.domain.ids import Handle, MessageId, TipNumber
from bot.ports import Executor
from tests.contract.asking import all_conversations, do
from tests.contract.samples import LAN, MAI, OTHER, WARD
from tests.memory.fakes import START


async def test_a_conversation_comes_back_as_it_was(executor: Executor) -> None:
    """Any restart resumes it."""
    conversation = Conversation(
        chat=LAN,
        language=Language.EN,
        draft=Draft(handle=Handle("abcdefgh"), parts=("một", "hai"), candidates=(WARD, OTHER), urgent=True),
        listening=Listening(purpose=Purpose.ANSWER, handle=Handle("abcdefgh"), tip=TipNumber(3)),
        tips=(OwnTip(handle=Handle("abcdefgh"), number=TipNumber(3)),),
        cards={"draft": MessageId(5)},
        touched=hour_of(START),
    ).trace(MessageId(9), hour=hour_of(START))
    await do(executor, lambda uow: uow.conversations.put(conversation))
    assert await do(executor, lambda uow: uow.conversations.get(LAN)) == conversation
    assert await do(executor, lambda uow: uow.conversations.get(MAI)) is None
    changed = conversation.but(draft=None)
    await do(executor, lambda uow: uow.conversations.put(changed))
    assert await do(executor, all_conversations) == [changed]
    await do(executor, lambda uow: uow.conversations.delete(LAN))
    assert await do(executor, lambda uow: uow.conversations.get(LAN)) is None
