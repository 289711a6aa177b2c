"""What a story can do: bring people on, let them write and press, let time go by."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.transcripts.house import House, open_house
from tests.transcripts.phones import KINDS, Phone, Telegram
from tests.transcripts.record import Record

Story = Callable[["Town"], Awaitable[None]]

_UNHURRIED: set[Story] = set()
_CODE = re.compile(r"(?:\d{4} ){3}\d{4}")
_LINK = re.compile(r"start=([\w-]+)")
_NUMBER = re.compile(r"<b>(\d+)</b>")


def unhurried(story: Story) -> Story:
    """Let everything in a story wait as long as it does for people."""
    _UNHURRIED.add(story)
    return story


@dataclass
class Town:
    """The place a story plays in."""

    house: House
    telegram: Telegram
    record: Record
    keys: set[str]
    """Texts that a recorded step has shown."""

    def citizen(self, name: str) -> "Person":
        """Bring someone on."""
        return Person(self, self.telegram.person(name))

    async def officer(self, name: str, unit: str = "31120", role: str = "officer") -> "Person":
        """Bring someone of the force on, let in from the command line."""
        self.record.did(f"({name}: {role}, {unit})")
        person = self.citizen(name)
        with self.unrecorded():
            await person.start(await self.house.invite(role, unit))
            await self.confirmed(person.number)
        return person

    async def invited(self, role: str, unit: str = "92") -> str:
        """Invite someone from the command line; gives what the link carries."""
        self.record.did(f"(an invitation from the server: {role}, {unit})")
        carried = await self.house.invite(role, unit)
        self.record.invitation(carried)
        return carried

    async def confirmed(self, number: int) -> None:
        """Let someone in from the command line."""
        self.record.did(f"(confirmed from the server: {number})")
        await self.house.confirm(number)
        self._step_over()

    async def greet(self) -> None:
        """Let the bot say what it says to Telegram at its start."""
        self.record.did("(the bot starts)")
        await self.house.greet()
        self._step_over()

    async def wait(self, **span: float) -> None:
        """Let time go by."""
        await self.house.let_pass(**span)
        self.record.moment(self.house.clock.now())
        self._step_over()

    async def receive(self, what: str, update: dict[str, object], *, fails: int = 0) -> None:
        """Let an update come in."""
        self.record.did(what)
        await (self.house.receive_broken(update, tries=fails) if fails else self.house.receive(update))
        if self.telegram.waiting:
            raise AssertionError("a press was not answered", what)
        self._step_over()

    @contextmanager
    def unrecorded(self) -> Iterator[None]:
        """Let things happen that another story tells."""
        before, self.record.is_muted = self.record.is_muted, True
        try:
            yield
        finally:
            self.record.is_muted = before

    def _step_over(self) -> None:
        if not self.record.is_muted:
            self.keys |= self.house.noted
        self.house.noted.clear()
        self.record.step_over()


@dataclass
class Person:
    """Someone with a phone."""

    town: Town
    phone: Phone
    last: dict[str, object] = field(default_factory=dict)

    async def start(self, payload: str = "") -> None:
        """Open the chat, perhaps by a link."""
        await self.write(f"/start {payload}".strip())

    async def write(self, text: str) -> None:
        """Write a text or a command."""
        await self._does(f"writes: {text}", self.town.telegram.words(self.phone, text))

    async def has_reported(self, text: str) -> None:
        """Have sent a tip whose place is clear, before the story goes on."""
        self.town.record.did(f"({self.phone.name} has reported: {text})")
        with self.town.unrecorded():
            await self.write(text)
            await self.press("Gửi tin")

    async def press(self, label: str) -> None:
        """Press the newest button with this label."""
        button = self.phone.button(label)
        update = self.town.telegram.press(self.phone, button.message, button.data)
        await self._does(f"presses [{label}]", update)

    async def press_late(self, label: str) -> None:
        """Press a button that was shown, and went while the finger came down."""
        button = self.phone.button(label, is_gone=True)
        update = self.town.telegram.press(self.phone, button.message, button.data)
        await self._does(f"presses [{label}], which is gone", update)

    async def forge(self, data: str) -> None:
        """Press a button that the bot never showed."""
        update = self.town.telegram.press(self.phone, max(self.phone.standing), data)
        await self._does("presses a forged button", update)

    async def send(self, kind: str) -> None:
        """Send what is no text."""
        await self._does(f"sends: {kind}", self.town.telegram.message(self.phone, KINDS[kind]))

    async def edit(self, text: str) -> None:
        """Edit the last message."""
        await self._does(f"edits the last message: {text}", self.town.telegram.edited(self.phone, text))

    async def share(self, latitude: float, longitude: float) -> None:
        """Share a location."""
        place = {"location": {"latitude": latitude, "longitude": longitude}}
        await self._does(f"shares a location: {latitude}, {longitude}", self.town.telegram.message(self.phone, place))

    async def send_broken(self, *, tries: int = 1) -> None:
        """Send what nobody can read."""
        broken = {"text": "Có trộm ở phường Cái Khế", "date": "yesterday"}
        update = self.town.telegram.message(self.phone, broken)
        await self.town.receive(f"{self.phone.name} sends an update without a date", update, fails=tries)

    async def again(self) -> None:
        """Let the last update come a second time, as it does when its acknowledgement was lost."""
        await self.town.receive("(the same update comes again)", self.last)

    async def block(self) -> None:
        """Block the bot."""
        self.phone.is_blocking = True
        await self._does("blocks the bot", self.town.telegram.blocked(self.phone))

    async def unblock(self) -> None:
        """Let the bot write again."""
        self.phone.is_blocking = False
        await self._does("lets the bot write again", self.town.telegram.blocked(self.phone))

    def delete(self, label: str) -> None:
        """Delete the message with a button."""
        self.town.record.did(f"{self.phone.name} deletes the message with [{label}]")
        del self.phone.standing[self.phone.button(label).message]

    @property
    def code(self) -> str:
        """The newest receipt code on the screen, as people copy it."""
        return self._read(_CODE)

    @property
    def link(self) -> str:
        """What the newest invitation on the screen carries."""
        return self._read(_LINK)

    @property
    def number(self) -> int:
        """The number the person was told when joining."""
        return int(self._read(_NUMBER))

    def _read(self, pattern: "re.Pattern[str]") -> str:
        texts = [str(self.phone.standing[number]["text"]) for number in sorted(self.phone.standing, reverse=True)]
        found = next(filter(None, map(pattern.search, texts)))
        return found[1] if pattern.groups else found[0]

    async def _does(self, what: str, update: dict[str, object]) -> None:
        self.last = update
        await self.town.receive(f"{self.phone.name} {what}", update)


@dataclass(frozen=True)
class Played:
    """A story that was played."""

    text: str
    keys: frozenset[str]


@asynccontextmanager
async def open_town(title: str, folder: Path, *, is_hurried: bool = True) -> AsyncIterator[Town]:
    """Open a town in an empty folder. When it is hurried, nothing waits but the message of a tip's end."""
    record = Record(title)
    telegram = Telegram(record.called)
    async with open_house(folder, telegram.answer, is_hurried=is_hurried) as house:
        record.moment(house.clock.now())
        yield Town(house, telegram, record, set())


async def play(story: Story, folder: Path) -> Played:
    """Play a story in an empty folder."""
    title = (story.__doc__ or "").strip()
    async with open_town(title, folder, is_hurried=story not in _UNHURRIED) as town:
        await story(town)
    return Played(town.record.text(), frozenset(town.keys))
