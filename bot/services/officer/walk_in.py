"""Tips from phone, letter or visit, which an officer enters: the campaign counts every channel."""

from dataclasses import dataclass

from bot.domain import errors
from bot.domain.conversation import Purpose
from bot.domain.screens.officer import ChannelChoice, Prompt
from bot.domain.text.categories import Vocabulary
from bot.domain.tip import WORDS_LIMIT, Channel
from bot.ports import TipContent
from bot.services.commands.officer import EnterTip
from bot.services.notices import Notices
from bot.services.officer.cards import TipCards
from bot.services.session import ChatSession
from bot.services.tip_changes import store_new


@dataclass(frozen=True, slots=True)
class WalkIns:
    """Enters tips that did not come by the bot."""

    vocabulary: Vocabulary
    cards: TipCards
    notices: Notices

    async def enter(self, session: ChatSession, command: EnterTip) -> None:
        """Enter a tip; it goes to the officer's own unit, who knows what it is about."""
        if command.channel is Channel.BOT:  # no such button: what came by the bot is counted apart
            raise errors.ButtonStale
        if command.channel is None:
            await session.say(ChannelChoice())
            return
        if not command.text:
            session.listen_for(Purpose.WALK_IN, channel=command.channel)
            await session.replace(Prompt(purpose="walk_in", channel=command.channel))
            return
        if len(command.text) > WORDS_LIMIT:
            raise errors.TipFull
        uow = session.uow
        seen = self.vocabulary.suggest(command.text)
        tip = await store_new(
            uow,
            unit=session.me.unit,
            held_by=await self.notices.whose_work.holder(uow, session.me.unit),
            category=seen.category,
            urgent=seen.urgent,
            channel=command.channel,
            content=TipContent(words=command.text),
            by=session.me.number,
        )
        await self.notices.announce(uow, tip, "new", but=session.me.number)
        await self.cards.show(session, tip, fresh=True)
