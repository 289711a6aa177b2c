"""Mutants with a name: each breaks a promise in one line, and has to be noticed by the tests beside it.

The old text is looked for exactly, once, in its module. When the code moves, the runner says so instead of passing.
"""

from dataclasses import dataclass
from pathlib import Path


class MissingTextError(Exception):
    """The text a mutant changes is not in its module exactly once: the table has to follow the code."""


@dataclass(frozen=True, slots=True)
class Named:
    """One change and the tests that must fail with it."""

    name: str
    """What is wrong with the mutant, as a sentence says it."""
    module: str
    old: str
    new: str
    tests: tuple[str, ...]

    @property
    def path(self) -> Path:
        """Give the module's file, from the root of the tree."""
        return Path(*self.module.split(".")).with_suffix(".py")

    def applied_to(self, source: str) -> str:
        """Give the changed source. Raises MissingTextError."""
        if source.count(self.old) != 1:
            raise MissingTextError(f"{self.name}: {self.old!r} is in {self.module} {source.count(self.old)} times")
        return source.replace(self.old, self.new)


SEALS = ("tests/storage/test_seals.py",)
AUDIT = ("tests/storage/test_audit_chain.py",)
CITIZEN = ("tests/services/test_citizen.py", "tests/services/test_feedback.py")
OFFICER = ("tests/services/test_officer.py", "tests/services/test_own_unit_only.py")
DECISIONS = ("tests/services/test_decisions.py",)
FIGURES = ("tests/unit/test_stats.py", "tests/property/test_credits.py", "tests/services/test_officer.py")
COUNTING = ("tests/services/test_counting.py",)
LIFE_SPANS = ("tests/storage/test_lives.py",)
WRITER = ("tests/storage/test_writer.py", "tests/storage/test_group.py", "tests/contract/test_executor_failures.py")
OUTBOX = ("tests/storage/test_outbox_attempts.py", "tests/contract/repositories/test_outbox.py")
DELIVERY = ("tests/unit/test_delivery.py", "tests/unit/test_delivery_failures.py", "tests/unit/test_delivery_cards.py")
VIEWS = ("tests/chat/test_hostile_words.py",)

