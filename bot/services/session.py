"""One chat within one unit of work: what is said is queued, what is remembered is stored when the dialogue ends.

Every answer to a person goes through here, so that three things cannot be forgotten: officers' messages are
protected, citizens' messages are traced for wiping, and a pressed button stops spinning.
"""

from types import TracebackType
from typing import Self

from bot.domain import errors
from bot.domain.campaign.periods import hour_of, is_night
from bot.domain.conversation import Conversation, Language, Listening, Purpose, Trace, card_at, tip_of
from bot.domain.errors import Refusal
from bot.domain.ids import CardName, CaseNumber, ChatId, MessageId, TipNumber
from bot.domain.outgoing import FOLDED, Answer, EditCard, FreshCard, Send, Urgency, cover
from bot.domain.roles import Action, Officer, Role
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Line
from bot.domain.screens.officer import TipCard
from bot.domain.screens.people import InviteLink
from bot.domain.tip import Channel
from bot.ports import Contact, Keyed, UnitOfWork
from bot.services.commands.base import Command


class ChatSession:
    """A chat with a citizen or an officer; use it as an asynchronous context manager."""

    def __init__(self, uow: UnitOfWork, command: Command, known: Conversation | None, officer: Officer | None) -> None:
        self.uow = uow
        self.command = command
        self._known = known
        self.conversation = known or Conversation(chat=command.chat, touched=hour_of(uow.now))
        self.officer = officer
        self.awaited: Listening | None = None
        """What this officer was asked to write: whatever they do now is the text itself, or ends the waiting."""
        self.left_out = command.left_out
        """Something could not be taken, and nobody has said so yet."""
        self._popup: Line | None = None
        self._is_forgotten = False

    @classmethod
    async def open(cls, uow: UnitOfWork, command: Command) -> Self:
        """Find out who is talking and what their chat remembers."""
        officer = await uow.officers.by_chat(command.actor)
        hour = hour_of(uow.now)
        session = cls(uow, command, await uow.conversations.get(command.chat), officer)
        if session.conversation.touched != hour:
            session.remember(touched=hour, heard=0)
        if not session.is_of_the_force and command.message is not None and command.callback is None:
            heard = Trace(message=command.message, hour=hour, is_own=False)
            number = session.conversation.heard
            session.remember(heard=await uow.conversations.add_trace(command.chat, heard, number=number))
        if officer is not None and not command.is_late:
            session.awaited = session.conversation.listening
            session.remember(listening=None)
        return session

    def require(self, action: Action) -> None:
        """Go on only for whoever may do this. Raises NotEnrolled or NotAllowed."""
        if not self.is_of_the_force:
            raise errors.NotEnrolled
        if not self.me.may(action):
            raise errors.NotAllowed

    @property
    def is_of_the_force(self) -> bool:
        """Say whether an officer talks whose role is active."""
        return self.officer is not None and self.officer.is_active

    @property
    def me(self) -> Officer:
        """The officer in this dialogue."""
        if self.officer is None:
            raise errors.NotEnrolled
        return self.officer

    def remember(self, **changes: object) -> None:
        """Change what the chat remembers."""
        self.conversation = self.conversation.but(**changes)

    def listen_for(
        self,
        purpose: Purpose,
        *,
        tip: TipNumber | None = None,
        case: CaseNumber | None = None,
        channel: Channel | None = None,
    ) -> None:
        """Take the officer's next text for this, if it comes in time and before anything else."""
        self.remember(listening=Listening(purpose=purpose, tip=tip, case=case, channel=channel, since=self.uow.now))

    async def say(self, screen: AnyScreen, *, wipes: bool = False) -> None:
        """Answer with a new message; `wipes` as `Send` has it."""
        await self.uow.outbox.put(
            Send(
                chat=self.command.chat,
                language=self.conversation.language,
                urgency=Urgency.REPLY,
                screen=screen,
                protect=self._protects(screen),
                traced=not self.is_of_the_force and not self._is_forgotten,
                wipes=wipes or self._is_forgotten,
            )
        )

    async def line(self, key: str, **values: str | int) -> None:
        """Answer with one text."""
        await self.say(Line(key=key, values=values))

    @property
    def _pressed(self) -> MessageId | None:
        """The bot's message below which a button was pressed."""
        return self.command.message if self.command.callback is not None else None

    async def card(self, name: CardName, screen: AnyScreen, *, fresh: bool = False) -> None:
        """Show a card: where its button was pressed, or at the end of the chat when asked for anew."""
        at = None if fresh else self._pressed
        tip = tip_of(name)
        if tip is None:
            await self._moved(name, at)
        elif isinstance(screen, TipCard) and screen.folded:
            at = await self._folded(tip, at)
        else:
            self.conversation = self.conversation.opened(tip, at)
        await self._put_card(FreshCard if fresh else EditCard, name, screen, at=at)

    async def replace(self, screen: AnyScreen) -> None:
        """Put a screen where the pressed button was, in place of what stood there; without a button, say it."""
        at = self._pressed
        if at is None:
            await self.say(screen)
            return
        self.conversation = self.conversation.covered(at)
        await self._let_go(Trace(message=at, hour=None, is_own=True))
        await self._put_card(EditCard, card_at(at), screen, at=at)

    def popup(self, key: str, **values: str | int) -> None:
        """Show a text over the chat when the pressed button stops spinning."""
        self._popup = Line(key=key, values=values)

    def forget(self) -> None:
        """Store nothing of the chat when the dialogue ends; what is said from here on is all that is still said."""
        self._is_forgotten = True

    async def fold_cards(self) -> None:
        """Replace every card of a tip that stands open, wherever it does, by a line that says nothing.

        One that is on its way is folded when it lands: it is not among those that may be shown any more.
        """
        for tip in self.conversation.open_cards:
            self.conversation = self.conversation.folded(tip)
        for at in self.conversation.folding:
            await self._cover(at)

    async def _folded(self, tip: TipNumber, at: MessageId | None) -> MessageId | None:
        """Fold a tip's card wherever it stands; gives the message to be folded with what is shown now."""
        at = at or self.conversation.newest_open(tip)
        for copy in self.conversation.open_cards.get(tip, ()):
            if copy != at:
                await self._cover(copy)
        self.conversation = self.conversation.folded(tip)
        if at is not None and at not in self.conversation.folding:
            self.conversation = self.conversation.covered(at)
        return at

    async def _cover(self, at: MessageId) -> None:
        language = self.conversation.language
        await self.uow.outbox.put(cover(self.command.chat, at, screen=FOLDED, language=language))

    async def _moved(self, name: CardName, at: MessageId | None) -> None:
        """Store that a card stands where its button was pressed, unless that is known."""
        if at is None:
            return
        self.conversation = self.conversation.covered(at)
        before = await self.uow.conversations.place(self.command.chat, name)
        if before is not None and before.message == at:
            return
        if before is not None:
            await self._let_go(before)
        place = Trace(message=at, hour=None, is_own=True)
        await self.uow.conversations.put_place(self.command.chat, name, place)

    async def _let_go(self, place: Trace) -> None:
        """Keep a message that is no card, or none any more, among those that go when a citizen wipes the chat."""
        if not self.is_of_the_force:
            number = self.conversation.said
            said = await self.uow.conversations.add_trace(self.command.chat, place, number=number)
            self.remember(said=said)

    async def _store(self) -> None:
        """Store what the chat remembers, if it changed, and let go of the cards whose matter it has forgotten."""
        chat, books = self.command.chat, self.uow.conversations
        before = self._known.card_names if self._known else frozenset()
        for name in sorted(before - self.conversation.card_names):
            place = await books.place(chat, name)
            if place is not None:
                await books.drop_place(chat, name)
                await self._let_go(place)
        if self.conversation != self._known:
            await books.put(self.conversation)

    async def _put_card(
        self, kind: type[EditCard | FreshCard], name: CardName, screen: AnyScreen, *, at: MessageId | None = None
    ) -> None:
        await self.uow.outbox.put(
            kind(
                chat=self.command.chat,
                language=self.conversation.language,
                urgency=Urgency.REPLY,
                screen=screen,
                card=name,
                at=at,
                protect=self._protects(screen),
                traced=not self.is_of_the_force,
            )
        )

    def _protects(self, screen: AnyScreen) -> bool:
        """Say whether a screen may not be passed on: nothing officers see may, but a link that is made for it."""
        return self.is_of_the_force and not isinstance(screen, InviteLink)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            return
        if not self._is_forgotten:
            await self._store()
        await stop_spinning(self.uow, self.command, self.conversation.language, self._popup)


