"""A person planted in every field of every kind of update that python-telegram-bot can read, found by looking at it.

Each field bears a mark of its own, so that what leaks is named. What people say in words bears another stem than what
says who they are: words reach officers, who a person is reaches nobody.
"""

import inspect
import sys
import types
import typing
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Literal, get_args, get_origin

import telegram
from telegram import Chat, InaccessibleMessage, Message, MessageEntity, TelegramObject, Update, User

CHAT, NUMBER, MESSAGE = 7_345_678_912_345, 8_123_456_789_012, 9_234_567_890_123
PLACE = 10.03456789123
PERSON, WORDS = "zqvkxj", "wqjzxk"
_SENT = datetime(2026, 11, 23, 2, 20, 41, tzinfo=UTC)
_SAID = f"Có trộm xe ở phường Cái Khế {WORDS}"
_FIXED: Mapping[tuple[type, str], object] = {
    (Chat, "type"): Chat.PRIVATE,
    (Chat, "id"): CHAT,
    (User, "id"): CHAT,
    (User, "is_bot"): False,
    (MessageEntity, "type"): MessageEntity.TEXT_LINK,
    (MessageEntity, "offset"): 0,
    (MessageEntity, "length"): 2,
}
"""What must be as it is for the bot to take an update at all, and whose it is."""
_WORDS = {"text", "caption", "url"}
_ALWAYS = {"message_id", "date", "chat", "from_user"}


@dataclass
class Planter:
    """Makes updates."""

    paths: list[str] = field(default_factory=list)
    """What each mark stands in, by its number."""
    planted: set[type] = field(default_factory=set)
    _turns: Counter[type] = field(default_factory=Counter)

    def updates(self) -> Iterator[dict[str, Any]]:
        """Give an update for each kind, for each field of a message, and for each shape that a field can have."""
        number = 800_000_000
        for kind, annotation in _fields(Update).items():
            if kind == "update_id":
                continue
            cls = _class_of(annotation)
            for chosen in self._choices(cls, kind):
                number += 1
                planted = self._object(cls, kind, chosen=chosen)
                yield Update(number, **{kind: planted}, api_kwargs={"of_tomorrow": self._mark(kind)}).to_dict()

    def _choices(self, cls: type, kind: str) -> Iterator[set[str] | None]:
        if cls is not Message:
            yield from [None] * 4
            return
        for name in _fields(Message).keys() - _ALWAYS:
            yield {*_ALWAYS, name, "text", "entities"}
            if kind == "message":
                yield {*_ALWAYS, name}
        for _ in range(12 if kind == "message" else 0):  # shapes within shapes take more turns
            missing = reachable() - self.planted
            yield from ({*_ALWAYS, name} for name in _fields(Message) if missing & _below(_fields(Message)[name]))
        yield {*_ALWAYS, "text", "entities", "reply_to_message", "quote", "external_reply", "forward_origin"}

    def _object(self, cls: type, path: str, *, chosen: set[str] | None = None, within: tuple[type, ...] = ()) -> Any:
        cls = self._shape(cls, within)
        self.planted.add(cls)
        if cls is Message and chosen is None:  # one within another thing has one field more each time
            names = sorted(_fields(Message).keys() - _ALWAYS)
            chosen = {*_ALWAYS, "text", "entities", names[self._turns.total() % len(names)]}
        values = {
            name: _FIXED.get((cls, name), self._value(annotation, f"{path}.{name}", (*within, cls)))
            for name, annotation in _fields(cls).items()
            if (chosen is None or name in chosen)
            and (_is_needed(cls, name) or not self._is_deep(annotation, (*within, cls)))
        }
        return cls(**values, api_kwargs={"of_tomorrow": self._mark(path)})

    def _shape(self, cls: type, within: tuple[type, ...]) -> type:
        """Choose in turn among the shapes of what comes in several."""
        shapes = _shapes(cls)
        if Message in within and Message in shapes:
            return InaccessibleMessage
        if not shapes:
            return cls
        self._turns[cls] += 1
        return shapes[self._turns[cls] % len(shapes)]

    @staticmethod
    def _is_deep(annotation: Any, within: tuple[type, ...]) -> bool:
        cls = _class_of(annotation)
        return issubclass(cls, TelegramObject) and (within.count(cls) > (cls is Message) or len(within) > 5)

    def _value(self, annotation: Any, path: str, within: tuple[type, ...]) -> Any:
        if get_origin(annotation) in {typing.Union, types.UnionType}:
            kinds = [each for each in get_args(annotation) if each is not types.NoneType]
            return self._value(int if int in kinds else kinds[0], path, within)
        if get_origin(annotation) is Literal:
            return get_args(annotation)[0]
        if isinstance(get_origin(annotation), type) and issubclass(get_origin(annotation), Sequence):
            return [self._value(get_args(annotation)[0], path, within)]
        if isinstance(annotation, type) and issubclass(annotation, TelegramObject):
            return self._object(annotation, path, within=within)
        name = path.rpartition(".")[2]
        if annotation is str:
            return f"{_SAID}{self._mark(path)[len(PERSON) :]}" if name in _WORDS else self._mark(path)
        plain = {int: MESSAGE if name == "message_id" else NUMBER, bool: True, float: PLACE, datetime: _SENT}
        return plain.get(annotation, timedelta(seconds=7) if annotation is timedelta else self._mark(path))

    def _mark(self, path: str) -> str:
        self.paths.append(path)
        return f"{PERSON}{len(self.paths) - 1}"


