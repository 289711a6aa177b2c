"""A tip's card: what it shows an officer, which buttons fit, and how cards that stand open are kept up to date."""

from dataclasses import dataclass

from bot.domain.conversation import tip_card
from bot.domain.deadlines import Deadlines
from bot.domain.ids import OfficerNumber
from bot.domain.outgoing import EditCard, Urgency
from bot.domain.places import Gazetteer
from bot.domain.roles import sees
from bot.domain.screens.officer import CLOSING_ACTIONS, CardAction, TipCard
from bot.domain.tip import Status, Tip, Verdict
from bot.ports import UnitOfWork
from bot.services.session import ChatSession


@dataclass(frozen=True, slots=True)
class TipCards:
    """Builds, shows and refreshes cards."""

    places: Gazetteer
    deadlines: Deadlines

    async def build(
        self, uow: UnitOfWork, tip: Tip, *, reader: OfficerNumber, folded: bool = False, page: int = 0
    ) -> TipCard:
        """Build a tip's card for one officer; folded, it carries no words."""
        content = None if folded else await uow.tips.content(tip.number)
        current = await uow.cases.current_decision(tip.number)
        case = current.case if current else None
        place = content.about_unit if content and content.about_unit else tip.unit
        return TipCard(
            tip=tip.number,
            version=tip.version,
            folded=folded,
            page=page,
            unit=self.places.units[place].full_name,
            category=tip.category,
            urgent=tip.urgent,
            status=tip.status,
            verdict=tip.verdict,
            channel=tip.channel,
            received=tip.received,
            hours_left=self.deadlines.hours_left(tip, now=uow.now) if tip.is_open else None,
            claimer=tip.claimer,
            is_mine=tip.claimer == reader,
            words=content.words if content else "",
            exchanges=content.exchanges if content else (),
            case=case,
            outcomes=await uow.cases.outcomes(case) if case else (0, 0, 0),
            actions=actions_on(tip),
        )

    async def show(
        self, session: ChatSession, tip: Tip, *, fresh: bool = False, folded: bool = False, page: int = 0
    ) -> None:
        """Show a tip's card; folded, it is its number and state alone."""
        screen = await self.build(session.uow, tip, reader=session.me.number, folded=folded, page=page)
        await session.card(tip_card(tip.number), screen, fresh=fresh)

    async def show_after(self, session: ChatSession, tip: Tip) -> None:
        """Show the card after a change: in place for a button, anew at the end of the chat for a command."""
        await self.show(session, tip, fresh=session.command.callback is None, folded=not tip.is_open)

    async def refresh_claimers(self, uow: UnitOfWork, tip: Tip) -> None:
        """Bring the claimer's open card up to date after the reporter changed the tip; folded if it was withdrawn."""
        claimer = await uow.officers.contact(tip.claimer) if tip.claimer is not None else None
        if claimer is None or not sees(claimer.officer, tip, self.places):
            return
        conversation = await uow.conversations.get(claimer.chat)
        if conversation is None or not conversation.may_show(tip.number, None):
            return
        screen = await self.build(uow, tip, reader=claimer.officer.number, folded=not tip.is_open)
        for at in conversation.open_cards[tip.number]:
            await uow.outbox.put(
                EditCard(
                    chat=claimer.chat,
                    language=conversation.language,
                    urgency=Urgency.NOTICE,
                    screen=screen,
                    card=tip_card(tip.number),
                    at=at,
                    protect=True,
                    silent=True,
                )
            )
        if not tip.is_open:
            await uow.conversations.put(conversation.folded(tip.number))


def actions_on(tip: Tip) -> tuple[CardAction, ...]:
    """List what can be done with a tip in its state."""
    match tip.status:
        case Status.WITHDRAWN:
            return ()
        case Status.CLOSED:
            return (CardAction.REOPEN, CardAction.TAKE_BACK)
        case Status.NEW | Status.REOPENED | Status.CLAIMED | Status.VERIFYING:
            actions = [CardAction.CLAIM] if tip.status in {Status.NEW, Status.REOPENED} else []
            if tip.may_be_asked:
                actions.append(CardAction.ASK)
            if tip.verdict is Verdict.NONE:
                actions += [CardAction.VALUABLE, *CLOSING_ACTIONS]
            else:
                if tip.verdict is Verdict.VALUABLE:
                    actions.append(CardAction.OUTCOME)
                actions += [CardAction.CLOSE, CardAction.TAKE_BACK]
            return (*actions, CardAction.FOLD)
