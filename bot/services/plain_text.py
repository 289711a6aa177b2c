"""Hands a plain text to whom its meaning names (`bot.services.text_meaning`)."""

from dataclasses import dataclass
from typing import Literal, assert_never

from bot.domain.conversation import Listening, Purpose
from bot.domain.ids import CaseNumber
from bot.services.citizen.draft import Drafts
from bot.services.citizen.own_tips import OwnTips
from bot.services.commands.citizen import Write
from bot.services.commands.officer import Ask, EnterTip, JudgeValuable, RecordOutcome
from bot.services.officer.cases import TipCases
from bot.services.officer.triage import Triage
from bot.services.officer.verdicts import Verdicts
from bot.services.officer.walk_in import WalkIns
from bot.services.session import ChatSession
from bot.services.text_meaning import (
    AskedFor,
    CodeTyped,
    Meaning,
    Reply,
    StillWaiting,
    Stray,
    TipWords,
    UnknownCommand,
    interpret,
)


@dataclass(frozen=True, slots=True)
class PlainText:
    """Takes a plain text from anyone."""

    drafts: Drafts
    own_tips: OwnTips
    triage: Triage
    verdicts: Verdicts
    cases: TipCases
    walk_ins: WalkIns

    async def write(self, session: ChatSession, command: Write) -> None:
        """Do with a text what it means."""
        meaning = await self._meaning(session, command)
        match meaning:
            case StillWaiting():
                await self.drafts.warn(session, command.text)
                await session.line("join-still-waiting", number=session.me.number)
            case UnknownCommand():
                await session.line("unknown-command-officer" if session.officer else "unknown-command")
            case Stray():
                await session.line("officer-stray-text")
            case AskedFor(awaited, words):
                await self._asked_for(session, command, awaited, words)
            case CodeTyped(code=code):
                await self.own_tips.show_code(session, code)
            case Reply(listening, words):
                if await self.own_tips.take_words(session, listening, words):
                    await self.drafts.warn(session, words)
                else:
                    await self.drafts.write(session, words)
            case TipWords(words):
                await self.drafts.write(session, words)
            case _:
                assert_never(meaning)

    async def _meaning(self, session: ChatSession, command: Write) -> Meaning:
        """Say what a text means; a number within words that is no code is part of them."""
        meaning = interpret(
            command.text,
            officer=session.officer,
            awaited=session.awaited,
            listening=None if command.is_late else session.conversation.listening,
            now=session.uow.now,
        )
        if not isinstance(meaning, CodeTyped) or meaning.otherwise is None:
            return meaning
        return meaning if await self.own_tips.knows(session, meaning.code) else meaning.otherwise

    async def _asked_for(self, session: ChatSession, command: Write, awaited: Listening, words: str) -> None:
        tip = awaited.tip
        match awaited.purpose:
            case Purpose.QUESTION if tip:
                await self.triage.ask(session, command.turned_into(Ask, tip=tip, text=words))
            case Purpose.EVIDENCE if tip:
                case: CaseNumber | Literal["new"] = awaited.case or "new"
                judged = command.turned_into(JudgeValuable, tip=tip, case=case, evidence=words)
                await self.verdicts.judge_valuable(session, judged)
            case Purpose.OUTCOME if tip:
                await self.cases.enter_outcome(session, command.turned_into(RecordOutcome, tip=tip, text=words))
            case Purpose.WALK_IN:
                entered = command.turned_into(EnterTip, channel=awaited.channel, text=words)
                await self.walk_ins.enter(session, entered)
            case _:
                await session.line("officer-stray-text")
