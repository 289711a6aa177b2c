"""What a chat looks like after its traces were wiped: the messages that really went out are deleted."""

import asyncio
from collections import defaultdict
from typing import Any

from bot.delivery import Delivery
from bot.domain.ids import ChatId, MessageId, TipNumber, UpdateKey
from bot.domain.outgoing import Delete, Outgoing
from bot.domain.roles import Role
from bot.domain.tip import Verdict
from bot.ports import Delivered, Keyed, UnitOfWork
from bot.services.commands import citizen, officer
from tests.contract.asking import do
from tests.services.town import CAI_KHE, TIP, Town
from tests.unit.delivering import FREE
from tests.unit.outbox_world import Channel
from tests.unit.virtual_time import run_virtually


class Noting(Channel):
    """Remembers which messages stand in which chat."""

    def __init__(self, sent: dict[int, list[Any]]) -> None:
        super().__init__()
        self.sent = sent
        self.stand: defaultdict[int, set[MessageId]] = defaultdict(set)

    async def deliver(self, outgoing: Outgoing, *, message: MessageId | None) -> Delivered:
        delivered = await super().deliver(outgoing, message=message)
        if delivered.message is not None:
            self.stand[outgoing.chat].add(delivered.message)
            self.sent.setdefault(outgoing.chat, []).append(outgoing)
        if isinstance(outgoing, Delete):
            self.stand[outgoing.chat] -= set(outgoing.messages)
        return delivered


class PostedTown(Town):
    """A town whose messages go out through the real delivery."""

    def __init__(self) -> None:
        super().__init__()
        self.channel = Noting(self.sent)

    async def ask(self, use_case: Any, command: Keyed) -> Any:
        answer = await self.executor.run(use_case, command)
        await self.reminders.look()
        delivery = Delivery(executor=self.executor, sender=self.channel, may_read=self.rounds.may_read, pace=FREE)
        running = asyncio.create_task(delivery.run())
        await asyncio.sleep(10)
        delivery.stop()
        await running
        return answer


def test_wiping_deletes_the_bots_own_messages_too() -> None:
    """Whoever picks up the phone must not read the receipt, the card or the hint that police wrote."""

    async def main() -> None:
        town = PostedTown()
        await town.begin()
        await town.enrol(900, Role.OFFICER, CAI_KHE)
        await town.do(citizen.Write, 5, text=TIP)
        known = town.conversation(5)
        assert known is not None
        assert known.draft is not None
        await town.do(citizen.PressDraft, 5, handle=known.draft.handle, step=citizen.DraftStep.SEND)
        await town.do(citizen.ShowOwnTips, 5)
        await town.do(officer.Ask, 900, tip=TipNumber(1), text="Lúc mấy giờ?")
        await town.do(officer.Judge, 900, tip=TipNumber(1), verdict=Verdict.NOT_USEFUL, is_sure=True)
        before = set(town.channel.stand[5])
        assert len(before) == 4  # the receipt in place of the card, the list, the sign of a question, the end
        await town.do(citizen.Wipe, 5, is_sure=True)
        assert town.channel.stand[5] & before == set()
        assert len(town.channel.stand[5]) == 1  # what says that it was done

    run_virtually(main())


async def test_what_could_not_be_read_goes_with_the_chat(town: Town) -> None:
    """Tried again, it would begin to speak in a chat that was cleared for whoever looks at the phone."""
    key = UpdateKey(4242, 9001)

    async def fail(uow: UnitOfWork) -> None:
        await uow.parked.add(key, chat=ChatId(5), raw="{}")
        await uow.parked.note_failure(key, reason="KeyError")

    await do(town.executor, fail)
    await town.do(citizen.Wipe, 5, is_sure=True)
    assert town.executor.state.parked == {}
