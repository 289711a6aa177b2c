"""How a citizen's words become a tip: the draft, its card, and the one step that stores it and gives the receipt."""

from dataclasses import dataclass, field
from typing import Literal, assert_never

from bot.domain import errors
from bot.domain.conversation import OwnTip, draft_card
from bot.domain.drafting import (
    DRAFT_LIMIT,
    SETTLED,
    ChosePlace,
    Draft,
    Drafting,
    DraftMove,
    ForgotPlace,
    Located,
    PlaceState,
    ToggledPolice,
    ToggledSpot,
    WantsOtherPlace,
    Wrote,
    gives_writer_away,
    mentions_police,
)
from bot.domain.places import Gazetteer, UnitCode, UnitKind
from bot.domain.screens.base import Line
from bot.domain.screens.citizen import DraftCard, Emergency, PlaceChoice, Receipt
from bot.domain.tip import Channel, Tip, Verdict
from bot.ports import TipContent
from bot.services.citizen.place_picker import PlacePages
from bot.services.commands.citizen import DraftStep, PressDraft, ShareLocation
from bot.services.gentle_limits import TipLimits
from bot.services.notices import Notices
from bot.services.officer.whose_work import Reach, Recipients
from bot.services.session import ChatSession
from bot.services.tip_changes import store_new

TAKES_TIPS = frozenset({UnitKind.WARD, UnitKind.COMMUNE, UnitKind.POST})
"""Kinds of units that are a place a tip can be about."""

_STATES = {
    PlaceState.ASKED: "asked",
    PlaceState.UNSURE: "unsure",
    PlaceState.READ: "settled",
    PlaceState.CHOSEN: "settled",
    PlaceState.FORGOTTEN: "forgotten",
    PlaceState.ELSEWHERE: "elsewhere",
}


