"""How the finder does on every generated name and on the hand-written texts; lists every miss.

Run it as `python -m tests.places.report [seed ...]`.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.domain.matching import Finder, Routing
from bot.domain.places import Gazetteer
from bot.gazetteer import load, load_finder
from tests.places.corpus import nowhere, sentences
from tests.places.generated import Case, cases


@dataclass(slots=True)
class Score:
    """What became of the generated cases."""

    total: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    forms: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def wrong_share(self) -> float:
        """Share of texts routed to a unit that is not right."""
        return len(self.wrong) / self.total

    @property
    def found_share(self) -> float:
        """Share of texts routed rightly, or asked with the right unit among the candidates."""
        return 1 - (len(self.wrong) + len(self.missed)) / self.total


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def score(finder: Finder, made: Iterable[Case]) -> Score:
    """Run the finder over generated cases."""
    result = Score()
    for case in made:
        finding = finder.find(case.text)
        codes = [each.code for each in finding.candidates]
        result.total += 1
        result.forms[case.form][finding.decision.value] += 1
        line = f"{case.form}: {case.text!r} -> {finding.decision.value} {[each.name for each in finding.candidates]}"
        if finding.decision is Routing.ROUTE:
            if codes[0] not in case.right:
                result.wrong.append(line)
        elif case.right.isdisjoint(codes):
            result.missed.append(line)
    return result


def report(places: Gazetteer, finder: Finder, seeds: Iterable[int]) -> None:
    """Print the scores and every miss."""
    for seed in seeds:
        result = score(finder, cases(places, seed=seed))
        shares = f"wrong routes {result.wrong_share:.3%}, found {result.found_share:.2%}"
        _say(f"seed {seed}: {result.total} texts, {shares}")
        for form, counts in result.forms.items():
            _say(f"  {form:32} {dict(counts)}")
        for line in result.wrong:
            _say(f"  WRONG {line}")
        for line in result.missed:
            _say(f"  missed {line}")
    own = list(sentences())
    right = sum(each.is_met_by(finder.find(each.text)) for each in own)
    _say(f"hand-written: {right} of {len(own)} right")
    texts = list(nowhere())
    routed = [text for text in texts if finder.find(text).decision is Routing.ROUTE]
    _say(f"nowhere: {len(routed)} of {len(texts)} routed {routed}")


if __name__ == "__main__":
    _places = load()
    report(_places, load_finder(_places), [int(each) for each in sys.argv[1:]] or [0])