@cache
def _fields(cls: Any) -> dict[str, Any]:
    """Give what a class is made of, by the names of its constructor."""
    module = vars(sys.modules[cls.__module__])
    hints = typing.get_type_hints(cls.__init__, module, {**vars(telegram), **module})
    names = [name for name in inspect.signature(cls).parameters if name != "api_kwargs"]
    return {name: hints[name] for name in names if name in hints}


@cache
def _is_needed(cls: type, name: str) -> bool:
    return inspect.signature(cls).parameters[name].default is inspect.Parameter.empty


def _class_of(annotation: Any) -> type:
    """Give the class within an annotation that may be optional, or many."""
    while get_args(annotation):
        kinds = [each for each in get_args(annotation) if each is not types.NoneType]
        annotation = kinds[0]
    return annotation if isinstance(annotation, type) else str


def forms(number: int) -> set[bytes]:
    """Give the bytes that a number may be stored as: digits, whole numbers of any width and order, a varint."""
    digits = [(number >> shift) & 0x7F for shift in range(0, 63, 7)]
    while not digits[-1]:
        digits.pop()
    little = bytes(each | 0x80 for each in digits[:-1]) + bytes(digits[-1:])
    big = bytes(each | 0x80 for each in reversed(digits[1:])) + bytes(digits[:1])
    whole = {number.to_bytes(width, order) for width in (6, 8) for order in ("big", "little")}
    return whole | {little, big, str(number).encode(), f"{number:x}".encode()}


@cache
def reachable() -> frozenset[type]:
    """Name every shape of everything that an update can hold."""
    return frozenset[type]().union(*(_below(each) for each in _fields(Update).values()))


@cache
def _below(annotation: Any) -> frozenset[type]:
    found, ahead = set[type](), [_class_of(annotation)]
    while ahead:
        cls: Any = ahead.pop()
        if cls in found or not issubclass(cls, TelegramObject):
            continue
        if (shapes := _shapes(cls)) and cls is not Message:
            ahead += shapes
        else:
            found.add(cls)
            ahead += [_class_of(each) for each in _fields(cls).values()]
    return frozenset(found)


def _shapes(cls: Any) -> list[type]:
    """Name what a thing can come as, when it comes in several shapes."""
    known = vars(telegram)
    return [] if cls in {Chat, User} else [each for each in cls.__subclasses__() if each.__name__ in known]
