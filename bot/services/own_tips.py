"""What a citizen can do with tips already sent: see their state, add, answer, withdraw, stop replies, wipe traces.

States are plain and later than the fact; the code is the second key, for when the chat is gone.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from bot.domain import errors
from bot.domain.conversation import DELETABLE_FOR, Listening, OwnTip, Purpose
from bot.domain.ids import Handle, ReceiptCode, TipNumber
from bot.domain.outgoing import How, Outgoing, Urgency
from bot.domain.periods import city_day, hour_of
from bot.domain.places import Gazetteer
from bot.domain.screens import (
    ConfirmOwn,
    Exchange,
    Line,
    OfficerQuestion,
    OwnTipCard,
    OwnTipLine,
    PlainState,
)
from bot.domain.screens import OwnTips as OwnTipsScreen
from bot.domain.stats import Entry, Indicator
from bot.domain.tip import WORDS_LIMIT, Status, Tip
from bot.ports import AuditRow, TipContent, UnitOfWork
from bot.services.announcing import Announcing
from bot.services.cards import Cards
from bot.services.commands import OwnStep, PressOwn, ShowOwnTips, StopReplies, Wipe
from bot.services.crediting import withdraw_decision
from bot.services.dialogue import Dialogue

MOST_TRIES = 10
"""Wrong receipt codes per chat and hour."""
MOST_DELETED = 100
"""Messages deleted with one call (Bot API, deleteMessages)."""


def plain_state(tip: Tip, *, today: date, is_slow: bool) -> PlainState:
    """Say a tip's state as its reporter may know it; a slow answer shows the end only from the next day on."""
    match tip.status:
        case Status.NEW | Status.CLAIMED:
            return PlainState.RECEIVED
        case Status.VERIFYING | Status.REOPENED:
            return PlainState.CHECKING
        case Status.CLOSED:
            is_known = not is_slow or (tip.closed_on is not None and tip.closed_on < today)
            return PlainState.DONE if is_known else PlainState.CHECKING
        case Status.WITHDRAWN:
            return PlainState.WITHDRAWN
        case _:
            assert_never(tip.status)


