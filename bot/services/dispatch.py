"""Which use case answers which command, and what one must be allowed for it: all permissions on one page."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from bot.domain.deadlines import Deadlines
from bot.domain.drafting import Drafting
from bot.domain.matching import Finder
from bot.domain.places import Gazetteer
from bot.domain.roles import Action
from bot.domain.text.categories import Vocabulary
from bot.ports import UnitOfWork
from bot.services.campaign.digests import WeeklyDigests
from bot.services.campaign.figures import FigureScreens
from bot.services.campaign.records import Records, enter_activity
from bot.services.campaign.targets import TargetSetting
from bot.services.citizen.draft import Submission
from bot.services.citizen.own_tips import OwnTips
from bot.services.citizen.place_picker import Picker
from bot.services.citizen.start import Opening
from bot.services.commands import base, campaign, citizen, officer, people
from bot.services.notices import Notices
from bot.services.officer.cards import Cards
from bot.services.officer.triage import Triage
from bot.services.officer.verdicts import Verdicts
from bot.services.people.invitations import Invitations
from bot.services.places.aliases import PlaceNames
from bot.services.places.live_finder import LivePlaceFinder
from bot.services.plain_text import PlainText
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

    @classmethod
    def of(cls, anyone: _UseCases, officers: Mapping[Action, _UseCases]) -> Self:
        """Put the routes together from what anyone may ask, and what needs an action to be allowed."""
        open_to_all = {command: Route(None, use_case) for command, use_case in anyone.items()}
        guarded = {
            command: Route(action, use_case)
            for action, use_cases in officers.items()
            for command, use_case in use_cases.items()
        }
        return cls(open_to_all | guarded)

    async def run(self, uow: UnitOfWork, command: base.Command) -> None:
        """Run a command. Raises NotEnrolled, NotAllowed, or the refusal of its use case."""
        route = self.routes[type(command)]
        async with await ChatSession.open(uow, command) as session:
            if route.needs is not None:
                session.require(route.needs)
            await route.use_case(session, command)


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case, ready to run."""

    notices: Notices
    live_finder: LivePlaceFinder
    digests: WeeklyDigests
    invitations: Invitations
    place_names: PlaceNames
    dispatcher: Dispatcher


def build_services(
    *, places: Gazetteer, finder: Finder, vocabulary: Vocabulary, deadlines: Deadlines, feedback_delay: timedelta
) -> Services:
    """Put the use cases together over one city's places."""
    notices = Notices(places)
    live_finder = LivePlaceFinder(places, finder)
    submission = Submission(places, Drafting(live_finder, vocabulary), Picker(places), notices)
    place_names = PlaceNames(live_finder)
    cards = Cards(places, deadlines)
    own_tips = OwnTips(places, notices, cards, feedback_delay)
    triage = Triage(places, deadlines, cards, feedback_delay)
    verdicts = Verdicts(triage)
    records = Records(places, vocabulary, notices, triage)
    figures = FigureScreens(places, live_finder)
    digests = WeeklyDigests(places, figures, deadlines)
    invitations = Invitations(places, notices)
    opening = Opening(places, submission, invitations)
    plain_text = PlainText(submission, own_tips, triage, verdicts, records)
    anyone: _UseCases = {
        citizen.Start: opening.start,
        citizen.Write: plain_text.write,
        citizen.SendUnsupported: opening.unsupported,
        citizen.ShowPage: opening.page,
        citizen.ChooseLanguage: opening.language,
        citizen.PressUnknown: opening.unknown_press,
        citizen.Explain: opening.explain,
        citizen.PressDraft: submission.press,
        citizen.ShareLocation: submission.locate,
        citizen.PressOwn: own_tips.press,
        citizen.ShowOwnTips: own_tips.show,
        citizen.Wipe: own_tips.wipe,
        citizen.StopReplies: own_tips.stop,
        officer.CancelPrompt: triage.cancel_prompt,
    }
    officers: Mapping[Action, _UseCases] = {
        Action.EDIT_ALIASES: {
            people.AddAlias: place_names.add,
        },
        Action.TRIAGE: {
            officer.ShowQueue: triage.queue,
            officer.OpenTip: triage.open,
            officer.FoldTip: triage.fold,
            officer.Claim: triage.claim,
            officer.Ask: triage.ask,
            officer.CloseTip: triage.close,
            officer.ReopenTip: triage.reopen,
            officer.JudgeValuable: verdicts.judge_valuable,
            officer.Judge: verdicts.judge,
            officer.TakeBack: verdicts.take_back,
            officer.RecordOutcome: verdicts.record_outcome,
        },
        Action.LOCK: {
            officer.Lock: triage.lock,
        },
        Action.ENTER_TIPS: {
            officer.EnterTip: records.enter_tip,
        },
        Action.RECORD_ACTIVITIES: {
            campaign.RecordActivity: enter_activity,
        },
        Action.SET_TARGETS: {
            campaign.SetTarget: TargetSetting(places).set_target,
        },
        Action.SEE_UNIT_FIGURES: {
            campaign.ShowStats: figures.show,
            campaign.ShowDigest: digests.show,
        },
        Action.INVITE: {
            people.InvitePerson: invitations.invite,
            people.ConfirmJoin: invitations.confirm,
        },
        Action.SEE_PEOPLE: {
            people.ShowPeople: invitations.people,
        },
        Action.REVOKE: {
            people.Revoke: invitations.revoke,
        },
    }
    return Services(notices, live_finder, digests, invitations, place_names, Dispatcher.of(anyone, officers))
