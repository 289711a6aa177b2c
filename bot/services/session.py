"""One chat within one unit of work: what is said is queued, what is remembered is stored when the dialogue ends.

Every answer to a person goes through here, so that three things cannot be forgotten: officers' messages are
protected, citizens' messages are traced for wiping, and a pressed button stops spinning.
"""

from types import TracebackType
from typing import Self

from bot.domain import errors
from bot.domain.campaign.periods import hour_of, is_night
from bot.domain.conversation import Conversation, Language, Listening, Purpose, card_at, is_of_a_tip, place_name
from bot.domain.errors import Refusal
from bot.domain.ids import CardName, CaseNumber, ChatId, MessageId, TipNumber
from bot.domain.outgoing import FOLDED, Answer, EditCard, FreshCard, Send, Urgency
from bot.domain.roles import Action, Officer
from bot.domain.screens import AnyScreen
from bot.domain.screens.base import Line
from bot.domain.screens.people import InviteLink
from bot.domain.tip import Channel
from bot.ports import Contact, Keyed, UnitOfWork
from bot.services.commands.base import Command


class ChatSession:
    """A chat with a citizen or an officer; use it as an asynchronous context manager."""

    def __init__(self, uow: UnitOfWork, command: Command, conversation: Conversation, officer: Officer | None) -> None:
        self.uow = uow
        self.command = command
        self.conversation = conversation
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
        known = await uow.conversations.get(command.chat)
        conversation = known or Conversation(chat=command.chat, touched=hour)
        if conversation.touched != hour:
            conversation = conversation.but(touched=hour)
        if officer is None and command.message is not None:
            conversation = conversation.trace(command.message, hour=hour)
        session = cls(uow, command, conversation, officer)
        if officer is not None and not command.is_late:
            session.awaited = conversation.listening
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
                traced=self.officer is None and not self._is_forgotten,
                wipes=wipes or self._is_forgotten,
            )
        )

    async def line(self, key: str, **values: str | int) -> None:
        """Answer with one text."""
        await self.say(Line(key=key, values=values))

    async def card(self, name: CardName, screen: AnyScreen, *, fresh: bool = False) -> None:
        """Show a card: where its button was pressed, or at the end of the chat when asked for anew."""
        if self.command.callback is not None and self.command.message is not None and not fresh:
            self._place(name, self.command.message)
        await self._put_card(FreshCard if fresh else EditCard, name, screen)

    async def replace(self, screen: AnyScreen) -> None:
        """Put a screen where the pressed button was, and forget which card stood there; without a button, say it."""
        if self.command.callback is None or self.command.message is None:
            await self.say(screen)
            return
        name = card_at(self.command.message)
        self._place(name, self.command.message)
        await self._put_card(EditCard, name, screen)

    def popup(self, key: str, **values: str | int) -> None:
        """Show a text over the chat when the pressed button stops spinning."""
        self._popup = Line(key=key, values=values)

    def forget(self) -> None:
        """Let the chat's memory die when the dialogue ends; what is said from here on is all that is still said."""
        self._is_forgotten = True

    def _place(self, name: CardName, message: MessageId) -> None:
        cards = {each: at for each, at in self.conversation.cards.items() if at != message}
        elsewhere = cards.get(name)
        if elsewhere is not None and self.officer is not None:  # the words there must still be found, to be folded
            cards[place_name(name, elsewhere)] = elsewhere
        self.remember(cards={**cards, name: message})

    async def fold_cards(self) -> None:
        """Replace every card about a tip, wherever it stands, by a line that says nothing."""
        for name, at in self.conversation.cards.items():
            if is_of_a_tip(name):
                await self._put_card(EditCard, name, FOLDED, at=at)

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
                traced=self.officer is None,
            )
        )

    def _protects(self, screen: AnyScreen) -> bool:
        """Say whether a screen may not be passed on: nothing officers see may, but a link that is made for it."""
        return self.officer is not None and not isinstance(screen, InviteLink)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            return
        if self._is_forgotten:
            await self.uow.conversations.delete(self.command.chat)
        else:
            await self.uow.conversations.put(self.conversation)
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
