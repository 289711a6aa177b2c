"""What an officer may write to a citizen: no way out of the chat, and no question who or where the citizen is.

The second is a rule of grammar, for a list of words would refuse most good questions. "Tên gì", "ở đâu", "số mấy" ask
about whoever stands before or behind them: refused when that is the person spoken to (a second-person word, with
nothing between but words like "đang", "có", "cho biết"), or when something is asked for and nobody else is named
("cho xin số"). "Nó tên gì", "tên quán", "anh Bảy ở đâu" are about others and pass. A word typed without its marks is
read as any word it can be. It guards against habit and haste; whoever means to get round it can.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from bot.domain.text import asking_words as lexicon
from bot.domain.text.asking_words import Phrases, Word

REACH = 12
"""Words looked at before what is asked, to find about whom."""
_QUOTED = 60
"""Characters of what was found that are said back."""
_SPELLED_OUT = 8
"""Digits in words that make a telephone number."""

_WORD = re.compile(r"[^\W_]+|[.?!;,\n]")
_ENDS = frozenset(".?!;\n")
_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b")
_NUMBER = re.compile(r"\+?\d(?:[ .()-]{0,2}+\d){7,14}+")
_PHONE = re.compile(r"0\d{8,10}|84\d{9}|1[89]00\d{4,6}")
_NOT_DIGIT = re.compile(r"\D")
_ADDRESS = re.compile(r"@\s?[^\W_]|\ba\s(?:còng|cong)\b")
_ZONES = "com|net|org|vn|info|biz|xyz|top|site|online|shop|store|app|link|club|live|pro|vip|asia|mobi|edu|gov|dev|io|cc"
_LINK = re.compile(
    r"\b(?:https?|tg):|\bwww\b|\b(?:t|m|zalo|bit|goo|youtu|g)\s?\.\s?(?:me|ly|gl|be|co)\b|"
    rf"[^\W_](?:\s?\.|\s?[(\[](?:\.|dot|chấm|cham)[)\]]\s?|\s(?:dot|chấm|cham)\s)(?:{_ZONES})\b|"
    r"[^\W_]\.[a-z]{2,12}/[^\W_]|\b\d{1,3}(?:\.\d{1,3}){3}[:/]"
)


_BY_FIRST: dict[str, list[Phrases]] = {}
for _each in vars(lexicon).values():
    if isinstance(_each, Phrases):
        for _first in _each.firsts:
            _BY_FIRST.setdefault(_first, []).append(_each)
_CALLS = (lexicon.SHARE_PLACE, lexicon.REACH_OUT)
_VISITS = (lexicon.MEET, lexicon.MEETS, lexicon.COME)


class Objection(StrEnum):
    """Why words do not go to a citizen."""

    LEADS_OUT = "leads_out"  # a page, an address, a number, a meeting: outside of this chat a citizen is known
    ASKS_WHO = "asks_who"  # asks who or where the citizen is


@dataclass(frozen=True, slots=True)
class Objectionable:
    """What was found, and where."""

    objection: Objection
    words: str


def objectionable(text: str) -> Objectionable | None:
    """Find the first words that an officer may not write to a citizen; `text` is clean."""
    plain = normalize("NFKC", text).casefold()
    if found := _LINK.search(plain) or _ADDRESS.search(plain):
        start = plain.rfind(" ", max(0, found.start() - _QUOTED), found.start()) + 1
        return Objectionable(Objection.LEADS_OUT, plain[start : found.end()][:_QUOTED])
    for number in _NUMBER.finditer(_DATE.sub(", ", plain)):
        if _PHONE.fullmatch(_NOT_DIGIT.sub("", number[0])):
            return Objectionable(Objection.LEADS_OUT, number[0])
    for sentence in _sentences(plain):
        if found_in := sentence.objectionable():
            return found_in
    return None


def _sentences(plain: str) -> list["_Sentence"]:
    sentences: list[_Sentence] = []
    words: list[re.Match[str]] = []
    for word in _WORD.finditer(plain):
        if word[0] not in _ENDS:
            words.append(word)
        elif words:
            sentences.append(_Sentence(plain, words))
            words = []
    return [*sentences, _Sentence(plain, words)] if words else sentences


class _Sentence:
    """One sentence, as words that are compared with those of the lexicon."""

    def __init__(self, text: str, words: Sequence[re.Match[str]]) -> None:
        self._text = text
        self._at = words
        self._words = [Word.of(each[0]) for each in words]
        self._is_marked = any(not each.is_bare for each in self._words)
        self._here = [
            {each: length for each in _BY_FIRST.get(word.bare, ()) if (length := each.length_at(self._words, at))}
            for at, word in enumerate(self._words)
        ]
        """Which phrases begin at each word, and how many words each takes."""

    def objectionable(self) -> Objectionable | None:
        """Find what may not be asked."""
        digits = 0
        for at in range(len(self._words)):
            digits = digits + 1 if self._is(lexicon.DIGITS, at) else 0
            if digits >= _SPELLED_OUT:
                return self._found(Objection.LEADS_OUT, at - digits + 1, at + 1)
            if self._here[at] and (
                found := self._thing(at) or self._question(at) or self._contact(at) or self._meeting(at)
            ):
                return found
        return None

    def _found(self, objection: Objection, start: int, end: int) -> Objectionable:
        words = self._text[self._at[max(start, 0)].start() : self._at[min(end, len(self._at)) - 1].end()]
        return Objectionable(objection, words[:_QUOTED])

    def _length(self, phrases: Phrases, at: int) -> int:
        """Give how many words from here are a phrase of these; 0: none."""
        return self._here[at].get(phrases, 0) if 0 <= at < len(self._here) else 0

    def _is(self, phrases: Phrases, at: int) -> bool:
        return 0 <= at < len(self._here) and phrases in self._here[at]

    def _is_comma(self, at: int) -> bool:
        return self._at[at][0] == ","

    def _ends(self, at: int) -> bool:
        """Say whether nobody is named from here on: the sentence is over, or goes on with a word of no content."""
        return at >= len(self._words) or self._is_comma(at) or self._is(lexicon.END, at) or self._is(lexicon.THINGS, at)

    def _is_you(self, at: int) -> bool:
        """Say whether a word speaks to the reader: not "thằng em", "mấy anh", and in a marked text not "ban"."""
        if not self._is(lexicon.YOU, at) or (self._is_marked and not self._is(lexicon.YOU_AS_WRITTEN, at)):
            return False
        before = at - 1
        while before >= 0 and at - before < REACH and self._is(lexicon.YOU, before):
            before -= 1
        if not self._is_marked and self._is(lexicon.DOUBTFUL_YOU, at) and before >= 0:
            return self._is(lexicon.BEFORE_YOU, before) or self._is_comma(before)
        return not self._is(lexicon.OF_OTHERS, before)

    def _is_you_as_owner(self, at: int) -> bool:
        """Say whether the reader is named here and nobody else: not "anh Bảy", "ông chủ", "chị ấy"."""
        end = at + 1
        while end < len(self._words) and end - at < REACH and self._is(lexicon.YOU, end):
            end += 1
        return self._is_you(at) and self._ends(end)

    def _about(self, at: int) -> tuple[str, int]:
        """Read backwards about whom something is asked: "you", "asked for", "nobody", "another" or "not needed"."""
        is_asked_for = False
        for each in range(at - 1, max(at - 1 - REACH, -1), -1):
            if self._is(lexicon.NOT_NEEDED, each) or self._is(lexicon.NOT_NEEDED, each - 1):
                return "not needed", each
            if self._is_you(each):
                if self._is(lexicon.THREATENED, each - 1) and not self._is(lexicon.LET, each - 2):
                    return "another", each
                return ("not needed" if self._is_not_needed(each) else "you"), each
            is_asked_for = is_asked_for or self._is(lexicon.ASKING, each)
            if not self._is_light(each):
                is_another = self._is_another(each) or not is_asked_for
                return ("another" if is_another else "asked for"), each + 1
        return ("asked for" if is_asked_for else "nobody"), max(at - REACH, 0)

    def _is_light(self, at: int) -> bool:
        """Say whether a word between the reader and what is asked names nobody else."""
        if self._is(lexicon.THAT, at):
            return self._is(lexicon.TIMES, at - 1)
        if self._is(lexicon.KNOW, at):
            return self._is(lexicon.LET, at - 1)
        return self._is_comma(at) or any(self._is(each, at) for each in (lexicon.LIGHT, lexicon.ASKING, lexicon.PARTS))

    def _is_not_needed(self, at: int) -> bool:
        """Say whether "không cần" stands before: "không cần nói bạn là ai"."""
        for each in range(at - 1, max(at - 1 - REACH, -1), -1):
            if self._is(lexicon.NOT_NEEDED, each) or self._is(lexicon.NOT_NEEDED, each - 1):
                return True
            if not self._is_light(each) and not self._is(lexicon.NEEDED, each):
                return False
        return False

    def _thing(self, at: int) -> Objectionable | None:
        """Find a thing of the reader's that is asked for: a name, a number, an account, an address."""
        length = self._length(lexicon.THINGS, at)
        if not length:
            return None
        end = at + length
        while of := self._length(lexicon.OF, end):
            end += of
        about, start = self._about(at)
        if about == "not needed":
            return None
        if self._ends(end):
            is_bare = about == "nobody" and self._is(lexicon.ONLY_OF_PEOPLE, at)
            is_asked = about in {"you", "asked for"} or is_bare
        else:
            is_asked = self._is_you_as_owner(end)
        return self._found(Objection.ASKS_WHO, start, end + 1) if is_asked else None

    def _question(self, at: int) -> Objectionable | None:
        """Find a question of which the reader is the subject: who, where, how old, how near."""
        length = self._length(lexicon.ASKS, at)
        if length:
            about, start = self._about(at)
            return self._found(Objection.ASKS_WHO, start, at + length) if about == "you" else None
        if self._is(lexicon.HOME, at) and self._is_you(at + 1) and self._is(lexicon.NEAR, at + 2):
            return self._found(Objection.ASKS_WHO, at, at + 3)
        return None

    def _names_another_before(self, at: int) -> bool:
        return any(self._is_another(each) for each in range(max(at - REACH, 0), at))

    def _is_another(self, at: int) -> bool:
        return self._is(lexicon.OTHERS, at) or self._is(lexicon.OTHERS_AS_WRITTEN, at)

    def _contact(self, at: int) -> Objectionable | None:
        """Find a call out of the chat: "gọi cho tôi", "kết bạn", "gửi định vị"."""
        if not any(self._is(each, at) for each in _CALLS) or self._names_another_before(at) or self._is_not_needed(at):
            return None
        length = self._length(lexicon.SHARE_PLACE, at)
        if length:
            end = at + length
            while of := self._length(lexicon.OF, end):
                end += of
            is_yours = self._is_you_as_owner(end) or (not self._is(lexicon.YOU, end) and self._ends(end))
            return self._found(Objection.ASKS_WHO, at, end + 1) if is_yours else None
        length = self._length(lexicon.REACH_OUT, at)
        if length and (self._ends(at + length) or not self._is_another(at + length)):
            is_third = self._is(lexicon.THAT, at + length)
            return None if is_third else self._found(Objection.LEADS_OUT, at, at + length)
        return None

    def _meeting(self, at: int) -> Objectionable | None:
        """Find a call to meet: "gặp nhau", "ra gặp tôi", "mời lên công an phường"."""
        if not any(self._is(each, at) for each in _VISITS) or self._names_another_before(at) or self._is_not_needed(at):
            return None
        length = self._length(lexicon.MEET, at)
        if length and not self._is_another(at + length) and not self._is(lexicon.THAT, at + length):
            return self._found(Objection.LEADS_OUT, at, at + length)
        if self._is(lexicon.MEETS, at) and self._is_you_as_owner(at + 1):
            return self._found(Objection.LEADS_OUT, at, at + 2)
        length = self._length(lexicon.COME, at)
        if length and self._ends(at + length):
            about, start = self._about(at)
            return self._found(Objection.LEADS_OUT, start, at + length) if about in {"you", "asked for"} else None
        return None