async def stop_spinning(uow: UnitOfWork, command: Command, language: Language, popup: Line | None = None) -> None:
    """Answer a pressed button, if the command was one."""
    if command.callback is not None:
        await uow.outbox.put(Answer(chat=command.chat, language=language, callback=command.callback, screen=popup))


async def answer_refusal(uow: UnitOfWork, command: Keyed, refusal: Refusal) -> None:
    """Tell the person why: over the chat when a button was pressed, else as a message. Runs after the roll-back.

    A command that came with no update has no chat to answer in: whoever ran it is given the refusal itself.
    """
    if not isinstance(command, Command) or command.key is None:
        return
    session = await ChatSession.open(uow, command)
    async with session:
        if command.callback is not None:
            session.popup(refusal.key, **refusal.values)
        else:
            await session.line(refusal.key, **refusal.values)


async def language_of(uow: UnitOfWork, chat: ChatId) -> Language:
    """Tell which language a chat speaks."""
    conversation = await uow.conversations.get(chat)
    return conversation.language if conversation else Language.VI


async def write_to_admins(uow: UnitOfWork, line: Line, *, rings: bool = False) -> None:
    """Queue a line to every admin."""
    for admin in await uow.officers.with_role(Role.ADMIN):
        await write_to_officer(uow, admin, line, urgency=Urgency.NOTICE, rings=rings)


async def write_to_officer(
    uow: UnitOfWork, contact: Contact, screen: AnyScreen, *, urgency: Urgency, rings: bool = False
) -> None:
    """Queue a message to an officer who did not just ask for it; at night the phone stays still, unless it `rings`."""
    await uow.outbox.put(
        Send(
            chat=contact.chat,
            language=await language_of(uow, contact.chat),
            urgency=urgency,
            screen=screen,
            protect=True,
            silent=is_night(uow.now) and not rings,
        )
    )