NAMED = (
    # --- sealed at rest
    Named(
        "every seal has the same nonce",
        "storage.crypto.vault",
        "nonce = os.urandom(_NONCE)\n        return header + nonce + self._ciphers",
        "nonce = bytes(_NONCE)\n        return header + nonce + self._ciphers",
        SEALS,
    ),
    Named(
        "every wrapped key has the same nonce",
        "storage.crypto.vault",
        "nonce = os.urandom(_NONCE)\n    return nonce + AESGCM(by)",
        "nonce = bytes(_NONCE)\n    return nonce + AESGCM(by)",
        SEALS,
    ),
    Named(
        "every data key is the same",
        "storage.crypto.vault",
        "return os.urandom(KEY_BYTES)",
        "return bytes(KEY_BYTES)",
        SEALS,
    ),
    Named(
        "sealed texts have their own length",
        "storage.crypto.vault",
        "padded += bytes(-len(padded) % _STEP)",
        "padded += b''",
        ("tests/storage/test_at_rest.py",),
    ),
    Named(
        "new key files are zeros",
        "storage.crypto.keyring",
        '_write(folder / f"epoch-{now:%Y-%m}.key", secrets.token_bytes(KEY_BYTES))',
        '_write(folder / f"epoch-{now:%Y-%m}.key", bytes(KEY_BYTES))',
        SEALS,
    ),
    Named(
        "a key file that others can read is taken",
        "storage.crypto.keyring",
        "& 0o077:",
        "& 0o000:",
        ("tests/storage/test_keys.py", "tests/storage/test_at_rest.py"),
    ),
    Named(
        "an audit hash does not carry the row before it",
        "storage.repositories.audit",
        "hashlib.sha256(before + line.encode())",
        "hashlib.sha256(line.encode())",
        AUDIT,
    ),
    # --- the citizen
    Named(
        "wiping leaves the bot's own messages",
        "bot.delivery.rounds",
        "    if _is_traced(end):\n",
        "    if False:\n",
        ("tests/services/test_wiping.py",),
    ),
    Named(
        "answers to a citizen are not traced",
        "bot.services.session",
        "traced=self.officer is None and not self._is_forgotten",
        "traced=False",
        ("tests/services/test_wiping.py",),
    ),
    Named(
        "cards shown to a citizen are not traced",
        "bot.services.session",
        "traced=self.officer is None,",
        "traced=False,",
        ("tests/services/test_wiping.py",),
    ),
    Named(
        "the sign of a question is not traced",
        "bot.services.notices",
        "screen=NewMessage(handle=handle),\n                traced=True,",
        "screen=NewMessage(handle=handle),",
        ("tests/services/test_wiping.py",),
    ),
    Named(
        "the message of the end is not traced",
        "bot.services.notices",
        "screen=done,\n                traced=True,",
        "screen=done,",
        ("tests/services/test_wiping.py",),
    ),
    Named(
        "wiping deletes the last message alone",
        "bot.services.citizen.traces",
        "for each in session.conversation.traces if hour",
        "for each in session.conversation.traces[:0] if hour",
        ("tests/services/test_wiping.py",),
    ),
    Named(
        "the end is shown on the day itself",
        "bot.services.citizen.own_tips",
        "tip.closed_on < today",
        "tip.closed_on <= today",
        CITIZEN,
    ),
    Named(
        "the end is always shown at once",
        "bot.services.citizen.own_tips",
        "is_slow=self.feedback_delay > timedelta()",
        "is_slow=False",
        CITIZEN,
    ),
    Named(
        "the message of the end is not held back",
        "bot.services.notices",
        "due=uow.now + self.feedback_delay",
        "due=uow.now",
        CITIZEN,
    ),
    # --- the officer
    Named(
        "another unit's case is taken for a verdict",
        "bot.services.officer.cases",
        "if case is None or case.unit != held_by:",
        "if case is None:",
        OFFICER,
    ),
    Named(
        "what is not late is overdue",
        "bot.services.campaign.digests",
        "self.deadlines.due(tip) < uow.now",
        "self.deadlines.due(tip) > uow.now",
        OFFICER,
    ),
    Named(
        "a unit is told the corrections of the whole city",
        "bot.services.campaign.figures",
        "await uow.cases.withdrawn_between(period.first, period.last) if each.unit in below",
        "await uow.cases.withdrawn_between(period.first, period.last)",
        OFFICER,
    ),
    Named(
        "whoever enters a tip is told of it",
        "bot.services.officer.walk_in",
        'announce(uow, tip, "new", but=session.me.number)',
        'announce(uow, tip, "new")',
        OFFICER,
    ),
    Named(
        "a tip's words are HTML on the card",
        "bot.chat.views.officer",
        "text = escape(screen.words) if screen.words",
        "text = screen.words if screen.words",
        VIEWS,
    ),
    Named(
        "what was said since is HTML on the card",
        "bot.chat.views.officer",
        '"card-said-reporter", text=escape(each.text)',
        '"card-said-reporter", text=each.text',
        VIEWS,
    ),
    Named(
        "a unit's name is HTML on the card",
        "bot.chat.views.officer",
        'say("card-place", unit=escape(screen.unit)',
        'say("card-place", unit=screen.unit',
        VIEWS,
    ),
    # --- figures
    Named(
        "a withdrawn decision counts on",
        "bot.domain.stats",
        "if decision.stands and decision.verdict is Verdict.VALUABLE:",
        "if decision.verdict is Verdict.VALUABLE:",
        FIGURES,
    ),
    Named(
        "every message is a source",
        "bot.domain.stats",
        "first.setdefault(decision.source, decision)",
        "first.setdefault(str(decision.number).encode(), decision)",
        FIGURES,
    ),
    Named(
        "a verdict's sums do not go down again",
        "bot.services.counting",
        "taken_back = difference(verdict_entries(standing), Counter())",
        "taken_back = Counter()",
        FIGURES,
    ),
    Named(
        "a decision is written without its sums",
        "bot.services.counting",
        "await uow.rollups.add(difference(before, await _credits(uow, case)))\n    return",
        "return",
        FIGURES,
    ),
    Named(
        "a verdict is kept without its evidence",
        "bot.services.counting",
        "        evidence=evidence,\n",
        "        evidence=None,\n",
        DECISIONS,
    ),
    Named(
        "a verdict is kept without who gave it",
        "bot.services.counting",
        "        officer=officer,\n",
        "        officer=OfficerNumber(0),\n",
        DECISIONS,
    ),
    Named(
        "an outcome is written without its sums",
        "bot.services.counting",
        "    await uow.rollups.add(outcome_entries(outcome))\n",
        "",
        COUNTING,
    ),
    Named(
        "a withdrawn tip is not counted as withdrawn",
        "bot.services.counting",
        "difference(tip_entries(before), tip_entries(after))",
        "Counter()",
        COUNTING,
    ),
    # --- how long everything lives
    Named(
        "words outlive what citizens are told",
        "bot.domain.retention",
        "WORDS_LIVE = timedelta(days=90)",
        "WORDS_LIVE = timedelta(days=900)",
        LIFE_SPANS,
    ),
    Named(
        "codes outlive the words",
        "bot.services.background.retention",
        "        await uow.receipts.drop(number)\n",
        "",
        LIFE_SPANS,
    ),
    # --- the writer
    Named(
        "members are answered before the commit is known",
        "storage.sqlite.group",
        'raw.execute("COMMIT")',
        "pass",
        WRITER,
    ),
    Named(
        "a failed use case is not rolled back",
        "storage.sqlite.group",
        '_steer(raw, "ROLLBACK TO member")',
        "pass",
        WRITER,
    ),
    Named(
        "a repeated update is done again",
        "storage.sqlite.group",
        "value = REPEATED if is_known else run_to_completion(job(uow))",
        "value = run_to_completion(job(uow))",
        WRITER,
    ),
    Named(
        "whoever waits when the writer ends waits for ever",
        "storage.sqlite.writer",
        "for member in (*group, *self._waiting):",
        "for member in ():",
        WRITER,
    ),
    # --- delivery
    Named(
        "a parked attempt is not counted",
        "storage.repositories.outbox",
        "parked = $2, attempts = outbox.attempts + 1",
        "parked = $2",
        OUTBOX,
    ),
    Named(
        "a repeated attempt is not counted",
        "storage.repositories.outbox",
        "due = $2, attempts = outbox.attempts + 1",
        "due = $2",
        OUTBOX,
    ),
    Named(
        "tries in memory are forgotten when a row is put back",
        "bot.delivery.round_keeper",
        "self._tried |= {row.id: row.attempts for row in rows if row.attempts}",
        "pass",
        DELIVERY,
    ),
    Named(
        "a blocked chat's other messages are tried",
        "bot.delivery.pump",
        "if delivered.outcome is SendOutcome.BLOCKED:",
        "if False:",
        DELIVERY,
    ),
    Named(
        "what is written while a chat waits overtakes what waits",
        "bot.delivery.pump",
        "if chat_queue.away_until is not None and chat_queue.away_until > asked_at:",
        "if False:",
        DELIVERY,
    ),
    Named(
        "what is not in hand yet does not know where its card went meanwhile",
        "bot.delivery.round_keeper",
        "at = sent if at in {None, old} else at",
        "pass",
        DELIVERY,
    ),
    Named(
        "what a stopped process held stays held",
        "bot.delivery.rounds",
        "await uow.outbox.release_all()",
        "pass",
        DELIVERY,
    ),
)
