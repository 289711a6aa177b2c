"""Which use case answers which command: the one table between what people ask and what the program does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.domain.categories import Vocabulary
from bot.domain.deadlines import Deadlines
from bot.domain.drafting import Drafting
from bot.domain.matching import Finder
from bot.domain.places import Gazetteer
from bot.ports import UseCase
from bot.services import commands as c
from bot.services.activities import Activities
from bot.services.announcing import Announcing
from bot.services.atlas import Atlas
from bot.services.cards import Cards
from bot.services.digests import Digests
from bot.services.enrolment import Enrolment
from bot.services.figures import Figures
from bot.services.naming import Naming
from bot.services.opening import Opening
from bot.services.own_tips import OwnTips
from bot.services.picker import Picker
from bot.services.reading import Reading
from bot.services.submission import Submission
from bot.services.triage import Triage
from bot.services.verdicts import Verdicts


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case, ready to run."""

    announcing: Announcing
    atlas: Atlas
    digests: Digests
    enrolment: Enrolment
    figures: Figures
    naming: Naming
    table: Mapping[type[c.Command], UseCase[Any, Any]]


def build_services(
    *, places: Gazetteer, finder: Finder, vocabulary: Vocabulary, deadlines: Deadlines, feedback_delay: timedelta
) -> Services:
    """Put the use cases together over one city's places."""
    announcing = Announcing(places)
    atlas = Atlas(places, finder)
    submission = Submission(places, Drafting(atlas, vocabulary), Picker(places), announcing)
    naming = Naming(atlas)
    cards = Cards(places, deadlines)
    own_tips = OwnTips(places, announcing, cards, feedback_delay)
    triage = Triage(places, deadlines, cards, feedback_delay)
    verdicts = Verdicts(triage)
    activities = Activities(places, vocabulary, announcing, triage)
    figures = Figures(places, atlas)
    digests = Digests(places, figures, deadlines)
    enrolment = Enrolment(places, announcing)
    opening = Opening(places, submission, enrolment)
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
        c.AddAlias: naming.add,
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
        c.InvitePerson: enrolment.invite,
        c.ConfirmJoin: enrolment.confirm,
        c.ShowPeople: enrolment.people,
        c.Revoke: enrolment.revoke,
    }
    return Services(announcing, atlas, digests, enrolment, figures, naming, table)
