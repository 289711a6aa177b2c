"""What was acknowledged against what is stored: lost, duplicated, and counters that are off."""

from collections import Counter
from dataclasses import dataclass, field

from bot.domain.ids import ReceiptCode
from bot.domain.tip import Status, Verdict
from tests.e2e.stories import CODE, read_books
from tests.torture.people import NUMBERED, Crowd, End, Story
from tests.torture.rig import Rig

_STANDS = {
    End.VALUABLE: (Status.CLOSED, Verdict.VALUABLE),
    End.SPAM: (Status.CLOSED, Verdict.SPAM),
    End.WITHDRAWN: (Status.WITHDRAWN, Verdict.NONE),
}


@dataclass
class Judgement:
    """What was found."""

    acknowledged: int = 0
    repeats: int = 0
    """Messages to citizens that came more than once: allowed."""
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    off: list[str] = field(default_factory=list)

    @property
    def last_line(self) -> str:
        """Say it in one line."""
        lost, duplicated, off = len(self.lost), len(self.duplicated), len(self.off)
        return f"acknowledged {self.acknowledged}, lost {lost}, duplicated {duplicated}, counters off {off}"

    @property
    def is_clean(self) -> bool:
        """Say whether everything is as promised."""
        return self.acknowledged > 0 and not (self.lost or self.duplicated or self.off)


async def judge(rig: Rig, crowd: Crowd) -> Judgement:
    """Compare what the bot confirmed to Telegram, and what it showed on phones, with the books; the bot is stopped."""
    found = Judgement()
    found.lost += [f"stuck after {story.stuck_at}" for story in crowd.stories if not story.is_over]
    found.lost += [f"never confirmed: update {each['update_id']}" for each in rig.updates]
    shown = {
        phone["id"]: {code.replace(" ", "") for seen in phone["messages"] for code in CODE.findall(seen["text"])}
        for phone in await rig.client.people()
    }
    journal = [call for call in await rig.client.journal() if call.method == "sendMessage"]
    citizens = {story.phone.id for story in crowd.stories}  # no two messages to one of them are meant to be equal
    sent = Counter((call.chat, call.body) for call in journal if call.chat in citizens)
    found.repeats = sent.total() - len(sent)
    codes = {code: chat for chat, each in shown.items() for code in each}
    books = await read_books(rig, [ReceiptCode(code) for code in codes])
    stored = Counter(
        int(number)
        for tip, words in books.words.items()
        for text in (words, *(said for _, said in books.exchanges[tip]))
        for number in NUMBERED.findall(text)
    )
    written = {
        int(number)
        for update in rig.updates.confirmed.values()
        for number in NUMBERED.findall(update.get("message", {}).get("text") or "")
    }
    found.lost += [f"the sentence with {number}" for number in sorted(written) if not stored[number]]
    found.duplicated += [f"the sentence with {number}: {times} times" for number, times in stored.items() if times > 1]
    for story in crowd.stories:
        _judge_story(story, shown.get(story.phone.id, set()), found)
        number = books.by_code.get(story.code) if story.code else None
        words = books.words.get(number or 0, "")
        if story.code and f"lần thứ {story.pieces[0]}" not in words:
            found.lost.append(f"the words of the receipt {story.code}")
        tip = next((each for each in books.tips if each.number == number), None)
        if story.is_over and tip and (tip.status, tip.verdict) != _STANDS[story.end]:
            found.lost.append(f"the {story.end.value} end of tip {number}, which is {tip.status}, {tip.verdict}")
    if len(books.tips) > len(codes):
        found.duplicated.append(f"{len(books.tips)} tips for {len(codes)} receipts")
    valuable = sum(story.is_over and story.end is End.VALUABLE for story in crowd.stories)
    is_told = all(story.is_over for story in crowd.stories)
    if is_told and (books.standing, books.outcomes) != (
        sum(story.end is not End.WITHDRAWN for story in crowd.stories),
        (valuable, 2 * valuable, 0),
    ):
        found.off.append(f"{books.standing} decisions and outcomes {books.outcomes} of {valuable} valuable tips")
    found.off += [f"{entry}: {number:+d}" for entry, number in books.off_by.items()]
    if books.audit_broken_at is not None:
        found.off.append(f"the audit log is broken at {books.audit_broken_at}")
    found.off += rig.leaks
    if b"Traceback" in rig.log.read_bytes():
        found.off.append("the bot's log holds a traceback")
    found.acknowledged = len(rig.updates.confirmed) + len(codes)
    return found


def _judge_story(story: Story, codes: set[str], found: Judgement) -> None:
    if len(codes) > 1:
        found.duplicated.append(f"{len(codes)} receipts on {story.phone.name}'s phone")
    if story.code is None and codes:
        found.lost.append(f"{story.phone.name} did not see the receipt that is shown")
