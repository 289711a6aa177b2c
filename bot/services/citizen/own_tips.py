"""What a citizen can do with tips already sent: see their state, add, answer, withdraw, stop the replies to one.

States are plain and later than the fact; the code is the second key, for when the chat is gone.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import assert_never

from bot.domain import errors
from bot.domain.campaign.periods import city_day
from bot.domain.conversation import Listening, OwnTip, Purpose, own_tip_card
from bot.domain.ids import Handle, ReceiptCode
from bot.domain.places import Gazetteer
from bot.domain.screens.base import Exchange, Line
from bot.domain.screens.citizen import ConfirmOwn, OfficerQuestion, OwnTipCard, OwnTipLine, OwnTipList, PlainState
from bot.domain.tip import Status, Tip
from bot.ports import TipContent
from bot.services import counting
from bot.services.citizen.traces import cut_route
from bot.services.commands.citizen import OwnStep, PressOwn, ShowOwnTips
from bot.services.gentle_limits import CodeTries
from bot.services.notices import Notices
from bot.services.session import ChatSession
from bot.services.tip_changes import add_exchange


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
    notices: Notices
    feedback_delay: timedelta
    """How much later than the fact a citizen learns that a tip was closed."""
    tries: CodeTries = field(default_factory=CodeTries)

    async def show(self, session: ChatSession, command: ShowOwnTips) -> None:
        """Show one's tips, or the tip of a code typed with the command."""
        uow = session.uow
        digits = ReceiptCode("".join(sign for sign in command.code if sign.isdigit()))
        if command.code.strip():
            await self.show_code(session, digits)
            return
        lines = []
        for own in session.conversation.tips:
            tip = await uow.tips.get(own.number)
            if tip is not None:
                lines.append(await self._line(session, own.handle, tip))
        if lines:
            await session.say(OwnTipList(tips=tuple(lines)))
        else:
            await session.line("own-none")

    async def _line(self, session: ChatSession, handle: Handle, tip: Tip) -> OwnTipLine:
        content = await session.uow.tips.content(tip.number)
        return OwnTipLine(
            handle=handle,
            received=city_day(tip.received),
            state=self._state(session, tip),
            category=tip.category,
            has_question=_open_question(content) is not None,
        )

    def _state(self, session: ChatSession, tip: Tip) -> PlainState:
        return plain_state(tip, today=city_day(session.uow.now), is_slow=self.feedback_delay > timedelta())

    async def show_code(self, session: ChatSession, code: ReceiptCode) -> None:
        """Show the tip of a code, in any chat. Guessing is limited; a wrong code is counted against the chat."""
        chat, now = session.command.chat, session.uow.now
        wait = self.tries.wait(chat, now=now)
        if wait:
            await session.line(errors.TooManyTries.key, minutes=-(-wait // timedelta(minutes=1)))
            return
        tip = await self._find(session, code)
        if tip is None:
            self.tries.note_miss(chat, session.command.key, is_inside=False, now=now)
            await session.line(errors.CodeUnknown.key)
            return
        handle = session.conversation.handle_of(tip.number)
        if handle is None:
            handle = session.uow.ids.handle()
            session.remember(tips=(*session.conversation.tips, OwnTip(handle=handle, number=tip.number)))
        await session.card(own_tip_card(handle), await self._card(session, handle, tip), fresh=True)

    async def knows(self, session: ChatSession, code: ReceiptCode) -> bool:
        """Say whether a number within words is a code. That it is none costs no try, and is not asked without end."""
        chat, now = session.command.chat, session.uow.now
        if not self.tries.may_look_inside(chat, now=now):
            return False
        is_known = await self._find(session, code) is not None
        if not is_known:
            self.tries.note_miss(chat, session.command.key, is_inside=True, now=now)
        return is_known

    async def _find(self, session: ChatSession, code: ReceiptCode) -> Tip | None:
        number = await session.uow.receipts.find(code)
        return await session.uow.tips.get(number) if number else None

    async def _card(self, session: ChatSession, handle: Handle, tip: Tip, *, page: int = 0) -> OwnTipCard:
        content = await session.uow.tips.content(tip.number)
        route = await session.uow.tips.route(tip.number)
        await _note_reading(session, tip, content)
        state = self._state(session, tip)
        seems_open = state in {PlainState.RECEIVED, PlainState.CHECKING}  # buttons tell no more than the state does
        return OwnTipCard(
            handle=handle,
            page=page,
            received=city_day(tip.received),
            state=state,
            category=tip.category,
            place=self.places.units[tip.unit].full_name,
            exchanges=content.exchanges if content else (),
            may_add=seems_open,
            may_withdraw=seems_open,
            may_stop=route == session.command.chat,
        )

    async def press(self, session: ChatSession, command: PressOwn) -> None:
        """Press a button about an own tip. Raises ButtonStale when the chat does not know the tip."""
        uow = session.uow
        own = session.conversation.tip(command.handle)
        tip = await uow.tips.get(own.number) if own else None
        if tip is None:
            raise errors.ButtonStale
        if command.step is not OwnStep.TURN:  # whoever reads a long question to its end may still answer it
            session.remember(listening=None)
        await self._step(session, command, tip)

    async def _step(self, session: ChatSession, command: PressOwn, tip: Tip) -> None:
        handle = command.handle
        match command.step:
            case OwnStep.OPEN:
                await session.card(own_tip_card(handle), await self._card(session, handle, tip), fresh=True)
            case OwnStep.TURN:
                await session.card(own_tip_card(handle), await self._card(session, handle, tip, page=command.page))
            case OwnStep.READ:
                await self._read(session, handle, tip)
            case OwnStep.LATER:
                await session.replace(Line(key="own-later"))
            case OwnStep.ADD:
                _must_be_open(tip)
                session.remember(listening=Listening(purpose=Purpose.ADD, handle=handle, tip=tip.number))
                await session.line("own-add-write")
            case OwnStep.WITHDRAW:
                _must_be_open(tip)
                await session.say(ConfirmOwn(what="withdraw", handle=handle))
            case OwnStep.WITHDRAW_SURE:
                await self._withdraw(session, tip)
            case OwnStep.STOP:
                await session.say(ConfirmOwn(what="stop", handle=handle))
            case OwnStep.STOP_SURE:
                await cut_route(session, tip.number)
                await session.replace(Line(key="own-stopped"))
            case _:
                assert_never(command.step)

    async def _read(self, session: ChatSession, handle: Handle, tip: Tip) -> None:
        content = await session.uow.tips.content(tip.number)
        question = _open_question(content)
        await _note_reading(session, tip, content)
        if question is None:
            await session.replace(Line(key="own-nothing-new"))
            return
        if tip.is_open:
            session.remember(listening=Listening(purpose=Purpose.ANSWER, handle=handle, tip=tip.number))
        await session.replace(OfficerQuestion(handle=handle, text=question))

    async def take_words(self, session: ChatSession, listening: Listening, text: str) -> bool:
        """Put an answer or more words to a tip, and say so; False when the tip takes no more."""
        session.remember(listening=None)
        tip = await session.uow.tips.get(listening.tip) if listening.tip else None
        if tip is None or not tip.is_open:
            await session.line("own-over-words-kept-out")
            return False
        is_answer = listening.purpose is Purpose.ANSWER
        changed, event = tip.answer() if is_answer else tip.add()
        if not await add_exchange(session.uow, tip.number, Exchange(by="reporter", text=text)):
            await session.line("own-full-words-kept-out")
            return False
        changed = await self.notices.whose_work.store(session.uow, changed, event)
        await self.notices.announce(session.uow, changed, "answered" if is_answer else "added")
        await session.line("own-answered" if is_answer else "own-added")
        return True

    async def _withdraw(self, session: ChatSession, tip: Tip) -> None:
        today = city_day(session.uow.now)
        changed, event = tip.withdraw(on=today)
        await counting.withdrawn(session.uow, tip, changed, on=today)
        changed = await self.notices.whose_work.store(session.uow, changed, event)
        await self.notices.announce(session.uow, changed, "withdrawn")
        await session.replace(Line(key="own-withdrawn"))


async def _note_reading(session: ChatSession, tip: Tip, content: TipContent | None) -> None:
    """Let the next question have a sign of its own; whoever looks with the code elsewhere takes no sign away."""
    if content is None or content.unread_since is None:
        return
    if await session.uow.tips.route(tip.number) == session.command.chat:
        await session.uow.tips.set_content(tip.number, replace(content, unread_since=None))


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