@dataclass(frozen=True, slots=True)
class Drafts:
    """The citizen's path from the first word to the receipt."""

    places: Gazetteer
    drafting: Drafting
    picker: PlacePages
    notices: Notices
    limits: TipLimits = field(default_factory=TipLimits)

    async def write(self, session: ChatSession, text: str) -> None:
        """Begin a draft with a text, or carry the open one on."""
        draft = session.conversation.draft or Draft(handle=session.uow.ids.handle())
        if len(draft.words) + len(text) > DRAFT_LIMIT:
            await session.line("draft-full")
            after = self.drafting.overhear(draft, text)
        else:
            after = self.drafting.advance(draft, Wrote(text))
        session.remember(draft=after)
        await self._show(session, after, fresh=True)

    async def warn(self, session: ChatSession, text: str) -> None:
        """Say whom to call, if a text that starts no draft tells of danger."""
        service = self.drafting.vocabulary.suggest(text).emergency
        if service is not None:
            await session.say(Emergency(service=service))

    async def locate(self, session: ChatSession, command: ShareLocation) -> None:
        """Offer the places around a shared location; an officer is told that nothing was stored."""
        uow = session.uow
        if session.officer is not None:
            await session.line("officer-stray-text")
            return
        draft = session.conversation.draft or Draft(handle=uow.ids.handle())
        if command.words and len(draft.words) + len(command.words) <= DRAFT_LIMIT:
            draft = self.drafting.advance(draft, Wrote(command.words))
        after = self.drafting.advance(draft, Located(command.lat, command.lon))
        session.remember(draft=after)
        await self._show(session, after, fresh=True)

    def hint(self, session: ChatSession, unit: UnitCode) -> None:
        """Remember the place of a poster's link for the draft to come."""
        draft = session.conversation.draft or Draft(handle=session.uow.ids.handle())
        if draft.place is PlaceState.ASKED:
            session.remember(draft=draft.model_copy(update={"unit": unit}))

    async def press(self, session: ChatSession, command: PressDraft) -> None:
        """Press a button of the draft card. Raises ButtonStale when that draft is gone."""
        draft = session.conversation.draft
        if draft is None or draft.handle != command.handle:
            if session.conversation.tip(command.handle) is not None:
                session.popup("draft-sent-already")
                return
            raise errors.ButtonStale
        await self._pressed(session, draft, command)

    async def _pressed(self, session: ChatSession, draft: Draft, command: PressDraft) -> None:  # noqa: C901 - a line a button
        match command.step:
            case DraftStep.SEND:
                await self._send(session, draft)
            case DraftStep.CHOOSE:
                unit = self.places.get(command.unit or "")
                if unit is None or unit.kind not in TAKES_TIPS:
                    raise errors.ButtonStale
                await self._step(session, draft, ChosePlace(unit.code))
            case DraftStep.PICK:
                await session.card(draft_card(draft.handle), self.picker.page(draft.handle, command.page))
            case DraftStep.SPOT:
                await self._step(session, draft, ToggledSpot())
            case DraftStep.FORGOT:
                await self._step(session, draft, ForgotPlace())
            case DraftStep.PLACE:
                await self._step(session, draft, WantsOtherPlace())
            case DraftStep.POLICE:
                await self._step(session, draft, ToggledPolice())
            case DraftStep.MORE:
                session.popup("draft-write-more")
            case DraftStep.CANCEL:
                session.remember(draft=None)
                await session.replace(Line(key="draft-cancelled"))
            case _:
                assert_never(command.step)

    async def _step(self, session: ChatSession, draft: Draft, step: DraftMove) -> None:
        after = self.drafting.advance(draft, step)
        session.remember(draft=after)
        await self._show(session, after)

    async def _show(self, session: ChatSession, draft: Draft, *, fresh: bool = False) -> None:
        left_out, session.left_out = session.left_out, False
        await session.card(draft_card(draft.handle), self._card(draft, left_out=left_out), fresh=fresh)

    def _card(self, draft: Draft, *, left_out: bool) -> DraftCard:
        choices: tuple[UnitCode, ...] = ()
        if draft.place is PlaceState.UNSURE:
            choices = draft.candidates
        elif draft.place is PlaceState.ASKED and draft.unit is not None:
            choices = (draft.unit,)
        return DraftCard.model_validate(
            {
                "handle": draft.handle,
                "pieces": len(draft.parts),
                "place": self._name(draft.unit) if draft.place in SETTLED else None,
                "place_state": _STATES[draft.place],
                "choices": [PlaceChoice(unit=code, label=self.places.units[code].known_as) for code in choices],
                "not_found": draft.is_place_unread,
                "category": draft.category,
                "urgent": draft.urgent,
                "emergency": draft.emergency,
                "gives_away": gives_writer_away(draft.words),
                "about_police": draft.about_police,
                "mentions_police": mentions_police(draft.words),
                "may_be_sent": draft.may_be_sent,
                "offers_spot": draft.spot is not None,
                "keeps_spot": draft.keeps_spot,
                "left_out": left_out,
            }
        )

    def _name(self, unit: UnitCode | None) -> str | None:
        return self.places.units[unit].full_name if unit else None

    async def _send(self, session: ChatSession, draft: Draft) -> None:
        if not draft.may_be_sent:
            raise errors.ButtonStale
        uow = session.uow
        unit = self.places.inspectorate if draft.about_police else draft.unit or self.places.duty
        about_unit = draft.unit if draft.about_police else None
        loudness = self.limits.judge(
            session.command.chat, session.command.key, urgent=draft.urgent, spam=await _spam(session), now=uow.now
        )
        tip = await store_new(
            uow,
            unit=unit,
            held_by=await self.notices.whose_work.holder(uow, unit),
            category=draft.category,
            urgent=draft.urgent,
            channel=Channel.BOT,
            content=TipContent(words=draft.words, about_unit=about_unit),
            route=session.command.chat,
            listed_last=loudness.listed_last,
        )
        code = uow.ids.receipt_code()
        await uow.receipts.add(code, tip.number)
        recipients = await self.notices.announce(uow, tip, "new", quiet=loudness.quiet)
        tips = (*session.conversation.tips, OwnTip(handle=draft.handle, number=tip.number))
        session.remember(draft=None, tips=tips)
        await session.card(
            draft_card(draft.handle),
            Receipt(
                handle=draft.handle,
                code=code,
                place=self._name(draft.unit),
                about_police=draft.about_police,
                read_by=_read_by(tip, recipients),
                emergency=draft.emergency,
            ),
        )


def _read_by(tip: Tip, recipients: Recipients) -> Literal["unit", "city", "nobody"]:
    """Tell who reads a new tip, as far as its receipt may promise it."""
    if recipients.reach is Reach.ADMIN:
        return "nobody"
    return "unit" if recipients.reach is Reach.INSIDE and tip.held_by == tip.unit else "city"


async def _spam(session: ChatSession) -> int:
    """Count the chat's own tips that stand judged spam: looked up, so that a verdict taken back counts no more."""
    tips = [await session.uow.tips.get(own.number) for own in session.conversation.tips]
    return sum(tip is not None and tip.verdict is Verdict.SPAM for tip in tips)
