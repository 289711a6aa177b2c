"""The pressed buttons: each record of `bot.chat.buttons` becomes one command."""

from typing import assert_never

from bot.chat import buttons as b
from bot.chat.handlers.parsing import Origin
from bot.domain.places import UnitCode
from bot.domain.screens.officer import CardAction
from bot.domain.tip import Verdict
from bot.services import commands as c


def to_command(o: Origin, data: str) -> c.Command:  # noqa: C901, PLR0911, PLR0912 - one line a kind of button
    """Give the command of a pressed button; forged or outdated data has a command of its own."""
    match b.unpack(data):
        case None:
            return o.make(c.PressUnknown)
        case b.DraftButton(c.DraftStep.PICK as step, handle, page):
            return o.make(c.PressDraft, handle=handle, step=step, page=page or "p0")
        case b.DraftButton(step, handle, unit):
            return o.make(c.PressDraft, handle=handle, step=step, unit=UnitCode(unit) if unit else None)
        case b.OwnTipButton(step, handle):
            return o.make(c.PressOwn, handle=handle, step=step)
        case b.OwnPageButton(handle, page):
            return o.make(c.PressOwn, handle=handle, step=c.OwnStep.TURN, page=page)
        case b.ChatButton() as button:
            return _on_chat(o, button)
        case b.LanguageButton(language):
            return o.make(c.ChooseLanguage, language=language)
        case b.QueueButton(page):
            return o.make(c.ShowQueue, page=page)
        case b.TipButton() as button:
            return _on_tip(o, button)
        case b.PageButton(tip, page):
            return o.make(c.OpenTip, tip=tip, page=page)
        case b.CaseButton(tip, version, case):
            return o.make(c.JudgeValuable, tip=tip, version=version, case=case)
        case b.ChannelButton(channel):
            return o.make(c.EnterTip, channel=channel)
        case b.StatsButton(unit, span, back):
            return o.make(c.ShowStats, unit=unit, span=span, back=back)
        case b.JoinButton(officer, answer):
            return o.make(c.ConfirmJoin, officer=officer, is_welcome=answer == "y")
        case b.InviteButton(role, unit):
            return o.make(c.InvitePerson, role=role, unit=unit)
        case b.PersonButton(officer):
            return o.make(c.Revoke, officer=officer)
        case button:
            assert_never(button)


def _on_chat(o: Origin, button: b.ChatButton) -> c.Command:
    match button.what:
        case "wipe":
            return o.make(c.Wipe)
        case "wipe_sure":
            return o.make(c.Wipe, is_sure=True)
        case "stop_sure":
            return o.make(c.StopReplies, is_sure=True)
        case "cancel":
            return o.make(c.CancelPrompt)


_ON_TIP: dict[str, type[c.OnTip]] = {
    CardAction.CLAIM: c.Claim,
    CardAction.ASK: c.Ask,
    CardAction.VALUABLE: c.JudgeValuable,
    CardAction.OUTCOME: c.RecordOutcome,
    CardAction.CLOSE: c.CloseTip,
    CardAction.REOPEN: c.ReopenTip,
    CardAction.FOLD: c.FoldTip,
}


def _on_tip(o: Origin, button: b.TipButton) -> c.Command:
    on = {"tip": button.tip, "version": button.version}
    is_sure = button.sure is b.Sure.SURE
    match button.action:
        case "open":
            return o.make(c.OpenTip, tip=button.tip)
        case CardAction.TAKE_BACK:
            return o.make(c.TakeBack, **on, is_sure=is_sure)
        case CardAction.NOT_USEFUL:
            return o.make(c.Judge, **on, verdict=Verdict.NOT_USEFUL, is_sure=is_sure)
        case CardAction.SPAM:
            return o.make(c.Judge, **on, verdict=Verdict.SPAM, is_sure=is_sure)
        case action if action in _ON_TIP:
            return o.make(_ON_TIP[action], **on)
        case _:
            return o.make(c.PressUnknown)
