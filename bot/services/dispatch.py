"""Which use case answers which command: the one table between what people ask and what the program does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.domain.deadlines import Deadlines
from bot.domain.drafting import Drafting
from bot.domain.matching import Finder
from bot.domain.places import Gazetteer
from bot.domain.text.categories import Vocabulary
from bot.ports import UseCase
from bot.services import commands as c
from bot.services.campaign.digests import Digests
from bot.services.campaign.figures import Figures
from bot.services.campaign.records import Records
from bot.services.citizen.draft import Submission
from bot.services.citizen.own_tips import OwnTips
from bot.services.citizen.place_picker import Picker
from bot.services.citizen.start import Opening
from bot.services.notices import Notices
from bot.services.officer.cards import Cards
from bot.services.officer.triage import Triage
from bot.services.officer.verdicts import Verdicts
from bot.services.people.invitations import Invitations
from bot.services.places.aliases import PlaceNames
from bot.services.places.live_finder import LivePlaceFinder
from bot.services.text_meaning import Reading


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case, ready to run."""

    notices: Notices
    live_finder: LivePlaceFinder
    digests: Digests
    invitations: Invitations
    figures: Figures
    place_names: PlaceNames
    table: Mapping[type[c.Command], UseCase[Any, Any]]


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
    activities = Records(places, vocabulary, notices, triage)
    figures = Figures(places, live_finder)
    digests = Digests(places, figures, deadlines)
    invitations = Invitations(places, notices)
    opening = Opening(places, submission, invitations)
    reading = Reading(submission, own_tips, triage, verdicts, activities)
    table: dict[type[c.Command], UseCase[Any, Any]] = {
        c.Start: opening.start,
        c.Write: reading.write,
        c.SendUnsupported: opening.unsupported,
        c.ShowPage: opening.page,
        c.ChooseLanguage: opening.language,
        c.PressUnknown: opening.unknown_press,
        c.Explain: opening.explain,
        c.PressDraft: submission.press,
        c.ShareLocation: submission.locate,
        c.AddAlias: place_names.add,
        c.PressOwn: own_tips.press,
        c.ShowOwnTips: own_tips.show,
        c.Wipe: own_tips.wipe,
        c.StopReplies: own_tips.stop,
        c.ShowQueue: triage.queue,
        c.OpenTip: triage.open,
        c.FoldTip: triage.fold,
        c.Claim: triage.claim,
        c.Ask: triage.ask,
        c.CloseTip: triage.close,
        c.ReopenTip: triage.reopen,
        c.CancelPrompt: triage.cancel_prompt,
        c.Lock: triage.lock,
        c.JudgeValuable: verdicts.judge_valuable,
        c.Judge: verdicts.judge,
        c.TakeBack: verdicts.take_back,
        c.RecordOutcome: verdicts.record_outcome,
        c.EnterTip: activities.enter_tip,
        c.RecordActivity: activities.record,
        c.SetTarget: activities.set_target,
        c.ShowStats: figures.show,
        c.ShowDigest: digests.show,
        c.InvitePerson: invitations.invite,
        c.ConfirmJoin: invitations.confirm,
        c.ShowPeople: invitations.people,
        c.Revoke: invitations.revoke,
    }
    return Services(notices, live_finder, digests, invitations, figures, place_names, table)
