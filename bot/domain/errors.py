"""Why a request was turned down: something the person can act on. The text key is the name in the locales.

A refusal never carries the words of a tip or who wrote them. Everything that is not a `Refusal` is a bug.
"""

from typing import ClassVar

RefusalValue = str | int


class Refusal(Exception):
    """The person asked for something that cannot be done, and can act on the answer."""

    key: ClassVar[str] = "refused"

    def __init__(self, **values: RefusalValue) -> None:
        super().__init__(self.key)
        self.values = values


class NoSuchTip(Refusal):
    """There is no such tip, or this person may not see it: both sound the same on purpose."""

    key = "refused-no-such-tip"


class NotAllowed(Refusal):
    """The role does not include this action."""

    key = "refused-not-allowed"


class NotEnrolled(Refusal):
    """The command belongs to officers, and this chat is no active officer's."""

    key = "refused-not-enrolled"


class OfficersLock(Refusal):
    """A chat of the force is not forgotten, for then nobody could fold its cards: it is locked instead."""

    key = "refused-officers-lock"


class AlreadyClaimed(Refusal):
    """A colleague has claimed the tip."""

    key = "refused-already-claimed"


class IllegalMove(Refusal):
    """The tip's status does not allow this move."""

    key = "refused-illegal-move"


class AlreadyJudged(Refusal):
    """The tip has a verdict; it must be taken back before another is given."""

    key = "refused-already-judged"


class VerdictMissing(Refusal):
    """A tip is closed only with a verdict."""

    key = "refused-verdict-missing"


class EvidenceTooShort(Refusal):
    """An evidence note is at least a sentence."""

    key = "refused-evidence-too-short"


class NoSuchCase(Refusal):
    """There is no such case in the officer's unit."""

    key = "refused-no-such-case"


class NoReplyRoute(Refusal):
    """The reporter cannot be asked, because the tip did not come by the bot."""

    key = "refused-no-reply-route"


class LeadsOut(Refusal):
    """What an officer wrote leads a citizen out of the chat, to where they are known; the values say which words."""

    key = "refused-leads-out"


class AsksWho(Refusal):
    """What an officer wrote asks who or where the citizen is; the values say which words."""

    key = "refused-asks-who"


class ButtonStale(Refusal):
    """The button belongs to something that has changed or is gone."""

    key = "refused-button-stale"


class NotUnderstood(Refusal):
    """The command lacks a part; the values say which form it has."""

    key = "refused-usage"


class NumberOutOfRange(Refusal):
    """A count is not a whole number in the range the campaign can have."""

    key = "refused-number-out-of-range"


class NumberDoubtful(Refusal):
    """A number, or the word that belongs to it, can be meant more than one way; the values say what was read."""

    key = "refused-number-doubtful"


class CodeUnknown(Refusal):
    """No tip has this receipt code, or its time is over."""

    key = "refused-code-unknown"


class TooManyTries(Refusal):
    """Receipt codes were guessed too often from one chat."""

    key = "refused-too-many-tries"


class InviteInvalid(Refusal):
    """The invitation is used, expired, revoked or was never given."""

    key = "refused-invite-invalid"


class TipFull(Refusal):
    """A tip holds a bounded amount of words; more goes into a new one."""

    key = "refused-tip-full"


class TipIsOver(Refusal):
    """The tip is closed or withdrawn: nothing can be added to it."""

    key = "refused-tip-is-over"


class NoSuchUnit(Refusal):
    """No unit has this name or code."""

    key = "refused-no-such-unit"


class NoSuchSeat(Refusal):
    """The unit has no such role."""

    key = "refused-no-such-seat"


class NoSuchOfficer(Refusal):
    """No officer has this number within the asker's reach."""

    key = "refused-no-such-officer"


class InspectorsDecide(Refusal):
    """An inspector is let in by an inspector, as soon as there is one."""

    key = "refused-inspectors-decide"


class ValuableFirst(Refusal):
    """Outcomes belong to a case, and a tip has a case once it is a valuable source."""

    key = "refused-valuable-first"


class SumsMended(Refusal):
    """The sums were mended since they were counted: what was found then would be added twice."""

    key = "operator-sums-mended"


class AliasUnusable(Refusal):
    """A name of a place cannot be added: too short, too long, a ward's own, or for a unit that is not there."""

    key = "refused-alias-unusable"