@dataclass(frozen=True, slots=True)
class OwnTips:
    """A citizen's dealings with tips already sent."""

    places: Gazetteer
    announcing: Announcing
    cards: Cards
    feedback_delay: timedelta
    """How much later than the fact a citizen learns that a tip was closed."""

    async def show(self, uow: UnitOfWork, command: ShowOwnTips) -> None:
        """Show one's tips, or the tip of a code typed with the command."""
        async with await Dialogue.open(uow, command) as talk:
            digits = ReceiptCode("".join(sign for sign in command.code if sign.isdigit()))
            if command.code.strip():
                await self.show_code(talk, digits)
                return
            lines = []
            for own in talk.conversation.tips:
                tip = await uow.tips.get(own.number)
                if tip is not None:
                    lines.append(await self._line(talk, own.handle, tip))
            if lines:
                await talk.say(OwnTipsScreen(tips=tuple(lines)))
            else:
                await talk.line("own-none")

    async def _line(self, talk: Dialogue, handle: Handle, tip: Tip) -> OwnTipLine:
        content = await talk.uow.tips.content(tip.number)
        return OwnTipLine(
            handle=handle,
            received=city_day(tip.received),
            state=self._state(talk, tip),
            category=tip.category,
            has_question=_open_question(content) is not None,
        )

    def _state(self, talk: Dialogue, tip: Tip) -> PlainState:
        return plain_state(tip, today=city_day(talk.uow.now), is_slow=self.feedback_delay > timedelta())

    async def show_code(self, talk: Dialogue, code: ReceiptCode) -> None:
        """Show the tip of a code, in any chat. Guessing is limited; a wrong code is counted against the chat."""
        if talk.conversation.code_tries >= MOST_TRIES:
            await talk.line(errors.TooManyTries.key)
            return
        number = await talk.uow.receipts.find(code)
        tip = await talk.uow.tips.get(number) if number else None
        if tip is None:
            talk.remember(code_tries=talk.conversation.code_tries + 1)
            await talk.line(errors.CodeUnknown.key)
            return
        handle = talk.conversation.handle_of(tip.number)
        if handle is None:
            handle = talk.uow.ids.handle()
            talk.remember(tips=(*talk.conversation.tips, OwnTip(handle=handle, number=tip.number)))
        await talk.card(f"own:{handle}", await self._card(talk, handle, tip), fresh=True)

    async def _card(self, talk: Dialogue, handle: Handle, tip: Tip, *, page: int = 0) -> OwnTipCard:
        content = await talk.uow.tips.content(tip.number)
        route = await talk.uow.tips.route(tip.number)
        return OwnTipCard(
            handle=handle,
            page=page,
            received=city_day(tip.received),
            state=self._state(talk, tip),
            category=tip.category,
            place=self.places.units[tip.unit].full_name,
            exchanges=content.exchanges if content else (),
            may_add=tip.is_open,
            may_withdraw=tip.is_open,
            may_stop=route == talk.command.chat,
        )

    async def press(self, uow: UnitOfWork, command: PressOwn) -> None:
        """Press a button about an own tip. Raises ButtonStale when the chat does not know the tip."""
        async with await Dialogue.open(uow, command) as talk:
            own = talk.conversation.tip(command.handle)
            tip = await uow.tips.get(own.number) if own else None
            if tip is None:
                raise errors.ButtonStale
            if command.step is not OwnStep.TURN:  # whoever reads a long question to its end may still answer it
                talk.remember(listening=None)
            await self._step(talk, command, tip)

    async def _step(self, talk: Dialogue, command: PressOwn, tip: Tip) -> None:
        handle = command.handle
        match command.step:
            case OwnStep.OPEN:
                await talk.card(f"own:{handle}", await self._card(talk, handle, tip), fresh=True)
            case OwnStep.BACK | OwnStep.TURN:
                await talk.card(f"own:{handle}", await self._card(talk, handle, tip, page=command.page))
            case OwnStep.READ:
                await self._read(talk, handle, tip)
            case OwnStep.LATER:
                await talk.replace(Line(key="own-later"))
            case OwnStep.ADD:
                _must_be_open(tip)
                talk.remember(listening=Listening(purpose=Purpose.ADD, handle=handle, tip=tip.number))
                await talk.line("own-add-write")
            case OwnStep.WITHDRAW:
                _must_be_open(tip)
                await talk.say(ConfirmOwn(what="withdraw", handle=handle))
            case OwnStep.WITHDRAW_SURE:
                await self._withdraw(talk, tip)
            case OwnStep.STOP:
                await talk.say(ConfirmOwn(what="stop", handle=handle))
            case OwnStep.STOP_SURE:
                await self._stop(talk, tip.number)
                await talk.replace(Line(key="own-stopped"))
            case _:
                assert_never(command.step)

    async def _read(self, talk: Dialogue, handle: Handle, tip: Tip) -> None:
        content = await talk.uow.tips.content(tip.number)
        question = _open_question(content)
        if question is None:
            await talk.replace(Line(key="own-nothing-new"))
            return
        if tip.is_open:
            talk.remember(listening=Listening(purpose=Purpose.ANSWER, handle=handle, tip=tip.number))
        await talk.replace(OfficerQuestion(handle=handle, text=question))

    async def take_words(self, talk: Dialogue, listening: Listening, text: str) -> bool:
        """Put an answer or more words to a tip, and say so; False when the tip takes no more."""
        talk.remember(listening=None)
        tip = await talk.uow.tips.get(listening.tip) if listening.tip else None
        if tip is None or not tip.is_open:
            await talk.line("own-over-words-kept-out")
            return False
        is_answer = listening.purpose is Purpose.ANSWER
        changed, event = tip.answer() if is_answer else tip.add()
        content = await talk.uow.tips.content(tip.number) or TipContent(words="")
        said = sum(len(each.text) for each in content.exchanges) + len(content.words)
        if said + len(text) > WORDS_LIMIT:
            await talk.line("own-full-words-kept-out")
            return False
        exchanges = (*content.exchanges, Exchange(by="reporter", text=text))
        await talk.uow.tips.set_content(tip.number, TipContent(words=content.words, exchanges=exchanges))
        await talk.uow.tips.save(changed)
        await talk.uow.audit.append(AuditRow(action=event, subject=f"tip {tip.number}", unit=tip.unit))
        await self.cards.refresh_claimers(talk.uow, changed)
        await self.announcing.announce(talk.uow, changed, "answered" if is_answer else "added")
        await talk.line("own-answered" if is_answer else "own-added")
        return True

    async def _withdraw(self, talk: Dialogue, tip: Tip) -> None:
        today = city_day(talk.uow.now)
        changed, event = tip.withdraw(on=today)
        await withdraw_decision(talk.uow, tip.number, on=today)
        await talk.uow.tips.save(changed)
        await talk.uow.rollups.add(Counter({Entry(tip.unit, today, Indicator.WITHDRAWN): 1}))
        await talk.uow.audit.append(AuditRow(action=event, subject=f"tip {tip.number}", unit=tip.unit))
        await self.cards.refresh_claimers(talk.uow, changed)
        await self.announcing.announce(talk.uow, changed, "withdrawn")
        await talk.replace(Line(key="own-withdrawn"))

    async def _stop(self, talk: Dialogue, number: TipNumber) -> None:
        if await talk.uow.tips.route(number) == talk.command.chat:
            await talk.uow.tips.set_route(number, None)

    async def stop(self, uow: UnitOfWork, command: StopReplies) -> None:
        """Cut the reply route of every own tip."""
        async with await Dialogue.open(uow, command) as talk:
            if not command.is_sure:
                await talk.say(ConfirmOwn(what="stop"))
                return
            for own in talk.conversation.tips:
                await self._stop(talk, own.number)
            talk.remember(listening=None)
            await talk.replace(Line(key="own-stopped"))

    async def wipe(self, uow: UnitOfWork, command: Wipe) -> None:
        """Delete what Telegram still lets a bot delete, forget the chat, and say what is left.

        The tips stay; their reply routes are cut, so that nothing new turns up in this chat. The codes still work.
        Raises OfficersLock: where an officer's cards stand must stay known.
        """
        async with await Dialogue.open(uow, command) as talk:
            if talk.officer is not None and talk.officer.is_active:
                raise errors.OfficersLock
            if not command.is_sure:
                await talk.say(ConfirmOwn(what="wipe"))
                return
            for own in talk.conversation.tips:
                await self._stop(talk, own.number)
            hour = hour_of(uow.now)
            messages = [each.message for each in talk.conversation.traces if hour - each.hour < DELETABLE_FOR]
            if command.message is not None and command.message not in messages:
                messages.append(command.message)
            talk.forget()
            await talk.line("wiped")
            for first in range(0, len(messages), MOST_DELETED):
                await uow.outbox.put(
                    Outgoing(
                        chat=command.chat,
                        language=talk.conversation.language,
                        urgency=Urgency.REPLY,
                        how=How.DELETE,
                        messages=tuple(messages[first : first + MOST_DELETED]),
                    )
                )


def _must_be_open(tip: Tip) -> None:
    if not tip.is_open:
        raise errors.TipIsOver


def _open_question(content: TipContent | None) -> str | None:
    """Give what officers said since the reporter's last word."""
    if content is None or not content.exchanges:
        return None
    asked: list[str] = []
    for each in content.exchanges:
        asked = [*asked, each.text] if each.by == "officer" else []
    return "\n".join(asked) or None
