"""The typed commands: what each word of `bot.domain.text.command_words` makes of the words behind it."""

from collections.abc import Callable, Mapping

from bot.chat.handlers.parsing import Origin, read_tip, read_tip_alone
from bot.domain.campaign.activities import ACTIVITY_WORDS, ActivityKind
from bot.domain.ids import OfficerNumber
from bot.domain.screens.officer import CLOSING_ACTIONS
from bot.domain.text.command_words import CommandWord, find
from bot.domain.text.folding import fold
from bot.domain.tip import Channel, Verdict
from bot.services.commands import base, campaign, citizen, officer, people

_Parser = Callable[[Origin, str], base.Command | None]

_CHANNELS = {
    "dienthoai": Channel.PHONE,
    "phone": Channel.PHONE,
    "thu": Channel.LETTER,
    "letter": Channel.LETTER,
    "tructiep": Channel.VISIT,
    "visit": Channel.VISIT,
}


def _plain(kind: type[base.Command], **fixed: object) -> _Parser:
    return lambda o, _: o.make(kind, **fixed)


def _words(kind: type[base.Command], field: str) -> _Parser:
    return lambda o, arguments: o.make(kind, **{field: arguments})


def _on_tip(kind: type[base.OnTip], **fixed: object) -> _Parser:
    """Make a parser of a command that needs a tip's number alone."""

    def parse(o: Origin, arguments: str) -> base.Command | None:
        tip = read_tip_alone(arguments)
        return o.make(kind, tip=tip, **fixed) if tip else None

    return parse


def _on_tip_with(kind: type[base.OnTip], field: str) -> _Parser:
    """Make a parser of a command that needs a tip's number and takes words behind it."""

    def parse(o: Origin, arguments: str) -> base.Command | None:
        read = read_tip(arguments)
        return o.make(kind, tip=read[0], **{field: read[1]}) if read else None

    return parse


def _duplicate(o: Origin, arguments: str) -> base.Command | None:
    read = read_tip(arguments)
    other = read_tip_alone(read[1]) if read else None
    if read is None or other is None:
        return None
    return o.make(officer.Judge, tip=read[0], verdict=Verdict.DUPLICATE, duplicate_of=other)


def _walk_in(o: Origin, arguments: str) -> base.Command | None:
    word, _, rest = arguments.partition(" ")
    channel = _CHANNELS.get(fold(word))
    if channel is None and arguments:
        return None
    return o.make(officer.EnterTip, channel=channel, text=rest.strip())


def _outreach(o: Origin, arguments: str) -> base.Command | None:
    return o.make(campaign.RecordActivity, kind=ActivityKind.OUTREACH, number=arguments) if arguments else None


def _activity(o: Origin, arguments: str) -> base.Command:
    words = arguments.split()
    for end in (1, 2):  # "tapthe 3", and "tập thể 3"
        kind = ACTIVITY_WORDS.get(fold("".join(words[:end])))
        if kind is not None:
            return o.make(campaign.RecordActivity, kind=kind, number=" ".join(words[end:]))
    return o.make(campaign.RecordActivity, kind=None, number="")


def _revoke(o: Origin, arguments: str) -> base.Command | None:
    number = read_tip_alone(arguments)
    return o.make(people.Revoke, officer=OfficerNumber(number)) if number else None


PARSERS: Mapping[CommandWord, _Parser] = {
    CommandWord.STATUS: _words(citizen.ShowOwnTips, "code"),
    CommandWord.PRIVACY: _plain(citizen.ShowPage, page="privacy"),
    CommandWord.WIPE: _plain(citizen.Wipe),
    CommandWord.STOP: _plain(citizen.StopReplies),
    CommandWord.LANGUAGE: _plain(citizen.ChooseLanguage),
    CommandWord.HELP: _plain(citizen.ShowPage, page="help"),
    # the force
    CommandWord.QUEUE: _plain(officer.ShowQueue),
    CommandWord.TIP: _on_tip(officer.OpenTip),
    CommandWord.CLAIM: _on_tip(officer.Claim),
    CommandWord.ASK: _on_tip_with(officer.Ask, "text"),
    CommandWord.VALUABLE: _on_tip_with(officer.JudgeValuable, "evidence"),
    **{CommandWord[each.name]: _on_tip(officer.Judge, verdict=each, is_sure=True) for each in CLOSING_ACTIONS.values()},
    CommandWord.DUPLICATE: _duplicate,
    CommandWord.TAKE_BACK: _on_tip(officer.TakeBack),
    CommandWord.OUTCOME: _on_tip_with(officer.RecordOutcome, "text"),
    CommandWord.CLOSE: _on_tip(officer.CloseTip),
    CommandWord.REOPEN: _on_tip(officer.ReopenTip),
    CommandWord.WALK_IN: _walk_in,
    CommandWord.OUTREACH: _outreach,
    CommandWord.ACTIVITY: _activity,
    CommandWord.LOCK: _plain(officer.Lock),
    CommandWord.STATS: _words(campaign.ShowStats, "words"),
    CommandWord.DIGEST: _words(campaign.ShowDigest, "week"),
    CommandWord.TARGET: _words(campaign.SetTarget, "words"),
    CommandWord.INVITE: _words(people.InvitePerson, "words"),
    CommandWord.PEOPLE: _plain(people.ShowPeople),
    CommandWord.REVOKE: _revoke,
    CommandWord.ALIAS: _words(people.AddAlias, "words"),
}
"""What each word makes of the words behind it; None where they cannot be read."""


def read_typed(o: Origin, name: str, arguments: str) -> base.Command | None:
    """Give the command of a typed word, None for a word that is none; what cannot be read gets the word's form."""
    word = find(name)
    if word is None:
        return None
    return PARSERS[word](o, arguments) or o.make(citizen.Explain, form=word.form)
