"""The pressed buttons: each record of `bot.chat.buttons` becomes one command."""

from typing import Literal

from bot.chat import buttons as b
from bot.chat.handlers.parsing import Origin
from bot.domain.ids import CaseNumber, Handle, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.screens.officer import CardAction
from bot.domain.tip import Verdict
from bot.services import commands as c


def to_command(o: Origin, data: str) -> c.Command:  # noqa: C901, PLR0911, PLR0912 - one line a kind of button
    """Give the command of a pressed button; forged or outdated data has a command of its own."""
    match b.unpack(data):
        case b.OnDraft(step, handle, unit):
            if step is c.DraftStep.PICK:
                return o.make(c.PressDraft, handle=Handle(handle), step=step, page=unit or "p0")
            return o.make(c.PressDraft, handle=Handle(handle), step=step, unit=UnitCode(unit) if unit else None)
        case b.OnOwnTip(step, handle):
            return o.make(c.PressOwn, handle=Handle(handle), step=step)
        case b.OnOwnPage(handle, page):
            return o.make(c.PressOwn, handle=Handle(handle), step=c.OwnStep.TURN, page=page)
        case b.OnChat(what):
            return _on_chat(o, what)
        case b.OnLanguage(language):
            return o.make(c.ChooseLanguage, language=language)
        case b.OnQueue(page):
            return o.make(c.ShowQueue, page=page)
        case b.OnTip() as press:
            return _on_tip(o, press)
        case b.OnPage(tip, page):
            return o.make(c.OpenTip, tip=TipNumber(tip), page=page)
        case b.OnCase(tip, version, case):
            chosen: CaseNumber | Literal["new"] = CaseNumber(case) if case else "new"
            return o.make(c.JudgeValuable, tip=TipNumber(tip), version=version, case=chosen)
        case b.OnChannel(channel):
            return o.make(c.EnterTip, channel=channel)
        case b.OnStats(unit, span, back):
            return o.make(c.ShowStats, unit=UnitCode(unit), span=span, back=back)
        case b.OnJoin(officer, answer):
            return o.make(c.ConfirmJoin, officer=OfficerNumber(officer), is_welcome=answer == "y")
        case b.OnInvite(role, unit):
            return o.make(c.InvitePerson, role=role, unit=UnitCode(unit))
        case b.OnPerson(officer):
            return o.make(c.Revoke, officer=OfficerNumber(officer))
        case _:
            return o.make(c.PressUnknown)


def _on_chat(o: Origin, what: str) -> c.Command:  # noqa: PLR0911 - one line a button
    match what:
        case "wipe":
            return o.make(c.Wipe)
        case "wipe_sure":
            return o.make(c.Wipe, is_sure=True)
        case "stop_sure":
            return o.make(c.StopReplies, is_sure=True)
        case "tips":
            return o.make(c.ShowOwnTips)
        case "privacy":
            return o.make(c.ShowPage, page="privacy")
        case "queue":
            return o.make(c.ShowQueue)
        case "walk_in":
            return o.make(c.EnterTip)
        case _:
            return o.make(c.CancelPrompt)


_PLAIN: dict[str, type[c.OnTip]] = {
    CardAction.CLAIM: c.Claim,
    CardAction.ASK: c.Ask,
    CardAction.VALUABLE: c.JudgeValuable,
    CardAction.OUTCOME: c.RecordOutcome,
    CardAction.CLOSE: c.CloseTip,
    CardAction.REOPEN: c.ReopenTip,
    CardAction.FOLD: c.FoldTip,
}
_VERDICTS = {CardAction.NOT_USEFUL: Verdict.NOT_USEFUL, CardAction.SPAM: Verdict.SPAM}


def _on_tip(o: Origin, press: b.OnTip) -> c.Command:
    tip = TipNumber(press.tip)
    is_sure = press.sure is b.Sure.SURE
    if press.action == "open":
        return o.make(c.OpenTip, tip=tip)
    if press.action in _PLAIN:
        return o.make(_PLAIN[press.action], tip=tip, version=press.version)
    if press.action is CardAction.TAKE_BACK:
        return o.make(c.TakeBack, tip=tip, version=press.version, is_sure=is_sure)
    verdict = _VERDICTS.get(CardAction(press.action))
    if verdict is None:
        return o.make(c.PressUnknown)
    return o.make(c.Judge, tip=tip, version=press.version, verdict=verdict, is_sure=is_sure)
