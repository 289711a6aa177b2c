"""What people do in the stories of these tests, and how the books are read when the bot has stopped."""

import re
from dataclasses import dataclass
from typing import Any

from bot.app import open_books, open_city
from bot.cli.stage import Stage
from bot.domain.campaign.sums import Sums
from bot.domain.ids import ReceiptCode
from bot.domain.tip import Tip
from bot.ports import Chore, UnitOfWork
from bot.sandbox.client import Phone, SeenMessage
from bot.services.campaign.recount import Recount, count_anew
from bot.settings import Settings
from tests.contract.asking import broken_at, listed

FAST = {
    "NGUONTIN_MESSAGES_PER_SECOND": "2000",
    "NGUONTIN_CHAT_MESSAGES_PER_SECOND": "2000",
    "NGUONTIN_LOG_LEVEL": "DEBUG",
}
WARD = "31120"
PATIENCE = 60
"""Seconds a person waits on a slow machine before the test gives up."""
CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")
"""A receipt code as it is shown."""


def code_in(seen: SeenMessage) -> ReceiptCode | None:
    """Read the receipt code off a message."""
    found = CODE.search(seen.text)
    return ReceiptCode(found[0].replace(" ", "")) if found else None


async def report(phone: Phone, text: str) -> ReceiptCode:
    """Write a tip, send it, and give the code that was shown."""
    await phone.say(text)
    await phone.wait_for(lambda seen: "Gửi tin" in " ".join(seen.labels()), timeout=PATIENCE)
    await phone.press("Gửi tin")
    return await receipt(phone)


async def receipt(phone: Phone) -> ReceiptCode:
    """Wait for the receipt."""
    seen = await phone.wait_for(lambda each: code_in(each) is not None, timeout=PATIENCE)
    code = code_in(seen)
    assert code is not None
    return code


@dataclass
class Books:
    """What is stored, read after the bot has stopped."""

    tips: list[Tip]
    by_code: dict[ReceiptCode, int | None]
    exchanges: dict[int, list[tuple[str, str]]]
    words: dict[int, str]
    standing: int
    outcomes: tuple[int, int, int]
    off_by: Sums
    audit_broken_at: int | None
    waiting: dict[str, int]


async def read_books(stage: Stage, codes: list[ReceiptCode]) -> Books:
    """Open the books as the bot would."""
    names = {
        key.removeprefix("NGUONTIN_").lower(): value
        for key, value in stage.environment.items()
        if key.startswith("NGUONTIN_")
    }
    settings = Settings.model_validate(names)

    async def read(uow: UnitOfWork, _: Chore) -> dict[str, Any]:
        tips = await listed(uow.tips.every())
        contents = {tip.number: await uow.tips.content(tip.number) for tip in tips}
        outcomes = await listed(uow.cases.every_outcome())
        return {
            "tips": tips,
            "by_code": {code: await uow.receipts.find(code) for code in codes},
            "exchanges": {n: [(e.by, e.text) for e in each.exchanges] if each else [] for n, each in contents.items()},
            "words": {n: each.words if each else "" for n, each in contents.items()},
            "standing": sum(each.stands for decided in await listed(uow.cases.every_decided()) for each in decided),
            "outcomes": (
                sum(each.cases for each in outcomes),
                sum(each.persons for each in outcomes),
                sum(each.fugitives for each in outcomes),
            ),
            "audit_broken_at": await broken_at(uow),
            "waiting": dict(await uow.outbox.waiting()),
        }

    async with open_city(settings) as city:
        found: Any = await city.executor.run(read, Chore())
    counted = await open_books(settings).reader.read(count_anew, Recount())
    return Books(off_by=counted.off, **found)
