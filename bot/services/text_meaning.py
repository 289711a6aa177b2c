"""What a plain text means: a receipt code, an answer, more words for a tip, a note an officer was asked for, or a tip.

An officer's text never starts a draft, and a receipt code never becomes the words of a tip. What begins with "/" was
meant as a command: an officer's is never stored, a citizen's is a text like any other without its slash.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bot.domain.conversation import Listening, Purpose
from bot.domain.ids import CaseNumber, ReceiptCode
from bot.ports import UnitOfWork
from bot.services.campaign.records import Records
from bot.services.citizen.draft import Submission
from bot.services.citizen.own_tips import OwnTips
from bot.services.commands import Ask, EnterTip, JudgeValuable, RecordOutcome, Write
from bot.services.officer.triage import Triage
from bot.services.officer.verdicts import Verdicts
from bot.services.session import ChatSession

_CODE = re.compile(r"\D{0,24}+((?:\d[\s.\-]{0,24}+){16})\D{0,24}")
_NOT_DIGIT = re.compile(r"\D")


def read_code(text: str) -> ReceiptCode | None:
    """Read a text that is sixteen digits, however they are grouped, with at most a word or two around them."""
    if len(text) > 40:  # noqa: PLR2004 - a code with its words; a longer text says more than a code
        return None
    found = _CODE.fullmatch(text.strip())
    return ReceiptCode(_NOT_DIGIT.sub("", found[1])) if found else None


@dataclass(frozen=True, slots=True)
class Reading:
    """Decides what a text is for and hands it on."""

    submission: Submission
    own_tips: OwnTips
    triage: Triage
    verdicts: Verdicts
    activities: Records

    async def write(self, uow: UnitOfWork, command: Write) -> None:
        """Take a plain text from anyone."""
        async with await ChatSession.open(uow, command) as session:
            if session.officer is not None:
                await self._officer(session, command)
            elif text := command.text.lstrip("/ \n"):
                await self._citizen(session, text)
            else:
                await session.line("unknown-command")

    async def _citizen(self, session: ChatSession, text: str) -> None:
        listening = session.conversation.listening
        if (code := read_code(text)) is not None:
            await self.own_tips.show_code(session, code)
        elif listening is None or not await self.own_tips.take_words(session, listening, text):
            await self.submission.write(session, text)

    async def _officer(self, session: ChatSession, command: Write) -> None:
        if not session.me.is_active:
            await session.line("join-still-waiting", number=session.me.number)
        elif command.text.startswith("/"):
            await session.line("unknown-command-officer")
        elif session.awaited is None or not session.awaited.lasts(session.uow.now):
            await session.line("officer-stray-text")
        else:
            await self._note(session, session.awaited, command)

    async def _note(self, session: ChatSession, listening: Listening, command: Write) -> None:
        key, chat, message, tip = command.key, command.chat, command.message, listening.tip
        match listening.purpose:
            case Purpose.QUESTION if tip:
                await self.triage.ask_in(session, Ask(key=key, chat=chat, message=message, tip=tip, text=command.text))
            case Purpose.EVIDENCE if tip:
                case: CaseNumber | Literal["new"] = listening.case or "new"
                judged = JudgeValuable(key=key, chat=chat, message=message, tip=tip, case=case, evidence=command.text)
                await self.verdicts.judge_valuable_in(session, judged)
            case Purpose.OUTCOME if tip:
                outcome = RecordOutcome(key=key, chat=chat, message=message, tip=tip, text=command.text)
                await self.verdicts.record_outcome_in(session, outcome)
            case Purpose.WALK_IN:
                entered = EnterTip(key=key, chat=chat, message=message, channel=listening.channel, text=command.text)
                await self.activities.enter_tip_in(session, entered)
            case _:
                await session.line("officer-stray-text")
