"""The pressed buttons: each record of `bot.chat.buttons` becomes one command."""

from typing import assert_never

from bot.chat import buttons as b
from bot.chat.handlers.parsing import Origin
from bot.domain.places import UnitCode
from bot.domain.screens.officer import CLOSING_ACTIONS, CardAction
from bot.services.commands import base, campaign, citizen, officer, people


def to_command(o: Origin, data: str) -> base.Command:  # noqa: C901, PLR0911, PLR0912 - one line a kind of button
    """Give the command of a pressed button; forged or outdated data has a command of its own."""
    match b.unpack(data):
        case None:
            return o.make(citizen.PressUnknown)
        case b.DraftButton(citizen.DraftStep.PICK as step, handle, page):
            return o.make(citizen.PressDraft, handle=handle, step=step, page=page or "p0")
        case b.DraftButton(step, handle, unit):
            return o.make(citizen.PressDraft, handle=handle, step=step, unit=UnitCode(unit) if unit else None)
        case b.OwnTipButton(step, handle):
            return o.make(citizen.PressOwn, handle=handle, step=step)
        case b.OwnPageButton(handle, page):
            return o.make(citizen.PressOwn, handle=handle, step=citizen.OwnStep.TURN, page=page)
        case b.ChatButton() as button:
            return _on_chat(o, button)
        case b.LanguageButton(language):
            return o.make(citizen.ChooseLanguage, language=language)
        case b.QueueButton(page):
            return o.make(officer.ShowQueue, page=page)
        case b.TipButton() as button:
            return _on_tip(o, button)
        case b.PageButton(tip, page):
            return o.make(officer.OpenTip, tip=tip, page=page)
        case b.CaseButton(tip, version, case):
            return o.make(officer.JudgeValuable, tip=tip, version=version, case=case)
        case b.ChannelButton(channel):
            return o.make(officer.EnterTip, channel=channel)
        case b.StatsButton(unit, span, back):
            return o.make(campaign.ShowStats, unit=unit, span=span, back=back)
        case b.JoinButton(number, answer):
            return o.make(people.ConfirmJoin, officer=number, is_welcome=answer == "y")
        case b.InviteButton(role, unit):
            return o.make(people.InvitePerson, role=role, unit=unit)
        case b.PersonButton(number, sure):
            return o.make(people.Revoke, officer=number, is_sure=sure is b.Sure.SURE)
        case button:
            assert_never(button)


def _on_chat(o: Origin, button: b.ChatButton) -> base.Command:
    match button.what:
        case "wipe":
            return o.make(citizen.Wipe)
        case "wipe_sure":
            return o.make(citizen.Wipe, is_sure=True)
        case "stop_sure":
            return o.make(citizen.StopReplies, is_sure=True)
        case "cancel":
            return o.make(officer.CancelPrompt)


_ON_TIP: dict[str, type[base.OnTip]] = {
    CardAction.CLAIM: officer.Claim,
    CardAction.ASK: officer.Ask,
    CardAction.VALUABLE: officer.JudgeValuable,
    CardAction.OUTCOME: officer.RecordOutcome,
    CardAction.CLOSE: officer.CloseTip,
    CardAction.REOPEN: officer.ReopenTip,
    CardAction.FOLD: officer.FoldTip,
}


def _on_tip(o: Origin, button: b.TipButton) -> base.Command:
    on = {"tip": button.tip, "version": button.version}
    is_sure = button.sure is b.Sure.SURE
    match button.action:
        case "open":
            return o.make(officer.OpenTip, tip=button.tip)
        case CardAction.TAKE_BACK:
            return o.make(officer.TakeBack, **on, is_sure=is_sure)
        case action if action in CLOSING_ACTIONS:
            return o.make(officer.Judge, **on, verdict=CLOSING_ACTIONS[action], is_sure=is_sure)
        case action:
            return o.make(_ON_TIP[action], **on)
