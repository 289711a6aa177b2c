"""Which use case answers which command, and what one must be allowed for it: all permissions on one page."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.domain.deadlines import Deadlines
from bot.domain.drafting import Drafting
from bot.domain.matching import Finder
from bot.domain.places import Gazetteer
from bot.domain.reminders import Delays
from bot.domain.roles import Action
from bot.domain.text.categories import Vocabulary
from bot.ports import UnitOfWork
from bot.services.campaign.digests import WeeklyDigests
from bot.services.campaign.figures import FigureScreens
from bot.services.campaign.records import enter_activity
from bot.services.campaign.targets import TargetSetting
from bot.services.citizen import traces
from bot.services.citizen.draft import Drafts
from bot.services.citizen.own_tips import OwnTips
from bot.services.citizen.place_picker import PlacePages
from bot.services.citizen.start import Guidance
from bot.services.commands import base, campaign, citizen, officer, people
from bot.services.notices import Notices
from bot.services.officer.cards import TipCards
from bot.services.officer.cases import TipCases
from bot.services.officer.queue import UnitQueue
from bot.services.officer.tip_access import TipAccess
from bot.services.officer.triage import Triage
from bot.services.officer.verdicts import Verdicts
from bot.services.officer.walk_in import WalkIns
from bot.services.officer.whose_work import WhoseWork
from bot.services.people.invitations import Invitations
from bot.services.people.presence import Presence
from bot.services.people.revocation import Revocation
from bot.services.places.aliases import PlaceNames
from bot.services.places.live_finder import LivePlaceFinder
from bot.services.plain_text import PlainText
from bot.services.reminding import Reminding
from bot.services.session import ChatSession

_UseCase = Callable[[ChatSession, Any], Awaitable[None]]
_UseCases = Mapping[type[base.Command], _UseCase]


@dataclass(frozen=True, slots=True)
class Route:
    """Which use case answers a command, and what an officer must be allowed to do for it; None: anyone may."""

    needs: Action | None
    use_case: _UseCase


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Opens the chat of a command, asks permission, and runs its use case: one unit of work."""

    routes: Mapping[type[base.Command], Route]
    presence: Presence

    async def run(self, uow: UnitOfWork, command: base.Command) -> None:
        """Run a command. Raises NotEnrolled, NotAllowed, or the refusal of its use case.

        Words behind a command's word are a citizen's text, and the command is not run. Whoever blocks the bot is not
        talking to it: there is no chat to open.
        """
        if isinstance(command, people.Block):
            await self.presence.note(uow, command)
            return
        async with await ChatSession.open(uow, command) as session:
            await self.presence.welcome_back(session)
            if command.typed and not session.is_of_the_force:
                command = command.turned_into(citizen.Write, text=command.typed)
            route = self.routes[type(command)]
            if route.needs is not None:
                session.require(route.needs)
            await route.use_case(session, command)
            if session.left_out:
                await session.line("left-out")


@dataclass(frozen=True, kw_only=True)
class Services:
    """Every use case, ready to run."""

    notices: Notices
    live_finder: LivePlaceFinder
    guidance: Guidance
    plain_text: PlainText
    drafts: Drafts
    own_tips: OwnTips
    reminding: Reminding
    whose_work: WhoseWork
    queue: UnitQueue
    triage: Triage
    verdicts: Verdicts
    cases: TipCases
    walk_ins: WalkIns
    targets: TargetSetting
    figures: FigureScreens
    digests: WeeklyDigests
    invitations: Invitations
    revocation: Revocation
    presence: Presence
    place_names: PlaceNames

    @cached_property
    def dispatcher(self) -> Dispatcher:
        """Give what runs a command, whatever it is."""
        routes = {command: Route(None, use_case) for command, use_case in _open_to_all(self).items()}
        for action, use_cases in _guarded(self).items():
            routes |= {command: Route(action, use_case) for command, use_case in use_cases.items()}
        return Dispatcher(routes, self.presence)


def _open_to_all(of: Services) -> _UseCases:
    """List what anyone may ask."""
    return {
        citizen.Start: of.guidance.start,
        citizen.Write: of.plain_text.write,
        citizen.SendUnsupported: of.guidance.unsupported,
        citizen.ShowPage: of.guidance.page,
        citizen.ChooseLanguage: of.guidance.language,
        citizen.PressUnknown: of.guidance.unknown_press,
        citizen.Explain: of.guidance.explain,
        citizen.PressDraft: of.drafts.press,
        citizen.ShareLocation: of.drafts.locate,
        citizen.PressOwn: of.own_tips.press,
        citizen.ShowOwnTips: of.own_tips.show,
        citizen.Wipe: traces.wipe,
        citizen.StopReplies: traces.stop,
        officer.CancelPrompt: of.triage.cancel_prompt,
    }


def _guarded(of: Services) -> Mapping[Action, _UseCases]:
    """List what needs an action to be allowed."""
    return {
        Action.EDIT_ALIASES: {
            people.AddAlias: of.place_names.add,
        },
        Action.TRIAGE: {
            officer.ShowQueue: of.queue.show,
            officer.OpenTip: of.triage.open,
            officer.FoldTip: of.triage.fold,
            officer.Claim: of.triage.claim,
            officer.Ask: of.triage.ask,
            officer.CloseTip: of.triage.close,
            officer.ReopenTip: of.triage.reopen,
            officer.JudgeValuable: of.verdicts.judge_valuable,
            officer.Judge: of.verdicts.judge,
            officer.TakeBack: of.verdicts.take_back,
            officer.RecordOutcome: of.cases.enter_outcome,
        },
        Action.LOCK: {
            officer.Lock: of.triage.lock,
        },
        Action.ENTER_TIPS: {
            officer.EnterTip: of.walk_ins.enter,
        },
        Action.RECORD_ACTIVITIES: {
            campaign.RecordActivity: enter_activity,
        },
        Action.SET_TARGETS: {
            campaign.SetTarget: of.targets.set_target,
        },
        Action.SEE_UNIT_FIGURES: {
            campaign.ShowStats: of.figures.show,
            campaign.ShowDigest: of.digests.show,
        },
        Action.INVITE: {
            people.InvitePerson: of.invitations.invite,
            people.ConfirmJoin: of.invitations.confirm,
        },
        Action.SEE_PEOPLE: {
            people.ShowPeople: of.revocation.people,
        },
        Action.REVOKE: {
            people.Revoke: of.revocation.revoke,
        },
    }


def build_services(
    *, places: Gazetteer, finder: Finder, vocabulary: Vocabulary, deadlines: Deadlines, delays: Delays
) -> Services:
    """Put the use cases together over one city's places."""
    whose_work = WhoseWork(places)
    live_finder = LivePlaceFinder(places, finder)
    cards = TipCards(places, deadlines)
    notices = Notices(places, whose_work, delays, cards)
    access = TipAccess(whose_work, cards)
    invitations = Invitations(places, whose_work)
    figures = FigureScreens(places, live_finder)
    drafts = Drafts(places, Drafting(live_finder, vocabulary), PlacePages(places), notices)
    own_tips = OwnTips(places, notices, delays.done)
    triage = Triage(access, cards, notices)
    cases = TipCases(access, cards)
    verdicts = Verdicts(access, cards, cases, notices)
    walk_ins = WalkIns(vocabulary, cards, notices)
    return Services(
        notices=notices,
        live_finder=live_finder,
        guidance=Guidance(places, drafts, invitations),
        plain_text=PlainText(drafts, own_tips, triage, verdicts, cases, walk_ins),
        drafts=drafts,
        own_tips=own_tips,
        reminding=Reminding(notices),
        whose_work=whose_work,
        queue=UnitQueue(places, deadlines, access),
        triage=triage,
        verdicts=verdicts,
        cases=cases,
        walk_ins=walk_ins,
        targets=TargetSetting(places),
        figures=figures,
        digests=WeeklyDigests(places, figures, deadlines),
        invitations=invitations,
        revocation=Revocation(places, whose_work, invitations),
        presence=Presence(whose_work),
        place_names=PlaceNames(live_finder),
    )
